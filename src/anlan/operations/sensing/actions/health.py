"""Device health: who spoke when, and the silence that ends when a device speaks again."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from anlan.operations.sensing.actions.alarms import clear
from anlan.operations.sensing.models import Alarm, Station, StationHealth
from anlan.operations.sensing.rules.alarm_states import (
    SILENCE,
    SILENT_AFTER_INTERVALS,
    AlarmState,
)
from anlan.operations.sensing.rules.reconcile import Ending


@dataclass(slots=True)
class Heard:
    """What a batch of frames says of one station's device."""

    station: Station
    received_at: datetime
    protocol: str
    observed_at: datetime | None = None
    battery_v: float | None = None
    ignored: int = 0


def silence_key(station: Station) -> str:
    return f"{station.code}::{SILENCE}"


def hear(devices: Collection[Heard]) -> None:
    """Bring the health of the devices that spoke up to date. Inside the caller's transaction."""
    if not devices:
        return
    known = {
        row.station_id: row
        for row in StationHealth.objects.select_for_update().filter(
            station__in=[heard.station for heard in devices]
        )
    }
    spoke_again = [
        heard for heard in devices if (row := known.get(heard.station.pk)) and row.silent
    ]
    StationHealth.objects.bulk_create(
        [_health(heard, known.get(heard.station.pk)) for heard in devices],
        update_conflicts=True, unique_fields=["station"],
        update_fields=["last_frame_at", "last_observed_at", "silent_after", "silent", "protocol",
                       "battery_v", "ignored"],
    )  # fmt: skip
    if spoke_again:
        _end_silence(spoke_again)


def _health(heard: Heard, known: StationHealth | None) -> StationHealth:
    frame_at, observed_at = heard.received_at, heard.observed_at
    if known is not None:
        frame_at = max(frame_at, known.last_frame_at)
        times = [at for at in (observed_at, known.last_observed_at) if at]
        observed_at = max(times) if times else None
    patience = timedelta(seconds=SILENT_AFTER_INTERVALS * heard.station.interval_s)
    battery = heard.battery_v
    if battery is None and known is not None:
        battery = known.battery_v
    return StationHealth(
        station=heard.station, last_frame_at=frame_at, last_observed_at=observed_at,
        silent_after=frame_at + patience, silent=False, protocol=heard.protocol,
        battery_v=battery, ignored=(known.ignored if known else 0) + heard.ignored,
    )  # fmt: skip


def _end_silence(devices: Iterable[Heard]) -> None:
    spoke = {silence_key(heard.station): heard for heard in devices}
    for alarm in Alarm.objects.filter(key__in=spoke, state=AlarmState.OPEN).order_by("pk"):
        at = spoke[alarm.key].received_at
        hours = (at - alarm.began_at).total_seconds() / 3600
        clear(alarm, Ending(alarm.pk, at, round(hours, 3)))
