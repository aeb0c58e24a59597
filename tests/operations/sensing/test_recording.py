"""Readings are stored once, whatever is repeated, revised or late."""

import itertools
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from sqlite3 import SQLITE_LIMIT_VARIABLE_NUMBER

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.actions import (
    NewStation,
    make_rollups,
    record_frames,
    register_stations,
)
from anlan.operations.sensing.models import (
    BadFrame,
    Reading,
    ReadingRevision,
    Series,
    Station,
)
from anlan.operations.sensing.queries import (
    bad_frame_counts,
    bad_frames,
    frame_counts,
    health,
    latest,
    open_alarms,
    series,
)
from anlan.operations.sensing.rules.quality import Flag
from anlan.vocabulary import frames
from anlan.vocabulary.elements import Element

from .conftest import CIQIKOU, START

pytestmark = pytest.mark.django_db(databases="__all__")
FAR = timedelta(days=30)


def stages(code="ciqikou"):
    found = series(code, "stage", START - FAR, START + FAR)
    return list(zip(found.at, found.value, strict=True))


def test_a_frame_becomes_a_reading_with_unit_datum_and_time(gauge):
    assert gauge.says(0, 180.12).stored == 1
    row = latest(["ciqikou"])["ciqikou"]
    assert (row.value, row.unit, row.datum, row.at, row.stale) == (
        180.12, "m", "wusong", START, False,
    )  # fmt: skip


def test_the_same_frames_twice_change_nothing(gauge):
    batch = [gauge.frame(m, 180 + m / 100) for m in (0, 5, 10)]
    first, before = record_frames(batch), stages()
    again = record_frames(batch)
    assert (first.stored, again.stored, again.repeated) == (3, 0, 3)
    assert stages() == before
    assert not ReadingRevision.objects.exists()


def test_every_order_of_revisions_ends_in_the_same_rows(gauge):
    said = [
        gauge.frame(0, 180.0, sent_after=10), gauge.frame(0, 181.0, sent_after=30),
        gauge.frame(0, 182.0, sent_after=20), gauge.frame(0, 180.0, sent_after=20),
    ]  # fmt: skip
    ends = set()
    for order in itertools.permutations(said):
        Reading.objects.all().delete()
        ReadingRevision.objects.all().delete()
        for batch in (order[:1], order[1:3], order[3:]):
            record_frames(batch)
        kept = ReadingRevision.objects.values_list("value", flat=True)
        ends.add((tuple(stages()), tuple(sorted(kept))))
    assert ends == {(((START, 181.0),), (180.0, 181.0, 182.0))}


def test_of_two_values_sent_at_the_same_second_every_order_keeps_the_same(gauge):
    said = [gauge.frame(0, v) for v in (180.0, 181.0, 182.0)]
    ends = set()
    for order in itertools.permutations(said):
        Reading.objects.all().delete()
        record_frames(order)
        ends.add(tuple(stages()))
    assert len(ends) == 1


def test_a_late_reading_corrects_the_rate_and_not_the_newest_value(gauge):
    gauge.rises(*(180 + 0.01 * n for n in range(1, 13)), begin=5)
    assert latest(["ciqikou"])["ciqikou"].rate_per_h is None
    record_frames([gauge.frame(0, 180.0)])
    row = latest(["ciqikou"])["ciqikou"]
    assert row.value == pytest.approx(180.12)
    assert row.rate_per_h == pytest.approx(0.12)


def test_a_clock_years_ahead_says_nothing_of_now_and_is_kept_and_marked(gauge, drill_clock):
    gauge.says(0, 180.0)
    years = timedelta(days=3 * 365) / timedelta(minutes=1)
    fast = [gauge.frame(years + n, 190.0, sent_after=1) for n in (0, 15, 30)]
    record_frames(fast)
    gauge.says(10, 180.1)
    row = latest(["ciqikou"])["ciqikou"]
    assert (row.value, row.at) == (180.1, START + timedelta(minutes=10))
    assert not open_alarms(None)
    assert health()["ciqikou"].last_observed_at == START + timedelta(minutes=10)
    kept = series("ciqikou", "stage", START + timedelta(days=900), START + timedelta(days=1200))
    assert kept.value == [190.0] * 3
    gauge.says(15, 183.0)
    gauge.says(25, 183.0)
    assert [alarm.value for alarm in open_alarms(None)] == [183.0]
    record_frames([gauge.frame(25, None, sent_after=60)])
    assert latest(["ciqikou"])["ciqikou"].value == 183.0, "looked up again, and not in the future"
    while make_rollups():
        pass
    assert {row.flags for row in Reading.objects.filter(value=190.0)} == {Flag.FUTURE}


