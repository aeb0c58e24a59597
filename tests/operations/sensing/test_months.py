"""Where readings lie on the disk, and how long."""

import re
from datetime import timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from anlan.operations.sensing.actions import keep_months, make_rollups, record_frames
from anlan.operations.sensing.actions.reading_rows import alias
from anlan.operations.sensing.models import Reading, RollUp

from .conftest import START

pytestmark = pytest.mark.django_db(databases="__all__")


def lies_in(reading_at):
    with connections[alias()].cursor() as cursor:
        cursor.execute(
            "SELECT tableoid::regclass::text FROM sensing_reading WHERE at = %s", [reading_at]
        )
        return cursor.fetchone()[0]


def drop_months():
    """Whoever walked the rounds before, outside a transaction, has left months behind."""
    with connections[alias()].cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid"
            " WHERE relkind = 'r' AND relname ~ '_[0-9]{4}_[0-9]{2}$'"
        )
        for (month,) in cursor.fetchall():
            cursor.execute(f'DROP TABLE "{month}"')


def test_on_sqlite_the_table_is_the_tree_of_its_key():
    if connections[alias()].vendor != "sqlite":
        pytest.skip("this run is on PostgreSQL")
    with connections[alias()].cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'sensing_reading'")
        assert cursor.fetchone()[0].endswith("WITHOUT ROWID")
        cursor.execute(
            "EXPLAIN QUERY PLAN SELECT * FROM sensing_reading WHERE series = 1 AND at > '2020'"
        )
        assert "USING PRIMARY KEY (series=? AND at>?)" in cursor.fetchone()[-1]


def test_on_postgresql_readings_lie_in_their_month_and_old_months_are_dropped(gauge, settings):
    if connections[alias()].vendor != "postgresql":
        pytest.skip("this run is on SQLite")
    drop_months()
    early = gauge.frame(0, 180.0)
    record_frames([early])
    assert lies_in(START) == "sensing_reading_other"
    assert keep_months() == 8  # of readings and tracks: the month before, this one and two ahead
    assert lies_in(START) == "sensing_reading_2020_08"
    gauge.says(5, 181.0)
    assert lies_in(START + timedelta(minutes=5)) == "sensing_reading_2020_08"
    assert keep_months() == 0
    settings.ANLAN_KEEP_MONTHS = 3
    gauge.drill.move_to(START + timedelta(days=130))
    assert keep_months() == 11  # of each four made and two dropped, but for the one that is due
    assert Reading.objects.count() == 2
    make_rollups()
    assert keep_months() == 1
    assert not Reading.objects.exists()
    assert RollUp.objects.filter(span_s=3600, count=2, high=181.0).exists()


def test_on_postgresql_what_is_said_again_is_looked_for_in_its_own_month_alone(gauge):
    if connections[alias()].vendor != "postgresql":
        pytest.skip("this run is on SQLite")
    drop_months()
    keep_months()
    gauge.says(5, 181.0)
    gauge.drill.move_to(START + timedelta(days=40))
    again = [gauge.frame(minute, value) for minute, value in ((5, 182.0), (10, 183.0))]
    with CaptureQueriesContext(connections[alias()]) as asked:
        record_frames(again)
    (look,) = [
        one["sql"] for one in asked if re.search('FROM "sensing_reading".* FOR UPDATE', one["sql"])
    ]
    with connections[alias()].cursor() as cursor:
        cursor.execute(f"EXPLAIN {look}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert set(re.findall(r"sensing_reading_(\d{4}_\d{2}|other)\b", plan)) == {"2020_08"}
    assert Reading.objects.count() == 2


def test_readings_older_than_the_months_kept_go_and_their_hours_stay(gauge, settings):
    settings.ANLAN_KEEP_MONTHS = 1
    gauge.says(0, 180.0)
    make_rollups()
    gauge.drill.move_to(START + timedelta(days=60))
    gauge.says(60 * 24 * 60, 181.0)
    keep_months()
    assert [row.value for row in Reading.objects.all()] == [181.0]
    assert RollUp.objects.filter(span_s=3600, low=180.0).exists()


def test_what_is_brought_from_before_the_months_kept_waits_for_its_hour(gauge, settings):
    settings.ANLAN_KEEP_MONTHS = 1
    gauge.drill.move_to(START + timedelta(days=60))
    record_frames([gauge.frame(0, 180.0), gauge.frame(5, 185.0)])
    keep_months()
    make_rollups()
    assert summaries() == [(3600, 2, 180.0, 185.0, 185.0), (86400, 2, 180.0, 185.0, 185.0)]
    keep_months()
    assert not Reading.objects.exists()


def summaries():
    rows = RollUp.objects.order_by("span_s")
    return [(row.span_s, row.count, row.low, row.high, row.last) for row in rows]


@pytest.mark.parametrize("before_it_goes", [False, True])
def test_a_reading_of_a_month_that_is_gone_takes_nothing_from_its_hour(
    gauge, settings, before_it_goes
):
    settings.ANLAN_KEEP_MONTHS = 1
    for minute in range(0, 60, 5):
        gauge.says(minute, 180.0 + minute / 100)
    make_rollups()
    gauge.drill.move_to(START + timedelta(days=60))
    if before_it_goes:  # its readings are still there: the hour is made of all of them
        record_frames([gauge.frame(7, 170.0)])
        make_rollups()
        assert summaries()[0] == (3600, 13, 170.0, 180.55, 180.55)
    keep_months()
    whole = summaries()
    for minutes in ((7, 8), range(1, 26, 2)):
        record_frames([gauge.frame(minute, 160.0) for minute in minutes])
        make_rollups()
        assert summaries() == whole
        keep_months()
    assert summaries() == whole


def test_what_is_brought_from_before_the_months_kept_leaves_its_hours(gauge, settings):
    settings.ANLAN_KEEP_MONTHS = 1
    gauge.drill.move_to(START + timedelta(days=60))
    for minutes in ((0, 5), (10, 15)):
        record_frames([gauge.frame(minute, 180.0 + minute) for minute in minutes])
        make_rollups()
    keep_months()
    assert summaries()[0] == (3600, 4, 180.0, 195.0, 195.0)


def test_nothing_is_dropped_unless_the_operator_says_for_how_long_to_keep(gauge):
    gauge.says(0, 180.0)
    gauge.drill.move_to(START + timedelta(days=3650))
    keep_months()
    assert Reading.objects.count() == 1
