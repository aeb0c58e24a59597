"""A fault that a station states of itself is an alarm, until it states that it is over."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from anlan.operations.sensing.actions.alarms import Telling, clear_each
from anlan.operations.sensing.actions.maintained import end_recorded, raise_each
from anlan.operations.sensing.models import Alarm, LatestReading, Series
from anlan.operations.sensing.rules.alarm_states import AlarmState, fresh_s
from anlan.operations.sensing.rules.reconcile import Ending
from anlan.operations.sensing.rules.station_states import STATE_BITS, StateBit, stated
from anlan.vocabulary import clock
from anlan.vocabulary.elements import Element

_TOLD = {one.rule: one for one in STATE_BITS if one.telling}


class _Changes(NamedTuple):
    tellings: list[Telling]
    endings: list[tuple[Alarm, Ending]]
    recorded: dict[str, datetime]  # what was only recorded and is over, by key


def check_station_states() -> int:
    """Raise one alarm for every fault that a station states, end those it states no longer.

    Returns how many were raised or ended. A state that is not fresh raises none. One query where
    no station states any, three while nothing changes.
    """
    rows = list(Series.objects.filter(element=Element.STATUS).select_related("station"))
    if not rows:
        return 0
    newest = LatestReading.objects.filter(series__in=[row.pk for row in rows]).in_bulk()
    said = [(row, newest[row.pk]) for row in rows if row.pk in newest]
    if not any(_changes(said)):
        return 0
    with transaction.atomic():
        # Held: of two watchers the second finds what the first did.
        held = Series.objects.select_for_update(of=("self",)).filter(pk__in=newest).order_by("pk")
        list(held.values_list("pk", flat=True))
        changes = _changes(said)
        clear_each(changes.endings)
        end_recorded(changes.recorded)
        return raise_each(changes.tellings, Element.STATUS) + len(changes.endings)


def _changes(said: Sequence[tuple[Series, LatestReading]]) -> _Changes:
    """What is to be told and what is over, against the alarms that go on. One query."""
    rows = Alarm.objects.filter(rule__in=_TOLD, ended_at=None)
    going_on, now = {alarm.key: alarm for alarm in rows}, clock.now()
    changes = _Changes([], [], {})
    for row, last in said:
        fresh = last.at >= now - timedelta(seconds=fresh_s(row.station.interval_s))
        holding = {one.rule for one in stated(last.value)}
        for rule, one in _TOLD.items():
            key = f"{row.station.code}::{rule}"
            alarm = going_on.get(key)
            opened = alarm is not None and alarm.state == AlarmState.OPEN
            if rule in holding and not opened and fresh:
                changes.tellings.append(_telling(row, one, key, last))
            elif rule not in holding and alarm is not None and opened:
                changes.endings.append((alarm, Ending(alarm.pk, last.at, 0.0)))
            elif rule not in holding and alarm is not None:
                changes.recorded[key] = last.at
    return changes


def _telling(row: Series, one: StateBit, key: str, last: LatestReading) -> Telling:
    station = row.station
    alarm = Alarm(
        key=key, station_code=station.code, station_name=station.name, area_code=station.serves,
        rule=one.rule, value=1.0, limit=1.0, began_at=last.at, observed_at=last.at,
        raised_at=clock.now(),
    )  # fmt: skip
    return Telling(alarm, one.telling, {"station": station.name})
