"""Input series: what bulletins published, and an honest smooth line between.

Knots are published (with a source) or assumed. Between them runs a monotone cubic: it passes
through every knot and never overshoots, so no invented crest is higher than its neighbours. Every
point between knots is assumed, and says so.

    F. N. Fritsch, R. E. Carlson, Monotone piecewise cubic interpolation, SIAM J. Numer. Anal.
    17 (1980) 238-246; slopes by F. N. Fritsch, J. Butland, SIAM J. Sci. Stat. Comput. 5 (1984).
"""

import csv
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import StringIO
from itertools import pairwise

from anlan.vocabulary.clock import CHINA

PUBLISHED, ASSUMED = "published", "assumed"
DECIMALS = 2  # gauges report centimetres


class BadSeries(ValueError):
    """A series file that cannot be played; the text names the row and the reason."""


@dataclass(frozen=True, slots=True)
class Knot:
    """One row of a series file; `value` in the element's unit."""

    at: datetime
    value: float
    published: bool
    source: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """What a station reports at one time. `assumed` unless a bulletin published it."""

    at: datetime
    value: float
    assumed: bool
    source: str = ""


def read_knots(text: str, name: str) -> list[Knot]:
    """The rows of ``time,value,mark,source``; times Asia/Shanghai, rising.

    Raises `BadSeries` for a row that is neither published nor assumed, a published row without a
    source, or times that do not rise.
    """
    knots: list[Knot] = []
    for number, row in enumerate(csv.DictReader(StringIO(text)), start=2):
        try:
            at = datetime.fromisoformat(row["time"]).replace(tzinfo=CHINA)
            value = float(row["value"])
        except (KeyError, ValueError, TypeError) as fault:
            raise BadSeries(f"{name} row {number}: {fault}") from None
        mark, source = row.get("mark") or "", row.get("source") or ""
        if mark not in (PUBLISHED, ASSUMED):
            raise BadSeries(f"{name} row {number}: {mark!r} is neither published nor assumed")
        if mark == PUBLISHED and not source:
            raise BadSeries(f"{name} row {number}: a published value needs its source")
        if knots and at <= knots[-1].at:
            raise BadSeries(f"{name} row {number}: the times must rise")
        knots.append(Knot(at, value, mark == PUBLISHED, source))
    if len(knots) < 2:
        raise BadSeries(f"{name}: a series needs at least two rows")
    return knots


def amplitude(knots: Sequence[Knot]) -> float:
    """Crest minus first value."""
    return max(k.value for k in knots) - knots[0].value


def move(knots: Sequence[Knot], shift: timedelta, factor: float) -> list[Knot]:
    """The same wave later by `shift` and `factor` times as high above its first value.

    A moved wave is nobody's bulletin any more: every knot becomes assumed.
    """
    if not shift and factor == 1.0:
        return list(knots)
    base = knots[0].value
    return [
        replace(k, at=k.at + shift, value=base + (k.value - base) * factor, published=False,
                source="")
        for k in knots
    ]  # fmt: skip


def sample(
    knots: Sequence[Knot], starts: datetime, ends: datetime, every: timedelta
) -> list[Point]:
    """The points reported from `starts` to `ends`; before the first and after the last knot flat.

    A published knot between two reporting times is reported at its own time as well.
    """
    published = {k.at: k for k in knots if k.published and starts <= k.at <= ends}
    times = set(published)
    at = starts
    while at <= ends:
        times.add(at)
        at += every
    line = Line(knots)
    points = []
    for at in sorted(times):
        if knot := published.get(at):
            points.append(Point(at, knot.value, assumed=False, source=knot.source))
        else:
            points.append(Point(at, round(line.value(at), DECIMALS), assumed=True))
    return points


def first_reach(
    points: Sequence[Point], value: float, duration: timedelta = timedelta(0)
) -> datetime | None:
    """When the series has stood at or above `value` for `duration` without a break; else None."""
    since: datetime | None = None
    for point in points:
        if point.value < value:
            since = None
            continue
        since = since or point.at
        if point.at - since >= duration:
            return point.at
    return None


class Line:
    """The monotone cubic through the knots; flat before the first and after the last."""

    def __init__(self, knots: Sequence[Knot]) -> None:
        self._x = [k.at.timestamp() for k in knots]
        self._y = [k.value for k in knots]
        self._slopes = _slopes(self._x, self._y)

    def value(self, at: datetime) -> float:
        x = at.timestamp()
        if x <= self._x[0]:
            return self._y[0]
        if x >= self._x[-1]:
            return self._y[-1]
        i = bisect_right(self._x, x) - 1
        h = self._x[i + 1] - self._x[i]
        t = (x - self._x[i]) / h
        return (
            (1 + 2 * t) * (1 - t) ** 2 * self._y[i]
            + t * (1 - t) ** 2 * h * self._slopes[i]
            + t**2 * (3 - 2 * t) * self._y[i + 1]
            + t**2 * (t - 1) * h * self._slopes[i + 1]
        )


def _slopes(x: Sequence[float], y: Sequence[float]) -> list[float]:
    """Slopes at the knots: the weighted harmonic mean of the neighbours, zero at a turn."""
    steps = [b - a for a, b in pairwise(x)]
    rises = [(b - a) / h for (a, b), h in zip(pairwise(y), steps, strict=True)]
    slopes = [0.0]
    for (h0, h1), (d0, d1) in zip(pairwise(steps), pairwise(rises), strict=True):
        if d0 * d1 <= 0:
            slopes.append(0.0)
            continue
        w0, w1 = 2 * h1 + h0, h1 + 2 * h0
        slopes.append((w0 + w1) / (w0 / d0 + w1 / d1))
    return [*slopes, 0.0]
