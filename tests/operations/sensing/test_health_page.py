"""The page of all devices: by kind, by street, each with how much of its reports arrived."""

import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.actions import (
    count_devices,
    count_vehicles,
    make_rollups,
    record_frames,
    register_stations,
    tally_health,
)
from anlan.operations.sensing.models import RollUp, Station, StationHealth
from anlan.operations.sensing.rules.health_limits import LimitName, LimitRow, Limits
from anlan.operations.sensing.rules.latency import percentile
from anlan.operations.sensing.rules.online import online_share
from anlan.operations.territory.models import Area
from anlan.vocabulary import clock
from anlan.vocabulary.elements import Element
from anlan.vocabulary.frames import Frame

from .conftest import CIQIKOU, START
from .test_pages import log_in
from .test_silence import gauges

pytestmark = pytest.mark.django_db(databases="__all__")


def recount():
    """What the rounds do by themselves."""
    while make_rollups() or count_devices() or count_vehicles() or tally_health():
        pass


@pytest.fixture
def half_a_day(gauge):
    """Every second report of twelve hours arrived, then the station fell silent."""
    for step in range(0, 144, 2):
        gauge.says(5 * step, 180.0)
    gauge.drill.move_to(START + timedelta(hours=12))
    recount()
    return gauge


def test_the_page_says_how_much_arrived(client, half_a_day):
    page = log_in(client).get("/devices/health", headers={"accept-language": "zh-hans"})
    text = page.content.decode()
    assert "1 台设备中 1 台在线" in text
    assert "50%" in text
    assert "磁器口" in text


def test_a_filter_that_fits_no_device_says_so(client, half_a_day):
    text = log_in(client).get("/devices/health?state=never").content.decode()
    assert "No device is so" in text or "没有符合条件的设备" in text


def test_the_list_is_exported(client, half_a_day):
    answer = log_in(client).get("/devices/health?format=xlsx")
    sheet = load_workbook(BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[2]][:2] == ["磁器口", "5001060001"]
    assert sheet[2][8].value == 0.5


def test_of_another_street_nothing_is_seen(client, half_a_day):
    text = log_in(client, "duty_officer", "500107").get("/devices/health").content.decode()
    assert "5001060001" not in text


@pytest.mark.parametrize("hour", [1, 12])
def test_a_device_that_missed_nothing_is_always_online(client, gauge, hour):
    steps = range((8 * 24 + hour) * 12)
    gauge.drill.move_to(START + timedelta(days=8, hours=hour))
    record_frames([gauge.frame(5 * step, 180.0) for step in steps])
    recount()
    answer = log_in(client).get("/devices/health?format=xlsx")
    shares = [cell.value for cell in load_workbook(BytesIO(answer.content)).active[2]][8:11]
    assert shares == [1, 1, 1]


def test_signal_and_delay_are_shown_by_kind_and_by_device(client, gauge):
    for step, wait_s in enumerate([10, 20, 30, 400]):
        at = START + timedelta(minutes=5 * step)
        gauge.drill.move_to(at + timedelta(seconds=wait_s))
        record_frames([gauge.frame(5 * step, -97.0, element=Element.SIGNAL)])
    recount()
    health = StationHealth.objects.get()
    assert (health.signal_dbm, health.delays, health.ignored) == (-97.0, "400 30 20 10 ", 0)
    text = log_in(client).get("/devices/health").content.decode()
    assert "20 s" in text
    assert "400 s" in text
    assert "5001060001" in client.get("/devices/health?state=weak").content.decode()
    sheet = load_workbook(BytesIO(client.get("/devices/health?format=xlsx").content)).active
    assert [cell.value for cell in sheet[2]][12:] == [-97, 400, 0]


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([], 0.5, None), ([7.0], 0.95, 7.0), ([*range(1, 101)], 0.95, 95), ([4, 1, 3, 2], 0.5, 2)],
)
def test_a_percentile_is_a_value_that_was_seen(values, share, expected):
    assert percentile(values, share) == expected


@pytest.mark.parametrize(
    ("volts", "kind", "low"),
    [(11.4, "stage", True), (11.4, "geohazard", False), (3.2, "geohazard", True),
     (5.0, "vehicle", False), (0.0, "stage", False), (None, "stage", False)],
)  # fmt: skip
def test_what_a_low_battery_is_depends_on_the_kind(volts, kind, low):
    assert Limits([], date(2026, 11, 28)).low_battery(volts, kind, "") is low


