"""Thresholds over windows of readings: at most one open alarm a key, told once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from anlan.operations.deadlines.actions import NewItem, close_item, open_item
from anlan.operations.people.actions import PLATFORM, act
from anlan.operations.sensing.actions.latest import Windows, max_gap_s
from anlan.operations.sensing.events import AlarmCleared, AlarmRaised
from anlan.operations.sensing.models import Alarm, Series, ThresholdRule
from anlan.operations.sensing.rules.alarm_states import AlarmState, fresh_s
from anlan.operations.sensing.rules.crossings import Episode, Limit
from anlan.operations.sensing.rules.reconcile import Decision, Ending, Known, Pace, decide
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


def rules_of(touched: Mapping[int, Series]) -> list[ThresholdRule]:
    """The threshold rules of some series, the longest duration last."""
    return list(ThresholdRule.objects.filter(series__in=touched).order_by("duration_s", "pk"))


def watch_thresholds(
    rules: Iterable[ThresholdRule], touched: Mapping[int, Series], windows: Windows
) -> None:
    """Raise, clear or record what the windows of points ask for. Inside the caller's transaction.

    The series are held first, so of two recorders the second decides on what the first wrote.
    """
    watches = _watches(rules, touched, windows)
    if not watches:
        return
    list(Series.objects.select_for_update().filter(pk__in=touched).order_by("pk").only("pk"))
    known = _known(watches, windows)
    for watch in watches:
        pace = Pace(
            max_gap_s(watch.series),
            clock.now() - timedelta(seconds=fresh_s(watch.series.station.interval_s)),
        )
        mine = known.get(watch.key, [])
        decision = decide(
            windows[watch.series.pk], watch.limit, [_known_row(a) for a in mine], pace
        )
        _apply(watch, decision, {alarm.pk: alarm for alarm in mine})


def limit_of(rule: ThresholdRule, series: Series) -> Limit:
    """The rule in the series' datum, by the station's offset where they differ."""
    level, offset = rule.value, series.station.offset_m
    if rule.datum and series.datum and rule.datum != series.datum and offset is not None:
        level = Stage(level, Datum(rule.datum)).to(Datum(series.datum), offset).metres
    return Limit(level, rule.hysteresis, float(rule.duration_s))


def _watches(
    rules: Iterable[ThresholdRule], touched: Mapping[int, Series], windows: Windows
) -> list[Watch]:
    """The rules in force at the newest reading of each series; of two versions the later."""
    in_force: dict[str, Watch] = {}
    for rule in sorted(rules, key=lambda one: (one.valid_from, one.pk)):
        series, points = touched[rule.series_id], windows[rule.series_id]
        if not points:
            continue
        day = points[-1].at.astimezone(clock.CHINA).date()
        if rule.valid_from <= day and (rule.valid_to is None or day < rule.valid_to):
            key = f"{series.station.code}:{series.element}:{rule.kind}"
            in_force[key] = Watch(key, rule, series, limit_of(rule, series))
    return list(in_force.values())


def _known(watches: Iterable[Watch], windows: Windows) -> dict[str, list[Alarm]]:
    """The open alarms of the keys, and those that reach into the windows."""
    keys = [watch.key for watch in watches]
    start = min(windows[watch.series.pk][0].at for watch in watches)
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
