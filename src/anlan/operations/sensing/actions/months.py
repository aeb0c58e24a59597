"""The months that readings lie in: made ready ahead, dropped whole when their time is over.

On PostgreSQL a month is a partition of the table, on SQLite a span of its key. Roll-ups stay.
"""

from datetime import UTC, datetime

from django.conf import settings
from django.db import connections, transaction

from anlan.operations.sensing.actions import reading_rows
from anlan.operations.sensing.models import LatestReading, Reading, ReadingRevision
from anlan.vocabulary import clock

MADE_AHEAD = 2  # months
A_BITE = 500  # series whose old readings are deleted in one statement


def keep_months() -> int:
    """Make the coming months ready, drop what is older than `ANLAN_KEEP_MONTHS` (0: nothing).

    Returns how many months were made or dropped (0 on SQLite, where nothing is made ready).
    """
    now = clock.now().astimezone(UTC)
    this = now.year * 12 + now.month - 1
    oldest = this - settings.ANLAN_KEEP_MONTHS if settings.ANLAN_KEEP_MONTHS else 0
    changed = 0
    if connections[reading_rows.alias()].vendor == "postgresql":
        wanted = range(this - 1, this + MADE_AHEAD + 1)
        standing = _standing()
        for month in [m for m in wanted if m not in standing]:
            _make(month)
            changed += 1
        for month in [m for m in standing if m < oldest]:
            _drop(month)
            changed += 1
    if oldest:
        _delete_before(_begin(oldest))
    return changed


def _begin(month: int) -> datetime:
    """The first moment of a month, UTC; months count from the year 0."""
    return datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC)


def _name(month: int) -> str:
    return f"sensing_reading_{_begin(month):%Y_%m}"


def _standing() -> list[int]:
    """The months that are partitions."""
    with connections[reading_rows.alias()].cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits"
            " WHERE inhparent = 'sensing_reading'::regclass"
        )
        names = [name for (name,) in cursor.fetchall()]
    ends = [name.rsplit("_", 2)[-2:] for name in names if name != "sensing_reading_other"]
    return sorted(int(year) * 12 + int(month) - 1 for year, month in ends)


def _make(month: int) -> None:
    """A month of its own; what came for it before moves in."""
    name, begin, end = _name(month), _begin(month), _begin(month + 1)
    using = reading_rows.alias()
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("LOCK TABLE sensing_reading IN ACCESS EXCLUSIVE MODE")
        cursor.execute(f"CREATE TABLE {name} (LIKE sensing_reading INCLUDING ALL)")
        cursor.execute(
            f"WITH moved AS (DELETE FROM sensing_reading_other WHERE at >= %s AND at < %s"
            f" RETURNING *) INSERT INTO {name} SELECT * FROM moved",
            [begin, end],
        )
        cursor.execute(
            f"ALTER TABLE sensing_reading ATTACH PARTITION {name}"
            f" FOR VALUES FROM ('{begin.isoformat()}') TO ('{end.isoformat()}')"
        )


def _drop(month: int) -> None:
    with connections[reading_rows.alias()].cursor() as cursor:
        cursor.execute(f"DROP TABLE {_name(month)}")


def _delete_before(moment: datetime) -> None:
    """What lies in no month of its own, and the revisions; by series, along the key."""
    series = list(LatestReading.objects.values_list("series", flat=True))
    for first in range(0, len(series), A_BITE):
        bite = series[first : first + A_BITE]
        for model in (Reading, ReadingRevision):
            model._default_manager.filter(series__in=bite, at__lt=moment).delete()
