"""Many rows in one statement: `COPY` and JSON on PostgreSQL, one prepared statement on SQLite.

Everything is written in the caller's transaction.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

from django.db import connections
from django.db.backends.utils import CursorWrapper
from msgspec import json

Row = tuple[Any, ...]
_COPIED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def insert(alias: str, table: str, columns: Mapping[str, Sequence[Any]]) -> None:
    """New rows: name -> values. Raises `IntegrityError` when one of them is known."""
    with connections[alias].cursor() as cursor:
        if cursor.db.vendor == "postgresql":
            _copy(cursor, table, columns)
        else:
            _many(cursor, table, columns)


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
            values = zip(*rows, strict=True)
            _many(cursor, table, dict(zip(columns, values, strict=True)), conflict)


def update(alias: str, table: str, column: str, key: Sequence[str], rows: Sequence[Row]) -> None:
    """Another value of one column for known rows: the value, then the key."""
    if not rows:
        return
    which = " AND ".join(f"{name} = %s" for name in key)
    with connections[alias].cursor() as cursor:
        given = rows if cursor.db.vendor == "postgresql" else _for_sqlite(zip(*rows, strict=True))
        cursor.executemany(f"UPDATE {table} SET {column} = %s WHERE {which}", given)


def _copy(cursor: CursorWrapper, table: str, columns: Mapping[str, Sequence[Any]]) -> None:
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    lines = map("\t".join, zip(*map(_copied, columns.values()), strict=True))
    text = "".join([f"{line}\n" for line in lines])
    with cursor.db.wrap_database_errors, cursor.copy(statement) as copy:
        copy.write(text)


def _copied(column: Sequence[Any]) -> list[str]:
    """The values of one column as `COPY` reads them; a column is of few kinds, so none is asked
    for what it is one by one."""
    kinds = set(map(type, column))
    if kinds <= {int, float}:
        return list(map(str, column))
    if kinds == {datetime}:
        return _moments(column, datetime.isoformat)
    if kinds == {str}:
        known = {text: text.translate(_COPIED) for text in set(column)}
        return [known[text] for text in column]
    return list(map(_cell, column))


def _cell(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, datetime):
        return value.isoformat()
    return value.translate(_COPIED) if isinstance(value, str) else str(value)


def _many(
    cursor: CursorWrapper, table: str, columns: Mapping[str, Sequence[Any]], conflict: str = ""
) -> None:
    marks = ", ".join(["%s"] * len(columns))
    cursor.executemany(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks}) {conflict}",
        _for_sqlite(columns.values()),
    )


def _for_sqlite(columns: Iterable[Sequence[Any]]) -> list[Row]:
    """Their rows, with moments as Django keeps them on SQLite, the rest as it is."""
    return list(zip(*map(_kept, columns), strict=True))


def _kept(column: Sequence[Any]) -> Sequence[Any]:
    kinds = set(map(type, column))
    if kinds == {datetime}:
        return _moments(column, _in_utc)
    if datetime in kinds:
        return [_in_utc(value) if isinstance(value, datetime) else value for value in column]
    return column


def _in_utc(at: datetime) -> str:
    """Without its zone."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ")


def _moments(column: Sequence[datetime], write: Callable[[datetime], str]) -> list[str]:
    """Moments as text. The rows of a batch share them, and they are long to write."""
    places = list(map(id, column))
    written = {place: write(at) for place, at in dict(zip(places, column, strict=True)).items()}
    return [written[place] for place in places]
