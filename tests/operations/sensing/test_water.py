"""A water-quality station: its class by GB 3838-2002, its page, its export."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.actions import (
    NewStation,
    register_stations,
)
from anlan.operations.sensing.actions.register import BadStation, water_thresholds
from anlan.operations.sensing.models import Alarm, AlarmRule
from anlan.operations.sensing.queries import latest, water
from anlan.operations.sensing.rules.water_class import class_of, judged
from anlan.vocabulary.elements import Element

from .conftest import START, Gauge
from .test_pages import log_in, queries_of

pytestmark = pytest.mark.django_db(databases="__all__")

MN = "500106004002000000000001"
STATION = NewStation(
    code="ciqikou-water", name="磁器口水质自动站", kind="water_quality", river="嘉陵江", device=MN,
    protocol="hj212", lon=106.45, lat=29.58, area_code="500106004", interval_s=14_400,
    elements=("ammonia_nitrogen", "cod", "dissolved_oxygen", "ph", "water_temperature"),
)  # fmt: skip


@pytest.fixture
def river(drill_clock, db):
    register_stations(PLATFORM, [STATION], water_thresholds(STATION.code, STATION.elements))
    return Gauge(drill_clock, device=MN, source="hj212")


def says(river, minutes, **values):
    for name, value in values.items():
        river.says(minutes, value, element=Element(name))


@pytest.mark.parametrize(
    ("element", "value", "expected"),
    [
        # GB 3838-2002 table 1, on and just past its limits.
        (Element.AMMONIA_NITROGEN, 0.15, 1), (Element.AMMONIA_NITROGEN, 0.16, 2),
        (Element.AMMONIA_NITROGEN, 1.0, 3), (Element.AMMONIA_NITROGEN, 1.01, 4),
        (Element.AMMONIA_NITROGEN, 2.0, 5), (Element.AMMONIA_NITROGEN, 2.01, 6),
        (Element.COD, 15.0, 1), (Element.COD, 20.0, 3), (Element.COD, 40.1, 6),
        (Element.PERMANGANATE, 4.0, 2), (Element.PERMANGANATE, 15.0, 5),
        (Element.TOTAL_PHOSPHORUS, 0.2, 3), (Element.TOTAL_PHOSPHORUS, 0.41, 6),
        (Element.DISSOLVED_OXYGEN, 7.5, 1), (Element.DISSOLVED_OXYGEN, 5.0, 3),
        (Element.DISSOLVED_OXYGEN, 4.99, 4), (Element.DISSOLVED_OXYGEN, 1.9, 6),
        (Element.PH, 6.0, 1), (Element.PH, 9.0, 1), (Element.PH, 9.01, 6),
        (Element.WATER_TEMPERATURE, 30.0, None), (Element.TOTAL_NITROGEN, 9.0, None),
    ],
)  # fmt: skip
def test_an_indicator_has_the_class_of_the_standard(element, value, expected):
    assert class_of(element, value) == expected


def test_the_water_is_as_good_as_its_worst_indicator():
    found = judged({Element.COD: 12.0, Element.AMMONIA_NITROGEN: 1.4, Element.PH: 7.2})
    assert (found.water_class, found.by) == (4, (Element.AMMONIA_NITROGEN,))
    assert judged({Element.WATER_TEMPERATURE: 20.0}) is None


def test_what_is_old_does_not_judge_the_water(river):
    says(river, 0, ammonia_nitrogen=3.0)
    says(river, 600, cod=12.0)
    found = water("ciqikou-water")
    assert [(line.element, line.stale) for line in found.lines] == [
        (Element.AMMONIA_NITROGEN, True), (Element.COD, False),
    ]  # fmt: skip
    assert (found.judged.water_class, found.judged.by) == (1, (Element.COD,))


def test_a_device_is_the_same_in_small_letters(drill_clock, db):
    register_stations(PLATFORM, [replace(STATION, device="a1b2c3d4e5f6a1b2c3d4e5f6")], [])
    river = Gauge(drill_clock, device="A1B2C3D4E5F6A1B2C3D4E5F6", source="hj212")
    says(river, 0, cod=12.0)
    assert [line.value for line in water("ciqikou-water").lines] == [12.0]


def test_the_main_value_of_the_station_is_its_ammonia(river):
    says(river, 0, cod=12.0, ammonia_nitrogen=0.45)
    newest = latest(["ciqikou-water"])["ciqikou-water"]
    assert (newest.element, newest.value, newest.unit) == ("ammonia_nitrogen", 0.45, "mg/L")


@pytest.mark.parametrize(
    ("language", "bad", "why"),
    [("zh-hans", "Ⅳ类 轻度污染", "超标项目"), ("en", "Class IV, lightly polluted", "Because of")],
)
def test_the_page_says_the_class_and_what_makes_it(client, river, language, bad, why):
    officer = log_in(client)
    empty = officer.get("/stations/ciqikou-water", headers={"accept-language": language})
    assert bad not in empty.content.decode()
    says(river, 0, ammonia_nitrogen=1.42, cod=12.0, ph=7.6, water_temperature=24.0)
    text = officer.get(
        "/stations/ciqikou-water", headers={"accept-language": language}
    ).content.decode()
    assert bad in text
    assert why in text
    assert ">1.42<" in text
    listed = officer.get(
        "/stations?kind=water_quality", headers={"accept-language": language}
    ).content.decode()
    assert "1.42" in listed


def chart_of(page):
    text = page.content.decode()
    start = text.index(">", text.index('data-island="hydrograph"')) + 1
    start = text.index(">", text.index("<script", start)) + 1
    return json.loads(text[start : text.index("</script>", start)])


def test_the_indicator_asked_for_is_drawn_with_its_limit_and_exported(client, river):
    officer = log_in(client)
    says(river, 0, ammonia_nitrogen=0.3, cod=12.0)
    says(river, 240, ammonia_nitrogen=0.4, cod=17.0)
    chart = chart_of(officer.get("/stations/ciqikou-water?element=cod"))
    assert chart["observed"]["value"] == [12.0, 17.0]
    assert chart["thresholds"][0]["value"] == 20.0
    low = chart_of(officer.get("/stations/ciqikou-water?element=dissolved_oxygen&hours=8784"))
    assert [(line["word"], line["value"]) for line in low["thresholds"]] == [("Ⅲ类限值", 5.0)]
    odd = chart_of(officer.get("/stations/ciqikou-water?element=nonsense"))
    assert odd["observed"]["value"] == [0.3, 0.4]
    rows = officer.get("/stations/ciqikou-water/export?element=cod").content.decode("utf-8-sig")
    head, first, second = rows.strip().splitlines()
    assert "化学需氧量 mg/L" in head
    assert first.endswith(",12.0,")
    assert second == f"{START + timedelta(minutes=240):%Y-%m-%d %H:%M},17.0,"


def test_the_page_stays_within_its_query_budget(client, river):
    officer = log_in(client)
    says(river, 0, ammonia_nitrogen=0.3, cod=12.0, ph=7.0)
    assert queries_of(officer, "/stations/ciqikou-water") <= 33


def test_a_crossing_of_a_class_limit_raises_its_alarm_and_the_limit_itself_does_not(client, river):
    says(river, 0, ammonia_nitrogen=1.0, dissolved_oxygen=5.0, ph=9.0)
    assert not Alarm.objects.exists()
    says(river, 240, ammonia_nitrogen=1.01, dissolved_oxygen=4.99, ph=5.9)
    assert set(Alarm.objects.values_list("element", "rule", "limit", "state")) == {
        ("ammonia_nitrogen", "class_3", 1.0, "open"),
        ("dissolved_oxygen", "class_3_low", 5.0, "open"), ("ph", "class_3_low", 6.0, "open"),
    }  # fmt: skip
    page = log_in(client).get("/alarms").content.decode()
    assert "溶解氧 低于Ⅲ类限值" in page
    assert "<b>4.99</b> mg/L<small>下限 5.00" in page
    assert "磁器口水质自动站溶解氧 4.99 mg/L，阈值 5.00" in client.get("/").content.decode()
    says(river, 480, ammonia_nitrogen=1.0, dissolved_oxygen=5.0, ph=6.0)
    assert set(Alarm.objects.values_list("state", flat=True)) == {"cleared"}


def test_the_limits_are_dated_rules_with_their_source(client, river):
    rule = AlarmRule.objects.get(key="ciqikou-water:cod:class_3")
    assert (rule.value, rule.direction, rule.valid_from) == (20.0, "over", date(2002, 6, 1))
    page = log_in(client).get("/stations/ciqikou-water/rules").content.decode()
    assert "GB 3838-2002 表1 Ⅲ类" in page
    with pytest.raises(BadStation):
        water_thresholds("ciqikou-water", STATION.elements, 5)
