"""Thresholds over windows of readings: at most one open alarm a key, told once."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Q

from anlan.operations.deadlines.actions import NewItem, close_item, open_item
from anlan.operations.people.actions import PLATFORM, act
from anlan.operations.sensing.events import AlarmCleared, AlarmRaised
from anlan.operations.sensing.models import Alarm, LatestReading, Series, ThresholdRule
from anlan.operations.sensing.queries.windows import Windows, windows
from anlan.operations.sensing.rules.alarm_states import AlarmState, fresh_s, max_gap_s
from anlan.operations.sensing.rules.crossings import Episode, Limit
from anlan.operations.sensing.rules.quiet import quiet
from anlan.operations.sensing.rules.rates import HOUR
from anlan.operations.sensing.rules.reconcile import Decision, Ending, Known, Pace, decide
from anlan.operations.sensing.rules.standing import Statement
from anlan.vocabulary import clock
from anlan.vocabulary.datum import Datum, Stage
from anlan.vocabulary.words import N_

CROSSED = {
    Datum.WUSONG.value: N_("%(station)s: %(value)s m Wusong, threshold %(limit)s m: check it"),
    Datum.YELLOW_SEA.value: N_(
        "%(station)s: %(value)s m Yellow Sea, threshold %(limit)s m: check it"
    ),
    "": N_("%(station)s: %(value)s %(unit)s, threshold %(limit)s: check it"),
}
CHECK = N_("Check the alarm")


@dataclass(frozen=True, slots=True)
class Watch:
    """One threshold of one series, in the series' datum, under its key."""

    key: str
    rule: ThresholdRule
    series: Series
    limit: Limit


class Guard(NamedTuple):
    """What tells whether a new reading matters to a rule; datums and units as in the rule."""

    series: int
    kind: str
    value: float
    datum: str
    hysteresis: float
    element: str
    series_datum: str
    station: str
    offset_m: float | None


def judge(statements: Iterable[Statement]) -> None:
    """Raise, clear or record what new readings ask for. Inside the caller's transaction.

    The series with thresholds are held first, so of two recorders the second decides on what the
    first wrote. Series that are quiet and have no alarm to end are not read again.
    """
    said: dict[int, list[Statement]] = {}
    for statement in statements:
        said.setdefault(statement.series, []).append(statement)
    guards = _guards(said)
    if not guards:
        return
    held = Series.objects.select_for_update().filter(pk__in={guard.series for guard in guards})
    list(held.order_by("pk").values_list("pk", flat=True))
    loud = _loud(guards, said)
    if loud:
        rules = list(ThresholdRule.objects.filter(series__in=loud).order_by("duration_s", "pk"))
        rows = Series.objects.filter(pk__in=loud).select_related("station")
        touched = {row.pk: row for row in rows}
        ranks = {pk: row.sources for pk, row in touched.items()}
        watch_thresholds(rules, touched, windows(_starts(touched, rules, said), ranks))


def _guards(series: Collection[int]) -> list[Guard]:
    rows = ThresholdRule.objects.filter(series__in=series).values_list(
        "series_id", "kind", "value", "datum", "hysteresis", "series__element", "series__datum",
        "series__station__code", "series__station__offset_m",
    )  # fmt: skip
    return list(map(Guard._make, rows))


def _loud(guards: Iterable[Guard], said: Mapping[int, list[Statement]]) -> set[int]:
    """The series whose new readings may begin, move or end an alarm."""
    earliest = min(one.at for guard in guards for one in said[guard.series])
    episodes = Alarm.objects.filter(Q(state=AlarmState.OPEN) | Q(ended_at__gte=earliest))
    known = set(episodes.values_list("key", flat=True))
    loud = set()
    for guard in guards:
        values = (one.value for one in said[guard.series])
        level = _level(guard.value, guard.datum, guard.series_datum, guard.offset_m)
        if f"{guard.station}:{guard.element}:{guard.kind}" in known or not quiet(
            values, Limit(level, guard.hysteresis)
        ):
            loud.add(guard.series)
    return loud


def _starts(
    touched: Mapping[int, Series],
    rules: Iterable[ThresholdRule],
    said: Mapping[int, list[Statement]],
) -> dict[int, datetime]:
    """Where each window begins: the longest duration before the earliest that is in question."""
    longest_s = dict.fromkeys(touched, HOUR.total_seconds())
    for rule in rules:
        longest_s[rule.series_id] = max(longest_s[rule.series_id], float(rule.duration_s))
    newest = dict(LatestReading.objects.filter(series__in=touched).values_list("series", "at"))
    starts = {}
    for pk, series in touched.items():
        first = min(one.at for one in said[pk])
        before_s = longest_s[pk] + max_gap_s(series.station.interval_s)
        starts[pk] = min(first, newest.get(pk, first)) - timedelta(seconds=before_s)
    return starts


def watch_thresholds(
    rules: Iterable[ThresholdRule], touched: Mapping[int, Series], spans: Windows
) -> None:
    """Raise, clear or record what the windows of points ask for. Inside the caller's transaction.

    The caller holds the series.
    """
    watches = _watches(rules, touched, spans)
    if not watches:
        return
    known = _known(watches, spans)
    for watch in watches:
        interval_s = watch.series.station.interval_s
        pace = Pace(max_gap_s(interval_s), clock.now() - timedelta(seconds=fresh_s(interval_s)))
        mine = known.get(watch.key, [])
        decision = decide(spans[watch.series.pk], watch.limit, [_known_row(a) for a in mine], pace)
        _apply(watch, decision, {alarm.pk: alarm for alarm in mine})


