"""Series of a case: a CSV file with a column of time and a column whose name holds the unit."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from anlan.hazards.flood.casefile.refusals import N_, RefusedCase

Floats = NDArray[np.float64]
_TIMES = {"seconds": 1.0, "minutes": 60.0, "hours": 3600.0}
_ROUNDING_S = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """column: which; until_s: how long the run is; negative: whether values may be below zero."""

    column: str
    until_s: float
    negative: bool = True


def read_series(path: Path, wanted: Wanted) -> tuple[Floats, Floats]:
    """Times in seconds from the start of the run, and values in the unit of the column.

    Refuses a missing or an unknown column, what is no number, times that do not rise, and a series
    that begins after the start or ends before the run.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        time = _columns(path, list(rows.fieldnames or ()), wanted.column)
        found = [(_number(path, rows.line_num, time, row), _number(
            path, rows.line_num, wanted.column, row)) for row in rows]  # fmt: skip
    if not found:
        raise RefusedCase(path, N_("has no rows"))
    t = np.array([at for at, _ in found]) * _TIMES[time]
    value = np.array([value for _, value in found])
    _refuse_times(path, t, wanted.until_s)
    if not wanted.negative and (value < 0).any():
        line = int(np.argmax(value < 0)) + 2
        raise RefusedCase(f"{path}, line {line}", N_("{value:g} is negative"), value=value.min())
    return t, value


def read_curve(path: Path, over: str, column: str) -> tuple[Floats, Floats]:
    """Two columns of numbers, no more."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        names = list(rows.fieldnames or ())
        if over not in names or column not in names:
            raise RefusedCase(path, N_("needs the columns {over} and {column}; it has {found}"),
                              over=over, column=column, found=", ".join(names))  # fmt: skip
        _refuse_strange(path, names, (over, column))
        found = [[_number(path, rows.line_num, name, row) for name in (over, column)]
                 for row in rows]  # fmt: skip
    both = np.array(found, dtype=np.float64).reshape(-1, 2)
    return both[:, 0].copy(), both[:, 1].copy()


def _columns(path: Path, names: list[str], column: str) -> str:
    times = [name for name in names if name in _TIMES]
    if len(times) != 1 or column not in names:
        raise RefusedCase(
            path, N_("needs the column {column} and one of {times}; it has {found}"),
            column=column, times=", ".join(_TIMES), found=", ".join(names),
        )  # fmt: skip
    _refuse_strange(path, names, (times[0], column))
    return times[0]


def _refuse_strange(path: Path, names: list[str], known: tuple[str, str]) -> None:
    strange = [name for name in names if name not in known]
    if strange:
        raise RefusedCase(path, N_("the column {name} is used for nothing here"), name=strange[0])


def _number(path: Path, line: int, column: str, row: dict[str, str]) -> float:
    try:
        value = float(row[column])
    except (TypeError, ValueError):
        value = np.nan
    if not np.isfinite(value):
        raise RefusedCase(f"{path}, line {line}", N_("{column}: {value!r} is not a number"),
                          column=column, value=row[column])  # fmt: skip
    return value


def _refuse_times(path: Path, t: Floats, until_s: float) -> None:
    if (np.diff(t) <= 0).any():
        line = int(np.argmax(np.diff(t) <= 0)) + 3
        raise RefusedCase(f"{path}, line {line}", N_("the time does not rise"))
    if t[0] > _ROUNDING_S:
        raise RefusedCase(path, N_("begins at {first:g} s, after the start of the run"), first=t[0])
    if t[-1] < until_s - _ROUNDING_S:
        raise RefusedCase(path, N_("ends at {last:g} s, the run at {until:g} s"),
                          last=t[-1], until=until_s)  # fmt: skip
