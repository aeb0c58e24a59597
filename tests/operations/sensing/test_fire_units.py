"""What fire alarm units state: kept once, parts as they are now, one alarm a unit."""

from datetime import timedelta

import pytest

from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.actions import NewStation, record_frames, register_stations
from anlan.operations.sensing.models import Alarm, BadFrame, DeviceNotice, Station
from anlan.operations.sensing.queries import health, notices, parts
from anlan.protocols import gb26875
from anlan.protocols.gb26875 import Command, Entry, Message, Unit
from anlan.vocabulary import frames

from .conftest import START
from .english import unread
from .test_pages import log_in, queries_of

pytestmark = pytest.mark.django_db(databases="__all__")
UNIT = "0000000A2B01"
NORMAL, FIRE, FAULT = 1, 3, 5


@pytest.fixture
def unit(drill_clock):
    register_stations(
        PLATFORM,
        [NewStation(
            code="tower", name="三峡广场消防", kind="fire_unit", lon=106.45, lat=29.56,
            area_code="500106003", interval_s=1800, elements=(), device=UNIT, protocol="gb26875",
        )], [],
    )  # fmt: skip


def message(minute, *entries, kind=2):
    at = START + timedelta(minutes=minute)
    return Message(Command.SEND, 1, UNIT, sent_at=at, unit=Unit(kind, entries))


def told(said, received_at=None):
    at = received_at or said.sent_at
    raw = gb26875.encode(said).hex().upper()
    return frames.Frame("gb26875", UNIT, at, raw, (), notices=gb26875.notices(said, at))


def state(minute, status, address=5, *, late_by=0):
    """A part's status at a minute; by default sent at once."""
    at = START + timedelta(minutes=minute)
    entry = Entry(system=1, system_address=0, part=40, part_address=address, status=status,
                  description="三楼走廊", at=at)  # fmt: skip
    return told(message(minute + late_by, entry))


def reset(minute):
    at = START + timedelta(minutes=minute)
    entry = Entry(system=1, system_address=0, operation=1, operator=1, at=at)
    return told(message(minute, entry, kind=4))


def record(drill, *items):
    drill.move_to(max(item.received_at for item in items))
    return record_frames(items)


def alarms():
    return list(Alarm.objects.order_by("pk").values_list("key", "state"))


def test_one_alarm_a_unit_from_the_first_fire_to_the_last(unit, drill_clock):
    record(drill_clock, state(0, NORMAL))
    assert alarms() == []
    first = state(1, FIRE)
    record(drill_clock, first, state(2, FIRE, 6))
    assert alarms() == [("tower::fire", "open")]
    assert Alarm.objects.get().condition == "1-0/40-5 三楼走廊"
    record(drill_clock, state(3, NORMAL))
    assert alarms() == [("tower::fire", "open")]
    record(drill_clock, state(4, FAULT, 6))
    assert alarms() == [("tower::fire", "cleared")]
    assert [row.codes for row in parts("tower")] == [("gb26875:fault",), ()]
    record(drill_clock, first)  # the same again, after all is over
    assert alarms() == [("tower::fire", "cleared")]
    assert DeviceNotice.objects.count() == 5
    assert health(["tower"])["tower"].protocol == "gb26875"


def test_a_reset_of_the_panel_ends_the_fire_of_its_system(unit, drill_clock):
    record(drill_clock, state(0, FIRE), state(0, FIRE, 6))
    record(drill_clock, reset(5))
    assert alarms() == [("tower::fire", "cleared")]
    record(drill_clock, state(6, FIRE))
    assert alarms() == [("tower::fire", "cleared"), ("tower::fire", "open")]


def test_a_fire_that_comes_and_goes_in_one_batch_is_told_and_cleared(unit, drill_clock):
    record(drill_clock, state(1, NORMAL), state(0, FIRE))
    assert alarms() == [("tower::fire", "cleared")]


