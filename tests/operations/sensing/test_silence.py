import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anlan.operations.deadlines.models import WorkItem
from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.actions import (
    NewStation,
    check_silence,
    record_frames,
    register_stations,
)
from anlan.operations.sensing.models import Alarm
from anlan.operations.sensing.rules.mass_silence import Device, MassLimits, masses
from anlan.vocabulary.elements import Element
from anlan.vocabulary.frames import Frame

from .conftest import START
from .test_pages import log_in

LIMITS = MassLimits(at_least=5, share=0.5, together=timedelta(hours=1))
pytestmark = pytest.mark.django_db(databases="__all__")


def test_a_device_that_never_spoke_is_not_yet_in_service(gauge, drill_clock):
    drill_clock.move_to(START + timedelta(days=9))
    assert check_silence() == 0


def test_two_intervals_are_not_yet_silence_and_more_is_one_alarm(gauge, drill_clock):
    gauge.says(0, 180.0)
    drill_clock.move_to(START + timedelta(minutes=10))
    assert check_silence() == 0
    drill_clock.move_to(START + timedelta(minutes=11))
    assert [check_silence(), check_silence()] == [1, 0]
    alarm = Alarm.objects.get()
    assert (alarm.rule, alarm.state, alarm.began_at) == ("silence", "open", START)
    assert WorkItem.objects.get(done_at=None).parameters["since"] == "08:00"


def test_a_frame_ends_the_silence_and_the_next_silence_is_a_new_alarm(gauge, drill_clock):
    gauge.says(0, 180.0)
    drill_clock.move_to(START + timedelta(minutes=30))
    check_silence()
    gauge.says(60, 180.0)
    assert [a.state for a in Alarm.objects.all()] == ["cleared"]
    drill_clock.move_to(START + timedelta(minutes=90))
    assert check_silence() == 1
    assert Alarm.objects.count() == 2


def beats(gauge, minute):
    gauge.drill.move_to(START + timedelta(minutes=minute))
    record_frames([Frame("sl651", gauge.device, gauge.drill.now(), "7E7E", (), beat=True)])


def test_a_station_that_is_on_line_and_tells_nothing_is_seen_and_silent(gauge, client):
    beats(gauge, -30)
    assert check_silence() == 0  # it has never reported
    gauge.says(0, 180.0)
    for minute in (9, 14):
        beats(gauge, minute)
    assert check_silence() == 1
    beats(gauge, 19)
    beats(gauge, 17)  # what was held up moves nothing back
    assert Alarm.objects.get(state="open").began_at == START
    reader = log_in(client, "duty_leader")
    for page in ("/stations/ciqikou", "/devices/health"):
        text = reader.get(page, headers={"accept-language": "en"}).content.decode()
        assert re.search(r"on line [^<]*08:19, without a report", text), page
    gauge.says(20, 180.0)
    assert not Alarm.objects.filter(state="open").exists()
    assert "on line" not in reader.get("/devices/health").content.decode()


def gauges(names, operator="", cell=""):
    register_stations(
        PLATFORM,
        [
            NewStation(
                code=f"rain-{name}", name=f"雨量 {name}", kind="rain", device=f"{name:010d}",
                lon=106.4, lat=29.6, area_code=f"50010600{name % 3 + 1}", interval_s=300,
                operator=operator, cell=cell, elements=("rain_5min",),
            )
            for name in names
        ],
        [],
    )  # fmt: skip


def speak(gauge, names, minute):
    gauge.drill.move_to(START + timedelta(minutes=minute))
    batch = []
    for name in names:
        gauge.device = f"{name:010d}"
        batch.append(gauge.frame(minute, 0.0, element=Element.RAIN_5MIN))
    record_frames(batch)


def open_rules():
    rows = Alarm.objects.filter(state="open").order_by("rule", "station_code")
    return [(row.rule, row.station_code or row.key) for row in rows]


def test_devices_of_one_keeper_that_fall_silent_together_are_one_alarm(gauge, drill_clock):
    gauges(range(1, 8), operator="移动运维")
    gauges([9])
    speak(gauge, [*range(1, 8), 9], 0)
    drill_clock.move_to(START + timedelta(minutes=20))
    assert check_silence() == 2
    assert open_rules() == [
        ("mass_silence", "operator=移动运维::mass_silence"), ("silence", "rain-9"),
    ]  # fmt: skip
    item = WorkItem.objects.get(done_at=None, kind="alarm", key__contains="mass")
    assert (item.parameters["count"], item.parameters["of"]) == ("7", "7")
    assert unquote(item.link) == "/devices/health?operator=移动运维"
    assert check_silence() == 0


