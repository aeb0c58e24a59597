"""Many rows in one statement: `COPY` and arrays on PostgreSQL, one prepared statement on SQLite.

Everything is written in the caller's transaction.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any

from django.db import connections
from django.db.backends.utils import CursorWrapper

Row = tuple[Any, ...]


def insert(alias: str, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """New rows. Raises `IntegrityError` when one of them is known."""
    with connections[alias].cursor() as cursor:
        if cursor.db.vendor == "postgresql":
            _copy(cursor, table, columns, rows)
        else:
            _many(cursor, table, columns, rows)


def merge(
    alias: str, table: str, columns: Mapping[str, str], rows: Sequence[Row], conflict: str
) -> None:
    """New rows, or what `conflict` says of known ones (`ON CONFLICT …`); the key stands first.

    `columns`: name -> PostgreSQL's type. Rows are sorted by key, so that two recorders never wait
    for each other in a ring.
    """
    if not rows:
        return
    rows = sorted(rows, key=itemgetter(0, 1))
    with connections[alias].cursor() as cursor:
        if cursor.db.vendor == "postgresql":
            arrays = ", ".join(f"%s::{kind}[]" for kind in columns.values())
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT * FROM unnest({arrays})"
                f" {conflict}",
                [list(column) for column in zip(*rows, strict=True)],
            )
        else:
            _many(cursor, table, columns, rows, conflict)


def update(alias: str, table: str, column: str, key: Sequence[str], rows: Sequence[Row]) -> None:
    """Another value of one column for known rows: the value, then the key."""
    if not rows:
        return
    which = " AND ".join(f"{name} = %s" for name in key)
    with connections[alias].cursor() as cursor:
        given = rows if cursor.db.vendor == "postgresql" else _Text(cursor).rows(rows)
        cursor.executemany(f"UPDATE {table} SET {column} = %s WHERE {which}", given)


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
        _Text(cursor).rows(rows),
    )


class _Text:
    """Moments as SQLite keeps them; a batch names few of them many times."""

    def __init__(self, cursor: CursorWrapper) -> None:
        self._known: dict[datetime, str] = {}
        self._adapt = cursor.db.ops.adapt_datetimefield_value

    def rows(self, rows: Iterable[Row]) -> list[Row]:
        moment = self._moment
        return [tuple([moment(v) if isinstance(v, datetime) else v for v in row]) for row in rows]

    def _moment(self, at: datetime) -> str:
        text = self._known.get(at)
        if text is None:
            text = self._known[at] = str(self._adapt(at))
        return text
