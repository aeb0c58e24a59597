"""When a threshold is crossed: level, hysteresis and duration over a series of readings.

Reaching the level counts ("以上" includes the number), unless the level itself is still allowed
(GB 3838-2002: "≤"). A crossing must last `duration_s` without a
gap; a gap never counts as duration. It ends only below level − hysteresis; "no data" neither
begins nor ends one.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

TOLERANCE = 1e-6  # converted levels carry rounding; gauges report 0.01


@dataclass(frozen=True, slots=True)
class Limit:
    """A threshold in the series' own datum: `level` and `hysteresis` in the series' unit.

    `allowed`: the level itself is no crossing yet.
    """

    level: float
    hysteresis: float = 0.0
    duration_s: float = 0.0
    allowed: bool = False

    @property
    def begins(self) -> float:
        """The least value that is a crossing."""
        return self.level + TOLERANCE if self.allowed else self.level - TOLERANCE

    @property
    def ends(self) -> float:
        """What a value must be under to end a crossing."""
        return self.begins - self.hysteresis


@dataclass(frozen=True, slots=True)
class Point:
    """One reading: `value` in the series' unit, None for "no data"; `flags` as in `quality`."""

    at: datetime
    value: float | None
    flags: int = 0


@dataclass(frozen=True, slots=True)
class Episode:
    """A crossing that lasted long enough: from its first reading until it ended (None: goes on)."""

    began_at: datetime
    reached_at: datetime
    value: float
    last_at: datetime
    ended_at: datetime | None = None
    end_value: float | None = None

    def meets(self, began_at: datetime, ended_at: datetime | None) -> bool:
        """Do this episode and the span [began_at, ended_at] share a moment?"""
        mine = self.ended_at or self.last_at
        return self.began_at <= (ended_at or datetime.max.replace(tzinfo=mine.tzinfo)) and (
            began_at <= mine
        )


@dataclass(frozen=True, slots=True)
class Break:
    """A crossing whose duration was running when data lacked: it began, had its last reading, and
    the next one came (None: none has)."""

    began_at: datetime
    last_at: datetime
    next_at: datetime | None = None


def episodes(
    points: Sequence[Point], limit: Limit, max_gap_s: float, *, already: bool = False
) -> list[Episode]:
    """The crossings in `points` (ascending by time); `already`: one goes on when they begin."""
    active = None
    if already:
        first = ((one.at, one.value) for one in points if one.value is not None)
        active = next((Episode(at, at, value, at) for at, value in first), None)
    walked = _walked(_torn(points, max_gap_s), limit, active)
    return [one for one in walked if isinstance(one, Episode)]


def breaks(
    points: Sequence[Point], limit: Limit, max_gap_s: float, until: datetime
) -> list[Break]:  # fmt: skip
    """Where a gap or "no data" broke a running duration, until a moment; whatever came after it."""
    end = Point(until, -math.inf)
    walked = _walked(_torn([*points, end], max_gap_s), limit, None)
    return [
        replace(one, next_at=None) if one.next_at == until else one
        for one in walked
        if isinstance(one, Break)
    ]


def _torn(points: Iterable[Point], max_gap_s: float) -> Iterator[Point]:
    """The points, with "no data" where two values are too far apart to be one run."""
    previous: datetime | None = None
    for point in points:
        if point.value is not None:
            if previous is not None and (point.at - previous).total_seconds() > max_gap_s:
                yield Point(previous, None)
            previous = point.at
        yield point


def _walked(
    points: Iterable[Point], limit: Limit, active: Episode | None
) -> Iterator[Episode | Break]:
    """Every crossing that ended, the `active` one that goes on at the end, and what was broken."""
    since: Point | None = None
    last: Point | None = None
    broken: Break | None = None
    for point in points:
        value = point.value
        if value is None:
            broken = Break(since.at, last.at) if since and last else broken
            since = None
            continue
        if broken:
            yield replace(broken, next_at=point.at)
            broken = None
        if active is not None:
            if value < limit.ends:
                yield replace(active, ended_at=point.at, end_value=value)
                active = None
            else:
                active = replace(active, last_at=point.at)
        elif value < limit.begins:
            since = None
        else:
            since = since or point
            if (point.at - since.at).total_seconds() >= limit.duration_s:
                active = Episode(since.at, point.at, value, point.at)
                since = None
        last = point
    if active:
        yield active
