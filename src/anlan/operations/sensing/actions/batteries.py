"""A battery that stays low is an alarm: the device falls silent next, often in the same night."""

from datetime import timedelta

from django.db import transaction

from anlan.operations.sensing.actions.alarms import Telling, clear_each
from anlan.operations.sensing.actions.maintained import end_recorded, raise_each
from anlan.operations.sensing.models import Alarm, StationHealth
from anlan.operations.sensing.queries.health_limits import health_limits
from anlan.operations.sensing.rules.alarm_states import AlarmState, fresh_s
from anlan.operations.sensing.rules.health_limits import BATTERY, LimitName, Limits, charged
from anlan.operations.sensing.rules.reconcile import Ending
from anlan.vocabulary import clock
from anlan.vocabulary.elements import Element
from anlan.vocabulary.words import N_

LOW = N_("%(station)s: its battery is at %(volts)s V, limit %(limit)s V: charge or change it")


def check_batteries() -> int:
    """Raise one alarm for every battery that is low for too long, end those of charged ones.

    Returns how many were raised or ended. Two queries when every battery is as it was a look ago,
    a handful however many are not.
    """
    rows = StationHealth.objects.exclude(battery_v=None).values_list(
        "pk", "battery_v", "battery_at", "battery_low_since", "station__kind",
        "station__device_model", "station__interval_s",
    )  # fmt: skip
    if not rows:
        return 0
    now, limits = clock.now(), health_limits()
    low, well, overdue = [], [], []
    for pk, volts, at, since, kind, model, interval_s in rows:
        if limits.low_battery(volts, kind, model):
            if since is None:
                # What comes late is no news of now.
                stale = at is not None and at < now - timedelta(seconds=fresh_s(interval_s))
                low += [] if stale else [pk]
            elif since <= now - limits.battery_for:
                overdue.append(pk)
        elif since and charged(volts, limits.of(LimitName.BATTERY_V, kind, model).value):
            well.append(pk)
    if low:
        StationHealth.objects.filter(pk__in=low, battery_low_since=None).update(
            battery_low_since=now
        )
    return (_end(well) if well else 0) + (_raise(overdue, limits) if overdue else 0)


def _key(code: str) -> str:
    return f"{code}::{BATTERY}"


def _raise(stations: list[int], limits: Limits) -> int:
    with transaction.atomic():
        # Held: of two watchers the second finds what the first did.
        held = StationHealth.objects.select_for_update(of=("self",)).select_related("station")
        rows = list(held.filter(pk__in=stations).order_by("pk"))
        told = set(
            Alarm.objects.filter(rule=BATTERY, state=AlarmState.OPEN).values_list("key", flat=True)
        )
        tellings = [_telling(row, limits) for row in rows if _key(row.station.code) not in told]
        return raise_each(tellings, Element.BATTERY)


def _telling(health: StationHealth, limits: Limits) -> Telling:
    station, since = health.station, health.battery_low_since or clock.now()
    limit = limits.of(LimitName.BATTERY_V, station.kind, station.device_model).value
    volts = health.battery_v or 0.0
    alarm = Alarm(
        key=_key(station.code), station_code=station.code, station_name=station.name,
        area_code=station.serves, rule=BATTERY, value=volts, limit=limit, began_at=since,
        observed_at=health.last_frame_at, raised_at=clock.now(), unit="V",
    )  # fmt: skip
    words = {"station": station.name, "volts": f"{volts:.1f}", "limit": f"{limit:.1f}"}
    return Telling(alarm, LOW, words)


def _end(stations: list[int]) -> int:
    with transaction.atomic():
        held = StationHealth.objects.select_for_update(of=("self",)).select_related("station")
        rows = {_key(row.station.code): row for row in held.filter(pk__in=stations).order_by("pk")}
        StationHealth.objects.filter(pk__in=stations).update(battery_low_since=None)
        opened = list(Alarm.objects.filter(key__in=rows, state=AlarmState.OPEN).order_by("pk"))
        clear_each(
            [(alarm, Ending(alarm.pk, rows[alarm.key].last_frame_at,
                            rows[alarm.key].battery_v or 0.0)) for alarm in opened]
        )  # fmt: skip
        end_recorded({key: row.last_frame_at for key, row in rows.items()})
    return len(opened)