def test_a_limit_counts_from_its_day_on_and_that_of_the_model_goes_before():
    rows = [
        LimitRow(name=LimitName.BATTERY_V, kind="stage", value=12, valid_from=date(2026, 6, 1),
                 source="s"),
        LimitRow(name=LimitName.BATTERY_V, kind="stage", device_model="YDH-1", value=3.4,
                 valid_from=date(2026, 7, 1), source="s"),
    ]  # fmt: skip
    assert not Limits(rows, date(2026, 5, 31)).low_battery(11.8, "stage", "YDH-1")
    assert Limits(rows, date(2026, 6, 30)).low_battery(11.8, "stage", "YDH-1")
    assert not Limits(rows, date(2026, 7, 1)).low_battery(11.8, "stage", "YDH-1")
    assert Limits(rows, date(2026, 7, 1)).low_battery(11.8, "stage", "")


@pytest.mark.parametrize(
    ("counts", "span_s", "interval_s", "share"),
    [
        ([12] * 24, 3600, 300, 1.0),
        ([12] * 12, 3600, 300, 0.5),
        ([60] * 12, 3600, 300, 0.5),  # hurried reporting does not make up for silence
        ([1, 1, 1], 3600, 14400, 0.5),
        ([], 3600, 300, 0.0),
    ],
)
def test_the_share_of_what_was_due(counts, span_s, interval_s, share):
    spans = [(START + timedelta(seconds=n * span_s), count) for n, count in enumerate(counts)]
    until = START + timedelta(days=1)
    assert online_share(spans, span_s, interval_s, START, until) == pytest.approx(share)


def test_no_share_before_a_reading_was_due_and_none_of_what_lies_outside():
    since = START + timedelta(minutes=40)
    assert online_share([(START, 12)], 3600, 300, since, since + timedelta(minutes=4)) is None
    # Four were due in the rest of the hour, whatever the hour holds; and twelve in the next.
    spans = [(START - timedelta(hours=1), 12), (START, 12), (START + timedelta(hours=1), 0)]
    until = START + timedelta(hours=2)
    assert online_share(spans, 3600, 300, since, until) == pytest.approx(4 / 16)


def shares_of(client):
    """What the list of devices says of the first: 24 hours, 7 days, 30 days."""
    recount()
    answer = log_in(client).get("/devices/health?format=xlsx")
    return [cell.value for cell in load_workbook(BytesIO(answer.content)).active[2]][8:11]


def test_what_a_file_brought_says_nothing_of_a_device_that_never_spoke(client, gauge):
    """A month of a reading each five minutes, imported on its last day."""
    gauge.drill.move_to(START + timedelta(days=31))
    file = replace(gauge, source="file")
    for day in range(31):
        minutes = range(1440 * day, 1440 * (day + 1), 5)
        said = tuple(file.frame(each, 180.0).readings[0] for each in minutes)
        record_frames([Frame("file", gauge.device, gauge.drill.now(), "", said)])
    recount()
    assert RollUp.objects.filter(span_s=86400, count=288).count() == 31
    assert shares_of(client) == [None, None, None]
    page = client.get("/devices/health", headers={"accept-language": "en"}).content.decode()
    assert "0 of 1 devices are online" in page
    assert "1 registered device is not in service yet: it never spoke" in page


def rates_by_kind(client):
    """Kind -> registered, not yet in service, and the rates of 24 hours, 7 and 30 days."""
    page = client.get("/devices/health", headers={"accept-language": "en"}).content.decode()
    table = page[page.index("By kind") : page.index("By street")]
    rows = re.findall(r"<tr><th scope=.row.>.*?</tr>", table)
    cells = [re.sub(r"<[^>]+>", "|", row) for row in rows]
    split = [[one for one in row.split("|") if one.strip()] for row in cells]
    return {row[0]: (row[1], row[4], *row[-3:]) for row in split}


def test_a_device_on_order_stands_beside_the_rates_and_lowers_none(client, half_a_day):
    """Half of what the one that is installed owed arrived; the other was never installed."""
    register_stations(PLATFORM, [replace(CIQIKOU, code="ordered", device="5001069990")], [])
    assert rates_by_kind(log_in(client))["Stage stations"] == ("2", "1", "50%", "50%", "50%")
    listed = client.get("/devices/health?state=never").content.decode()
    assert "5001069990" in listed
    assert "5001060001" not in listed[listed.index('id="devices"') :]


def test_a_device_owes_from_the_day_it_first_spoke_whatever_comes_later(client, gauge):
    """Registered at START, installed four days later; then every second report arrives."""
    installed = 4 * 1440
    for each in range(installed, installed + 1440, 10):
        gauge.says(each, 180.0)
    gauge.drill.move_to(START + timedelta(minutes=installed + 1440))
    recount()
    assert shares_of(client) == [0.5, 0.5, 0.5]
    # Another day on which nothing comes is its own.
    gauge.drill.move_to(START + timedelta(minutes=installed + 2880))
    assert shares_of(client) == pytest.approx([0, 0.25, 0.25], abs=0.01)


