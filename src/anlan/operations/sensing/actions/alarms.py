"""Alarms: at most one open a key, told once; what only is recorded is told to nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from anlan.operations.deadlines.actions import NewItem, close_each, open_item, open_items
from anlan.operations.people.actions import PLATFORM, act
from anlan.operations.sensing.events import AlarmCleared, AlarmRaised
from anlan.operations.sensing.models import Alarm, AlarmRule, Series
from anlan.operations.sensing.rules.alarm_states import MAINTENANCE, AlarmState
from anlan.operations.sensing.rules.crossings import Episode
from anlan.operations.sensing.rules.elements import ELEMENT_WORDS, figure
from anlan.operations.sensing.rules.measures import Measure, stated
from anlan.operations.sensing.rules.reconcile import Decision, Ending
from anlan.operations.sensing.rules.rule_kinds import RuleKind
from anlan.operations.territory.queries import site
from anlan.vocabulary import clock
from anlan.vocabulary.datum import Datum
from anlan.vocabulary.elements import Element
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


class _Home(NamedTuple):
    """Where an alarm stands: at a station, or on a site."""

    station_code: str
    name: str
    area_code: str


def _home(watch: Watch) -> _Home:
    station = watch.rule.station
    if station is not None:
        return _Home(station.code, station.name, station.serves)
    found = site(watch.rule.site_code)
    if found is None:  # taken out of the register: the alarm still finds its readers
        return _Home("", watch.rule.site_code, watch.series.station.serves)
    return _Home("", found.name, found.area_code)


def _two_places(_element: str, value: float) -> str:
    return f"{value:.2f}"


def _alarm(watch: Watch, episode: Episode, state: AlarmState, cause: str = "") -> Alarm:
    rule, home = watch.rule, _home(watch)
    recorded = state is AlarmState.RECORDED
    threshold = watch.measure.kind is RuleKind.THRESHOLD
    crossing = watch.measure.kind is not RuleKind.EXPRESSION
    return Alarm(
        key=rule.key, station_code=home.station_code, site_code=rule.site_code,
        station_name=home.name, area_code=home.area_code,
        element=watch.series.element if rule.series_id else "",
        rule=rule.name, value=stated(watch.measure, episode.value),
        limit=watch.measure.limit.level if crossing else 1.0,
        datum=watch.series.datum if threshold else "", level=rule.level, state=state,
        began_at=episode.began_at, observed_at=episode.reached_at, raised_at=clock.now(),
        ended_at=episode.ended_at if recorded else None,
        closed_at=clock.now() if recorded else None, kind=rule.kind,
        unit=watch.series.unit if crossing else "", condition=rule.expression, cause=cause,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Telling:
    """An alarm to be opened and what its item says; `link`: where the item leads, if not to the
    station's page."""

    alarm: Alarm
    title: str
    parameters: dict[str, Any]
    link: str = ""

    @property
    def item(self) -> NewItem:
        alarm = self.alarm
        return NewItem(
            key=f"alarm:{alarm.key}", kind="alarm", title=self.title, action=CHECK,
            link=self.link or _page(alarm), right="sensing.handle",
            area_code=alarm.area_code, parameters=self.parameters,
        )  # fmt: skip


def tell(alarm: Alarm, title: str, parameters: dict[str, Any], link: str = "") -> None:
    """Open an alarm: its row, its item on the desk and its event, together."""
    telling = Telling(alarm, title, parameters, link)
    with act("sensing.raise_alarm", PLATFORM) as this:
        alarm.save()
        open_item(telling.item)
        this.on("alarm", alarm.pk, alarm.key)
        this.detail = {"value": alarm.value, "limit": alarm.limit, "datum": alarm.datum}
        this.publish(_raised(alarm))


def tell_each(tellings: Sequence[Telling]) -> int:
    """Open many alarms at once, in a handful of queries and under one row of the audit trail.

    Returns how many.
    """
    if not tellings:
        return 0
    with act("sensing.raise_alarm", PLATFORM) as this:
        alarms = Alarm.objects.bulk_create([one.alarm for one in tellings])
        open_items([one.item for one in tellings])
        this.on("alarm", *_named(alarms))
        this.detail = {"values": {alarm.key: alarm.value for alarm in alarms}}
        for alarm in alarms:
            this.publish(_raised(alarm))
    return len(alarms)


def _raised(alarm: Alarm) -> AlarmRaised:
    return AlarmRaised(
        alarm_id=alarm.pk, key=alarm.key, station_code=alarm.station_code, element=alarm.element,
        rule=alarm.rule, value=alarm.value, datum=alarm.datum,
        observed_at=alarm.observed_at.astimezone(clock.CHINA),
    )  # fmt: skip


def _named(alarms: Sequence[Alarm]) -> tuple[str, str]:
    """What one row of the audit trail says of several alarms: the first, and how many more."""
    first, more = alarms[0], len(alarms) - 1
    return str(first.pk), f"{first.key} + {more}" if more else first.key


def _page(alarm: Alarm) -> str:
    if alarm.site_code:
        return f"/sites/{alarm.site_code}"
    return f"/stations/{alarm.station_code}"


def clear(alarm: Alarm, ending: Ending) -> None:
    """Close an open alarm: its row, its item on the desk and its event, together."""
    clear_each([(alarm, ending)])


def clear_each(endings: Sequence[tuple[Alarm, Ending]]) -> None:
    """Close many open alarms at once, in a handful of queries, as `tell_each` opens them."""
    if not endings:
        return
    with act("sensing.clear_alarm", PLATFORM) as this:
        alarms = [alarm for alarm, _ending in endings]
        for alarm, ending in endings:
            alarm.state = AlarmState.CLEARED
            alarm.ended_at, alarm.closed_at = ending.at, clock.now()
            this.publish(
                AlarmCleared(
                    alarm_id=alarm.pk, key=alarm.key, station_code=alarm.station_code,
                    element=alarm.element, rule=alarm.rule, value=ending.value, datum=alarm.datum,
                    observed_at=ending.at.astimezone(clock.CHINA),
                )
            )  # fmt: skip
        Alarm.objects.bulk_update(alarms, ["state", "ended_at", "closed_at"])
        close_each([f"alarm:{alarm.key}" for alarm in alarms], PLATFORM.label)
        this.on("alarm", *_named(alarms))
