"""What a track shows: points reached, length, gaps, doubtful speeds. Computed, never typed.

Positions are CGCS2000 degrees, distances metres on a sphere of the mean radius (wrong by less than
0.5 %, far below what a phone's position is worth).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

EARTH_M = 6_371_008.8
LEAST_STEP_M = 10.0  # whoever stands still goes nowhere: a phone's position wanders
MPS_OF_KMH = 1 / 3.6


@dataclass(frozen=True, slots=True)
class Fix:
    """One position: aware moment, degrees, accuracy in metres as the phone states it."""

    at: datetime
    lon: float
    lat: float
    accuracy_m: float


@dataclass(frozen=True, slots=True)
class Point:
    """A place that must be reached; radius in metres."""

    name: str
    lon: float
    lat: float
    radius_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Metres, km/h, minutes; see `terms.Terms`."""

    worst_accuracy_m: float
    most_kmh: float
    gap: timedelta
    slack: timedelta


@dataclass(frozen=True, slots=True)
class Reached:
    """A point (or a post's sign of life, by its place in the list) and the first fix that shows
    it; `off_m`: how far from its middle."""

    index: int
    at: datetime
    off_m: float


@dataclass(frozen=True, slots=True)
class Walked:
    """What a track shows. `gaps`: begin of each and minutes; `doubtful`: moments of fixes that
    nobody could have come to in the time; `used`: fixes that were good enough."""

    reached: tuple[Reached, ...]
    asked: int
    metres: float
    gaps: tuple[tuple[datetime, float], ...]
    doubtful: tuple[datetime, ...]
    used: int

    @property
    def share(self) -> int:
        """Percent of the points, rounded down: complete is never rounded up to."""
        return 100 * len(self.reached) // self.asked if self.asked else 0


def metres_between(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Great circle distance, metres."""
    p1, p2 = math.radians(lat1), math.radians(lat2)
    dp, dl = p2 - p1, math.radians(lon2 - lon1)
    h = math.sin(dp / 2) ** 2 + math.cos(p1) * math.cos(p2) * math.sin(dl / 2) ** 2
    return 2 * EARTH_M * math.asin(min(1.0, math.sqrt(h)))


def walked(
    points: Sequence[Point], fixes: Sequence[Fix], begin: datetime, end: datetime, limits: Limits
) -> Walked:
    """A route: each point by the first fix near enough, in whatever order they came in."""
    good, doubtful = _good(fixes, limits)
    sure = [one for one in good if one.at not in doubtful]
    reached = []
    for index, point in enumerate(points):
        near = ((one, _off(one, point)) for one in sure)
        first = next(((one, off) for one, off in near if _is_at(one, point, off)), None)
        if first is not None:
            reached.append(Reached(index, first[0].at, first[1]))
    return _told(reached, len(points), good, doubtful, begin, end, limits)


def manned(
    post: Point, slots: Sequence[datetime], fixes: Sequence[Fix], begin: datetime, end: datetime,
    limits: Limits,
) -> Walked:  # fmt: skip
    """A post: each sign of life by a fix at the post within the slack around its time."""
    good, doubtful = _good(fixes, limits)
    there = [one for one in good if one.at not in doubtful and _is_at(one, post, _off(one, post))]
    reached = []
    for index, slot in enumerate(slots):
        first = next((one for one in there if abs(one.at - slot) <= limits.slack), None)
        if first is not None:
            reached.append(Reached(index, first.at, _off(first, post)))
    return _told(reached, len(slots), good, doubtful, begin, end, limits)


def slots_of(begin: datetime, end: datetime, every: timedelta | None) -> list[datetime]:
    """When a post owes a sign of life: at its begin, every so often, at its end."""
    found = [begin]
    while every is not None and found[-1] + every < end:
        found.append(found[-1] + every)
    return [*found, end]


def _good(fixes: Sequence[Fix], limits: Limits) -> tuple[list[Fix], frozenset[datetime]]:
    """The fixes worth something, by time; and the moments of those that came too fast."""
    good = sorted(
        (one for one in fixes if one.accuracy_m <= limits.worst_accuracy_m), key=lambda one: one.at
    )
    pairs = pairwise(good)
    return good, frozenset(to.at for one, to in pairs if _too_fast(one, to, limits))


def _too_fast(one: Fix, to: Fix, limits: Limits) -> bool:
    """What both accuracies explain is no movement."""
    far = metres_between(one.lon, one.lat, to.lon, to.lat) - one.accuracy_m - to.accuracy_m
    return far > limits.most_kmh * MPS_OF_KMH * (to.at - one.at).total_seconds()


def _off(one: Fix, point: Point) -> float:
    return metres_between(one.lon, one.lat, point.lon, point.lat)


def _is_at(one: Fix, point: Point, off_m: float) -> bool:
    """Within the radius, with the fix's own uncertainty as far as the radius once more."""
    return off_m <= point.radius_m + min(one.accuracy_m, point.radius_m)


def _told(
    reached: list[Reached], asked: int, good: list[Fix], doubtful: frozenset[datetime],
    begin: datetime, end: datetime, limits: Limits,
) -> Walked:  # fmt: skip
    within = [one.at for one in good if begin <= one.at <= end]
    edges = [begin, *within, end]
    gaps = tuple(
        (one, (to - one).total_seconds() / 60)
        for one, to in pairwise(edges) if to - one > limits.gap
    )  # fmt: skip
    metres = _length([one for one in good if one.at not in doubtful])
    return Walked(tuple(reached), asked, metres, gaps, tuple(sorted(doubtful)), len(good))


def _length(good: Sequence[Fix]) -> float:
    """Metres from place to place: a step counts once it is longer than what the phone wanders."""
    metres, last = 0.0, None
    for one in good:
        if last is None:
            last = one
            continue
        step = metres_between(last.lon, last.lat, one.lon, one.lat)
        if step > max(LEAST_STEP_M, last.accuracy_m, one.accuracy_m):
            metres, last = metres + step, one
    return metres
