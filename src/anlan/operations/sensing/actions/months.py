"""The months that readings and tracks lie in: made ready ahead, dropped whole when over.

On PostgreSQL a month is a partition of the table, on SQLite a span of its key. Roll-ups of readings
stay, and so do the newest place of a vehicle and what it stated. Readings whose hours are not made
yet wait for them: what is brought from long ago would be gone before it is counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

from anlan.operations.sensing.actions import reading_rows
from anlan.operations.sensing.models import (
    AlarmWord,
    LatestReading,
    Reading,
    ReadingRevision,
    RollUpDue,
    VehicleFix,
)
from anlan.vocabulary import clock

MADE_AHEAD = 2  # months
A_BITE = 500  # series or vehicles whose old rows are deleted in one statement


@dataclass(frozen=True, slots=True)
class Kept:
    """A table that is kept by months, on which database."""

    table: str
    using: str


def keep_months() -> int:
    """Make the coming months ready, drop what is older than `ANLAN_KEEP_MONTHS` (0: nothing).

    Returns how many months of the two tables were made or dropped (0 on SQLite, where nothing is
    made ready).
    """
    this = _this()
    oldest = this - settings.ANLAN_KEEP_MONTHS if settings.ANLAN_KEEP_MONTHS else 0
    readings = Kept(Reading._meta.db_table, reading_rows.alias())
    tracks = Kept(VehicleFix._meta.db_table, DEFAULT_DB_ALIAS)
    changed = sum(_turn(one, this, oldest) for one in (readings, tracks))
    if oldest:
        _delete_before(_begin(oldest))
    return changed


def kept_since() -> datetime | None:
    """From when on readings and tracks are kept; None where they are kept for ever."""
    keep = settings.ANLAN_KEEP_MONTHS
    return _begin(_this() - keep) if keep else None


def _this() -> int:
    now = clock.now().astimezone(UTC)
    return now.year * 12 + now.month - 1


def _turn(kept: Kept, this: int, oldest: int) -> int:
    """Make and drop the months of one table; returns how many."""
    if connections[kept.using].vendor != "postgresql":
        return 0
    standing = _standing(kept)
    coming = [m for m in range(this - 1, this + MADE_AHEAD + 1) if m not in standing]
    over = [month for month in standing if month < oldest]
    for month in coming:
        _make(kept, month)
    return len(coming) + sum(_drop(kept, month) for month in over)


def _begin(month: int) -> datetime:
    """The first moment of a month, UTC; months count from the year 0."""
    return datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC)


def _name(kept: Kept, month: int) -> str:
    return f"{kept.table}_{_begin(month):%Y_%m}"


def _standing(kept: Kept) -> list[int]:
    """The months that are partitions."""
    with connections[kept.using].cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass",
            [kept.table],
        )
        names = [name for (name,) in cursor.fetchall()]
    ends = [name.rsplit("_", 2)[-2:] for name in names if name != f"{kept.table}_other"]
    return sorted(int(year) * 12 + int(month) - 1 for year, month in ends)


def _make(kept: Kept, month: int) -> None:
    """A month of its own; what came for it before moves in."""
    table, name, begin, end = kept.table, _name(kept, month), _begin(month), _begin(month + 1)
    using = kept.using
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        cursor.execute(f"CREATE TABLE {name} (LIKE {table} INCLUDING ALL)")
        cursor.execute(
            f"WITH moved AS (DELETE FROM {table}_other WHERE at >= %s AND at < %s"
            f" RETURNING *) INSERT INTO {name} SELECT * FROM moved",
            [begin, end],
        )
        cursor.execute(
            f"ALTER TABLE {table} ATTACH PARTITION {name}"
            f" FOR VALUES FROM ('{begin.isoformat()}') TO ('{end.isoformat()}')"
        )


def _drop(kept: Kept, month: int) -> bool:
    """Drop a month; not one of readings that hours are still to be made of."""
    with transaction.atomic(using=kept.using), connections[kept.using].cursor() as cursor:
        cursor.execute(f"LOCK TABLE {kept.table} IN ACCESS EXCLUSIVE MODE")
        if kept.table == Reading._meta.db_table and _due(_begin(month + 1)).exists():
            return False
        cursor.execute(f"DROP TABLE {_name(kept, month)}")
        return True


def _due(before: datetime) -> models.QuerySet[RollUpDue]:
    """The hours before a moment that are still to be made."""
    return RollUpDue.objects.filter(hour__lt=before)


def _delete_before(moment: datetime) -> None:
    """What lies in no month of its own, and the revisions; along the keys."""
    series = list(LatestReading.objects.values_list("series", flat=True))
    for model in (Reading, ReadingRevision):
        _delete(model, "series", series, moment, ~models.Exists(_due(moment)))
    vehicles = list(AlarmWord.objects.values_list("station", flat=True))
    _delete(VehicleFix, "station", vehicles, moment)


def _delete(
    model: type[models.Model], key: str, of: Sequence[int], moment: datetime, *unless: Any
) -> None:
    for first in range(0, len(of), A_BITE):
        which: dict[str, Any] = {f"{key}__in": of[first : first + A_BITE], "at__lt": moment}
        model._default_manager.filter(*unless, **which).delete()
