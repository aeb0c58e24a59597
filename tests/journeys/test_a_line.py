"""A line is drawn on a form's map: set, moved, put in, deleted, undone, typed, out of a file."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect
from pyproj import Geod

GPX = """<?xml version="1.0"?><gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>
<trkpt lat="29.57" lon="106.45"/><trkpt lat="29.58" lon="106.45"/><trkpt lat="29.58" lon="106.46"/>
</trkseg></trk></gpx>"""


class Drawing:
    """The form of a new route, its map and the field that keeps the line."""

    def __init__(self, page):
        self.page = page
        page.goto("/patrols/routes/new")
        self.map = page.locator("[data-island=map][data-ready=yes]:not([aria-busy])")
        self.map.wait_for(timeout=60_000)
        self.map.scroll_into_view_if_needed()
        self.said = page.locator(".al-draw [role=status]")

    def at(self, x, y):
        """A place in the window, in parts of the map."""
        box = self.map.bounding_box()
        return box["x"] + box["width"] * x, box["y"] + box["height"] * y

    def press(self, x, y):
        self.page.mouse.click(*self.at(x, y))
        self.page.wait_for_timeout(400)  # two presses are no double press

    def drag(self, begin, end):
        self.page.mouse.move(*self.at(*begin))
        self.page.mouse.down()
        self.page.mouse.move(*self.at(*end), steps=6)
        self.page.mouse.up()

    @property
    def line(self):
        rows = self.page.locator("#line").input_value().splitlines()
        return [tuple(map(float, row.split(","))) for row in rows]

    def button(self, name):
        return self.page.locator(".al-draw").get_by_role("button", name=name)


@pytest.fixture
def drawing(person):
    one = Drawing(person("ciqikou").page)
    for place in ((0.2, 0.7), (0.5, 0.4), (0.8, 0.7)):
        one.press(*place)
    return one


def metres(line):
    """By PROJ, on the ellipsoid of CGCS2000."""
    earth = Geod(ellps="GRS80")
    return sum(earth.inv(*a, *b)[2] for a, b in pairwise(line))


def test_presses_set_points_and_the_length_is_said(drawing):
    (west, _), (middle, north), (east, south) = drawing.line
    assert west < middle < east
    assert north > south
    said = drawing.said.inner_text()
    assert "3 个点" in said
    told = int(said.split("长 ")[1].split(" m")[0].replace(",", ""))
    assert told == pytest.approx(metres(drawing.line), abs=1)


def test_a_point_is_dragged_and_undone_and_the_others_stay(drawing):
    before = drawing.line
    drawing.drag((0.5, 0.4), (0.5, 0.25))
    first, moved, last = drawing.line
    assert [first, last] == [before[0], before[2]]
    assert moved[1] > before[1][1]
    drawing.button("撤销").click()
    assert drawing.line == before


def test_a_press_on_a_segment_puts_a_point_in_which_is_chosen_and_deleted(drawing):
    before = drawing.line
    drawing.press(0.35, 0.55)
    assert [drawing.line[0], *drawing.line[2:]] == before
    drawing.press(0.35, 0.55)
    drawing.button("删除这个点").click()
    assert drawing.line == before


def test_a_chosen_point_becomes_one_that_must_be_reached(drawing):
    drawing.press(0.5, 0.4)
    drawing.button("设为必到点").click()
    lon, lat = drawing.line[1]
    assert drawing.page.locator("#points").input_value() == f"点1, {lon}, {lat}"


def test_a_typed_line_is_drawn_and_a_row_that_is_none_is_named(drawing):
    drawing.page.get_by_text("用经纬度填写").click()
    field = drawing.page.get_by_role("textbox", name="地图线路")
    field.fill("106.45, 29.57\n106.46, 29.58")
    assert "2 个点" in drawing.said.inner_text()
    field.fill("106.45, 29.57\n这里")
    assert "第 2 行" in drawing.said.inner_text()
    drawing.press(0.5, 0.5)
    assert "这里" in field.input_value()


def test_a_track_of_a_file_is_the_line(drawing):
    file = {"name": "线路.gpx", "mimeType": "application/gpx+xml", "buffer": GPX.encode()}
    drawing.page.locator(".al-draw input[type=file]").set_input_files(file)
    expect(drawing.page.locator("#line")).to_have_value(re.compile(r"^106\.45,29\.57"))
    assert drawing.line == [(106.45, 29.57), (106.45, 29.58), (106.46, 29.58)]
    wrong = file | {"buffer": b"<gpx/>"}
    drawing.page.locator(".al-draw input[type=file]").set_input_files(wrong)
    drawing.page.locator(".al-draw [role=status]", has_text="没有线路").wait_for()
    assert len(drawing.line) == 3
