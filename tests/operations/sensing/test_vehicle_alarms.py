"""Alarms of vehicles: kept from where they begin to where they end, the serious ones told."""

from datetime import timedelta
from itertools import permutations

import pytest
from msgspec.structs import replace

from anlan.gateways.jt808_places import fix as fix_of
from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.actions import record_frames, register_stations, vehicle_alarms
from anlan.operations.sensing.models import Alarm, AlarmWord, DeviceNotice, VehicleFix
from anlan.operations.sensing.queries import standing_alarms
from anlan.operations.sensing.rules.alarm_bits import turns
from anlan.protocols import jt808
from anlan.vocabulary.frames import Frame
from anlan.vocabulary.notices import Notice, NoticeState
from anlan.vocabulary.readings import Position

from .conftest import START
from .english import unread
from .test_pages import log_in
from .test_tracks import BUS, NEW

pytestmark = pytest.mark.django_db(databases="__all__")
OVERSPEED, BUTTON, CRASH = 1 << 1, 1 << 0, 1 << 29
NAMES = ("公交 221 路 1 号车", "陈立")


@pytest.fixture
def bus(drill_clock):
    register_stations(PLATFORM, [NEW], [])
    return drill_clock


def said(minutes, alarm=0, arrives=None):
    at = START + timedelta(minutes=minutes)
    place = jt808.Position(alarm, 3, 29.55, 106.46, 250, 72.0, 90, at)
    arrives = at if arrives is None else START + timedelta(minutes=arrives)
    return Frame("jt808", BUS, arrives, "7E", (), (fix_of(BUS, place, False, arrives),))


def stated():
    rows = DeviceNotice.objects.order_by("at", "code")
    return [((r.at - START).total_seconds() / 60, r.code, r.state) for r in rows]


SPEEDING = [
    (1, "jt808:bit.1", "begun"), (3, "jt808:bit.1", "ended"), (4, "jt808:bit.1", "begun"),
]  # fmt: skip


def test_an_alarm_begins_and_ends_once_however_often_its_bit_is_said(bus):
    drive = [said(0), said(1, OVERSPEED), said(2, OVERSPEED), said(3), said(4, OVERSPEED)]
    for _ in range(2):
        record_frames(drive)
    assert stated() == SPEEDING
    first = DeviceNotice.objects.earliest("at")
    assert (first.lon, first.lat, first.speed_kmh) == (106.46, 29.55, 72.0)
    assert list(standing_alarms("bus-1")) == ["超速报警"]


def test_the_same_fixes_in_any_order_come_to_the_same(bus):
    drive = [said(0), said(1, OVERSPEED), said(2, OVERSPEED), said(3), said(4, OVERSPEED)]
    for order in list(permutations(drive))[::17]:
        for model in (DeviceNotice, VehicleFix, AlarmWord):
            model.objects.all().delete()
        for frame in order:
            record_frames([frame])
        assert stated() == SPEEDING, [frame.received_at for frame in order]
        assert AlarmWord.objects.get().alarm == OVERSPEED


def test_an_old_clock_takes_back_nothing(bus):
    record_frames([said(minute, OVERSPEED) for minute in range(5)])
    record_frames([said(-600_000, BUTTON | OVERSPEED, arrives=5)])
    record_frames([said(-600_000, BUTTON, arrives=6), said(6, OVERSPEED)])
    assert stated() == [(-600_000, "jt808:bit.0", "event"), (0, "jt808:bit.1", "begun")]
    assert AlarmWord.objects.get().at == START + timedelta(minutes=6)


def test_a_late_fix_is_seen_among_its_neighbours_alone(bus, monkeypatch):
    drive = [said(minute) for minute in range(0, 600, 10)]
    record_frames(drive)
    judged = []
    monkeypatch.setattr(
        vehicle_alarms, "turns", lambda word, fixes: judged.extend(fixes) or turns(word, fixes)
    )
    record_frames([said(5, OVERSPEED, arrives=600), said(601)])
    assert len(judged) <= 5
    assert stated() == [(5, "jt808:bit.1", "begun"), (10, "jt808:bit.1", "ended")]


def test_what_a_track_has_lost_by_its_age_loses_no_notice(bus):
    record_frames([said(0, OVERSPEED), said(1, OVERSPEED), said(2), said(43_200, OVERSPEED)])
    bus.move_to(START + timedelta(minutes=43_200))
    VehicleFix.objects.filter(at__lt=START + timedelta(minutes=2)).delete()
    before = stated()
    record_frames([said(-1, OVERSPEED, arrives=43_201)])
    assert set(before) <= set(stated())


def test_two_reports_of_one_second_lose_no_alarm(bus):
    record_frames([said(1)])
    record_frames([said(1, BUTTON)])
    assert VehicleFix.objects.get().alarm == BUTTON
    assert stated() == [(1, "jt808:bit.0", "event")]


