"""Many rows in one statement: `COPY` and JSON on PostgreSQL, one prepared statement on SQLite.

Everything is written in the caller's transaction.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

from django.db import connections
from django.db.backends.utils import CursorWrapper
from msgspec import json

Row = tuple[Any, ...]
_COPIED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


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
            names, typed = ", ".join(columns), ", ".join(f"{n} {k}" for n, k in columns.items())
            cursor.execute(
                f"INSERT INTO {table} ({names}) SELECT * FROM json_to_recordset(%s::json)"
                f" AS given ({typed}) {conflict}",
                [json.encode([dict(zip(columns, row, strict=True)) for row in rows]).decode()],
            )
        else:
            _many(cursor, table, columns, rows, conflict)


def update(alias: str, table: str, column: str, key: Sequence[str], rows: Sequence[Row]) -> None:
    """Another value of one column for known rows: the value, then the key."""
    if not rows:
        return
    which = " AND ".join(f"{name} = %s" for name in key)
    with connections[alias].cursor() as cursor:
        given = rows if cursor.db.vendor == "postgresql" else _Written(_for_sqlite).rows(rows)
        cursor.executemany(f"UPDATE {table} SET {column} = %s WHERE {which}", given)


def _copy(cursor: CursorWrapper, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    lines = map("\t".join, zip(*map(_copied, zip(*rows, strict=True)), strict=True))
    with cursor.db.wrap_database_errors, cursor.copy(statement) as copy:
        copy.write("\n".join(lines) + "\n" if rows else "")


def _copied(column: Sequence[Any]) -> list[str]:
    """The values of one column as `COPY` reads them; a column is of few kinds, so none is asked
    for what it is one by one."""
    kinds = set(map(type, column))
    if kinds <= {int, float}:
        return list(map(str, column))
    if kinds == {datetime}:
        written = _Written(datetime.isoformat)
        return list(map(written.moment, column))
    if kinds == {str}:
        known = {text: text.translate(_COPIED) for text in set(column)}
        return [known[text] for text in column]
    return list(map(_Written(datetime.isoformat).cell, column))


def _many(
    cursor: CursorWrapper, table: str, columns: Collection[str], rows: Sequence[Row],
    conflict: str = "",
) -> None:  # fmt: skip
    marks = ", ".join(["%s"] * len(columns))
    cursor.executemany(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks}) {conflict}",
        _Written(_for_sqlite).rows(rows),
    )


class _Written:
    """Values as text. The rows of a batch share their moments, which are long to write."""

    def __init__(self, write: Callable[[datetime], str]) -> None:
        self._write = write
        self._known: dict[int, str] = {}  # by identity: the rows hold them meanwhile

    def moment(self, at: datetime) -> str:
        text = self._known.get(id(at))
        if text is None:
            text = self._known[id(at)] = self._write(at)
        return text

    def cell(self, value: Any) -> str:
        """As `COPY` reads it."""
        if isinstance(value, datetime):
            return self.moment(value)
        if value is None:
            return "\\N"
        if isinstance(value, str) and not value.isalnum():
            return value.translate(_COPIED)
        return str(value)

    def rows(self, rows: Iterable[Row]) -> list[Row]:
        """With moments as text, the rest as it is."""
        moment = self.moment
        return [tuple([moment(v) if isinstance(v, datetime) else v for v in row]) for row in rows]


def _for_sqlite(at: datetime) -> str:
    """As Django keeps a moment on SQLite: UTC, without its zone."""
    return str(at.astimezone(UTC).replace(tzinfo=None))
