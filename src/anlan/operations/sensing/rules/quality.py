"""What makes a value suspect: checks that flag and never delete.

Every check looks only at what stands in the readings, so any order of arrival ends in the same
flags. The tests are those of WMO-No. 488 (Guide to the GOS, App. VI.2; Zahumenský 2004): plausible
range, step, persistence; and the comparison with neighbours. An impossible value
(`rules.possible`) is none of these: it is kept as a bad frame.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import IntFlag
from statistics import median
from typing import NamedTuple

from anlan.operations.sensing.rules.crossings import Point
from anlan.operations.sensing.rules.rollups import hour_of
from anlan.vocabulary.words import NP_, Term


class Flag(IntFlag):
    """The bits of a reading's flags: five checks, and two judgements of a person."""

    RANGE = 1
    STEP = 2
    PERSISTENCE = 4
    NEIGHBOUR = 8
    FUTURE = 16
    RIGHT = 32
    WRONG = 64


CHECKS = Flag.RANGE | Flag.STEP | Flag.PERSISTENCE | Flag.NEIGHBOUR | Flag.FUTURE
JUDGED = Flag.RIGHT | Flag.WRONG
FLAG_WORDS: dict[Flag, Term] = {
    Flag.RANGE: NP_("quality check", "Outside its usual range"),
    Flag.STEP: NP_("quality check", "Sudden jump"),
    Flag.PERSISTENCE: NP_("quality check", "Does not move"),
    Flag.NEIGHBOUR: NP_("quality check", "Unlike its neighbours"),
    Flag.FUTURE: NP_("quality check", "Observed in the future"),
    Flag.RIGHT: NP_("quality judgement", "Confirmed right"),
    Flag.WRONG: NP_("quality judgement", "Judged wrong"),
}

FEWEST_NEIGHBOURS = 3  # of two the median is their mean, and one false gauge would decide [pv]
FUTURE = timedelta(minutes=2)  # observation times carry no seconds [pv]
FAR_AHEAD = timedelta(minutes=10)  # [pv]
HOUR = timedelta(hours=1)


class Allowed(NamedTuple):
    """The largest change between two readings: `step` at once and `per_h` for every hour between.

    Both in the element's unit.
    """

    step: float
    per_h: float

    def holds(self, before: Point, after: Point) -> bool:
        hours = (after.at - before.at).total_seconds() / 3600
        change = abs((after.value or 0.0) - (before.value or 0.0))
        return change <= self.step + self.per_h * hours + 1e-9


def suspect(flags: int) -> bool:
    """Did a check find something that nobody has confirmed right or judged wrong since?"""
    return bool(flags & CHECKS) and not flags & JUDGED


def found(flags: int) -> list[Flag]:
    """The checks that found the value suspect."""
    return [flag for flag in CHECKS if flag & flags]


def outside(value: float, low: float | None, high: float | None) -> bool:
    """RANGE: outside what is usual here."""
    return (low is not None and value < low) or (high is not None and value > high)


def ahead(at: datetime, received_at: datetime) -> bool:
    """FUTURE: observed after it came; the device's clock is fast."""
    return at > received_at + FUTURE


def far_ahead(at: datetime, received_at: datetime) -> bool:
    """So far ahead that the device's clock is wrong: what it says is kept, and is not of now."""
    return at > received_at + FAR_AHEAD


def jumps(points: Sequence[Point], allowed: Allowed, max_gap_s: float) -> set[datetime]:
    """STEP: the moments whose value is too far from the one before. `points` ascend by time.

    No verdict across a gap. The first value after a spike that is back where the series was before
    it is not flagged: the spike is.
    """
    known = [point for point in points if point.value is not None]
    jumped: set[datetime] = set()
    for place in range(1, len(known)):
        before, this = known[place - 1], known[place]
        if _gap(before, this) > max_gap_s or allowed.holds(before, this):
            continue
        if place > 1:
            first = known[place - 2]
            spike = _gap(first, before) <= max_gap_s and not allowed.holds(first, before)
            if spike and allowed.holds(first, this):
                continue
        jumped.add(this.at)
    return jumped


def _gap(before: Point, after: Point) -> float:
    return (after.at - before.at).total_seconds()


Extremes = Mapping[datetime, tuple[float, float]]


def unmoved(
    points: Sequence[Point], hours: Extremes, same_h: int, max_gap_s: float
) -> set[datetime]:
    """PERSISTENCE: the moments whose value has been the same for `same_h` hours or longer.

    `points` ascend and begin with an hour; `hours` holds the lowest and highest value of each hour
    before and among them. A gap of more than `max_gap_s` between hours with values ends the run.
    """
    same: set[datetime] = set()
    hour, value, whole = None, 0.0, False
    for point in points:
        if point.value is None:
            continue
        if hour_of(point.at) != hour:
            hour, value = hour_of(point.at), point.value
            whole = _stood(hour, value, hours, same_h, max_gap_s)
        whole = whole and point.value == value
        if whole:
            same.add(point.at)
    return same


def _stood(hour: datetime, value: float, hours: Extremes, same_h: int, max_gap_s: float) -> bool:
    """Had the series this value in all of the `same_h` hours before `hour`?"""
    oldest = hour - same_h * HOUR
    last, at = hour, hour - HOUR
    while (last - at).total_seconds() <= max_gap_s + HOUR.total_seconds():
        if at in hours:
            if hours[at] != (value, value):
                return False
            if at <= oldest:
                return True
            last = at
        at -= HOUR
    return False


def run_end(hour: datetime, hours: Extremes, reach: timedelta) -> datetime:
    """The end of the last hour that may belong to one run with `hour`, at most `reach` later."""
    last, at, value = hour, hour, None
    while at <= hour + reach:
        if at in hours:
            last, (low, high) = at, hours[at]
            if low != high or value not in (None, low):
                break
            value = low
        at += HOUR
    return last + HOUR


def unlike(value: float, others: Sequence[float], apart: float) -> bool:
    """NEIGHBOUR: further than `apart` from the median of the neighbours at the same moment."""
    return len(others) >= FEWEST_NEIGHBOURS and abs(value - median(others)) > apart
