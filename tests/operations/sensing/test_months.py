"""Where readings lie on the disk, and how long."""

from datetime import timedelta

import pytest
from django.db import connections

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
    assert keep_months() == 12  # of each two dropped, four made
    assert not Reading.objects.exists()


def test_readings_older_than_the_months_kept_go_and_their_hours_stay(gauge, settings):
    settings.ANLAN_KEEP_MONTHS = 1
    gauge.says(0, 180.0)
    make_rollups()
    gauge.drill.move_to(START + timedelta(days=60))
    gauge.says(60 * 24 * 60, 181.0)
    keep_months()
    assert [row.value for row in Reading.objects.all()] == [181.0]
    assert RollUp.objects.filter(span_s=3600, low=180.0).exists()


def test_nothing_is_dropped_unless_the_operator_says_for_how_long_to_keep(gauge):
    gauge.says(0, 180.0)
    gauge.drill.move_to(START + timedelta(days=3650))
    keep_months()
    assert Reading.objects.count() == 1
