"""Bands of values within which a rate or a condition cannot become true, so nothing is read.

While every reading of a rule's series stays in its band the rule says nothing new. The bands are
found from what was read last: interval arithmetic says whether a condition could hold anywhere in
them. What is unknown decides nothing, so it is left out; a wrong "perhaps" only costs a look.
"""

from collections.abc import Callable, Iterable, Mapping
from math import inf, isnan
from typing import NamedTuple

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
from anlan.operations.sensing.rules.measures import Measure
from anlan.operations.sensing.rules.rule_kinds import RuleKind

MARGIN = 1e-6  # conditions are held to nine digits, crossings to a millionth
DOUBLINGS, HALVINGS = 40, 20


class Band(NamedTuple):
    """All values of a series lie in [low, high], in its unit; infinite where nothing bounds it."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


EVERYTHING = Band(-inf, inf)
Bands = Mapping[int, Band]


def seen(points: Iterable[Point]) -> Band | None:
    """The band of the values of a window; None when it has none."""
    values = [point.value for point in points if point.value is not None]
    return Band(min(values), max(values)) if values else None


def quiet_bands(measure: Measure, found: Mapping[int, Band | None]) -> dict[int, Band] | None:
    """Bands around what was `found` of each series, as wide as may be; None if the rule may hold.

    A series without values is bound by nothing.
    """
    bands = {pk: band or EVERYTHING for pk, band in found.items()}

    def possible(tried: Bands) -> bool:
        return may_hold(measure, tried)

    if possible(bands):
        return None
    kept: list[tuple[int, bool]] = []
    for side in [(pk, upper) for pk in sorted(bands) for upper in (False, True)]:
        wider = _grown(bands, {side: inf})
        if possible(wider):
            kept.append(side)
        else:
            bands = wider
    return _shared(bands, {side: _room(bands, side, possible) for side in kept}, possible)


def may_hold(measure: Measure, bands: Bands) -> bool:
    """Could the rule hold at any moment while its series stay within their bands?"""
    if measure.kind is RuleKind.EXPRESSION:
        named = {
            one.name: Band(bands[one.series].low + one.shift, bands[one.series].high + one.shift)
            for one in measure.inputs
        }
        return measure.expression is None or _outcomes(measure.expression, named)[0]
    (band,) = bands.values()
    change = (measure.limit.begins - measure.limit.hysteresis) * measure.window_s / 3600
    return band.high - band.low >= change - MARGIN


Side = tuple[int, bool]  # a series, and whether its upper side


def _grown(bands: Bands, by: Mapping[Side, float]) -> dict[int, Band]:
    grown = dict(bands)
    for (pk, upper), more in by.items():
        band = grown[pk]
        grown[pk] = (
            band._replace(high=band.high + more) if upper else band._replace(low=band.low - more)
        )
    return grown


def _room(bands: Bands, side: Side, possible: Callable[[Bands], bool]) -> float:
    """How far one side can move out alone."""
    most = MARGIN
    for _ in range(DOUBLINGS):
        if possible(_grown(bands, {side: most})):
            break
        most *= 2
    least = 0.0
    for _ in range(HALVINGS):
        middle = (least + most) / 2
        if possible(_grown(bands, {side: middle})):
            most = middle
        else:
            least = middle
    return least


def _shared(
    bands: dict[int, Band], room: Mapping[Side, float], possible: Callable[[Bands], bool]
) -> dict[int, Band]:
    """Every side moved out by the same part of its room."""
    part = 1.0
    for _ in range(HALVINGS):
        wider = _grown(bands, {side: part * most for side, most in room.items()})
        if not possible(wider):
            return wider
        part /= 2
    return bands


def _outcomes(node: Node, bands: Mapping[str, Band]) -> tuple[bool, bool]:
    """May a condition be true somewhere, and may it be false somewhere?"""
    match node:
        case Not(of=of):
            true, false = _outcomes(of, bands)
            return false, true
        case Both(word=word, left=left, right=right):
            one, other = _outcomes(left, bands), _outcomes(right, bands)
            if word == "and":
                return one[0] and other[0], one[1] or other[1]
            return one[0] or other[0], one[1] and other[1]
        case Compare(sign=sign, left=left, right=right):
            return _compared(sign, _value(left, bands), _value(right, bands))
    return True, True


def _compared(sign: str, one: Band, other: Band) -> tuple[bool, bool]:
    more = one.high > other.low - MARGIN, one.low <= other.high + MARGIN
    less = one.low < other.high + MARGIN, one.high >= other.low - MARGIN
    if sign in (">", ">="):
        return more
    if sign in ("<", "<="):
        return less
    meet = more[0] and less[0]
    return (meet, True) if sign == "==" else (True, meet)


def _value(node: Node, bands: Mapping[str, Band]) -> Band:
    match node:
        case Number(value=value):
            return Band(value, value)
        case Name(name=name):
            return bands[name]
        case Over(function=function, of=of):
            return _sum(bands[of.name]) if function == "sum" else bands[of.name]
        case Negative(of=of):
            low, high = _value(of, bands)
            return Band(-high, -low)
        case Sum(sign=sign, left=left, right=right):
            return _joined(sign, _value(left, bands), _value(right, bands))
    return EVERYTHING


def _sum(band: Band) -> Band:
    """The sum of any number of values, at least one."""
    return Band(-inf if band.low < 0 else band.low, inf if band.high > 0 else band.high)


def _joined(sign: str, one: Band, other: Band) -> Band:
    if sign == "+":
        return Band(one.low + other.low, one.high + other.high)
    if sign == "-":
        return Band(one.low - other.high, one.high - other.low)
    if sign == "/":
        if other.low <= 0 <= other.high:
            return EVERYTHING
        other = Band(1 / other.high, 1 / other.low)
    corners = [_times(a, b) for a in one for b in other]
    return EVERYTHING if any(map(isnan, corners)) else Band(min(corners), max(corners))


def _times(one: float, other: float) -> float:
    """A product of ends of bands: nothing times anything is nothing, however far the band goes."""
    return one * other if one and other else 0.0
