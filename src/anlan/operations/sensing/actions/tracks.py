"""Where vehicles were: every fix once, and the newest place of each."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import DEFAULT_DB_ALIAS

from anlan.operations.sensing.actions import bulk
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
}
_KNOWN = "ON CONFLICT (station, at) DO NOTHING"
_NEWER = (
    "ON CONFLICT (station) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in COLUMNS if name != "station")
    + " WHERE excluded.at > sensing_lastfix.at"
)


def record_fixes(frames: Iterable[Frame]) -> None:
    """Keep the fixes of known vehicles; said again they change nothing. In a transaction."""
    stated = [(fix, frame.received_at) for frame in frames for fix in frame.fixes]
    stated = [(fix, at) for fix, at in stated if not too_early(fix, at)]
    if not stated:
        return
    devices = {fix.device for fix, _at in stated}
    known = dict(Station.objects.filter(device__in=devices).values_list("device", "pk"))
    rows: dict[tuple[int, datetime], tuple[Any, ...]] = {}
    newest: dict[int, tuple[Any, ...]] = {}
    for fix, received_at in stated:
        station = known.get(fix.device)
        if station is None:
            continue
        row = _row(station, fix, received_at)
        rows.setdefault((station, fix.at), row)
        if fix.located and (station not in newest or fix.at > newest[station][1]):
            newest[station] = row
    tracks, last = VehicleFix._meta.db_table, LastFix._meta.db_table
    bulk.merge(DEFAULT_DB_ALIAS, tracks, COLUMNS, list(rows.values()), _KNOWN)
    bulk.merge(DEFAULT_DB_ALIAS, last, COLUMNS, list(newest.values()), _NEWER)


def too_early(fix: Fix, received_at: datetime) -> bool:
    """Does it say to be of a time that has not come?"""
    return fix.at - received_at > AHEAD


def _row(station: int, fix: Fix, received_at: datetime) -> tuple[Any, ...]:
    return (
        station, fix.at, fix.position.lon, fix.position.lat, fix.located, fix.altitude_m,
        fix.speed_kmh, fix.heading_deg, fix.mileage_km, fix.fuel_l, received_at,
    )  # fmt: skip
