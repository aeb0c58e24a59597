"""The way of reading rows into the database in bulk: `COPY` on PostgreSQL, one statement on SQLite.

Everything a batch writes of readings goes through here, in the caller's transaction.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, router
from django.db.backends.utils import CursorWrapper

from anlan.operations.sensing.models import LatestReading, Reading, RollUpDue

READING = ("series", "at", "source", "value", "sent_at", "received_at")
LATEST = {
    "series": "integer",
    "at": "timestamptz",
    "value": "double precision",
    "source": "text",
    "received_at": "timestamptz",
}
DUE = {"block": "integer", "hour": "timestamptz", "touched": "integer"}
Row = tuple[Any, ...]
NEWER = """ON CONFLICT (series) DO UPDATE SET at = excluded.at, value = excluded.value,
 source = excluded.source, received_at = excluded.received_at
 WHERE excluded.at >= sensing_latestreading.at"""
AGAIN = """ON CONFLICT (block, hour) DO UPDATE
 SET touched = sensing_rollupdue.touched + excluded.touched"""


def alias() -> str:
    """The database that holds the readings."""
    return router.db_for_write(Reading) or DEFAULT_DB_ALIAS


def insert(rows: Sequence[Row]) -> None:
    """New readings (columns `READING`). Raises `IntegrityError` when one of them is known."""
    with connections[alias()].cursor() as cursor:
        if cursor.db.vendor == "postgresql":
            _copy(cursor, Reading._meta.db_table, READING, rows)
        else:
            _many(cursor, Reading._meta.db_table, READING, rows)


def raise_latest(rows: Sequence[Row]) -> None:
    """Newest values (columns `LATEST`); an older one than is known changes nothing."""
    _merge(LatestReading._meta.db_table, LATEST, rows, NEWER)


def note_due(rows: Sequence[Row]) -> None:
    """Blocks and hours (columns `DUE`) whose roll-ups are to be made anew."""
    _merge(RollUpDue._meta.db_table, DUE, rows, AGAIN)


def _merge(table: str, columns: Mapping[str, str], rows: Sequence[Row], conflict: str) -> None:
    """Insert rows (sorted by key, so that two recorders never wait for each other in a ring)."""
    if not rows:
        return
    rows = sorted(rows, key=itemgetter(0, 1))
    with connections[alias()].cursor() as cursor:
        if cursor.db.vendor == "postgresql":
            arrays = ", ".join(f"%s::{kind}[]" for kind in columns.values())
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT * FROM unnest({arrays})"
                f" {conflict}",
                [list(column) for column in zip(*rows, strict=True)],
            )
        else:
            _many(cursor, table, columns, rows, conflict)


def _copy(cursor: CursorWrapper, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with cursor.db.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _many(
    cursor: CursorWrapper, table: str, columns: Collection[str], rows: Sequence[Row],
    conflict: str = "",
) -> None:  # fmt: skip
    marks = ", ".join(["%s"] * len(columns))
    cursor.executemany(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks}) {conflict}",
        _Text().rows(rows),
    )


class _Text:
    """Moments as SQLite keeps them; a batch names few of them many times."""

    def __init__(self) -> None:
        self._known: dict[datetime, str] = {}
        self._adapt = connections[alias()].ops.adapt_datetimefield_value

    def rows(self, rows: Iterable[Row]) -> list[Row]:
        moment = self._moment
        return [tuple([moment(v) if isinstance(v, datetime) else v for v in row]) for row in rows]

    def _moment(self, at: datetime) -> str:
        text = self._known.get(at)
        if text is None:
            text = self._known[at] = str(self._adapt(at))
        return text
