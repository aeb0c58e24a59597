"""A condition over several stations of a site: its alarm stands on the site."""

from dataclasses import replace

import pytest

from anlan.operations.deadlines.models import WorkItem
from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.actions import (
    NewRule,
    NewStation,
    end_rule,
    plan_maintenance,
    register_stations,
    set_rule,
)
from anlan.operations.sensing.actions.rules import drafted
from anlan.operations.sensing.layers import SITE_ALARMS
from anlan.operations.sensing.models import Alarm, AlarmRule
from anlan.operations.sensing.rules.expressions import BadExpression
from anlan.operations.sensing.rules.rule_kinds import RuleKind
from anlan.operations.territory.actions import NewSite, load_sites
from anlan.vocabulary.elements import Element
from anlan.vocabulary.transitions import Refused

from .conftest import START, Gauge
from .test_pages import log_in

pytestmark = pytest.mark.django_db(databases="__all__")

SLOPE = NewSite(
    code="geohazard-001", kind="geohazard", name="磁器口后街滑坡", area_code="500106004001",
    lon=106.45, lat=29.58,
)  # fmt: skip
CRACK = NewStation(
    code="crack-1", name="裂缝计", kind="geohazard", device="C1", protocol="mqtt", lon=106.45,
    lat=29.58, area_code="500106004001", interval_s=600, elements=("crack_width",),
    site_code=SLOPE.code,
)  # fmt: skip
RAIN = replace(
    CRACK, code="rain-1", name="雨量计", kind="rain", device="R1", elements=("rain_hour",)
)
MOVING = NewRule(
    site=SLOPE.code, kind=RuleKind.EXPRESSION, name="雨中开裂", source="试用", level=2,
    expression="crack_width > 20 and max(rain_hour, 20min) > 15",
)  # fmt: skip


@pytest.fixture
def slope(drill_clock, db):
    load_sites(PLATFORM, [SLOPE])
    register_stations(PLATFORM, [CRACK, RAIN], [])
    return (
        Gauge(drill_clock, device="C1", source="mqtt"),
        Gauge(drill_clock, device="R1", source="mqtt"),
    )


def says(slope, minutes, crack, rain):
    slope[1].says(minutes, rain, element=Element.RAIN_HOUR)
    slope[0].says(minutes, crack, element=Element.CRACK_WIDTH)


def test_the_alarm_of_a_condition_over_two_stations_stands_on_their_site(client, slope):
    set_rule(PLATFORM, MOVING)
    says(slope, 0, 25.0, 5.0)
    assert not Alarm.objects.exists()
    says(slope, 10, 25.0, 16.0)
    alarm = Alarm.objects.get()
    assert (alarm.state, alarm.station_code, alarm.site_code) == ("open", "", SLOPE.code)
    assert (alarm.station_name, alarm.area_code) == (SLOPE.name, SLOPE.area_code)
    item = WorkItem.objects.get(key="alarm:@geohazard-001::雨中开裂")
    assert item.link == "/sites/geohazard-001"
    officer = log_in(client)
    page = officer.get("/sites/geohazard-001").content.decode()
    assert "雨中开裂" in page
    assert "裂缝计" in page
    assert "裂缝宽度 &gt; 20 且 max(小时雨量, 20min) &gt; 15" in page
    assert page.count("有报警") == 2  # neither of the stations that the condition reads is normal
    assert "本点位告警：雨中开裂" in officer.get(f"/things/geohazard/{SLOPE.code}").content.decode()
    layer = officer.get(f"/map/layers/{SITE_ALARMS.key}.geojson").json()
    (feature,) = layer["features"]
    assert feature["properties"]["code"] == SLOPE.code
    assert feature["properties"]["level"] == 2
    says(slope, 20, 10.0, 0.0)
    assert Alarm.objects.get().state == "cleared"
    assert officer.get(f"/map/layers/{SITE_ALARMS.key}.geojson").json()["features"] == []


def test_a_site_that_is_worked_on_only_records(slope):
    set_rule(PLATFORM, MOVING)
    plan_maintenance(PLATFORM, "rain-1", START, START.replace(hour=12), "换雨量筒")
    says(slope, 0, 25.0, 20.0)
    assert [(one.state, one.cause) for one in Alarm.objects.all()] == [("recorded", "maintenance")]


def test_a_name_that_two_stations_measure_must_say_which(slope):
    other = replace(CRACK, code="crack-2", device="C2")
    register_stations(PLATFORM, [other], [])
    with pytest.raises(BadExpression):
        drafted(MOVING)
    drafted(replace(MOVING, expression="crack-2.crack_width > 20 and rain_hour > 15"))
    with pytest.raises(Refused):
        drafted(replace(MOVING, site="nowhere"))
    with pytest.raises(Refused):
        drafted(replace(MOVING, expression="1 > 0"))


def test_the_page_tries_a_condition_then_sets_changes_and_ends_it(client, slope):
    for minutes in range(0, 60, 10):
        says(slope, minutes, 25.0 if 20 <= minutes < 40 else 10.0, 20.0)
    officer = log_in(client, "section_head")
    form = {"name": "雨中开裂", "expression": MOVING.expression, "minutes": "0", "source": "试用"}
    address = "/sites/geohazard-001/rules/new"
    assert "crack-1.crack_width" in officer.get(address).content.decode()
    tried = officer.post(address, form, headers={"accept-language": "en"}).content.decode()
    assert "would have fired once" in tried
    assert not AlarmRule.objects.exists()
    bad = officer.post(address, form | {"expression": "crack_width >", "level": "9"})
    assert bad.status_code == 422
    assert (
        officer.post(address, form | {"do": "save"}).headers["location"] == "/sites/geohazard-001"
    )
    rule = AlarmRule.objects.get()
    change = f"/sites/geohazard-001/rules/{rule.pk}/change"
    officer.post(change, form | {"minutes": "10", "do": "save"})
    newest = AlarmRule.objects.get(edition=1)
    assert (newest.duration_s, newest.site_code, newest.station) == (600, SLOPE.code, None)
    officer.post(f"/sites/geohazard-001/rules/{newest.pk}/end")
    assert not end_rule(PLATFORM, "", newest.pk, site_code=SLOPE.code)
    assert officer.get(change).status_code == 404
    assert log_in(client, "duty_officer").get(address).status_code == 403
