"""Stations that are worked on: what they are alarmed for is recorded, and nobody is called.

Once the maintenance is over it is told if it still holds.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from anlan.operations.sensing.actions.alarms import Telling, tell_each
from anlan.operations.sensing.models import Alarm, Maintenance
from anlan.operations.sensing.rules.alarm_states import MAINTENANCE, AlarmState
from anlan.vocabulary import clock


def raise_each(tellings: Sequence[Telling], element: str = "", *, momentary: bool = False) -> int:
    """Open alarms; of stations that are worked on, or whose `element` is, record them once.

    What is `momentary` happened and is over; everything else recorded goes on until
    `end_recorded`, or until it is told. Returns how many were opened. Inside the caller's
    transaction.
    """
    if not tellings:
        return 0
    at_work = _at_work({one.alarm.station_code for one in tellings}, element)
    going_on = set(_recorded([one.alarm.key for one in tellings]).values_list("key", flat=True))
    told = [one for one in tellings if one.alarm.station_code not in at_work]
    kept = [one.alarm for one in tellings if one.alarm.station_code in at_work]
    for alarm in kept:
        alarm.state, alarm.cause = AlarmState.RECORDED.value, MAINTENANCE
        alarm.closed_at = clock.now()
        alarm.ended_at = alarm.observed_at if momentary else None
    Alarm.objects.bulk_create([alarm for alarm in kept if alarm.key not in going_on])
    if still := [one.alarm.key for one in told if one.alarm.key in going_on]:
        _recorded(still).update(ended_at=clock.now())
    return tell_each(told)


def end_recorded(ends: Mapping[str, datetime]) -> None:
    """What was recorded of these keys and went on until now is over: since when, by key."""
    rows = list(_recorded(ends).order_by("pk"))
    for row in rows:
        row.ended_at = ends[row.key]
    if rows:
        Alarm.objects.bulk_update(rows, ["ended_at"])


def _recorded(keys: Collection[str]) -> QuerySet[Alarm]:
    return Alarm.objects.filter(key__among=keys, state=AlarmState.RECORDED, ended_at=None)


def _at_work(codes: Collection[str], element: str) -> set[str]:
    now = clock.now()
    rows = Maintenance.objects.filter(
        Q(series=None) | Q(series__element=element),
        station__code__among=codes, begins_at__lte=now, ends_at__gt=now,
    )  # fmt: skip
    return set(rows.values_list("station__code", flat=True))