def test_a_pressed_button_is_one_alarm_until_somebody_takes_it(bus, client):
    desk = log_in(client, role="duty_officer", area_code="500106")
    for minute in (1, 3):
        bus.move_to(START + timedelta(minutes=minute + 1))
        record_frames([said(minute, BUTTON | CRASH), said(minute + 1)])
    assert sorted(Alarm.objects.values_list("rule", "state")) == [
        ("collision", "open"), ("emergency", "open"),
    ]  # fmt: skip
    page = desk.get("/alarms").content.decode()
    assert "紧急报警 · 106.46000, 29.55000 · 72 km/h" in page
    button = Alarm.objects.get(rule="emergency")
    desk.post(f"/alarms/{button.pk}/acknowledge", {"note": "误触"})
    button.refresh_from_db()
    assert (button.state, button.note) == ("cleared", "误触")
    record_frames([said(5, BUTTON)])
    assert Alarm.objects.filter(rule="emergency").count() == 2


def test_a_call_for_help_from_nowhere_is_told(bus):
    frame = said(1, BUTTON)
    nowhere = replace(frame.fixes[0], position=None, located=False)
    record_frames([replace(frame, fixes=(nowhere,))])
    assert Alarm.objects.get().condition == "jt808:bit.0 · 72 km/h"
    assert (VehicleFix.objects.get().lon, DeviceNotice.objects.get().lon) == (None, None)


def test_what_came_late_is_kept_and_told_to_nobody(bus, client):
    reader = log_in(client, role="duty_officer", area_code="500106")
    bus.move_to(START + timedelta(hours=3))
    record_frames([said(1, BUTTON, arrives=180)])
    assert not Alarm.objects.exists()
    assert "迟到，只记录未上报值班" in reader.get("/vehicles/alarms").content.decode()


def test_an_english_reader_reads_what_vehicles_state(bus, client):
    there = Position(106.45, 29.56)
    at = START + timedelta(minutes=1)
    driver = Notice(BUS, at, "jt808:65.2", NoticeState.BEGUN, "7", "", 2, None, there, 36.0)
    tyre = Notice(BUS, at, "jt808:66.2", NoticeState.BEGUN, "9-3", "#4 500 kPa 80 ℃")
    record_frames([replace(said(1, BUTTON | OVERSPEED), notices=(driver, tyre))])
    reader = log_in(client, role="duty_officer", area_code="500106")
    for address in ("/vehicles/alarms", "/stations/bus-1", "/alarms", "/"):
        assert unread(reader, address, *NAMES) == []
    page = reader.get("/vehicles/alarms", headers={"accept-language": "en"}).content.decode()
    for words in (
        "Emergency alarm",
        "Speeding",
        "On the telephone",
        "Tyre pressure too low",
        "wheel 4 500 kPa 80 ℃",
    ):
        assert words in page
    shown = reader.get("/alarms", headers={"accept-language": "en"}).content.decode()
    assert "Emergency alarm · 106.46000, 29.55000 · 72 km/h" in shown
    own = reader.get("/stations/bus-1", headers={"accept-language": "en"}).content.decode()
    assert "<b>Emergency alarm, Speeding</b>" in own
    assert "4 号轮 500 kPa 80 ℃" in reader.get("/vehicles/alarms").content.decode()


def test_the_list_is_filtered_and_of_ones_own_district(bus, client):
    there = Position(106.45, 29.56)
    call = Notice(BUS, START + timedelta(minutes=1), "jt808:65.2", NoticeState.BEGUN, "7", "", 2,
                  None, there, 36.0)  # fmt: skip
    done = replace(call, at=call.at + timedelta(minutes=1), state=NoticeState.ENDED)
    frame = replace(said(1, OVERSPEED), notices=(call,))
    record_frames([frame, replace(said(2, OVERSPEED), notices=(done,)), frame])
    reader = log_in(client, role="duty_officer", area_code="500106")
    whole = reader.get("/vehicles/alarms").content.decode()
    assert "接打电话报警" in whole
    assert "超速报警" in whole
    driver = reader.get("/vehicles/alarms?group=dsm&level=2").content.decode()
    assert "106.45000, 29.56000" in driver
    assert "超速报警" not in driver
    going_on = reader.get("/vehicles/alarms?standing=1&vehicle=bus-1").content.decode()
    assert "接打电话报警" not in going_on
    assert "超速报警" in going_on
    assert reader.get("/vehicles/alarms?format=xlsx").status_code == 200
    assert "接打电话报警" in reader.get("/stations/bus-1").content.decode()
    other = log_in(client, role="duty_officer", area_code="500107")
    assert "超速报警" not in other.get("/vehicles/alarms").content.decode()
