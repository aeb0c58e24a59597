"""A fault that a station states of itself is an alarm, until it states that it is over."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet

from anlan.operations.sensing.actions.alarms import Telling, clear_each, tell_each
from anlan.operations.sensing.models import Alarm, LatestReading, Series
from anlan.operations.sensing.rules.alarm_states import AlarmState, fresh_s
from anlan.operations.sensing.rules.reconcile import Ending
from anlan.operations.sensing.rules.station_states import STATE_BITS, StateBit, stated
from anlan.vocabulary import clock
from anlan.vocabulary.elements import Element

_TOLD = {one.rule: one for one in STATE_BITS if one.telling}


def check_station_states() -> int:
    """Raise one alarm for every fault that a station states, end those it states no longer.

    Returns how many were raised or ended. A state that is not fresh raises none. One query where
    no station states any, three while nothing changes.
    """
    rows = list(Series.objects.filter(element=Element.STATUS).select_related("station"))
    if not rows:
        return 0
    newest = LatestReading.objects.filter(series__in=[row.pk for row in rows]).in_bulk()
    opened = set(_open_alarms().values_list("key", flat=True))
    said = {row.pk: row for row in rows if row.pk in newest}
    changes = any(
        (key in opened) != holds
        for pk, row in said.items() for key, holds, _one in _keys(row, newest[pk])
    )  # fmt: skip
    return _bring_up_to_date(said, newest) if changes else 0


def _open_alarms() -> QuerySet[Alarm]:
    return Alarm.objects.filter(rule__in=_TOLD, state=AlarmState.OPEN)


def _keys(row: Series, newest: LatestReading) -> Iterator[tuple[str, bool, StateBit]]:
    """Of each fault the key of its alarm, and whether the station states it."""
    holding = {one.rule for one in stated(newest.value)}
    for rule, one in _TOLD.items():
        yield f"{row.station.code}::{rule}", rule in holding, one


def _bring_up_to_date(said: dict[int, Series], newest: dict[int, LatestReading]) -> int:
    now = clock.now()
    with transaction.atomic():
        # Held: of two watchers the second finds what the first did.
        held = Series.objects.select_for_update(of=("self",)).filter(pk__in=said).order_by("pk")
        list(held.values_list("pk", flat=True))
        opened = {alarm.key: alarm for alarm in _open_alarms()}
        tellings, endings = [], []
        for pk, row in said.items():
            last = newest[pk]
            fresh = last.at >= now - timedelta(seconds=fresh_s(row.station.interval_s))
            for key, holds, one in _keys(row, last):
                alarm = opened.get(key)
                if holds and alarm is None and fresh:
                    tellings.append(_telling(row, one, key, last))
                elif not holds and alarm is not None:
                    endings.append((alarm, Ending(alarm.pk, last.at, 0.0)))
        clear_each(endings)
        return tell_each(tellings) + len(endings)


def _telling(row: Series, one: StateBit, key: str, last: LatestReading) -> Telling:
    station = row.station
    alarm = Alarm(
        key=key, station_code=station.code, station_name=station.name, area_code=station.serves,
        rule=one.rule, value=1.0, limit=1.0, began_at=last.at, observed_at=last.at,
        raised_at=clock.now(),
    )  # fmt: skip
    return Telling(alarm, one.telling, {"station": station.name})