def test_late_notices_are_kept_and_raise_nothing(unit, drill_clock):
    record(drill_clock, state(60, NORMAL))
    record(drill_clock, state(0, FIRE, late_by=90))
    assert alarms() == []
    assert len(notices("tower")) == 2
    record(drill_clock, state(10, FIRE, 7, late_by=90))
    assert alarms() == []


def test_the_page_answers_in_both_languages_within_its_budget(client, unit, drill_clock):
    record(drill_clock, state(0, FIRE), reset(1), state(2, FIRE))
    officer = log_in(client)
    for language, words in (("zh-hans", "1 处火警"), ("en", "1 part states a fire")):
        for address in ("/stations/tower", "/stations", "/stations?kind=fire_unit", "/alarms"):
            answer = officer.get(address, headers={"accept-language": language})
            assert answer.status_code == 200
            assert "三峡广场消防" in answer.content.decode()
        page = officer.get("/stations/tower", headers={"accept-language": language})
        assert words in page.content.decode()
        assert "三楼走廊" in page.content.decode()
    assert queries_of(officer, "/stations/tower") <= 30


def test_an_english_reader_reads_fires_states_and_operations(client, unit, drill_clock):
    at = START + timedelta(minutes=1)
    level = Entry(system=12, system_address=0, part=92, part_address=1, quantity=2, figure=310,
                  at=at)  # fmt: skip
    record(
        drill_clock, state(1, FIRE), state(1, 0x0100 | FAULT, 6), reset(0),
        told(message(1, level, kind=3)),
        told(message(1, Entry(transmitter_status=0x60, at=at), kind=21)),
        told(message(1, Entry(operation=0x20, operator=1, at=at), kind=24)),
    )  # fmt: skip
    officer = log_in(client)
    names = ("三峡广场消防", "三楼走廊", "陈立")
    for address in ("/stations/tower", "/alarms", "/", "/stations"):
        assert unread(officer, address, *names) == []
    page = officer.get("/stations/tower", headers={"accept-language": "en"}).content.decode()
    for words in (
        "Fire alarm system, Smoke detector 5, 三楼走廊",
        "Fault, Power fault",
        "Reset (operation)",
        "Inspection answered (operation)",
        "Height 3.1 m",
        "Sprinkler system, Fire water tank 1",
        "Transmission unit",
        "Fault of the channel to the centre, Fault of the monitored line",
    ):
        assert words in page
    desk = officer.get("/", headers={"accept-language": "en"}).content.decode()
    assert "states a fire: Fire alarm system, Smoke detector 5, 三楼走廊." in desk
    desk = officer.get("/", headers={"accept-language": "zh-hans"}).content.decode()
    assert "火灾报警系统 感烟火灾探测器 5 三楼走廊" in desk


def test_a_stranger_is_adopted_with_what_it_stated(client, drill_clock):
    from anlan.operations.territory.models import Area

    Area.objects.create(
        code="500106004", name="磁器口街道", kind="township", parent_code="500106", lon=106.45,
        lat=29.58, wkb=b"", west=0, south=0, east=0, north=0,
    )  # fmt: skip
    heard = state(0, FIRE)
    bad = frames.BadFrame("gb26875", UNIT, "10.0.0.9:1", START, heard.raw, "unknown_station")
    record_frames([bad])
    assert BadFrame.objects.count() == 1
    keeper = log_in(client, role="system_admin")
    typed = {"protocol": "gb26875", "device": UNIT, "name": "磁器口消防", "kind": "fire_unit",
             "town": "500106004"}  # fmt: skip
    assert "fire_unit" in keeper.get("/stations/unknown").content.decode()
    answer = keeper.post("/stations/unknown/adopt", typed, follow=True)
    assert answer.status_code == 200
    code = Station.objects.get(device=UNIT).code
    assert [row.fire for row in parts(code)] == [True]
    assert alarms() == [(f"{code}::fire", "open")]
