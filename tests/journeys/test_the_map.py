"""The one map in a browser: layers, search, the file of a mark, what lies around."""

import re

import pytest

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def at_map(person):
    one = person("chenli")
    one.page.goto("/map")
    one.page.locator(".al-onemap [data-island=map][data-ready=yes]").wait_for(timeout=60_000)
    return one


def layer(page, key):
    return page.locator(f"input[data-layer={key}]")


def test_layers_go_on_and_off(at_map):
    page = at_map.page
    page.get_by_role("button", name="图层").click()
    shelters = layer(page, "shelters")
    was = shelters.is_checked()
    shelters.click()
    assert shelters.is_checked() is not was
    shelters.click()
    assert shelters.is_checked() is was
    cameras = layer(page, "cameras")
    with page.expect_response(lambda answer: "/map/layers/cameras" in answer.url and answer.ok):
        cameras.click()
    assert cameras.is_checked()


def test_a_search_finds_and_a_click_opens_the_file(at_map):
    page = at_map.page
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "map-search"
    page.keyboard.type("磁器口小学")
    hit = page.locator("#map-file .al-hits button").first
    hit.wait_for()
    assert "磁器口小学" in hit.inner_text()
    hit.click()
    page.locator("#map-file h1, #map-file h2").filter(has_text="磁器口小学").first.wait_for()
    page.locator("#map-file a[href^='/']").last.wait_for()  # the way to the whole file
    assert "磁器口街道" in page.locator("#map-file").inner_text()


def test_a_click_on_a_mark_opens_its_file(at_map):
    """The chosen thing stands in the middle of the map; pressed there, its file opens again."""
    page = at_map.page
    page.goto("/map?code=ciqikou")
    island = page.locator(".al-onemap [data-island=map][data-ready=yes]")
    island.wait_for(timeout=60_000)
    page.locator("#map-file h1, #map-file h2").filter(has_text="磁器口").first.wait_for()
    page.locator(".al-onemap [data-island=map]:not([aria-busy])").wait_for(timeout=60_000)
    page.evaluate("document.getElementById('map-file').replaceChildren()")
    box = island.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.locator("#map-file h1, #map-file h2").filter(has_text="磁器口").first.wait_for()


def test_around_a_place_lists_the_nearest_first(at_map):
    page = at_map.page
    page.locator("#map-km").select_option("2")
    box = page.locator(".al-onemap [data-island=map]").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.45, box["y"] + box["height"] * 0.55)
    page.locator("#map-file .al-hits .al-far").first.wait_for()
    far = [_metres(text) for text in page.locator("#map-file .al-far").all_inner_texts()]
    assert far == sorted(far)
    assert far[-1] <= 2000


def _metres(text):
    number = float(text.split()[0])
    return number * 1000 if "km" in text else number


CHROME = (
    "nav, header h1, th, .btn, .al-tabs a, label, .al-group, .al-sec, .al-chip, legend, summary, "
    "dialog, .al-exercise"
)
# The switch back, written in its own language; and names of people and places, which are data.
DATA = ('[lang="zh-Hans"], .al-me b, .al-me div, [data-layer] ~ *, tbody th, .al-title-link, '
        ".al-exercise")  # fmt: skip
PAGES = ["/", "/stations", "/alarms", "/forecasts", "/alerts", "/incidents", "/response", "/tasks",
         "/shelters", "/teams", "/indicators", "/exercises", "/map", "/command",
         "/stations/bad-frames", "/alerts/new", "/incidents/new"]  # fmt: skip


def test_in_english_nothing_of_the_house_speaks_chinese(person):
    one = person("helan")
    one.page.goto("/")
    one.page.get_by_role("button", name="English").first.click()
    one.page.wait_for_load_state()
    assert one.page.locator("html").get_attribute("lang") == "en"
    stations = one.get("/api/v1/stations")
    names = re.compile("|".join(re.escape(row["name"]) for row in stations))
    found = []
    for path in PAGES:
        one.page.goto(path)
        texts = one.page.evaluate(
            """([chrome, data]) => [...document.querySelectorAll(chrome)]
                .filter((e) => !e.closest(data))
                .flatMap((e) => [...e.childNodes].filter((n) => n.nodeType === 3))
                .map((n) => n.textContent.trim()).filter((t) => t)""",
            [CHROME, DATA],
        )
        found += [f"{path}: {text}" for text in texts if HAN.search(names.sub("", text))]
    assert found == []
    one.page.get_by_role("button", name="简体中文").first.click()
    one.page.wait_for_load_state()
    assert one.page.locator("html").get_attribute("lang").lower().startswith("zh")
