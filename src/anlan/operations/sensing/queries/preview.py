"""What a rule would have said of the readings there are, found by the code that judges live."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from anlan.operations.sensing.models import AlarmRule, Series
from anlan.operations.sensing.queries.rule_inputs import expected_intervals, measure_of
from anlan.operations.sensing.queries.windows import windows
from anlan.operations.sensing.rules.crossings import (
    Break,
    Episode,
    Limit,
    Point,
    breaks,
    episodes,
)
from anlan.operations.sensing.rules.measures import Measure, held_against, measured, stated
from anlan.operations.sensing.rules.missing import holes
from anlan.operations.sensing.rules.rule_kinds import Direction, RuleKind
from anlan.vocabulary import clock

SPAN = timedelta(days=30)
BUCKETS = 800  # two points each: the lowest and the highest


@dataclass(frozen=True, slots=True)
class Would:
    """An alarm that there would have been; `peak` in the rule's unit, hours for missing data."""

    began_at: datetime
    fired_at: datetime
    ended_at: datetime | None
    peak: float


@dataclass(frozen=True, slots=True)
class Preview:
    """The alarms of a span, newest first, and the curve that the rule was held against.

    `broken`: where data lacked while a duration was running, newest first.
    """

    since: datetime
    until: datetime
    alarms: list[Would]
    broken: list[Break]
    points: int
    curve: dict[str, list[Any]]
    limit: float


def preview(rule: AlarmRule, series: Sequence[Series], span: timedelta = SPAN) -> Preview:
    """What the rule would have said of the last 30 days. Two queries; nothing is written."""
    until = clock.now()
    since = until - span
    expected = expected_intervals([one.pk for one in series])
    measure = measure_of(rule, series, expected)
    start = since - timedelta(seconds=measure.reach_s)
    spans = windows(dict.fromkeys((i.series for i in measure.inputs), start), _ranks(series))
    points, found, broken, limit = _found(rule, measure, spans, until)
    shown = [Point(p.at, _stated(measure, p)) for p in points if p.at >= since]
    alarms = [_would(measure, one, points) for one in found if one.reached_at >= since]
    return Preview(
        since, until, alarms[::-1],
        [_local(one) for one in reversed(broken) if one.next_at is None or one.next_at >= since],
        len(shown), _thinned(shown, since, span, measure.max_gap_s),
        stated(measure, limit.level),
    )  # fmt: skip


def _ranks(series: Sequence[Series]) -> dict[int, list[str]]:
    return {one.pk: one.sources for one in series}


def _found(
    rule: AlarmRule, measure: Measure, spans: Mapping[int, list[Point]], until: datetime
) -> tuple[list[Point], list[Episode], list[Break], Limit]:
    if measure.kind is RuleKind.MISSING:
        points = spans[measure.inputs[0].series]
        return points, holes(points, rule.value, until), [], Limit(0.0)
    points, limit = measured(measure, spans), held_against(measure)
    gap_s = measure.max_gap_s
    found = episodes(points, limit, gap_s)
    return points, found, breaks(points, limit, gap_s, until), limit


def _stated(measure: Measure, point: Point) -> float | None:
    if point.value is None:
        return None
    falling = measure.kind is RuleKind.RATE and measure.direction is Direction.BELOW
    return -point.value if falling else stated(measure, point.value)


def _would(measure: Measure, episode: Episode, points: Sequence[Point]) -> Would:
    end = episode.ended_at or episode.last_at
    inside = (p.value for p in points if p.value is not None and episode.began_at <= p.at <= end)
    peak = episode.value if measure.kind is RuleKind.MISSING else max(inside)
    ended = episode.ended_at.astimezone(clock.CHINA) if episode.ended_at else None
    return Would(
        episode.began_at.astimezone(clock.CHINA), episode.reached_at.astimezone(clock.CHINA),
        ended, stated(measure, peak),
    )  # fmt: skip


def _local(broken: Break) -> Break:
    next_at = broken.next_at.astimezone(clock.CHINA) if broken.next_at else None
    return Break(
        broken.began_at.astimezone(clock.CHINA), broken.last_at.astimezone(clock.CHINA), next_at
    )


def _thinned(
    points: Sequence[Point], since: datetime, span: timedelta, max_gap_s: float
) -> dict[str, list[Any]]:
    """Every extreme is kept: of each bucket the lowest and the highest; gaps stay gaps."""
    width_s = max(span.total_seconds() / BUCKETS, max_gap_s)
    at: list[str] = []
    value: list[float | None] = []
    previous: datetime | None = None
    for _place, group in groupby(points, lambda p: (p.at - since).total_seconds() // width_s):
        bucket = [p for p in group if p.value is not None]
        if not bucket:
            continue
        if previous is not None and (bucket[0].at - previous).total_seconds() > 2 * width_s:
            at.append((previous + (bucket[0].at - previous) / 2).isoformat())
            value.append(None)
        ends = {min(bucket, key=_value), max(bucket, key=_value)}
        for one in sorted(ends, key=lambda p: p.at):
            at.append(one.at.astimezone(clock.CHINA).isoformat())
            value.append(None if one.value is None else round(one.value, 3))
        previous = bucket[-1].at
    return {"at": at, "value": value}


def _value(point: Point) -> float:
    return point.value or 0.0
