"""Vehicles: each fix once, the newest place, the track on its page, adopted by what it sent."""

from dataclasses import replace as replace_station
from datetime import timedelta

import pytest
from django.db import connections
from msgspec.structs import replace

from anlan.gateways.jt808_places import fix as fix_of
from anlan.operations.people.actions import PLATFORM
from anlan.operations.people.queries import Scope, trail
from anlan.operations.people.rules import ROLES, Reach
from anlan.operations.sensing.actions import (
    NewStation,
    count_vehicles,
    keep_months,
    record_frames,
    register_stations,
)
from anlan.operations.sensing.models import BadFrame, LastFix, Station, VehicleFix
from anlan.operations.sensing.queries import (
    FrameCounts,
    directory,
    frame_counts,
    health,
    last_fixes,
    located,
    signals,
    track,
)
from anlan.protocols import jt808
from anlan.vocabulary import clock, frames
from anlan.vocabulary.frames import Frame

from .conftest import START
from .test_pages import log_in

pytestmark = pytest.mark.django_db(databases="__all__")
BUS = "013912345678"
EVERYWHERE = Scope(1, "duty_officer", ROLES["duty_officer"].rights, Reach.DISTRICT, "500106", None)
NEW = NewStation(
    code="bus-1", name="公交 221 路 1 号车", kind="vehicle", device=BUS, password=4711,
    protocol="jt808", lon=106.45, lat=29.55, area_code="500106004", interval_s=60, elements=(),
)  # fmt: skip


@pytest.fixture
def bus(drill_clock):
    register_stations(PLATFORM, [NEW], [])
    return drill_clock


def place(minutes, lon=106.46, located=True, speed=30.0):
    status = 3 if located else 1
    at = START + timedelta(minutes=minutes)
    return fix_of(BUS, jt808.Position(0, status, 29.55, lon, 250, speed, 90, at), False, at)


def said(*fixes):
    return Frame("jt808", BUS, START + timedelta(minutes=5), "7E", (), fixes)


def test_a_parked_vehicle_is_seen_by_its_heartbeat(bus, client):
    record_frames([said(place(0))])
    bus.move_to(START + timedelta(minutes=70))
    beat = jt808.encode(jt808.Message(id=0x0002, phone=BUS, serial=7))
    record_frames([Frame("jt808", BUS, bus.now(), beat.hex().upper(), ())])
    assert health()["bus-1"].last_frame_at == START + timedelta(minutes=70)
    assert VehicleFix.objects.count() == 1
    assert "09:10" in log_in(client).get("/stations/bus-1").content.decode()


def test_a_fix_is_kept_once_and_a_late_one_moves_nothing_back(bus):
    newest = said(place(1), place(2, 106.47))
    for _ in range(2):
        record_frames([newest, said(place(0, 106.45))])
    assert VehicleFix.objects.count() == 3
    assert last_fixes()["bus-1"].place == (106.47, 29.55)
    record_frames([said(place(3, 0.0, located=False))])
    assert last_fixes()["bus-1"].place == (106.47, 29.55)
    assert [f.located for f in track("bus-1", START, START + timedelta(hours=1))] == [True] * 3 + [
        False
    ]
    count_vehicles()
    found = located(EVERYWHERE)
    assert (found.fixes, found.located, found.others) == (4, 3, 1)
    assert found.rate is None  # nobody has said its class


def test_the_frames_of_today_are_counted_and_no_number_is_owed(bus):
    bus.move_to(START + timedelta(minutes=10))
    record_frames([said(place(0), place(1)), replace(said(place(2)), received_at=clock.now())])
    record_frames([frames.BadFrame("jt808", BUS, "", clock.now(), "00", "malformed")])
    assert frame_counts("bus-1") == FrameCounts(2, None, 1)


def test_a_fix_of_a_time_to_come_is_kept_as_bad(bus):
    record_frames([said(place(60))])
    assert not LastFix.objects.exists()
    assert BadFrame.objects.get().reason == "future_time"


def test_tracks_lie_and_go_as_readings_do_and_the_newest_place_stays(bus, settings):
    record_frames([said(place(0), place(1))])
    keep_months()
    with connections["default"].cursor() as cursor:
        if connections["default"].vendor == "postgresql":
            cursor.execute("SELECT DISTINCT tableoid::regclass::text FROM sensing_vehiclefix")
            assert cursor.fetchone() == ("sensing_vehiclefix_2020_08",)
        else:
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'sensing_vehiclefix'")
            assert cursor.fetchone()[0].endswith("WITHOUT ROWID")
    settings.ANLAN_KEEP_MONTHS = 1
    bus.move_to(START + timedelta(days=60))
    keep_months()
    assert not VehicleFix.objects.exists()
    assert LastFix.objects.exists()


def test_the_page_shows_the_track_and_the_map_the_vehicle(bus, client):
    reader = log_in(client, role="duty_officer", area_code="500106")
    assert "尚未上报位置" in reader.get("/stations/bus-1").content.decode()
    record_frames([said(place(0, 106.45), place(1, 106.46, speed=42.5))])
    bus.move_to(START + timedelta(minutes=6))
    page = reader.get("/stations/bus-1").content.decode()
    assert "42.5" in page
    assert "[106.46, 29.55]]" in page
    assert "公交 221 路 1 号车" in reader.get("/stations?kind=vehicle").content.decode()
    (feature,) = reader.get("/map/layers/vehicles.geojson").json()["features"]
    assert feature["geometry"]["coordinates"] == [106.46, 29.55]


