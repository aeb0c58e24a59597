"""Missing data is an alarm too: a series that says nothing while its device speaks."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from anlan.operations.sensing.actions.alarms import clear, tell
from anlan.operations.sensing.actions.guards import Guard, Said
from anlan.operations.sensing.models import (
    Alarm,
    AlarmRule,
    LatestReading,
    Series,
    StationHealth,
)
from anlan.operations.sensing.queries.rules import in_force, maintained_now
from anlan.operations.sensing.queries.windows import value_before, windows
from anlan.operations.sensing.rules.alarm_states import MAINTENANCE, AlarmState
from anlan.operations.sensing.rules.crossings import Episode, Point
from anlan.operations.sensing.rules.missing import holes, missing, patience, unknown
from anlan.operations.sensing.rules.reconcile import Ending
from anlan.operations.sensing.rules.rule_kinds import RuleKind
from anlan.operations.sensing.rules.standing import Statement
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

MISSING = N_("%(station)s, %(rule)s: no value since %(since)s, though the device speaks: check it")


def judge_missing(guards: Sequence[Guard], said: Said, known: Collection[str]) -> None:
    """End what is no longer missing, and record the holes that nobody was told of.

    Inside the caller's transaction; the caller holds the series. `known`: the keys with alarms that
    these readings may move.
    """
    if not guards:
        return
    _end([guard for guard in guards if guard.key in known], said)
    _record_holes(guards, said)


def _end(guards: Sequence[Guard], said: Said) -> None:
    """A fresh value ends what was missing; an old one that comes late does not."""
    ends: dict[str, Statement] = {}
    for guard in guards:
        oldest = clock.now() - patience(guard.value)
        valued = [s for s in said[guard.series] if s.value is not None and s.at >= oldest]
        if valued:
            ends[guard.key] = max(valued, key=lambda one: one.at)
    for alarm in Alarm.objects.filter(key__in=ends, ended_at=None).order_by("pk") if ends else ():
        last = ends[alarm.key]
        if alarm.state == AlarmState.OPEN:
            clear(alarm, Ending(alarm.pk, last.at, last.value or 0.0))
        else:
            alarm.ended_at = last.at
            alarm.save(update_fields=["ended_at"])


def _record_holes(guards: Sequence[Guard], said: Said) -> None:
    """What is missing between two values that are both there is recorded, not raised.

    One look at the readings around the new ones; more only where there is a hole.
    """
    starts: dict[int, datetime] = {}
    for guard in guards:
        valued = [one.at for one in said[guard.series] if one.value is not None]
        if valued:
            start = min(valued) - patience(guard.value)
            starts[guard.series] = min(starts.get(guard.series, start), start)
    ranks = dict(Series.objects.filter(pk__in=starts).values_list("pk", "sources"))
    spans = windows(starts, ranks)
    found = {
        guard.rule: behind
        for guard in guards
        if (behind := _behind(guard, spans.get(guard.series, []), said))
    }
    if not found:
        return
    rules = in_force(AlarmRule.objects.filter(pk__in=found))
    earliest = min(one.began_at for behind in found.values() for one in behind)
    rows = Alarm.objects.filter(
        Q(ended_at=None) | Q(ended_at__gte=earliest), key__in={rule.key for rule in rules}
    )
    known: dict[str, list[tuple[datetime, datetime | None]]] = {}
    for key, began, ended in rows.values_list("key", "began_at", "ended_at"):
        known.setdefault(key, []).append((began, ended))
    series = Series.objects.select_related("station").in_bulk([r.series_id for r in rules])
    for rule in rules:
        for hole in unknown(found[rule.pk], known.get(rule.key, ())):
            _recorded(rule, series[rule.series_id or 0], hole).save()


def _behind(guard: Guard, points: Sequence[Point], said: Said) -> list[Episode]:
    """The holes that end or begin at a value that has just come."""
    valued = [point for point in points if point.value is not None]
    new = {one.at for one in said[guard.series] if one.value is not None}
    if not valued:
        return []
    if valued[0].at in new and (before := value_before(guard.series, valued[0].at)) is not None:
        valued.insert(0, before)
    return [
        one
        for one in holes(valued, guard.value, valued[-1].at)
        if one.ended_at is not None and (one.began_at in new or one.ended_at in new)
    ]


def _recorded(rule: AlarmRule, series: Series, hole: Episode) -> Alarm:
    alarm = _alarm(rule, series, hole.began_at)
    alarm.state, alarm.value = AlarmState.RECORDED.value, round(hole.value, 3)
    alarm.ended_at, alarm.closed_at = hole.ended_at, clock.now()
    return alarm


def check_missing() -> int:
    """Raise one alarm for every series that fell behind its expected interval; returns how many.

    Four queries when nothing is missing, one where no rule watches for it. A series that never said
    anything is counted from the entry of its rule.
    """
    watched = AlarmRule.objects.filter(kind=RuleKind.MISSING)
    rules = in_force(watched) if watched.exists() else []
    overdue = _overdue(rules) if rules else []
    if not overdue:
        return 0
    keys = [rule.key for rule in overdue]
    opened = Alarm.objects.filter(key__in=keys, state=AlarmState.OPEN)
    told = set(opened.values_list("key", flat=True))
    return sum(_fall_behind(rule) for rule in overdue if rule.key not in told)


def _overdue(rules: Sequence[AlarmRule]) -> list[AlarmRule]:
    """The rules whose series lack values while the device speaks. Two queries."""
    newest = _newest([rule.series_id or 0 for rule in rules])
    health = StationHealth.objects.filter(
        station__in={rule.station_id for rule in rules}, silent=False
    )
    spoke = dict(health.values_list("station", "last_frame_at"))
    found = []
    for rule in rules:
        since = newest.get(rule.series_id or 0, rule.entered_at)
        frame_at = spoke.get(rule.station_id or 0)
        if since and frame_at and missing(since, frame_at, rule.value, clock.now()):
            found.append(rule)
    return found


def _newest(series: Sequence[int]) -> dict[int, datetime]:
    return dict(LatestReading.objects.filter(series__in=series).values_list("series", "at"))


def _fall_behind(rule: AlarmRule) -> int:
    with transaction.atomic():
        # The recorder holds the series too: what it writes meanwhile is seen here, or ends this.
        found = Series.objects.select_for_update(of=("self",)).select_related("station")
        series = found.get(pk=rule.series_id or 0)
        since = _newest([series.pk]).get(series.pk, rule.entered_at or clock.now())
        going_on = list(Alarm.objects.filter(key=rule.key, ended_at=None))
        if since + patience(rule.value) >= clock.now() or any(
            alarm.state == AlarmState.OPEN for alarm in going_on
        ):
            return 0
        alarm = _alarm(rule, series, since)
        if maintained_now(series.station_id, series.pk):
            if not going_on:
                alarm.state, alarm.cause = AlarmState.RECORDED.value, MAINTENANCE
                alarm.closed_at = clock.now()
                alarm.save()
            return 0
        Alarm.objects.filter(pk__in=[one.pk for one in going_on]).update(ended_at=clock.now())
        words = {"station": alarm.station_name, "rule": rule.name, "since": since.isoformat()}
        tell(alarm, MISSING, words)
    return 1


def _alarm(rule: AlarmRule, series: Series, since: datetime) -> Alarm:
    station = series.station
    return Alarm(
        key=rule.key, station_code=station.code, station_name=station.name,
        area_code=station.serves, element=series.element, rule=rule.name, kind=rule.kind,
        value=round((clock.now() - since).total_seconds() / 3600, 3),
        limit=patience(rule.value).total_seconds() / 3600, level=rule.level, began_at=since,
        observed_at=since, raised_at=clock.now(), unit="h",
    )  # fmt: skip
