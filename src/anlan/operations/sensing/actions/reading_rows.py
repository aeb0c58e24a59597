"""What a batch writes of readings, in the caller's transaction."""

from collections.abc import Sequence
from operator import attrgetter

from django.db import DEFAULT_DB_ALIAS, router

from anlan.operations.sensing.actions import bulk
from anlan.operations.sensing.actions.bulk import Row
from anlan.operations.sensing.models import LatestReading, Reading, RollUp, RollUpDue
from anlan.operations.sensing.rules.standing import Statement

READING = ("series", "at", "source", "value", "sent_at", "received_at")
LATEST = {
    "series": "integer",
    "at": "timestamptz",
    "value": "double precision",
    "source": "text",
    "received_at": "timestamptz",
}
ROLLUP = {
    "series": "integer",
    "span_s": "integer",
    "start": "timestamptz",
    "count": "integer",
    "total": "double precision",
    "low": "double precision",
    "high": "double precision",
    "last": "double precision",
    "own": "integer",
}
DUE = {"block": "integer", "hour": "timestamptz", "touched": "integer"}
NEWER = """ON CONFLICT (series) DO UPDATE SET at = excluded.at, value = excluded.value,
 source = excluded.source, received_at = excluded.received_at
 WHERE excluded.at >= sensing_latestreading.at"""
ANEW = """ON CONFLICT (series, span_s, start) DO UPDATE SET count = excluded.count,
 total = excluded.total, low = excluded.low, high = excluded.high, last = excluded.last,
 own = excluded.own"""
AGAIN = """ON CONFLICT (block, hour) DO UPDATE
 SET touched = sensing_rollupdue.touched + excluded.touched"""


def alias() -> str:
    """The database that holds the readings."""
    return router.db_for_write(Reading) or DEFAULT_DB_ALIAS


def insert(said: Sequence[Statement]) -> None:
    """New readings. Raises `IntegrityError` when one of them is known."""
    columns = {name: list(map(attrgetter(name), said)) for name in READING}
    bulk.insert(alias(), Reading._meta.db_table, columns)


def raise_latest(rows: Sequence[Row]) -> None:
    """Newest values (columns `LATEST`); an older one than is known changes nothing."""
    bulk.merge(alias(), LatestReading._meta.db_table, LATEST, rows, NEWER)


def keep_rollups(rows: Sequence[Row]) -> None:
    """Hours and days (columns `ROLLUP`), in the place of those that are known."""
    bulk.merge(alias(), RollUp._meta.db_table, ROLLUP, rows, ANEW)


def set_flags(rows: Sequence[Row]) -> None:
    """Other flags for readings: flags, series, at, source."""
    bulk.update(alias(), Reading._meta.db_table, "flags", ("series", "at", "source"), rows)


def note_due(rows: Sequence[Row]) -> None:
    """Blocks and hours (columns `DUE`) whose roll-ups are to be made anew."""
    bulk.merge(alias(), RollUpDue._meta.db_table, DUE, rows, AGAIN)
