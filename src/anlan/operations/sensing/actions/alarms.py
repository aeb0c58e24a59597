"""Alarms: at most one open a key, told once; what only is recorded is told to nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from anlan.operations.deadlines.actions import NewItem, close_item, open_item
from anlan.operations.people.actions import PLATFORM, act
from anlan.operations.sensing.events import AlarmCleared, AlarmRaised
from anlan.operations.sensing.models import Alarm, AlarmRule, Series
from anlan.operations.sensing.rules.alarm_states import MAINTENANCE, AlarmState
from anlan.operations.sensing.rules.crossings import Episode
from anlan.operations.sensing.rules.kinds import ELEMENT_WORDS, figure
from anlan.operations.sensing.rules.measures import Measure, stated
from anlan.operations.sensing.rules.reconcile import Decision, Ending
from anlan.operations.sensing.rules.rule_kinds import RuleKind
from anlan.vocabulary import clock
from anlan.vocabulary.datum import Datum
from anlan.vocabulary.readings import Element
from anlan.vocabulary.words import N_

CROSSED = {
    Datum.WUSONG.value: N_("%(station)s: %(value)s m Wusong, threshold %(limit)s m: check it"),
    Datum.YELLOW_SEA.value: N_(
        "%(station)s: %(value)s m Yellow Sea, threshold %(limit)s m: check it"
    ),
    "": N_("%(station)s: %(element)s %(value)s %(unit)s, threshold %(limit)s: check it"),
}
MOVES = N_("%(station)s, %(rule)s: %(value)s %(unit)s an hour, limit %(limit)s: check it")
HOLDS = N_("%(station)s, %(rule)s: %(condition)s: check it")
CHECK = N_("Check the alarm")


@dataclass(frozen=True, slots=True)
class Watch:
    """A rule with what it measures; `series` is the first that it reads."""

    rule: AlarmRule
    measure: Measure
    series: Series


def apply(watch: Watch, decision: Decision, alarms: Mapping[int, Alarm]) -> None:
    """Write what was decided for one key. Inside the caller's transaction."""
    if decision.cleared:
        ending = decision.cleared
        value = stated(watch.measure, ending.value)
        clear(alarms[ending.alarm_id], Ending(ending.alarm_id, ending.at, value))
    for episode in decision.recorded:
        going_on = decision.kept and episode.ended_at is None
        _alarm(watch, episode, AlarmState.RECORDED, MAINTENANCE if going_on else "").save()
    for alarm_id, episode in decision.extended:
        alarm = alarms[alarm_id]
        alarm.began_at = min(alarm.began_at, episode.began_at)
        if alarm.state == AlarmState.RECORDED:
            alarm.ended_at = episode.ended_at
        alarm.save(update_fields=["began_at", "ended_at"])
    if decision.raised:
        _tell(watch, _alarm(watch, decision.raised, AlarmState.OPEN))


def _tell(watch: Watch, alarm: Alarm) -> None:
    shown = figure if watch.measure.kind is RuleKind.THRESHOLD else _two_places
    words = {
        "station": alarm.station_name, "unit": watch.series.unit, "rule": watch.rule.name,
        "value": shown(watch.series.element, alarm.value),
        "limit": shown(watch.series.element, alarm.limit),
        "condition": alarm.condition, "element": ELEMENT_WORDS[Element(watch.series.element)],
    }  # fmt: skip
    title = CROSSED[alarm.datum]
    if watch.measure.kind is RuleKind.RATE:
        title = MOVES
    elif watch.measure.kind is RuleKind.EXPRESSION:
        title = HOLDS
    tell(alarm, title, words)


def _two_places(_element: str, value: float) -> str:
    return f"{value:.2f}"


def _alarm(watch: Watch, episode: Episode, state: AlarmState, cause: str = "") -> Alarm:
    rule, station = watch.rule, watch.rule.station
    recorded = state is AlarmState.RECORDED
    threshold = watch.measure.kind is RuleKind.THRESHOLD
    crossing = watch.measure.kind is not RuleKind.EXPRESSION
    return Alarm(
        key=rule.key, station_code=station.code, station_name=station.name,
        area_code=station.serves, element=watch.series.element if rule.series_id else "",
        rule=rule.name, value=stated(watch.measure, episode.value),
        limit=watch.measure.limit.level if crossing else 1.0,
        datum=watch.series.datum if threshold else "", level=rule.level, state=state,
        began_at=episode.began_at, observed_at=episode.reached_at, raised_at=clock.now(),
        ended_at=episode.ended_at if recorded else None,
        closed_at=clock.now() if recorded else None, kind=rule.kind,
        unit=watch.series.unit if crossing else "", condition=rule.expression, cause=cause,
    )  # fmt: skip


def tell(alarm: Alarm, title: str, parameters: dict[str, Any], link: str = "") -> None:
    """Open an alarm: its row, its item on the desk and its event, together.

    `link`: where the item leads, if not to the station's page.
    """
    with act("sensing.raise_alarm", PLATFORM) as this:
        alarm.save()
        open_item(
            NewItem(
                key=f"alarm:{alarm.key}", kind="alarm", title=title, action=CHECK,
                link=link or f"/stations/{alarm.station_code}", right="sensing.handle",
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
