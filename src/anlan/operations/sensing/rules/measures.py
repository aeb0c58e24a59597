"""What a rule measures: windows of points turned into points whose crossings are its alarms.

Every kind ends in points and a limit that are judged by `crossings.episodes`, so level, hysteresis,
duration, gaps and late data mean the same for all. Where a rule cannot tell (a gap, "no data") the
point is None: that neither lasts nor ends.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from anlan.operations.sensing.rules.aligned import Track, evaluated
from anlan.operations.sensing.rules.crossings import Episode, Limit, Point, episodes
from anlan.operations.sensing.rules.expressions import Node, longest_window_s
from anlan.operations.sensing.rules.rule_kinds import LOWER, Direction, RuleKind

HOLDS = Limit(1.0)  # an expression is 1 where it holds and 0 where it does not


@dataclass(frozen=True, slots=True)
class Input:
    """One series of a rule: its name in the expression, its longest gap in seconds, and what is
    added to its values to state them in the datum of the rule, metres."""

    series: int
    name: str
    max_gap_s: float
    shift: float = 0.0


@dataclass(frozen=True, slots=True)
class Measure:
    """A rule without its register: `limit` in the datum of its series; per hour for a rate."""

    kind: RuleKind
    direction: Direction
    limit: Limit
    inputs: tuple[Input, ...]
    window_s: float = 0.0
    expression: Node | None = None

    @property
    def max_gap_s(self) -> float:
        return max(one.max_gap_s for one in self.inputs)

    @property
    def reach_s(self) -> float:
        """How far back the points of a moment may matter, seconds."""
        window_s = longest_window_s(self.expression) if self.expression else self.window_s
        return self.limit.duration_s + window_s + 2 * self.max_gap_s


def measured(measure: Measure, windows: Mapping[int, Sequence[Point]]) -> list[Point]:
    """The points that the rule's limit is held against, ascending."""
    first = measure.inputs[0]
    if measure.kind is RuleKind.EXPRESSION:
        tracks = {
            one.name: Track(windows.get(one.series, ()), one.max_gap_s, one.shift)
            for one in measure.inputs
        }
        return evaluated(measure.expression, tracks) if measure.expression else []
    points = list(windows.get(first.series, ()))
    if measure.kind is RuleKind.RATE:
        points = rates(points, measure.window_s, first.max_gap_s)
        if measure.direction is Direction.EITHER:
            return [p if p.value is None else replace(p, value=abs(p.value)) for p in points]
    return mirrored(points) if measure.direction in LOWER else points


def held_against(measure: Measure) -> Limit:
    """The limit for the points of `measured`: a lower threshold is mirrored with them.

    The limit of a falling rate is a positive figure and stays.
    """
    if measure.kind is RuleKind.EXPRESSION:
        return replace(HOLDS, duration_s=measure.limit.duration_s)
    if measure.kind is RuleKind.THRESHOLD and measure.direction in LOWER:
        return replace(measure.limit, level=-measure.limit.level)
    return measure.limit


def stated(measure: Measure, value: float) -> float:
    """A value of `measured` as people read it: a lower threshold's turned back."""
    lower = measure.kind is RuleKind.THRESHOLD and measure.direction in LOWER
    return -value if lower else value


def found(measure: Measure, windows: Mapping[int, Sequence[Point]]) -> list[Episode]:
    """The episodes of a rule over whole windows: what it would have said of them."""
    return episodes(measured(measure, windows), held_against(measure), measure.max_gap_s)


def mirrored(points: Sequence[Point]) -> list[Point]:
    return [p if p.value is None else replace(p, value=-p.value) for p in points]


def rates(points: Sequence[Point], window_s: float, max_gap_s: float) -> list[Point]:
    """The change per hour over the window before each point, in the series' unit.

    The value at the window's beginning is interpolated between its neighbours. None where the
    window is not whole: readings further apart than `max_gap_s` are not one run.
    """
    span = timedelta(seconds=window_s)
    run: list[Point] = []
    place = 0
    result = []
    for point in points:
        if point.value is None:
            result.append(point)
            continue
        if run and (point.at - run[-1].at).total_seconds() > max_gap_s:
            run, place = [], 0
        run.append(point)
        moment = point.at - span
        while place + 1 < len(run) and run[place + 1].at <= moment:
            place += 1
        before = _between(run, place, moment)
        rate = None if before is None else (point.value - before) * 3600 / window_s
        result.append(replace(point, value=rate))
    return result


def _between(run: Sequence[Point], place: int, moment: datetime) -> float | None:
    """The value of a run at a moment at or after `run[place]`."""
    first = run[place]
    if first.value is None or first.at > moment:
        return None
    if first.at == moment or place + 1 == len(run):
        return first.value
    second = run[place + 1]
    share = (moment - first.at) / (second.at - first.at)
    return first.value + ((second.value or 0.0) - first.value) * share
