"""Which rules new readings touch, and the windows of points they are judged over.

A fixed number of queries, however many rules there are. Series that are quiet and have no alarm to
end are not read again.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Q

from anlan.operations.sensing.actions.alarms import Watch, apply, clear
from anlan.operations.sensing.models import Alarm, AlarmRule, LatestReading, Maintenance, Series
from anlan.operations.sensing.queries.rule_inputs import (
    expected_intervals,
    gap_s,
    level_in,
    measure_of,
)
from anlan.operations.sensing.queries.windows import windows
from anlan.operations.sensing.rules.alarm_states import AlarmState, fresh_s
from anlan.operations.sensing.rules.crossings import Limit, Point
from anlan.operations.sensing.rules.measures import Measure, held_against, measured
from anlan.operations.sensing.rules.missing import patience
from anlan.operations.sensing.rules.quiet import quiet
from anlan.operations.sensing.rules.rates import HOUR
from anlan.operations.sensing.rules.reconcile import Ending, Known, Pace, decide
from anlan.operations.sensing.rules.rule_kinds import ALLOWS_FIGURE, LOWER, RuleKind
from anlan.operations.sensing.rules.standing import Statement
from anlan.vocabulary import clock

Said = Mapping[int, list[Statement]]


class Guard(NamedTuple):
    """What tells whether a new reading matters to a rule; datums and units as in the rule."""

    series: int
    key: str
    kind: str
    direction: str
    value: float
    datum: str
    hysteresis: float
    series_datum: str
    offset_m: float | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A rule with its measure, and the points that its limit is held against."""

    rule: AlarmRule
    measure: Measure
    points: list[Point]


def judge(statements: Iterable[Statement]) -> None:
    """Raise, clear or record what new readings ask for. Inside the caller's transaction.

    The series with rules are held first, so of two recorders the second decides on what the first
    wrote.
    """
    said: dict[int, list[Statement]] = {}
    for statement in statements:
        said.setdefault(statement.series, []).append(statement)
    guards = _guards(said)
    across = AlarmRule.inputs.through.objects.filter(series__pk__among=said)
    joined = set(across.values_list("alarmrule", flat=True))
    if not guards and not joined:
        return
    held = {guard.series for guard in guards}
    if joined:
        through = AlarmRule.inputs.through.objects.filter(alarmrule__in=joined)
        held |= set(through.values_list("series", flat=True))
    found = Series.objects.select_for_update().filter(pk__among=held).order_by("pk")
    list(found.values_list("pk", flat=True))
    known = _known_keys(said)
    _end_missing(guards, said, known)
    loud = Q(key__in=_loud_keys(guards, said, known)) | Q(pk__in=joined)
    watch(list(AlarmRule.objects.filter(loud).select_related("series", "station")), said)


def _guards(series: Collection[int]) -> list[Guard]:
    rows = AlarmRule.objects.filter(series__pk__among=series).values_list(
        "series_id", "key", "kind", "direction", "value", "datum", "hysteresis", "series__datum",
        "station__offset_m",
    )  # fmt: skip
    return list(map(Guard._make, rows))


def _known_keys(said: Said) -> set[str]:
    earliest = min(one.at for mine in said.values() for one in mine)
    episodes = Alarm.objects.filter(Q(ended_at=None) | Q(ended_at__gte=earliest))
    return set(episodes.values_list("key", flat=True))


def _loud_keys(guards: Iterable[Guard], said: Said, known: Collection[str]) -> set[str]:
    """The rules that new readings may begin, move or end an alarm of."""
    loud = set()
    for guard in guards:
        if guard.kind == RuleKind.MISSING:
            continue
        values = (one.value for one in said[guard.series])
        level = level_in(guard.value, guard.datum, guard.series_datum, guard.offset_m)
        limit = Limit(level, guard.hysteresis, allowed=guard.direction in ALLOWS_FIGURE)
        if (
            guard.kind == RuleKind.RATE
            or guard.key in known
            or not quiet(values, limit, lower=guard.direction in LOWER)
        ):
            loud.add(guard.key)
    return loud


def _end_missing(guards: Iterable[Guard], said: Said, known: Collection[str]) -> None:
    """A fresh value ends what was missing; an old one that comes late does not."""
    ends: dict[str, Statement] = {}
    for guard in guards:
        if guard.kind != RuleKind.MISSING or guard.key not in known:
            continue
        oldest = clock.now() - patience(guard.value)
        valued = [s for s in said[guard.series] if s.value is not None and s.at >= oldest]
        if valued:
            ends[guard.key] = max(valued, key=lambda one: one.at)
    if not ends:
        return
    for alarm in Alarm.objects.filter(key__in=ends, ended_at=None).order_by("pk"):
        last = ends[alarm.key]
        if alarm.state == AlarmState.OPEN:
            clear(alarm, Ending(alarm.pk, last.at, last.value or 0.0))
        else:
            alarm.ended_at = last.at
            alarm.save(update_fields=["ended_at"])