def test_alarms_raised_before_the_others_fell_silent_are_folded_in(gauge, drill_clock):
    gauges(range(1, 7), cell="基站 12")
    speak(gauge, [1, 2], 0)
    speak(gauge, [3, 4, 5, 6], 15)
    assert check_silence() == 2
    drill_clock.move_to(START + timedelta(minutes=30))
    assert check_silence() == 1
    assert open_rules() == [("mass_silence", "cell=基站 12::mass_silence")]


def test_a_mass_ends_when_most_speak_again_and_the_rest_stand_alone(gauge, drill_clock):
    gauges(range(1, 7), operator="移动运维")
    speak(gauge, range(1, 7), 0)
    drill_clock.move_to(START + timedelta(minutes=20))
    check_silence()
    speak(gauge, [1, 2, 3], 25)
    check_silence()
    assert len(open_rules()) == 1
    speak(gauge, [4], 26)
    check_silence()
    assert open_rules() == [("silence", "rain-5"), ("silence", "rain-6")]


def test_four_silent_devices_are_four_alarms(gauge, drill_clock):
    gauges(range(1, 5), operator="移动运维")
    speak(gauge, range(1, 5), 0)
    drill_clock.move_to(START + timedelta(minutes=20))
    assert check_silence() == 4
    assert {rule for rule, _code in open_rules()} == {"silence"}


def test_one_that_spoke_later_does_not_hide_a_mass():
    silent = [Device(n, "移动运维", "", "", START, True) for n in range(10)]
    later = Device(99, "移动运维", "", "", START + timedelta(minutes=65), True)
    assert [mass.members for mass in masses([*silent, later], LIMITS)] == [tuple(range(10))]


def test_the_item_leads_to_a_group_of_any_name(client, gauge, drill_clock):
    gauges(range(1, 8), operator="A&B 网#3")
    speak(gauge, range(1, 8), 0)
    drill_clock.move_to(START + timedelta(minutes=20))
    check_silence()
    link = WorkItem.objects.get(done_at=None, kind="alarm").link
    assert "rain-7" in log_in(client).get(link).content.decode()


def test_a_cell_that_is_dead_says_more_than_its_keeper():
    dead = [Device(n, "移动运维", "", "基站 12", START, True) for n in range(30)]
    elsewhere = [Device(n, "移动运维", "", f"基站 {n}", START, n == 30) for n in range(30, 50)]
    found = masses([*dead, *elsewhere], LIMITS)
    assert [(mass.key, len(mass.members)) for mass in found] == [("cell=基站 12", 30)]


def test_a_keeper_whose_cells_are_all_silent_is_one_alarm_not_one_a_cell():
    dead = [Device(n, "移动运维", "", f"基站 {n // 5}", START, True) for n in range(30)]
    lone = Device(99, "移动运维", "", "基站 9", START, False)
    assert [mass.key for mass in masses([*dead, lone], LIMITS)] == ["operator=移动运维"]


def test_three_hundred_of_one_cell_are_one_alarm_and_it_closes_when_they_are_back(
    gauge, drill_clock
):
    gauges(range(1, 301), operator="移动运维", cell="基站 12")
    gauges(range(301, 303), operator="别家")
    gauges(range(401, 701), operator="移动运维", cell="基站 13")
    speak(gauge, [*range(1, 303), *range(401, 701)], 0)
    speak(gauge, range(401, 701), 19)
    drill_clock.move_to(START + timedelta(minutes=20))
    with CaptureQueriesContext(connection) as asked:
        assert check_silence() == 3
    assert len(asked) < 30
    assert [rule for rule, _code in open_rules()] == ["mass_silence", "silence", "silence"]
    assert open_rules()[0][1] == "cell=基站 12::mass_silence"
    speak(gauge, [*range(1, 303), *range(401, 701)], 25)
    check_silence()
    assert open_rules() == []


def test_three_hundred_that_fall_silent_each_for_itself_are_told_in_few_queries(gauge, drill_clock):
    gauges(range(1, 301))
    speak(gauge, range(1, 301), 0)
    drill_clock.move_to(START + timedelta(minutes=20))
    with CaptureQueriesContext(connection) as asked:
        assert check_silence() == 300
    assert len(asked) < 60
    assert WorkItem.objects.filter(done_at=None, kind="alarm").count() == 300
    with CaptureQueriesContext(connection) as back:
        speak(gauge, range(1, 301), 21)
    assert len(back) < 60
    assert open_rules() == []
