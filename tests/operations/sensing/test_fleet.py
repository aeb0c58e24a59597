"""The figures of the page of devices, against truth written by hand, and its pace with 20,000."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.actions import (
    DEVICES_A_TURN,
    VEHICLES_A_TURN,
    count_devices,
    count_vehicles,
    make_rollups,
    register_stations,
    tally_health,
)
from anlan.operations.sensing.models import (
    DeviceCount,
    HealthLimit,
    HealthTally,
    LastFix,
    RollUp,
    Series,
    Station,
    StationHealth,
    VehicleFix,
)
from anlan.operations.sensing.rules.latency import coarse, nearest, percentile, tallied_percentile
from anlan.operations.territory.models import Area
from anlan.vocabulary import clock

from .conftest import CIQIKOU, START
from .test_pages import log_in

pytestmark = pytest.mark.django_db(databases="__all__")
NOW = START + timedelta(days=1)
CIQIKOU_STREET, SHUANGBEI = "500106004", "500106003"
PLAIN = {"datum": "", "offset_m": None, "river": "", "bank": ""}


def recount():
    while make_rollups() or count_devices() or count_vehicles() or tally_health():
        pass


def device(code, kind, area, **also):
    elements = () if kind == "vehicle" else ("rain_hour",) if kind == "rain" else ("stage",)
    more = {} if kind == "stage" else PLAIN
    return replace(
        CIQIKOU, code=code, name=code, kind=kind, device=f"d-{code}", area_code=area,
        elements=elements, **more, **also,
    )  # fmt: skip


def speaks(code, **said):
    StationHealth.objects.create(
        station=Station.objects.get(code=code), first_at=START, protocol="sl651",
        last_frame_at=said.pop("last", NOW), silent_after=NOW + timedelta(hours=1), **said,
    )  # fmt: skip


def reported(code, an_hour):
    """So many readings in each of the 24 hours, of the twelve that are due."""
    series = Series.objects.get(station__code=code).pk
    kept = {"series": series, "total": 0, "low": 0, "high": 0, "last": 0}
    RollUp.objects.bulk_create(
        RollUp(span_s=3600, start=START + timedelta(hours=hour), count=12, own=an_hour, **kept)
        for hour in range(24)
    )
    RollUp.objects.create(span_s=86400, start=START, count=288, own=24 * an_hour, **kept)


@pytest.fixture
def known(drill_clock):
    """Eight devices: two that speak, one silent, one never heard, two vehicles, two by model; and
    one of the next district."""
    for code, name in ((CIQIKOU_STREET, "磁器口街道"), (SHUANGBEI, "双碑街道")):
        Area.objects.create(code=code, name=name, kind="township", lon=106.4, lat=29.8)
    register_stations(
        PLATFORM,
        [
            device("a", "rain", CIQIKOU_STREET), device("b", "rain", CIQIKOU_STREET),
            device("c", "rain", SHUANGBEI), device("bus", "vehicle", SHUANGBEI),
            device("van", "vehicle", SHUANGBEI), device("lithium", "stage", SHUANGBEI),
            device("lead", "stage", SHUANGBEI),
            device("next", "rain", "500107001", serves="500107"),
        ], [],
    )  # fmt: skip
    Station.objects.filter(code="lithium").update(device_model="YDH-1")
    Station.objects.filter(code="bus").update(vehicle_class="bus")
    HealthLimit.objects.create(
        name="battery_v", value=3.4, valid_from=START.date(), source="s", device_model="YDH-1",
        entered_at=START,
    )  # fmt: skip
    drill_clock.move_to(NOW)
    speaks("a", signal_dbm=-60, battery_v=12.6, delays="10 20 30 ", stored_after_s=0.24)
    speaks("b", signal_dbm=-100, battery_v=11.0, delays="400 ", stored_after_s=3.0, silent=True,
           last=START + timedelta(hours=20))  # fmt: skip
    speaks("bus", battery_v=5.0)
    speaks("lithium", battery_v=3.6)
    speaks("lead", battery_v=3.6)
    speaks("next", signal_dbm=-1, delays="9999 ")
    reported("a", 9)
    reported("b", 3)
    reported("lead", 12)
    reported("lithium", 12)
    place = {"lon": 106.4, "lat": 29.6, "received_at": NOW}
    bus = Station.objects.get(code="bus").pk
    LastFix.objects.create(station=bus, at=NOW, located=True, **place)
    for minutes, found in ((1, True), (2, True), (3, False), (1500, True)):
        at = NOW - timedelta(minutes=minutes)
        VehicleFix.objects.create(station=bus, at=at, located=found, **place)
    recount()
    return drill_clock


def table(page, since, until):
    """Name -> the figures of its row, from the first heading to the second."""
    part = page[page.index(since) : page.index(until)]
    rows = re.findall(r"<tr><th scope=.row.>.*?</tr>", part)
    cells = [re.sub(r"<[^>]+>", "|", row) for row in rows]
    split = [[one.strip() for one in row.split("|") if one.strip()] for row in cells]
    return {row[0]: row[1:] for row in split}


def page_of(client, query=""):
    reader = log_in(client)
    answer = reader.get(f"/devices/health{query}", headers={"accept-language": "en"})
    return answer.content.decode()


# Registered, online, silent, not in service, battery low, signal weak, median signal, delay p50 and
# p95, stored p95, online over 24 hours, 7 and 30 days.
RAIN = ["3", "1", "1", "1", "1", "1", "-100", "20 s", "400 s", "3.0 s", "50%", "50%", "50%"]
NOTHING = ["—", "—", "—", "—"]


def test_by_kind_the_figures_are_those_counted_by_hand(client, known):
    found = table(page_of(client), "By kind", "By street")
    assert found["Rain gauges"] == RAIN
    assert found["Vehicles"][:10] == ["2", "1", "0", "1", "0", "0", *NOTHING]
    assert found["Stage stations"][:10] == ["2", "2", "0", "0", "1", "0", *NOTHING]
    assert len(found) == 3


def test_by_street_the_figures_are_those_counted_by_hand(client, known):
    found = table(page_of(client), "By street", 'id="devices"')
    assert found["磁器口街道"] == ["2", "1", "1", "0", *RAIN[4:]]
    assert found["双碑街道"][:10] == ["5", "3", "0", "2", "1", "0", *NOTHING]
    assert len(found) == 2


def test_together_they_are_the_head_of_the_page(client, known):
    page = page_of(client)
    assert "4 of 7 devices are online" in page
    assert "2 registered devices are not in service yet" in page
    assert "Half of the newest frames came within 20 s" in page
    assert "95 % within 400 s; 95 % were stored within 3.0 s" in page
    assert "K-37: 1 of 1 vehicles had a signal within 30 days (100%); 67%" in page
    assert "1 vehicle of another class, or of none, is not counted" in page
    assert "were counted at" in page


@pytest.mark.parametrize(
    ("query", "devices"),
    [
        ("", ["b", "c", "van", "a", "lead", "lithium", "bus"]),  # the worst first
        ("?state=silent", ["b"]), ("?state=never", ["c", "van"]), ("?state=low", ["b", "a"]),
        ("?state=battery", ["b", "lead"]), ("?state=weak", ["b"]), ("?kind=rain", ["b", "c", "a"]),
        ("?street=500106004", ["b", "a"]), ("?street=500106004&state=silent", ["b"]),
        ("?street=nowhere", []), ("?operator=nobody", []),
    ],
)  # fmt: skip
def test_the_list_shows_those_that_are_asked_for_the_worst_first(client, known, query, devices):
    page = page_of(client, query)
    listed = page[page.index('id="devices"') :]
    assert re.findall(r'href="/stations/(\w+)"', listed) == devices


def test_rates_are_counted_anew_when_ten_minutes_are_over_and_what_is_gone_is_not_tallied(known):
    first = DeviceCount.objects.get(station__code="a")
    assert (first.day, first.week, first.month) == (0.75, 0.75, 0.75)
    known.move_to(NOW + timedelta(minutes=9))
    assert (count_devices(), tally_health()) == (0, 0)
    known.move_to(NOW + timedelta(minutes=10))
    assert (count_devices(), count_vehicles(), tally_health()) == (5, 0, 4)
    assert HealthTally.objects.filter(kind="vehicle").exists()
    Station.objects.filter(kind="vehicle").update(device="")
    known.move_to(NOW + timedelta(minutes=20))
    recount()
    assert not HealthTally.objects.filter(kind="vehicle").exists()


def test_a_clock_that_is_set_back_is_followed(known):
    clock.use(clock.DrillClock(START + timedelta(hours=1)))
    assert (count_devices(), count_vehicles(), tally_health()) == (5, 1, 4)


def test_percentiles_of_a_tally_are_those_of_its_figures():
    values = [5, 1, 1, 9, 9, 9, 2, 7, 3, 3]
    tally = {value: values.count(value) for value in values}
    for share in (0.05, 0.1, 0.5, 0.51, 0.95, 1.0):
        assert tallied_percentile(tally, share) == percentile(values, share)
    assert tallied_percentile({}, 0.5) is None
    assert [nearest(one) for one in (-96.5, -96.4, 0.5, 2.4)] == [-97, -96, 1, 2]
    assert [coarse(one) for one in (3599, 3661, 90_000, 9e9)] == [3599, 3660, 90_000, 2_592_000]
    ahead = [coarse(-one) for one in (3599, 3661, 90_100, 9e9)]
    assert ahead == [-3599, -3660, -90_000, -2_592_000]


STATIONS = {
    "lon": 106.4, "lat": 29.6, "serves": "500106", "interval_s": 300, "registered_at": START,
}  # fmt: skip


def many(count, kinds=("rain", "stage", "weather", "vehicle")):
    """So many devices, half of them heard, and counted; without going through their readings."""
    rows = Station.objects.bulk_create(
        Station(
            code=f"s{n}", name=f"s{n}", device=f"{n}", kind=kinds[n % len(kinds)],
            area_code=f"5001060{n % 25:02}", **STATIONS,
        )
        for n in range(count)
    )  # fmt: skip
    heard = {"last_frame_at": NOW, "silent_after": NOW, "first_at": START, "protocol": "sl651"}
    StationHealth.objects.bulk_create(
        StationHealth(station=row, silent=row.pk % 5 == 0, battery_v=10 + row.pk % 4,
                      signal_dbm=-60 - row.pk % 50, delays=f"{row.pk % 60} " * 24, **heard)
        for row in rows
    )  # fmt: skip
    DeviceCount.objects.bulk_create(
        DeviceCount(station=row, counted_at=NOW, day=row.pk % 100 / 100, week=1, month=1)
        for row in rows
    )
    while tally_health():
        pass


def asked_by(client, address="/devices/health"):
    """How many questions a page asks of both databases, and how long it took, seconds."""
    client.get(address)
    watched = [CaptureQueriesContext(connections[alias]) for alias in connections]
    began = clock.stopwatch()
    for one in watched:
        one.__enter__()
    answer = client.get(address)
    for one in watched:
        one.__exit__(None, None, None)
    assert answer.status_code == 200
    return sum(len(one) for one in watched), clock.stopwatch() - began


@pytest.mark.slow
def test_twenty_thousand_devices_are_one_page_and_no_more_questions(drill_clock, client):
    drill_clock.move_to(NOW)
    log_in(client)
    many(40)
    few, _seconds = asked_by(client)
    Station.objects.all().delete()
    many(20_000)
    asked, seconds = asked_by(client)
    print(f"\nthe page of 20,000 devices: {asked} questions, {seconds:.2f} s")
    assert asked == few <= 18
    page = client.get("/devices/health").content.decode()
    assert page[page.index('id="devices"') :].count('href="/stations/') == 100
    assert re.search(r"1–100 / 20.?000", re.sub(r"\s+", " ", page))


def test_no_turn_counts_more_than_a_recorder_can_wait_for(drill_clock):
    drill_clock.move_to(NOW)
    many(DEVICES_A_TURN + 1, ("rain", "stage"))
    drill_clock.move_to(NOW + timedelta(hours=1))
    assert [count_devices() for _ in range(3)] == [DEVICES_A_TURN, 1, 0]


def test_a_turn_reads_the_positions_of_few_vehicles_and_each_of_them_once_an_hour(drill_clock):
    drill_clock.move_to(NOW)
    many(VEHICLES_A_TURN + 2, ("vehicle",))
    vehicles = Station.objects.in_bulk(field_name="code").values()
    VehicleFix.objects.bulk_create(
        VehicleFix(station=one.pk, at=NOW + timedelta(minutes=n), received_at=NOW, alarm=0,
                   located=n > 0, lon=106.4, lat=29.6)
        for one in vehicles for n in range(3)
    )  # fmt: skip
    turns, positions = [], []
    for minutes in (60, 60, 60, 119, 120):
        drill_clock.move_to(NOW + timedelta(minutes=minutes))
        with CaptureQueriesContext(connections["default"]) as asked:
            assert count_devices() == 0
        assert not [one for one in asked if "vehiclefix" in one["sql"]]
        turns.append(count_vehicles())
        counted = DeviceCount.objects.filter(counted_at=clock.now(), fixes=3, located=2)
        positions.append(counted.count())
    assert turns == [VEHICLES_A_TURN, 2, 0, 0, VEHICLES_A_TURN]
    assert positions == [20, 22, 22, 0, 20]
