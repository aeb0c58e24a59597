"""A device's clock that is far off for long is an alarm: what it says stands at the wrong time."""

from django.db import transaction

from anlan.operations.sensing.actions.alarms import Telling, clear
from anlan.operations.sensing.actions.maintained import end_recorded, raise_each
from anlan.operations.sensing.models import Alarm, StationHealth
from anlan.operations.sensing.rules.alarm_states import AlarmState
from anlan.operations.sensing.rules.clock_skew import (
    ALARMED_AFTER,
    ALARMED_S,
    CLOCK,
    alarmed,
    running,
)
from anlan.operations.sensing.rules.reconcile import Ending
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

FAST = N_("%(station)s: its clock is %(minutes)s min fast: set it")
SLOW = N_("%(station)s: its clock is %(minutes)s min slow: set it")


def check_clocks() -> int:
    """Raise one alarm for every clock that is off for too long, end those that are right again.

    Returns how many were raised or ended. One query when every clock is as it was a look ago.
    """
    now = clock.now()
    off, right, overdue = [], [], []
    for pk, skews, since in StationHealth.objects.values_list("pk", "skews", "skewed_since"):
        if not alarmed(running(skews)):
            right += [pk] if since else []
        elif since is None:
            off.append(pk)
        elif since <= now - ALARMED_AFTER:
            overdue.append(pk)
    if off:
        StationHealth.objects.filter(pk__in=off, skewed_since=None).update(skewed_since=now)
    told = set(
        Alarm.objects.filter(rule=CLOCK, state=AlarmState.OPEN).values_list("key", flat=True)
    ) if overdue else set()  # fmt: skip
    return sum(_end(pk) for pk in right) + sum(_raise(pk, told) for pk in overdue)


def _key(health: StationHealth) -> str:
    return f"{health.station.code}::{CLOCK}"


def _held(station: int) -> StationHealth:
    """The device, held: of two watchers the second finds what the first did."""
    rows = StationHealth.objects.select_for_update(of=("self",)).select_related("station")
    return rows.get(pk=station)


def _raise(station: int, told: set[str]) -> int:
    with transaction.atomic():
        health = _held(station)
        key, since = _key(health), health.skewed_since
        if key in told or since is None:
            return 0
        if Alarm.objects.filter(key=key, state=AlarmState.OPEN).exists():
            return 0
        minutes = (running(health.skews) or 0.0) / 60
        alarm = Alarm(
            key=key, station_code=health.station.code, station_name=health.station.name,
            area_code=health.station.serves, rule=CLOCK, value=round(minutes, 1),
            limit=ALARMED_S / 60, began_at=since, observed_at=health.last_frame_at,
            raised_at=clock.now(),
        )  # fmt: skip
        words = {"station": health.station.name, "minutes": f"{abs(minutes):.0f}"}
        return raise_each([Telling(alarm, FAST if minutes > 0 else SLOW, words)])


def _end(station: int) -> int:
    with transaction.atomic():
        health = _held(station)
        StationHealth.objects.filter(pk=station).update(skewed_since=None)
        rows = list(Alarm.objects.filter(key=_key(health), state=AlarmState.OPEN))
        minutes = round((running(health.skews) or 0.0) / 60, 1)
        for alarm in rows:
            clear(alarm, Ending(alarm.pk, health.last_frame_at, minutes))
        end_recorded({_key(health): health.last_frame_at})
    return len(rows)
