"""A station with an open alarm is never shown as normal; what it crossed is said in its unit."""

from dataclasses import replace

import pytest

from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.actions import register_stations, set_rule
from anlan.operations.sensing.actions.register import water_thresholds
from anlan.operations.sensing.queries import board_row, health, latest, limits, station
from anlan.operations.sensing.rules.standing_now import Mark, Now, crossed
from anlan.vocabulary.elements import Element

from .conftest import CIQIKOU
from .test_pages import log_in
from .test_rules import BOTH, LOW

pytestmark = pytest.mark.django_db(databases="__all__")
OXYGEN = Mark("low", 5.0, None, allowed=True, lower=True)
DRY = Mark("dry", 174.5, 4, lower=True)
WARNING, RED = Mark("warning", 182.0, 3), Mark("red", 190.0, 1)


@pytest.mark.parametrize(
    ("value", "marks", "found"),
    [(174.5, [DRY, WARNING], DRY), (174.6, [DRY, WARNING], None),
     (183, [DRY, WARNING, RED], WARNING), (5.0, [OXYGEN], None), (4.9, [OXYGEN], OXYGEN),
     (1.0, [DRY, replace(DRY, level_m=170.0)], replace(DRY, level_m=170.0))],
)  # fmt: skip
def test_the_worst_mark_that_a_value_has_crossed(value, marks, found):
    assert crossed(value, marks) == found


def test_a_stage_under_its_lower_limit_is_not_normal(client, gauge):
    set_rule(PLATFORM, LOW)
    gauge.rises(178.0, 177.9, 177.2, 177.2)
    officer = log_in(client)
    page = officer.get("/stations").content.decode()
    assert "低于下限" in page
    assert "低水位 −0.80 m" in page
    page = officer.get("/stations/ciqikou").content.decode()
    assert "低于低水位" in page
    assert "低于警戒水位" not in page
    assert "下限 178.00 m" in page
    (feature,) = officer.get("/map/layers/stage_stations.geojson").json()["features"]
    assert (feature["properties"]["state"], feature["properties"]["level"]) == ("under", 3)


def test_a_station_with_any_open_alarm_is_not_normal(client, gauge):
    set_rule(PLATFORM, BOTH)
    for minutes in (0, 5, 10, 15):
        gauge.says(minutes, 181.5)
        gauge.says(minutes, 11.4, element=Element.BATTERY)
    officer = log_in(client)
    for page in ("/stations", "/stations/ciqikou"):
        assert "有报警" in officer.get(page).content.decode()


def test_a_class_limit_is_said_in_the_unit_of_what_is_measured(client, gauge):
    ammonia = Element.AMMONIA_NITROGEN
    water = replace(
        CIQIKOU, code="w", kind="water_quality", device="w", elements=(ammonia.value,), datum="",
        protocol="hj212", offset_m=None,
    )  # fmt: skip
    register_stations(PLATFORM, [water], water_thresholds("w", [ammonia]))
    replace_gauge = replace(gauge, device="W", source="hj212")
    replace_gauge.says(0, 1.35, element=ammonia)
    officer = log_in(client)
    page = officer.get("/stations").content.decode()
    assert "超Ⅲ类限值 +0.35 mg/L" in page
    page = officer.get("/stations/w").content.decode()
    assert '"word": "Ⅲ类限值"' in page.replace("&quot;", '"').replace('":"', '": "')


def test_a_device_that_speaks_of_other_things_has_reported(gauge):
    gauge.says(0, 12.0, element=Element.BATTERY)
    row = station("ciqikou")
    spoken = health(["ciqikou"])["ciqikou"]
    found = board_row(row, latest(["ciqikou"]).get("ciqikou"), spoken, limits("ciqikou"))
    assert found.now is Now.NORMAL