def test_one_registered_yesterday_that_spoke_each_interval_was_always_online(client, gauge):
    """At 10:02 on the first day; its logger also hands over the two hours before."""
    registered = START + timedelta(hours=2, minutes=2)
    Station.objects.update(registered_at=registered)
    gauge.drill.move_to(registered + timedelta(days=1))
    record_frames([gauge.frame(each, 180.0) for each in range(0, 26 * 60 + 2, 5)])
    recount()
    day = RollUp.objects.get(span_s=86400, start=START)
    assert (day.count, day.own) == (288, 288 - 25)  # 08:00 to 10:00 is before
    assert shares_of(client) == [1, 1, 1]


def test_what_was_reported_before_the_registration_makes_up_for_nothing(client, gauge):
    """Registered at noon, the logger hands over the morning, then every second report comes."""
    registered = START + timedelta(hours=4)
    Station.objects.update(registered_at=registered)
    gauge.drill.move_to(registered + timedelta(hours=4))
    record_frames([gauge.frame(each, 180.0) for each in range(0, 240, 5)])
    record_frames([gauge.frame(each, 180.0) for each in range(240, 480, 10)])
    recount()
    assert shares_of(client) == [0.5, 0.5, 0.5]


def test_of_a_moment_that_a_file_and_the_device_state_the_device_counts(client, gauge):
    file = replace(gauge, source="file")
    gauge.drill.move_to(START + timedelta(hours=1))
    record_frames([file.frame(each, 180.0) for each in range(0, 60, 5)])
    record_frames([gauge.frame(each, 180.0) for each in range(0, 60, 20)])
    record_frames([gauge.frame(5, None)])  # it says that it has none
    recount()
    assert shares_of(client) == [0.25, 0.25, 0.25]


def test_a_device_without_an_element_has_no_rate(client, gauge):
    bus = replace(CIQIKOU, code="bus", name="公交", kind="vehicle", protocol="jt808", elements=(),
                  device="013912345678", datum="", offset_m=None)  # fmt: skip
    register_stations(PLATFORM, [bus], [])
    gauge.drill.move_to(START + timedelta(days=1))
    record_frames([Frame("jt808", "013912345678", gauge.drill.now(), "", ())])
    assert shares_of(client) == [None, None, None]


def test_stations_outside_the_district_stand_under_its_neighbour_or_together(client, gauge):
    """Two upstream in districts that nobody has registered, one in a neighbour that is."""
    for code, name, kind in (("500106004", "磁器口街道", "township"),
                             ("500109", "北碚区", "district")):  # fmt: skip
        Area.objects.create(code=code, name=name, kind=kind, lon=106.4, lat=29.8)
    outside = {"jiangbei": "500105", "yubei": "500112004", "beibei": "500109001"}
    register_stations(
        PLATFORM,
        [replace(CIQIKOU, code=code, name=code, device=code, area_code=area, serves="500106")
         for code, area in outside.items()], [],
    )  # fmt: skip
    reader = log_in(client)
    page = reader.get("/devices/health", headers={"accept-language": "zh-hans"}).content.decode()
    table = page[page.index("按镇街") : page.index('id="devices"')]
    rows = re.findall(r'href="\?street=(\w+)#devices">([^<]+)</a></th><td[^>]*>(\d+)<', table)
    assert rows == [("500106004", "磁器口街道", "1"), ("500109", "北碚区", "1"),
                    ("outside", "区外", "2")]  # fmt: skip
    chosen = reader.get("/devices/health?street=outside").content.decode()
    devices = chosen[chosen.index('id="devices"') :]
    assert ["/stations/jiangbei" in devices, "/stations/yubei" in devices] == [True, True]
    assert "/stations/beibei" not in devices
    english = reader.get("/devices/health", headers={"accept-language": "en"}).content.decode()
    assert "Outside the district" in english


def test_thousands_of_devices_are_shown_a_hundred_a_page_the_worst_first(drill_clock, client):
    gauges(range(1, 151))
    now = clock.now()
    StationHealth.objects.bulk_create(
        StationHealth(
            station=row, last_frame_at=now, silent_after=now + timedelta(hours=1), protocol="sl651"
        )
        for row in Station.objects.exclude(code="rain-150")
    )
    log_in(client)
    for address, last in (("/devices/health", "雨量 99"), ("/stations", "雨量 99")):
        first = client.get(address).content.decode()
        second = client.get(f"{address}?page=2").content.decode()
        assert "1–100 / 150" in re.sub(r"\s+", " ", first), address
        assert "101–150 / 150" in re.sub(r"\s+", " ", second), address
        assert "?page=2" in first
        assert last in second
        assert first.count("<tr") + second.count("<tr") >= 150
        assert "?page=" in second
    kept = client.get("/stations?kind=rain&page=9").content.decode()
    assert "?kind=rain&amp;page=1" in kept  # beyond the last is the last; what was chosen stays
    # Who never spoke is the worst of the devices.
    assert "雨量 150" in client.get("/devices/health").content.decode()
