"""Forecast pages answer in every state, both languages, within budget and scope."""

import io
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.db import connections
from django.test.utils import CaptureQueriesContext
from PIL import Image

from anlan.operations.forecasts.models import ForecastRun
from anlan.operations.forecasts.queries import depth_frame, households_hit
from anlan.operations.forecasts.rules import progress
from anlan.operations.forecasts.rules.progress import PROGRESS_FILE
from anlan.vocabulary import clock

from .conftest import log_in

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("address", ["/forecasts", "/forecasts/{id}", "/stations/ciqikou"])
def test_pages_answer(officer, issued, address, language):
    address = address.format(id=issued.id)
    answer = officer.get(address, headers={"accept-language": language})
    assert answer.status_code == 200
    assert "186.00" in answer.content.decode()


def test_the_run_page_names_communities_by_people_and_the_hour_of_the_water(officer, issued):
    page = officer.get(f"/forecasts/{issued.id}").content.decode()
    assert page.index("金碧") < page.index("金蓉")
    assert "23:00" in page
    assert "滨江路" in page


@pytest.mark.parametrize("state", ["queued", "running", "failed"])
def test_a_run_that_is_not_issued_says_where_it_stands(officer, issued, state):
    ForecastRun.objects.update(state=state, crest_at=None, crest_stage_m=None, hydrograph=None,
                               flood=None, fault="no memory")  # fmt: skip
    page = officer.get(f"/forecasts/{issued.id}")
    assert page.status_code == 200
    assert ("no memory" in page.content.decode()) is (state == "failed")


def test_a_run_under_way_says_how_far_its_computation_is(officer, issued):
    ForecastRun.objects.update(state="running", crest_at=None, hydrograph=None, flood=None)
    folder = settings.ANLAN_HOME / ForecastRun.objects.get(pk=issued.id).folder
    for left, shown in (("", False), ("0.374", True), ("nan", False)):
        (folder / PROGRESS_FILE).write_text(left)
        page = officer.get(f"/forecasts/{issued.id}", headers={"accept-language": "en"})
        assert ("Computing: 37 %" in page.content.decode()) is shown
    progress.tell(folder, 0.5)
    page = officer.get(f"/forecasts/{issued.id}", headers={"accept-language": "zh-hans"})
    assert "已算 50%" in page.content.decode()


def test_a_frame_is_a_picture_of_five_classes_transparent_where_dry(officer, issued):
    answer = officer.get(f"/forecasts/{issued.id}/depth/0.png?theme=dark")
    image = Image.open(io.BytesIO(answer.content)).convert("RGBA")
    assert image.size == (3, 2)
    assert image.getpixel((0, 0))[3] == 0
    assert image.getpixel((2, 1)) == (0xDD, 0xD0, 0xFF, 255)
    assert depth_frame(issued.id, 0).tolist() == [[0, 1, 2], [3, 4, 5]]
    assert officer.get(f"/forecasts/{issued.id}/depth/1.png").status_code == 404


def test_the_palettes_are_those_of_the_tokens():
    from pathlib import Path

    from anlan.operations.forecasts.rules.frames import PALETTES

    tokens = Path(__file__).parents[3] / "web" / "src" / "css" / "tokens.css"
    light, dark = tokens.read_text(encoding="utf-8").split("[data-theme=dark]", 1)
    for theme, text in (("light", light), ("dark", dark)):
        for number, colour in enumerate(PALETTES[theme], start=1):
            assert f"--al-depth-{number}:{colour}" in text.replace(": ", ":")


def test_extents_are_geojson_and_missing_ones_are_not_there(officer, issued):
    answer = officer.get(f"/forecasts/{issued.id}/extent.geojson")
    assert answer["Content-Type"] == "application/geo+json"
    assert officer.get(f"/forecasts/{issued.id}/band.geojson").status_code == 404


def test_households_are_read_back_with_their_hour(issued):
    assert households_hit(issued.id) == [
        (7, pytest.approx(0.4), clock.now()), (9, pytest.approx(2.1), None),
    ]  # fmt: skip


def test_a_run_elsewhere_is_not_there(client, issued):
    elsewhere = log_in(client, "township", "500107001")
    assert elsewhere.get(f"/forecasts/{issued.id}").status_code == 404
    assert elsewhere.get(f"/forecasts/{issued.id}/depth/0.png").status_code == 404
    assert elsewhere.get(f"/api/v1/forecasts/{issued.id}").status_code == 404
    assert elsewhere.get("/api/v1/forecasts").json() == []


def test_starting_by_hand_twice_within_a_minute_is_one_run(officer):
    first, second = (officer.post("/forecasts") for _ in range(2))
    assert first.url == second.url
    assert ForecastRun.objects.count() == 1


def test_who_may_not_start_is_told_who_may(client, river):
    leader = log_in(client, "district_leader")
    assert leader.post("/forecasts").status_code == 403
    assert ForecastRun.objects.count() == 0


def test_the_interface_says_what_the_page_says(officer, issued):
    (row,) = officer.get("/api/v1/forecasts").json()
    assert (row["crest_stage_m"], row["people"]) == (186.0, 120)
    assert officer.get("/api/v1/forecasts?limit=-1").status_code == 200
    detail = officer.get(f"/api/v1/forecasts/{issued.id}").json()
    assert [c["name"] for c in detail["communities"]] == ["金碧", "金蓉"]
    assert len(detail["hydrograph"]["stage"]) == 25


def test_pages_stay_within_their_query_budget(officer, issued):
    for address, most in (("/forecasts", 20), (f"/forecasts/{issued.id}", 24),
                          (f"/forecasts/{issued.id}/depth/0.png", 9)):  # fmt: skip
        officer.get(address)
        with ExitStack() as watching:
            asked = [watching.enter_context(CaptureQueriesContext(c)) for c in connections.all()]
            assert officer.get(address).status_code == 200
        assert sum(map(len, asked)) <= most, address
