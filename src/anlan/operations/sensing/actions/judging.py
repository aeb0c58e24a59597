"""From new readings to alarms: the rules that they touch, judged over windows of points.

A fixed number of queries, however many rules there are. Series that are quiet and have no alarm to
end are not read again.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from anlan.operations.sensing.actions.alarms import Watch, apply
from anlan.operations.sensing.actions.bands import keep_bands
from anlan.operations.sensing.actions.guards import (
    Guard,
    Reader,
    Said,
    guards_of,
    loud,
    readers_of,
)
from anlan.operations.sensing.actions.missing import judge_missing
from anlan.operations.sensing.models import Alarm, AlarmRule, LatestReading, Maintenance, Series
from anlan.operations.sensing.queries.rule_inputs import expected_intervals, gap_s, measure_of
from anlan.operations.sensing.queries.windows import Windows, windows
from anlan.operations.sensing.rules.alarm_states import fresh_s
from anlan.operations.sensing.rules.bands import Band, quiet_bands, seen
from anlan.operations.sensing.rules.crossings import Point
from anlan.operations.sensing.rules.measures import Measure, held_against, measured
from anlan.operations.sensing.rules.rates import HOUR
from anlan.operations.sensing.rules.reconcile import Known, Pace, decide
from anlan.operations.sensing.rules.rule_kinds import RuleKind
from anlan.vocabulary import clock

LATELY = timedelta(days=1)
BANDED = (RuleKind.RATE, RuleKind.EXPRESSION)


@dataclass(frozen=True, slots=True)
class Judged:
    """A rule with its measure, and the points that its limit is held against."""

    rule: AlarmRule
    measure: Measure
    points: list[Point]


def judge(said: Said) -> None:
    """Raise, clear or record what new readings ask for. Inside the caller's transaction.

    What a clock far ahead says of a time to come asks for nothing, and is not among what is `said`.

    The series with rules are held first, so of two recorders the second decides on what the first
    wrote.
    """
    guards, readers = guards_of(said), readers_of(said)
    if not guards and not readers:
        return
    held = {guard.series for guard in guards}
    if readers:
        through = AlarmRule.inputs.through.objects.filter(alarmrule__in={r.rule for r in readers})
        held |= set(through.values_list("series", flat=True))
    found = Series.objects.select_for_update().filter(pk__among=held).order_by("pk")
    list(found.values_list("pk", flat=True))
    known = _known_keys(guards, readers, said)
    judge_missing([guard for guard in guards if guard.kind == RuleKind.MISSING], said, known)
    keys, conditions = loud(guards, readers, said, known)
    if keys or conditions:
        rules = AlarmRule.objects.filter(Q(key__in=keys) | Q(pk__in=conditions))
        watch(list(rules.select_related("series", "station")), said)


def _known_keys(guards: Iterable[Guard], readers: Iterable[Reader], said: Said) -> set[str]:
    """The keys with alarms that these readings may move.

    All that go on or ended lately are few. Behind older readings only the alarms of the rules that
    they touch are looked for: one reading of years ago would fetch the key of every alarm since.
    """
    lately = clock.now() - LATELY
    oldest = {series: min(one.at for one in mine) for series, mine in said.items()}
    earliest = min(oldest.values())
    near = Alarm.objects.filter(Q(ended_at=None) | Q(ended_at__gte=max(earliest, lately)))
    known = set(near.values_list("key", flat=True))
    old = {guard.key for guard in guards if oldest[guard.series] < lately}
    old |= {reader.key for reader in readers if oldest[reader.series] < lately}
    if old:
        far = Alarm.objects.filter(key__among=old, ended_at__gte=earliest)
        known |= set(far.values_list("key", flat=True).distinct())
    return known


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
    since = _since(rules, measures, said)
    starts = _starts(since, measures)
    spans = windows(starts, {pk: one.sources for pk, one in series.items()})
    keep_bands(
        {
            rule.pk: (since[rule.pk], _quiet_bands(measures[rule.pk], spans))
            for rule in rules
            if rule.kind in BANDED
        }
    )
    judged = [Judged(rule, measures[rule.pk], measured(measures[rule.pk], spans)) for rule in rules]
    _decide(_in_force(judged), series, expected)


def _since(
    rules: Iterable[AlarmRule], measures: Mapping[int, Measure], said: Said
) -> dict[int, datetime]:
    """The earliest moment in question of each rule."""
    touched = LatestReading.objects.filter(series__among=said)
    newest = dict(touched.values_list("series", "at"))
    since = {}
    for rule in rules:
        mine = [one.series for one in measures[rule.pk].inputs if one.series in said]
        moments = [one.at for pk in mine for one in said[pk]]
        since[rule.pk] = min([*moments, *(newest[pk] for pk in mine if pk in newest)])
    return since


def _starts(since: Mapping[int, datetime], measures: Mapping[int, Measure]) -> dict[int, datetime]:
    """Where each window begins: as far before the earliest in question as a rule reaches."""
    starts: dict[int, datetime] = {}
    for rule, first in since.items():
        start = first - timedelta(seconds=max(measures[rule].reach_s, HOUR.total_seconds()))
        for one in measures[rule].inputs:
            starts[one.series] = min(starts.get(one.series, start), start)
    return starts


def _quiet_bands(measure: Measure, spans: Windows) -> dict[int, Band] | None:
    found = {one.series: seen(spans.get(one.series, ())) for one in measure.inputs}
    return quiet_bands(measure, found)


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