def test_a_terminal_that_registers_unasked_can_be_adopted(drill_clock, client):
    from anlan.operations.territory.models import Area

    Area.objects.create(
        code="500106004", name="磁器口街道", kind="township", parent_code="500106", lon=106.45,
        lat=29.58, wkb=b"", west=0, south=0, east=0, north=0,
    )  # fmt: skip
    keeper = log_in(client, role="system_admin", area_code="500106")
    body = jt808.written(jt808.Registration(50, 106, "A", "B", "C", 2, "渝A12345"))
    raw = jt808.encode(jt808.Message(0x0100, BUS, 1, body)).hex().upper()
    record_frames([frames.BadFrame("jt808", BUS, "10.0.0.9:1", START, raw, "unknown_station")])
    keeper.post(
        "/stations/unknown/adopt",
        {"protocol": "jt808", "device": BUS, "name": "巡逻车", "kind": "vehicle",
         "town": "500106004"},
    )  # fmt: skip
    assert Station.objects.get(device=BUS).kind == "vehicle"
    assert directory("jt808")[BUS].terminal == "A C"
    assert len(directory("jt808")[BUS].secret) == 32


def test_k37_counts_the_classes_that_it_names_and_the_list_filters_by_them(bus, client):
    taxi = replace_station(NEW, code="taxi", device="013900000001", vehicle_class="other")
    register_stations(PLATFORM, [taxi, replace_station(NEW, code="van", device="013900000002")], [])
    keeper = log_in(client, role="system_admin", area_code="500106")
    assert "公交" in keeper.get("/devices/register/bus-1").content.decode()
    for chosen in ("spaceship", "bus"):
        keeper.post("/devices/register/bus-1", {"vehicle_class": chosen})
        register_stations(PLATFORM, [NEW], [])  # the district's file says nothing of it
    record_frames([said(place(0))])
    assert [(one.code, one.counted, one.classed) for one in signals()] == [
        ("bus-1", True, True), ("taxi", False, True), ("van", False, False),
    ]  # fmt: skip
    assert located(EVERYWHERE).rate == 1.0
    assert "公交" in keeper.get("/devices/register/bus-1").content.decode()
    reader = log_in(client, role="duty_officer", area_code="500106")
    listed = reader.get("/stations?kind=vehicle&class=bus").content.decode()
    assert "/stations/bus-1" in listed
    assert "/stations/taxi" not in listed
    assert "kind=vehicle&amp;class=other" in listed
    assert "/stations/van" in reader.get("/stations?kind=vehicle&class=none").content.decode()


def test_k37_takes_no_position_from_before_the_registration_for_a_signal(bus):
    keyed = {"vehicle_class": "bus"}
    register_stations(PLATFORM, [replace_station(NEW, **keyed)], [])
    Station.objects.update(registered_at=START)
    bus.move_to(START + timedelta(days=20))
    record_frames([said(place(-1))])  # a terminal hands over what it kept
    assert located(EVERYWHERE).rate == 0.0
    assert [one.at for one in signals()] == [None]
    record_frames([said(place(0))])
    assert located(EVERYWHERE).rate == 1.0


def registering(terminal):
    body = jt808.written(jt808.Registration(50, 106, "A", "B", terminal, 2, "渝A12345"))
    raw = jt808.encode(jt808.Message(0x0100, BUS, 1, body)).hex().upper()
    return frames.Frame("jt808", BUS, clock.now(), raw, ())


def test_a_vehicle_is_kept_to_its_first_terminal_until_somebody_releases_it(bus, client):
    record_frames([registering("FIRST"), registering("OTHER")])
    assert directory("jt808")[BUS].terminal == "A FIRST"
    raw = registering("OTHER").raw
    record_frames(
        [frames.BadFrame("jt808", BUS, "", clock.now(), raw, "other_terminal", "A OTHER")]
    )
    leader = log_in(client, role="section_head", area_code="500106")
    page = leader.get("/stations/bus-1").content.decode()
    assert "A FIRST" in page
    assert "A OTHER" in page
    assert leader.get("/stations/bus-1/release").status_code == 405
    leader.post("/stations/bus-1/release")
    leader.post("/stations/bus-1/release")
    assert [r.verb for r in trail("station", "bus-1")].count("sensing.release_terminal") == 2
    record_frames([registering("OTHER")])
    assert directory("jt808")[BUS].terminal == "A OTHER"
    reader = log_in(client, role="duty_officer", area_code="500106")
    assert reader.post("/stations/bus-1/release").status_code == 403


def test_a_vehicle_keeps_the_random_secret_of_its_code(bus):
    secret = directory("jt808")[BUS].secret
    assert len(secret) == 32
    register_stations(PLATFORM, [NEW], [])
    assert directory("jt808")[BUS].secret == secret
    register_stations(PLATFORM, [replace_station(NEW, secret="stated")], [])
    assert directory("jt808")[BUS].secret == "stated"
