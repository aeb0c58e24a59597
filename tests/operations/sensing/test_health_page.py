"""The page of all devices: by kind, by street, each with how much of its reports arrived."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from anlan.operations.sensing.actions import make_rollups, record_frames
from anlan.operations.sensing.models import StationHealth
from anlan.operations.sensing.rules.health_limits import LimitName, LimitRow, Limits
from anlan.operations.sensing.rules.latency import percentile
from anlan.operations.sensing.rules.online import online_share
from anlan.vocabulary.readings import Element

from .conftest import START
from .test_pages import log_in

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def half_a_day(gauge):
    """Every second report of twelve hours arrived, then the station fell silent."""
    for step in range(0, 144, 2):
        gauge.says(5 * step, 180.0)
    while make_rollups():
        pass
    gauge.drill.move_to(START + timedelta(hours=12))
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
    while make_rollups():
        pass
    answer = log_in(client).get("/devices/health?format=xlsx")
    shares = [cell.value for cell in load_workbook(BytesIO(answer.content)).active[2]][8:11]
    assert shares == [1, 1, 1]


def test_signal_and_delay_are_shown_by_kind_and_by_device(client, gauge):
    for step, wait_s in enumerate([10, 20, 30, 400]):
        at = START + timedelta(minutes=5 * step)
        gauge.drill.move_to(at + timedelta(seconds=wait_s))
        record_frames([gauge.frame(5 * step, -97.0, element=Element.SIGNAL)])
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
    ("counts", "span_s", "interval_s", "elapsed_s", "share"),
    [
        ([12] * 24, 3600, 300, 86400, 1.0),
        ([12] * 12, 3600, 300, 86400, 0.5),
        ([60] * 12, 3600, 300, 86400, 0.5),  # hurried reporting does not make up for silence
        ([1, 1, 1], 3600, 14400, 86400, 0.5),
        ([], 3600, 300, 86400, 0.0),
    ],
)
def test_the_share_of_what_was_due(counts, span_s, interval_s, elapsed_s, share):
    assert online_share(counts, span_s, interval_s, elapsed_s) == pytest.approx(share)
