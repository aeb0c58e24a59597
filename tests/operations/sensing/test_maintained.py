"""A station that is worked on: what its device says of itself is recorded, and nobody is called."""

from datetime import timedelta

import pytest

from anlan.operations.deadlines.models import WorkItem
from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.actions import (
    check_batteries,
    check_clocks,
    check_fires,
    check_station_states,
    end_maintenance,
    plan_maintenance,
    record_frames,
)
from anlan.operations.sensing.models import Alarm, Maintenance
from anlan.vocabulary.elements import Element

from .conftest import START
from .test_fire_units import FIRE, NORMAL, record, state, unit
from .test_pages import log_in
from .test_station_states import STAGE_GAUGE, states
from .test_vehicle_alarms import BUTTON, bus, said

__all__ = ["bus", "unit"]
pytestmark = pytest.mark.django_db(databases="__all__")


def work_on(code, element=""):
    plan_maintenance(PLATFORM, code, START, START + timedelta(hours=3), "换传感器", element)


def over(code):
    end_maintenance(PLATFORM, code, Maintenance.objects.get().pk)


def alarms():
    rows = Alarm.objects.order_by("pk")
    return [(row.rule, row.state, row.cause, row.ended_at is None) for row in rows]


def desk():
    return WorkItem.objects.filter(done_at=None, kind="alarm").count()


def test_a_battery_is_told_when_the_work_is_over_and_it_is_still_low(gauge):
    work_on("ciqikou")
    for minute in (0, 60, 61):
        gauge.says(minute, 10.1, element=Element.BATTERY)
        assert check_batteries() == 0
    assert (alarms(), desk()) == ([("battery", "recorded", "maintenance", True)], 0)
    over("ciqikou")
    assert [check_batteries(), check_batteries()] == [1, 0]
    assert (alarms()[1], desk()) == (("battery", "open", "", True), 1)
    assert not alarms()[0][-1]


def test_a_battery_changed_during_the_work_calls_nobody_after_it(gauge):
    work_on("ciqikou", "battery")
    for minute, volts in ((0, 10.1), (60, 10.1), (65, 12.8)):
        gauge.says(minute, volts, element=Element.BATTERY)
        check_batteries()
    over("ciqikou")
    assert check_batteries() == 0
    assert (alarms(), desk()) == ([("battery", "recorded", "maintenance", False)], 0)


def test_work_on_another_series_holds_no_battery_back(gauge):
    work_on("ciqikou", "stage")
    gauge.says(0, 10.1, element=Element.BATTERY)
    check_batteries()
    gauge.says(60, 10.1, element=Element.BATTERY)
    assert (check_batteries(), desk()) == (1, 1)


def test_a_stated_fault_is_recorded_once_and_told_after_the_work(gauge):
    work_on("ciqikou")
    for minute in (0, 5):
        states(gauge, minute, STAGE_GAUGE)
        assert check_station_states() == 0
    assert (alarms(), desk()) == ([("state_stage_gauge", "recorded", "maintenance", True)], 0)
    states(gauge, 10)
    check_station_states()
    assert not alarms()[0][-1]
    states(gauge, 15, STAGE_GAUGE)
    check_station_states()
    over("ciqikou")
    assert (check_station_states(), desk()) == (1, 1)
    assert [one[:2] for one in alarms()[1:]] == [
        ("state_stage_gauge", "recorded"), ("state_stage_gauge", "open"),
    ]  # fmt: skip


def test_a_clock_off_during_the_work_calls_nobody_once_it_is_set(gauge):
    work_on("ciqikou")
    for minute in range(0, 110, 5):
        gauge.drill.move_to(START + timedelta(minutes=minute))
        off = 400 if minute < 75 else -2
        record_frames([gauge.frame(minute, 180.0 + minute / 1000, sent_after=off)])
        check_clocks()
    assert (alarms(), desk()) == ([("clock", "recorded", "maintenance", False)], 0)


def test_a_fire_of_a_unit_that_is_tested_is_recorded_and_the_page_says_so(
    client, unit, drill_clock
):
    work_on("tower")
    record(drill_clock, state(1, FIRE))
    record(drill_clock, state(2, FIRE, 6))
    assert (alarms(), desk()) == ([("fire", "recorded", "maintenance", True)], 0)
    page = log_in(client).get("/stations/tower").content.decode()
    assert "换传感器" in page
    assert "检修期间" in page
    record(drill_clock, state(3, NORMAL), state(3, NORMAL, 6))
    over("tower")
    assert (check_fires(), desk()) == (0, 0)
    assert alarms() == [("fire", "recorded", "maintenance", False)]


def test_a_fire_that_burns_on_after_the_work_is_told(unit, drill_clock):
    work_on("tower")
    record(drill_clock, state(1, FIRE))
    assert check_fires() == 0
    over("tower")
    assert [check_fires(), check_fires()] == [1, 0]
    assert [one[:2] for one in alarms()] == [("fire", "recorded"), ("fire", "open")]
    assert desk() == 1
    record(drill_clock, state(2, NORMAL))
    assert (alarms()[1][1], desk()) == ("cleared", 0)


def test_a_button_pressed_in_the_workshop_is_recorded(bus, client):
    work_on("bus-1")
    for minute in (1, 3):
        bus.move_to(START + timedelta(minutes=minute + 1))
        record_frames([said(minute, BUTTON), said(minute + 1)])
    assert (alarms(), desk()) == ([("emergency", "recorded", "maintenance", False)] * 2, 0)
    reader = log_in(client, role="duty_officer", area_code="500106")
    assert "换传感器" in reader.get("/stations/bus-1").content.decode()
