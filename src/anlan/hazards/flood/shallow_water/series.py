"""Values over time, as hydrographs, stages and rain are given; nothing is held past its end."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FOREVER_S = 1e15


class BadCase(ValueError):
    """The case cannot be simulated: shapes, cells, series or values do not fit."""


class Cancelled(Exception):
    """Whoever watches the progress asked to stop."""


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """A value over time, straight between the points.

    t_s: seconds from the start, strictly rising, shape (n,); value: shape (n,). It must cover the
    whole run: `simulate` refuses one that begins late or ends early.
    """

    t_s: Floats
    value: Floats

    def __post_init__(self) -> None:
        if self.t_s.ndim != 1 or self.t_s.shape != self.value.shape or self.t_s.size == 0:
            raise BadCase("a series has as many values as times, at least one")
        if not (np.isfinite(self.t_s).all() and np.isfinite(self.value).all()):
            raise BadCase("a series has no gaps")
        if (np.diff(self.t_s) <= 0).any():
            raise BadCase("the times of a series rise")


Given = float | Series


@dataclass(frozen=True, slots=True, eq=False)
class RainRaster:
    """Maps of rain: t_s (k,), rising, the first not after the start; mm_h (k, rows, columns),
    float32. Each map holds from its time until the next; until_s: when the last one ends."""

    t_s: Floats
    mm_h: NDArray[np.float32]
    until_s: float

    def __post_init__(self) -> None:
        if self.mm_h.ndim != 3 or self.t_s.shape != self.mm_h.shape[:1] or self.t_s.size == 0:
            raise BadCase("rain maps are (times, rows, columns), at least one")
        if (np.diff(np.append(self.t_s, self.until_s)) <= 0).any():
            raise BadCase("the times of rain maps rise")
        if not np.isfinite(self.mm_h).all():
            raise BadCase("a rain map has gaps")


def as_series(given: Given) -> Series:
    """A number as a series that never changes and never ends."""
    if isinstance(given, Series):
        return given
    if not np.isfinite(given):
        raise BadCase("a constant is a number")
    ends = np.array([-FOREVER_S, FOREVER_S])
    return Series(ends, np.full(2, float(given)))


def refuse_gap(series: Series, start_s: float, until_s: float, what: str) -> None:
    """Refuse a series that does not cover the run."""
    if series.t_s[0] > start_s or series.t_s[-1] < until_s:
        raise BadCase(
            f"{what} covers {series.t_s[0]:.0f}..{series.t_s[-1]:.0f} s, "
            f"the run {start_s:.0f}..{until_s:.0f} s"
        )