def limit_of(rule: ThresholdRule, series: Series) -> Limit:
    """The rule in the series' datum, by the station's offset where they differ."""
    level = _level(rule.value, rule.datum, series.datum, series.station.offset_m)
    return Limit(level, rule.hysteresis, float(rule.duration_s))


def _level(value: float, datum: str, wanted: str, offset_m: float | None) -> float:
    if datum and wanted and datum != wanted and offset_m is not None:
        return Stage(value, Datum(datum)).to(Datum(wanted), offset_m).metres
    return value


def _watches(
    rules: Iterable[ThresholdRule], touched: Mapping[int, Series], spans: Windows
) -> list[Watch]:
    """The rules in force at the newest reading of each series; of two versions the later."""
    in_force: dict[str, Watch] = {}
    for rule in sorted(rules, key=lambda one: (one.valid_from, one.pk)):
        series, points = touched[rule.series_id], spans[rule.series_id]
        if not points:
            continue
        day = points[-1].at.astimezone(clock.CHINA).date()
        if rule.valid_from <= day and (rule.valid_to is None or day < rule.valid_to):
            key = f"{series.station.code}:{series.element}:{rule.kind}"
            in_force[key] = Watch(key, rule, series, limit_of(rule, series))
    return list(in_force.values())


def _known(watches: Iterable[Watch], spans: Windows) -> dict[str, list[Alarm]]:
    """The open alarms of the keys, and those that reach into the windows."""
    keys = [watch.key for watch in watches]
    start = min(spans[watch.series.pk][0].at for watch in watches)
    rows = Alarm.objects.filter(Q(state=AlarmState.OPEN) | Q(ended_at__gte=start), key__in=keys)
    found: dict[str, list[Alarm]] = {}
    for row in rows.order_by("began_at", "pk"):
        found.setdefault(row.key, []).append(row)
    return found


def _known_row(alarm: Alarm) -> Known:
    return Known(alarm.pk, alarm.state, alarm.began_at, alarm.ended_at)


def _apply(watch: Watch, decision: Decision, alarms: Mapping[int, Alarm]) -> None:
    if decision.cleared:
        ending = decision.cleared
        clear(alarms[ending.alarm_id], ending)
    for episode in decision.recorded:
        _alarm(watch, episode, AlarmState.RECORDED).save()
    for alarm_id, episode in decision.extended:
        alarm = alarms[alarm_id]
        alarm.began_at = min(alarm.began_at, episode.began_at)
        alarm.ended_at = max(alarm.ended_at or episode.last_at, episode.ended_at or episode.last_at)
        alarm.save(update_fields=["began_at", "ended_at"])
    if decision.raised:
        alarm = _alarm(watch, decision.raised, AlarmState.OPEN)
        figures = {"value": f"{alarm.value:.2f}", "limit": f"{alarm.limit:.2f}"}
        words = {"station": alarm.station_name, "unit": watch.series.unit}
        tell(alarm, CROSSED[alarm.datum], words | figures)


def _alarm(watch: Watch, episode: Episode, state: AlarmState) -> Alarm:
    station = watch.series.station
    recorded = state is AlarmState.RECORDED
    return Alarm(
        key=watch.key, station_code=station.code, station_name=station.name,
        area_code=station.serves, element=watch.series.element, rule=watch.rule.kind,
        value=episode.value, limit=watch.limit.level, datum=watch.series.datum,
        level=watch.rule.level, state=state, began_at=episode.began_at,
        observed_at=episode.reached_at, raised_at=clock.now(),
        ended_at=(episode.ended_at or episode.last_at) if recorded else None,
        closed_at=clock.now() if recorded else None,
    )  # fmt: skip


def tell(alarm: Alarm, title: str, parameters: dict[str, str]) -> None:
    """Open an alarm: its row, its item on the desk and its event, together."""
    with act("sensing.raise_alarm", PLATFORM) as this:
        alarm.save()
        open_item(
            NewItem(
                key=f"alarm:{alarm.key}", kind="alarm", title=title, action=CHECK,
                link=f"/stations/{alarm.station_code}", right="sensing.handle",
                area_code=alarm.area_code, parameters=parameters,
            )
        )  # fmt: skip
        this.on("alarm", alarm.pk, alarm.key)
        this.detail = {"value": alarm.value, "limit": alarm.limit, "datum": alarm.datum}
        this.publish(
            AlarmRaised(
                alarm_id=alarm.pk, key=alarm.key, station_code=alarm.station_code,
                element=alarm.element, rule=alarm.rule, value=alarm.value, datum=alarm.datum,
                observed_at=alarm.observed_at.astimezone(clock.CHINA),
            )
        )  # fmt: skip


def clear(alarm: Alarm, ending: Ending) -> None:
    """Close an open alarm: its row, its item on the desk and its event, together."""
    with act("sensing.clear_alarm", PLATFORM) as this:
        alarm.state = AlarmState.CLEARED
        alarm.ended_at, alarm.closed_at = ending.at, clock.now()
        alarm.save(update_fields=["state", "ended_at", "closed_at"])
        close_item(f"alarm:{alarm.key}", PLATFORM.label)
        this.on("alarm", alarm.pk, alarm.key)
        this.publish(
            AlarmCleared(
                alarm_id=alarm.pk, key=alarm.key, station_code=alarm.station_code,
                element=alarm.element, rule=alarm.rule, value=ending.value, datum=alarm.datum,
                observed_at=ending.at.astimezone(clock.CHINA),
            )
        )  # fmt: skip