def watch(rules: list[AlarmRule], said: Said) -> None:
    """Raise, clear or record what these rules say of new readings. The caller holds the series."""
    if not rules:
        return
    inputs: dict[int, list[Series]] = {rule.pk: [] for rule in rules}
    wanted = Series.objects.filter(Q(pk__in={r.series_id for r in rules}) | Q(read_by__in=inputs))
    series = {row.pk: row for row in wanted.select_related("station").distinct()}
    through = AlarmRule.inputs.through.objects.filter(alarmrule__in=inputs).order_by("pk")
    for rule_id, series_id in through.values_list("alarmrule", "series"):
        inputs[rule_id].append(series[series_id])
    expected = expected_intervals(series)
    measures = {
        rule.pk: measure_of(
            rule, [series[rule.series_id]] if rule.series_id else inputs[rule.pk], expected
        )
        for rule in rules
    }
    spans = windows(
        _starts(rules, measures, series, said), {p: s.sources for p, s in series.items()}
    )
    judged = [Judged(rule, measures[rule.pk], measured(measures[rule.pk], spans)) for rule in rules]
    _decide(_in_force(judged), series, expected)


def _starts(
    rules: Iterable[AlarmRule],
    measures: Mapping[int, Measure],
    series: Mapping[int, Series],
    said: Said,
) -> dict[int, datetime]:
    """Where each window begins: as far before the earliest in question as a rule reaches."""
    newest = dict(LatestReading.objects.filter(series__in=series).values_list("series", "at"))
    starts: dict[int, datetime] = {}
    for rule in rules:
        measure = measures[rule.pk]
        mine = [one.series for one in measure.inputs]
        moments = [one.at for pk in mine for one in said.get(pk, ())]
        first = min([*moments, *(newest[pk] for pk in mine if pk in newest and pk in said)])
        start = first - timedelta(seconds=max(measure.reach_s, HOUR.total_seconds()))
        for pk in mine:
            starts[pk] = min(starts.get(pk, start), start)
    return starts


def _in_force(judged: Iterable[Judged]) -> list[Judged]:
    """The rules in force at the newest of their points; of two versions the later."""
    found: dict[str, Judged] = {}
    for one in sorted(judged, key=lambda one: (one.rule.valid_from, one.rule.edition, one.rule.pk)):
        if one.points:
            day = one.points[-1].at.astimezone(clock.CHINA).date()
            if one.rule.in_force(day):
                found[one.rule.key] = one
    return list(found.values())


def _decide(
    judged: Collection[Judged], series: Mapping[int, Series], expected: Mapping[int, float]
) -> None:
    if not judged:
        return
    start = min(one.points[0].at for one in judged)
    known = _known(judged, start)
    maintained = _maintained({series[i.series].station_id for one in judged
                              for i in one.measure.inputs}, start)  # fmt: skip
    for one in judged:
        rule, measure = one.rule, one.measure
        mine = [series[i.series] for i in measure.inputs]
        longest_s = max(expected.get(s.pk, s.station.interval_s) for s in mine)
        pace = Pace(
            gap_s(longest_s), clock.now() - timedelta(seconds=fresh_s(round(longest_s))),
            [span for one in mine for pk, span in maintained.get(one.station_id, ())
             if pk is None or pk == one.pk],
        )  # fmt: skip
        alarms = known.get(rule.key, [])
        rows = [Known(a.pk, a.state, a.began_at, a.ended_at) for a in alarms]
        decision = decide(one.points, held_against(measure), rows, pace)
        apply(Watch(rule, measure, mine[0]), decision, {alarm.pk: alarm for alarm in alarms})


def _known(judged: Iterable[Judged], start: datetime) -> dict[str, list[Alarm]]:
    """The alarms of the keys that go on, and those that reach into the windows."""
    keys = [one.rule.key for one in judged]
    rows = Alarm.objects.filter(Q(ended_at=None) | Q(ended_at__gte=start), key__in=keys)
    found: dict[str, list[Alarm]] = {}
    for row in rows.order_by("began_at", "pk"):
        found.setdefault(row.key, []).append(row)
    return found


Span = tuple[datetime, datetime]


def _maintained(
    stations: Collection[int], since: datetime
) -> dict[int, list[tuple[int | None, Span]]]:
    rows = Maintenance.objects.filter(station__in=stations, ends_at__gt=since)
    found: dict[int, list[tuple[int | None, Span]]] = {}
    for station, series, begin, end in rows.values_list(
        "station_id", "series_id", "begins_at", "ends_at"
    ):
        found.setdefault(station, []).append((series, (begin, end)))
    return found
