"""Several series brought to the same moments, and a condition judged at each of them.

A value is valid until the series' next, at most for its longest gap; then nothing is known. What
is unknown decides nothing: "false and unknown" is false, "true and unknown" is unknown.
"""

import operator
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from anlan.operations.sensing.rules.crossings import Point
from anlan.operations.sensing.rules.expressions import (
    Both,
    Compare,
    Name,
    Negative,
    Node,
    Not,
    Number,
    Over,
    Sum,
)

SIGNS: dict[str, Callable[[float, float], float]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
}  # fmt: skip
COMPARED: dict[str, Callable[[float, float], bool]] = {
    ">": operator.gt, "<": operator.lt, ">=": operator.ge, "<=": operator.le,
    "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
OVER: dict[str, Callable[[Sequence[float]], float]] = {
    "max": max, "min": min, "sum": sum, "avg": lambda values: sum(values) / len(values),
}  # fmt: skip
ROUNDED = 9  # digits: 0.1 + 0.2 > 0.3 is not so


class Track:
    """The values of one series, to be asked at any moment."""

    def __init__(self, points: Sequence[Point], max_gap_s: float, shift: float = 0.0) -> None:
        self.max_gap_s = max_gap_s
        self.times: list[float] = []
        self.moments: list[datetime] = []
        self.values: list[float] = []
        self._run: list[int] = []  # where the run without a gap begins
        for point in points:
            if point.value is None:
                continue
            second = point.at.timestamp()
            whole = bool(self.times) and second - self.times[-1] <= max_gap_s
            self._run.append(self._run[-1] if whole else len(self.times))
            self.times.append(second)
            self.moments.append(point.at)
            self.values.append(point.value + shift)

    def at(self, second: float) -> float | None:
        place = bisect_right(self.times, second) - 1
        if place < 0 or second - self.times[place] > self.max_gap_s:
            return None
        return self.values[place]

    def over(self, function: str, second: float, window_s: float) -> float | None:
        """Over (second − window, second]; None unless the values run through it without a gap."""
        last = bisect_right(self.times, second) - 1
        if last < 0 or second - self.times[last] > self.max_gap_s:
            return None
        first = bisect_right(self.times, second - window_s)
        reaches_s = self.times[self._run[last]] - (second - window_s)
        if first > last or reaches_s > self.max_gap_s or self._run[last] > first:
            return None
        return OVER[function](self.values[first : last + 1])


def evaluated(node: Node, tracks: Mapping[str, Track]) -> list[Point]:
    """The condition at every moment that any of the series has a value: 1, 0, or None."""
    moments = sorted({moment for track in tracks.values() for moment in track.moments})
    found = []
    for moment in moments:
        holds = _holds(node, tracks, moment.timestamp())
        found.append(Point(moment, None if holds is None else float(holds)))
    return found


def _holds(node: Node, tracks: Mapping[str, Track], second: float) -> bool | None:
    match node:
        case Not(of=of):
            held = _holds(of, tracks, second)
            return None if held is None else not held
        case Both(word=word, left=left, right=right):
            decides = word == "or"
            sides = (_holds(left, tracks, second), _holds(right, tracks, second))
            if decides in sides:
                return decides
            return None if None in sides else not decides
        case Compare(sign=sign, left=left, right=right):
            one, other = _value(left, tracks, second), _value(right, tracks, second)
            if one is None or other is None:
                return None
            return COMPARED[sign](round(one, ROUNDED), round(other, ROUNDED))
    return None


def _value(node: Node, tracks: Mapping[str, Track], second: float) -> float | None:
    match node:
        case Number(value=value):
            return value
        case Name(name=name):
            return tracks[name].at(second)
        case Over(function=function, of=of, window_s=window_s):
            return tracks[of.name].over(function, second, window_s)
        case Negative(of=of):
            return _joined("-", 0.0, _value(of, tracks, second))
        case Sum(sign=sign, left=left, right=right):
            return _joined(sign, _value(left, tracks, second), _value(right, tracks, second))
    return None


def _joined(sign: str, one: float | None, other: float | None) -> float | None:
    """None of what is unknown, and of a division by nothing."""
    if one is None or other is None or (sign == "/" and not other):
        return None
    return SIGNS[sign](one, other)
