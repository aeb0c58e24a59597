"""Where vehicles were: every fix once, the newest place of each, and what their alarms come to."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from msgspec.structs import replace

from anlan.operations.sensing.actions import bulk
from anlan.operations.sensing.actions.vehicle_alarms import Arrived, Stated, follow_alarms
from anlan.operations.sensing.models import LastFix, Station, VehicleFix
from anlan.vocabulary.frames import Frame
from anlan.vocabulary.readings import Fix

# A terminal whose clock is ahead of ours would stay the newest until that time has come.
AHEAD = timedelta(minutes=10)
COLUMNS = {
    "station": "integer",
    "at": "timestamptz",
    "lon": "double precision",
    "lat": "double precision",
    "located": "boolean",
    "altitude_m": "double precision",
    "speed_kmh": "double precision",
    "heading_deg": "double precision",
    "mileage_km": "double precision",
    "fuel_l": "double precision",
    "received_at": "timestamptz",
    "alarm": "bigint",
}
# Two reports of one second: the place is the first one's, an alarm of either holds.
_KNOWN = (
    "ON CONFLICT (station, at) DO UPDATE SET alarm = sensing_vehiclefix.alarm | excluded.alarm"
    " WHERE sensing_vehiclefix.alarm <> sensing_vehiclefix.alarm | excluded.alarm"
)
_NEWER = (
    "ON CONFLICT (station) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in COLUMNS if name != "station")
    + " WHERE excluded.at > sensing_lastfix.at"
)


def record_fixes(frames: Iterable[Frame]) -> list[Stated]:
    """Keep the fixes of known vehicles; said again they change nothing. In a transaction.

    Returns what their alarm bits come to, each with the time of its arrival.
    """
    stated = [(fix, frame.received_at) for frame in frames for fix in frame.fixes]
    stated = [(fix, at) for fix, at in stated if not too_early(fix, at)]
    if not stated:
        return []
    devices = {fix.device for fix, _at in stated}
    known = dict(Station.objects.filter(device__in=devices).values_list("device", "pk"))
    fixes: dict[int, dict[datetime, Arrived]] = {}
    newest: dict[int, Arrived] = {}
    for fix, received_at in stated:
        station = known.get(fix.device)
        if station is None:
            continue
        of = fixes.setdefault(station, {})
        first, first_at = of.get(fix.at, (fix, received_at))
        of[fix.at] = replace(first, alarm=first.alarm | fix.alarm), first_at
        if fix.located and (station not in newest or fix.at > newest[station][0].at):
            newest[station] = fix, received_at
    tracks, last = VehicleFix._meta.db_table, LastFix._meta.db_table
    rows = [_row(pk, *one) for pk, of in fixes.items() for one in of.values()]
    bulk.merge(DEFAULT_DB_ALIAS, tracks, COLUMNS, rows, _KNOWN)
    newest_rows = [_row(pk, *one) for pk, one in newest.items()]
    bulk.merge(DEFAULT_DB_ALIAS, last, COLUMNS, newest_rows, _NEWER)
    return follow_alarms({pk: [of[at] for at in sorted(of)] for pk, of in fixes.items()})


def too_early(fix: Fix, received_at: datetime) -> bool:
    """Does it say to be of a time that has not come?"""
    return fix.at - received_at > AHEAD


def _row(station: int, fix: Fix, received_at: datetime) -> tuple[Any, ...]:
    place = fix.position
    return (
        station, fix.at, place.lon if place else None, place.lat if place else None,
        fix.located, fix.altitude_m, fix.speed_kmh, fix.heading_deg, fix.mileage_km, fix.fuel_l,
        received_at, fix.alarm,
    )  # fmt: skip