def test_no_data_is_kept_and_is_not_zero(gauge):
    gauge.says(0, 180.0)
    gauge.says(5, None)
    assert [value for _, value in stages()] == [180.0, None]
    assert latest(["ciqikou"])["ciqikou"].value == 180.0


def test_a_value_is_stale_after_two_intervals(gauge, drill_clock):
    gauge.says(0, 180.0)
    drill_clock.move_to(START + timedelta(minutes=10))
    assert not latest(["ciqikou"])["ciqikou"].stale
    drill_clock.move_to(START + timedelta(minutes=10, seconds=1))
    assert latest(["ciqikou"])["ciqikou"].stale


def test_a_stage_stated_in_the_other_datum_is_refused_and_shown(gauge):
    done = gauge.says(0, 180.0, datum="yellow_sea")
    assert (done.stored, done.bad) == (0, 1)
    assert stages() == []
    (bad,) = bad_frames(None)
    assert bad.reason == "other_datum"
    assert "yellow_sea" in bad.detail


def test_a_value_that_cannot_be_is_refused_and_not_stored(gauge):
    register_stations(PLATFORM, [replace(CIQIKOU, possible={"stage": [150.0, 215.0]})], [])
    assert gauge.says(0, 80.0).bad == 1
    assert gauge.says(5, 180.0).stored == 1
    assert gauge.says(10, -0.5, element=Element.BATTERY).bad == 1
    assert bad_frame_counts(None) == {"out_of_range": 2}
    assert [value for _, value in stages()] == [180.0]


def test_an_element_without_a_series_is_ignored_and_counted(gauge):
    done = gauge.says(0, 21.5, element=Element.WATER_TEMPERATURE)
    assert (done.stored, done.bad, done.ignored) == (0, 0, 1)
    assert health()["ciqikou"].ignored == 1


def test_a_station_brings_along_the_series_of_its_own_place(gauge):
    for element in (Element.SOIL_MOISTURE_10, Element.STAGE_RELATIVE_1, Element.STAGE_DOWNSTREAM):
        for minutes, stored in ((0, 1), (5, 1), (5, 0)):
            assert gauge.says(minutes, 25.1, element=element).stored == stored
    found = Series.objects.filter(element__in=["stage_downstream", "soil_moisture_10"])
    assert {(row.element, row.unit, row.datum) for row in found} == {
        ("stage_downstream", "m", "wusong"), ("soil_moisture_10", "%", ""),
    }  # fmt: skip
    assert health()["ciqikou"].ignored == 0
    Station.objects.update(datum="")
    assert gauge.says(10, 25.1, element=Element.STAGE_INTAKE_1).ignored == 1, "above what?"


def test_the_level_in_front_of_a_dam_is_its_stage_where_it_states_no_other(gauge):
    gauge.says(0, 203.5, element=Element.STAGE_UPSTREAM)
    assert stages() == [(START, 203.5)]
    both = [gauge.frame(5, 181.0), gauge.frame(5, 203.6, element=Element.STAGE_UPSTREAM)]
    one = frames.Frame("sl651", gauge.device, START, "7E7E",
                       tuple(frame.readings[0] for frame in both))  # fmt: skip
    record_frames([one])
    assert stages()[-1][1] == 181.0
    assert latest(["ciqikou"], "stage_upstream")["ciqikou"].value == 203.6


def test_the_battery_is_health(gauge):
    gauge.says(0, 12.9, element=Element.BATTERY)
    gauge.says(5, 180.0)
    assert health()["ciqikou"].battery_v == 12.9


