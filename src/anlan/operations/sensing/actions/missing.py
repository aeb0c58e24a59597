"""Missing data is an alarm too: a series that says nothing while its device speaks."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from anlan.operations.sensing.actions.alarms import tell
from anlan.operations.sensing.models import (
    Alarm,
    AlarmRule,
    LatestReading,
    Series,
    StationHealth,
)
from anlan.operations.sensing.queries.rules import in_force, maintained_now
from anlan.operations.sensing.rules.alarm_states import MAINTENANCE, AlarmState
from anlan.operations.sensing.rules.missing import missing, patience
from anlan.operations.sensing.rules.rule_kinds import RuleKind
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

MISSING = N_("%(station)s, %(rule)s: no value since %(since)s, though the device speaks: check it")


def check_missing() -> int:
    """Raise one alarm for every series that fell behind its expected interval; returns how many.

    Three queries when nothing is missing. A series that never said anything is counted from the
    entry of its rule.
    """
    rules = in_force(AlarmRule.objects.filter(kind=RuleKind.MISSING))
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
        moment = since.astimezone(clock.CHINA)
        words = {"station": alarm.station_name, "rule": rule.name, "since": f"{moment:%m-%d %H:%M}"}
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
