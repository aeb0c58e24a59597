"""A camera in a browser: a real stream runs, a picture shows, a recording plays."""

import pytest
from tests.journeys.filmed import Film

RUNS = "video => video.readyState >= 2 && video.currentTime"


@pytest.fixture
def film(chromium, video):
    video.film = Film(chromium)
    if not video.film.made:
        pytest.skip("this Chromium records no H.264: no stream can be made to be played")
    assert len(video.film.pieces) > 1
    return video


def runs(one):
    """The picture moves: its time goes on, and it has a size."""
    video = one.page.locator("[data-island=camera] video")
    video.wait_for()
    first = one.until(lambda: video.evaluate(RUNS), "the stream runs")
    one.until(lambda: video.evaluate(RUNS) > first + 0.5, "its time goes on")
    assert video.evaluate("video => [video.videoWidth, video.videoHeight]") == [320, 180]


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_a_live_picture_runs_and_a_still_one_shows(person, film, size):
    one = person("chenli", size=size)
    one.page.goto("/cameras/cam-ciqikou-wharf")
    one.page.get_by_role("button", name="查看实时画面").click()
    runs(one)
    one.page.get_by_role("button", name="最近画面").click()
    still = one.page.locator("main img")
    still.wait_for()
    assert still.evaluate("img => img.naturalWidth") == 320
    assert film.tokens == {"a token"}


def test_one_click_on_a_stations_page_leads_to_the_live_picture(person, film):
    one = person("chenli")
    one.page.goto("/stations/ciqikou")
    one.page.locator("#near-cameras button").first.click()
    runs(one)


def test_what_was_recorded_is_found_and_played(person, film):
    one = person("chenli")
    one.page.goto("/cameras/cam-ciqikou-wharf?day=2020-08-01")
    one.page.get_by_role("button", name="播放", exact=True).click()
    one.page.get_by_text("录像 2020-08-01 08:00:00").wait_for()
    runs(one)