def test_a_frame_of_an_unregistered_station_is_quarantined_once(gauge):
    gauge.device = "9999999999"
    stray = gauge.frame(0, 180.0)
    record_frames([stray])
    record_frames([stray])
    assert bad_frame_counts(None) == {"unknown_station": 1}
    assert bad_frames(None, device="9999999999")[0].raw == "7E7E"


def test_what_the_gateway_could_not_take_is_kept_counted_and_shown(gauge, drill_clock):
    bad = frames.BadFrame(
        "sl651", gauge.device, "127.0.0.1:4", drill_clock.now(), "7E7E00", "crc", "0000 is not A1B2"
    )
    done = record_frames([bad, gauge.frame(0, 180.0)])
    assert (done.stored, done.bad) == (1, 1)
    assert bad_frame_counts(None, START - FAR) == {"crc": 1}
    drill_clock.move_to(START + timedelta(hours=1))
    assert frame_counts("ciqikou").bad == 1
    assert BadFrame.objects.count() == 1


@pytest.mark.parametrize(("reason", "kept"), [("unrecordable", 20_000), ("garbage", 4096)])
def test_what_was_acknowledged_is_kept_whole_and_noise_is_cut(gauge, reason, kept):
    record_frames([frames.BadFrame("sl651", "1", "", START, "7E" * 10_000, reason)])
    assert len(BadFrame.objects.get().raw) == kept


def test_a_name_with_a_nul_in_it_holds_nobody_up(gauge):
    record_frames([frames.BadFrame("mqtt", "\0A", "", START, "00", "foreign_station", "said \0")])
    assert [(row.device, row.detail) for row in bad_frames(None)] == [("\u2400A", "said \u2400")]


@pytest.fixture
def few_variables(gauge):
    """A database that takes no more variables in one query than SQLite may have been built for."""
    sqlite = [one for one in connections.all() if one.vendor == "sqlite"]
    for one in sqlite:
        one.ensure_connection()
    before = [one.connection.setlimit(SQLITE_LIMIT_VARIABLE_NUMBER, 250) for one in sqlite]
    yield
    for one, limit in zip(sqlite, before, strict=True):
        one.connection.setlimit(SQLITE_LIMIT_VARIABLE_NUMBER, limit)


def test_a_batch_of_more_moments_than_the_database_takes_variables_is_recorded(
    gauge, few_variables
):
    said = [gauge.frame(-minute, 180.0) for minute in range(300)]
    assert record_frames(said).stored == 300
    again = record_frames([*said[:299], gauge.frame(-299, 181.0, sent_after=60)])
    assert (again.repeated, again.revised) == (299, 1)
    assert Reading.objects.get(at=START - timedelta(minutes=299)).value == 181.0


def test_frames_today_are_counted_against_what_was_due(gauge):
    gauge.rises(*[180.0] * 13)
    counts = frame_counts("ciqikou")
    assert (counts.received, counts.expected) == (13, 109)  # 00:00 to 09:00 at 5 minutes


def test_a_batch_of_200_frames_stays_within_its_query_budget(gauge, drill_clock):
    register_stations(
        PLATFORM,
        [
            NewStation(
                code=f"rain-{n}", name=f"{n}", kind="rain", device=f"{n:010d}", lon=106.4, lat=29.6,
                area_code="500106", interval_s=300, elements=("rain_5min",),
            )
            for n in range(1, 100)
        ],
        [],
    )  # fmt: skip
    batch = []
    for minutes in (0, 5):
        drill_clock.move_to(START + timedelta(minutes=minutes))
        for device in [f"{n:010d}" for n in range(1, 100)]:
            gauge.device = device
            batch.append(gauge.frame(minutes, 0.5, element=Element.RAIN_5MIN))
    gauge.device = "5001060001"
    batch += [gauge.frame(0, 180.0), gauge.frame(5, 180.1)]
    with ExitStack() as watching:
        asked = [
            watching.enter_context(CaptureQueriesContext(connection))
            for connection in connections.all()
        ]
        assert record_frames(batch).stored == 200
    queries = [q["sql"] for said in asked for q in said if "SAVEPOINT" not in q["sql"]]
    assert len(queries) <= 15, queries
