"""Series of a case: a CSV file with a column of time and a column whose name holds the unit."""

import csv
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from anlan.hazards.flood.casefile.refusals import N_, RefusedCase

Floats = NDArray[np.float64]
_TIMES = {"seconds": 1.0, "minutes": 60.0, "hours": 3600.0}
_DATED = "time"  # instants with their zone, as 2020-08-19T08:00:00+08:00
_ROUNDING_S = 1e-6
Row = tuple[int, dict[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a value may be at least and at most."""

    least: float | None = None
    most: float | None = None


ANY = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """column: which; until_s: how long the run is; start: the instant of second 0, if said."""

    column: str
    until_s: float
    start: datetime | None = None
    limits: Limits = ANY


def read_series(path: Path, wanted: Wanted) -> tuple[Floats, Floats]:
    """Times in seconds from the start of the run, and values in the unit of the column.

    Refuses a missing or an unknown column, what is no number, times that do not rise, and a series
    that begins after the start or ends before the run.
    """
    names, rows = _table(path)
    time = _columns(path, names, wanted.column)
    if not rows:
        raise RefusedCase(path, N_("has no rows"))
    t = np.array([_second(path, line, row, (time, wanted.start)) for line, row in rows])
    value = np.array([_number(path, line, wanted.column, row) for line, row in rows])
    lines = [line for line, _ in rows]
    _refuse_times(path, lines, t, wanted.until_s)
    _refuse_beyond(path, lines, value, wanted.limits)
    return t, value


def read_curve(path: Path, over: str, column: str) -> tuple[Floats, Floats]:
    """Two columns of numbers, no more."""
    names, rows = _table(path)
    if over not in names or column not in names:
        raise RefusedCase(path, N_("needs the columns {over} and {column}; it has {found}"),
                          over=over, column=column, found=", ".join(names))  # fmt: skip
    _refuse_strange(path, names, (over, column))
    found = [[_number(path, line, name, row) for name in (over, column)] for line, row in rows]
    both = np.array(found, dtype=np.float64).reshape(-1, 2)
    return both[:, 0].copy(), both[:, 1].copy()


def _table(path: Path) -> tuple[list[str], list[Row]]:
    """The names of the columns, and the rows with their lines; cells without a name are refused."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            read = csv.DictReader(file, strict=True)
            names = list(read.fieldnames or ())
            rows: list[Row] = [(read.line_num, row) for row in read]
    except UnicodeDecodeError as fault:
        raise RefusedCase(path, N_("is no text in UTF-8; save it as CSV UTF-8")) from fault
    except (OSError, csv.Error) as fault:
        raise RefusedCase(path, N_("cannot be read as CSV: {fault}"), fault=fault) from fault
    for line, row in rows:
        if None in row:
            raise RefusedCase(f"{path}, line {line}", N_("has more cells than the first line"))
    if twice := [name for name in names if names.count(name) > 1]:
        raise RefusedCase(path, N_("has the column {name} twice"), name=twice[0])
    return names, rows


def _columns(path: Path, names: list[str], column: str) -> str:
    times = [name for name in names if name in _TIMES or name == _DATED]
    if len(times) != 1 or column not in names:
        raise RefusedCase(
            path, N_("needs the column {column} and one of {times}; it has {found}"),
            column=column, times=", ".join((*_TIMES, _DATED)), found=", ".join(names),
        )  # fmt: skip
    _refuse_strange(path, names, (times[0], column))
    return times[0]


def _refuse_strange(path: Path, names: list[str], known: tuple[str, str]) -> None:
    strange = [name for name in names if name not in known]
    if strange:
        raise RefusedCase(path, N_("the column {name} is used for nothing here"), name=strange[0])


def _second(path: Path, line: int, row: dict[str, str], of: tuple[str, datetime | None]) -> float:
    """When a row is, seconds from the start."""
    column, start = of
    if column != _DATED:
        return _number(path, line, column, row) * _TIMES[column]
    if start is None:
        raise RefusedCase(path, N_("has dates, but case.start does not say when the run begins"))
    try:
        at = datetime.fromisoformat(row[_DATED].strip())
    except (AttributeError, ValueError):
        raise RefusedCase(f"{path}, line {line}", N_("{value!r} is no instant"),
                          value=row[_DATED]) from None  # fmt: skip
    if at.tzinfo is None:
        raise RefusedCase(f"{path}, line {line}", N_("{value!r} does not say its time zone"),
                          value=row[_DATED])  # fmt: skip
    return (at - start).total_seconds()


def _number(path: Path, line: int, column: str, row: dict[str, str]) -> float:
    try:
        value = float(row[column])
    except (TypeError, ValueError):
        value = np.nan
    if not np.isfinite(value):
        raise RefusedCase(f"{path}, line {line}", N_("{column}: {value!r} is not a number"),
                          column=column, value=row[column])  # fmt: skip
    return value


def _refuse_beyond(path: Path, lines: list[int], value: Floats, limits: Limits) -> None:
    least = limits.least if limits.least is not None else -np.inf
    most = limits.most if limits.most is not None else np.inf
    wrong = (value < least) | (value > most)
    if not wrong.any():
        return
    place = int(np.argmax(wrong))
    where = f"{path}, line {lines[place]}"
    if value[place] > most:
        raise RefusedCase(where, N_("{value:g} is more than {most:g}"), value=value[place],
                          most=most)  # fmt: skip
    if least == 0.0:
        raise RefusedCase(where, N_("{value:g} is negative"), value=value[place])
    raise RefusedCase(where, N_("{value:g} is less than {least:g}"), value=value[place],
                      least=least)  # fmt: skip


def _refuse_times(path: Path, lines: list[int], t: Floats, until_s: float) -> None:
    if (np.diff(t) <= 0).any():
        line = lines[int(np.argmax(np.diff(t) <= 0)) + 1]
        raise RefusedCase(f"{path}, line {line}", N_("the time does not rise"))
    if t[0] > _ROUNDING_S:
        raise RefusedCase(path, N_("begins at {first:g} s, after the start of the run"), first=t[0])
    if t[-1] < until_s - _ROUNDING_S:
        raise RefusedCase(path, N_("ends at {last:g} s, the run at {until:g} s"),
                          last=t[-1], until=until_s)  # fmt: skip
