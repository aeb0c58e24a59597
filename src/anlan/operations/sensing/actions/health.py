"""Device health: who spoke when, and the silence that ends when a device speaks again."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q

from anlan.operations.sensing.actions import bulk
from anlan.operations.sensing.actions.alarms import clear_each
from anlan.operations.sensing.models import Alarm, Station, StationBeat, StationHealth
from anlan.operations.sensing.rules import latency
from anlan.operations.sensing.rules.alarm_states import (
    SILENCE,
    SILENT_AFTER_INTERVALS,
    AlarmState,
)
from anlan.operations.sensing.rules.clock_skew import (
    TOGETHER,
    noted,
    of_a_store,
    read,
    written,
)
from anlan.operations.sensing.rules.reconcile import Ending
from anlan.vocabulary import clock
from anlan.vocabulary.elements import Element
from anlan.vocabulary.frames import Frame
from anlan.vocabulary.readings import Reading

COLUMNS = {
    "station_id": "bigint",
    "last_frame_at": "timestamptz",
    "last_observed_at": "timestamptz",
    "silent_after": "timestamptz",
    "silent": "boolean",
    "protocol": "text",
    "battery_v": "double precision",
    "battery_at": "timestamptz",
    "signal_dbm": "double precision",
    "signal_at": "timestamptz",
    "ignored": "integer",
    "skews": "text",
    "skew_at": "timestamptz",
    "delays": "text",
    "stored_after_s": "double precision",
    "first_at": "timestamptz",
}
OF_DEVICE = frozenset({Element.BATTERY, Element.SIGNAL})  # what is said of the device itself
# A batch that comes late moves nothing back, and no more does a figure of an earlier moment.
NEWER = """ON CONFLICT (station_id) DO UPDATE SET
 last_frame_at = CASE WHEN excluded.last_frame_at >= sensing_stationhealth.last_frame_at
  THEN excluded.last_frame_at ELSE sensing_stationhealth.last_frame_at END,
 silent_after = CASE WHEN excluded.last_frame_at >= sensing_stationhealth.last_frame_at
  THEN excluded.silent_after ELSE sensing_stationhealth.silent_after END,
 last_observed_at = CASE WHEN excluded.last_observed_at < sensing_stationhealth.last_observed_at
  THEN sensing_stationhealth.last_observed_at
  ELSE coalesce(excluded.last_observed_at, sensing_stationhealth.last_observed_at) END,
 silent = CASE WHEN excluded.last_frame_at > sensing_stationhealth.last_frame_at
  THEN excluded.silent ELSE sensing_stationhealth.silent END,
 mass = CASE WHEN excluded.last_frame_at > sensing_stationhealth.last_frame_at
  THEN '' ELSE sensing_stationhealth.mass END, protocol = excluded.protocol,
 battery_v = CASE WHEN excluded.battery_at
  >= coalesce(sensing_stationhealth.battery_at, excluded.battery_at)
  THEN excluded.battery_v ELSE sensing_stationhealth.battery_v END,
 battery_at = CASE WHEN excluded.battery_at < sensing_stationhealth.battery_at
  THEN sensing_stationhealth.battery_at
  ELSE coalesce(excluded.battery_at, sensing_stationhealth.battery_at) END,
 signal_dbm = CASE WHEN excluded.signal_at
  >= coalesce(sensing_stationhealth.signal_at, excluded.signal_at)
  THEN excluded.signal_dbm ELSE sensing_stationhealth.signal_dbm END,
 signal_at = CASE WHEN excluded.signal_at < sensing_stationhealth.signal_at
  THEN sensing_stationhealth.signal_at
  ELSE coalesce(excluded.signal_at, sensing_stationhealth.signal_at) END,
 ignored = sensing_stationhealth.ignored + excluded.ignored,
 skews = CASE WHEN excluded.last_frame_at > sensing_stationhealth.last_frame_at
  THEN substr(excluded.skews || sensing_stationhealth.skews, 1, 90)
  ELSE sensing_stationhealth.skews END,
 skew_at = CASE WHEN excluded.last_frame_at > sensing_stationhealth.last_frame_at
  THEN coalesce(excluded.skew_at, sensing_stationhealth.skew_at)
  ELSE sensing_stationhealth.skew_at END,
 delays = CASE WHEN excluded.last_frame_at > sensing_stationhealth.last_frame_at
  THEN substr(excluded.delays || sensing_stationhealth.delays, 1, 200)
  ELSE sensing_stationhealth.delays END,
 stored_after_s = CASE WHEN excluded.last_frame_at > sensing_stationhealth.last_frame_at
  THEN excluded.stored_after_s ELSE sensing_stationhealth.stored_after_s END,
 first_at = CASE WHEN excluded.first_at < sensing_stationhealth.first_at
  THEN excluded.first_at ELSE sensing_stationhealth.first_at END"""

BEAT_COLUMNS = {"station_id": "bigint", "at": "timestamptz"}
LATER = """ON CONFLICT (station_id) DO UPDATE SET at = CASE
 WHEN excluded.at > sensing_stationbeat.at THEN excluded.at ELSE sensing_stationbeat.at END"""


class Figure(NamedTuple):
    """What a device says of itself, and of which moment."""

    at: datetime
    value: float


_NOTHING = (None, None)


@dataclass(slots=True)
class Heard:
    """What a batch of frames says of one station's device."""

    station: Station
    received_at: datetime
    protocol: str
    observed_at: datetime | None = None
    battery: Figure | None = None
    signal: Figure | None = None
    ignored: int = 0
    skews: list[float] = field(default_factory=list)
    skewed_at: list[datetime] = field(default_factory=list)  # when each of them began to arrive
    delays: list[float] = field(default_factory=list)
    first_at: datetime | None = None

    def states(self, reading: Reading, received_at: datetime) -> None:
        """What the device says of itself; that of the latest moment counts, and a clock that is
        fast makes no moment later than its arrival."""
        if reading.value is None:
            return
        said = Figure(min(reading.at, received_at), reading.value)
        if reading.element is Element.BATTERY:
            if self.battery is None or said.at >= self.battery.at:
                self.battery = said
        elif self.signal is None or said.at >= self.signal.at:
            self.signal = said

    def sent(self, frame: Frame) -> None:
        """Note how far its newest value and its sending are from its arrival; some protocols state
        no sending. And since when it speaks: from its oldest value, else from its arrival, on."""
        moments = [one.at for one in frame.readings] + [one.at for one in frame.fixes]
        oldest = min([*moments, frame.received_at])
        self.first_at = oldest if self.first_at is None else min(self.first_at, oldest)
        if moments:
            self.delays.append((frame.received_at - max(moments)).total_seconds())
        shown = frame.clock
        if shown is None and frame.readings and frame.readings[0].sent_at != frame.received_at:
            shown = frame.readings[0].sent_at
        if shown is not None:
            self._skewed((shown - frame.received_at).total_seconds(), frame.received_at)

    def _skewed(self, skew_s: float, at: datetime) -> None:
        """Of frames that arrive together the one counts that was under way for the shortest, out of
        a store that is being emptied the last."""
        apart = at - self.skewed_at[-1] if self.skewed_at else timedelta()
        if self.skews and apart < TOGETHER:
            self.skews[-1] = max(self.skews[-1], skew_s)
        elif self.skews and of_a_store(self.skews[-1], skew_s, apart):
            self.skews[-1], self.skewed_at[-1] = skew_s, at
        else:
            self.skews.append(skew_s)
            self.skewed_at.append(at)


def silence_key(station: Station) -> str:
    return f"{station.code}::{SILENCE}"


def hear(devices: Collection[Heard]) -> None:
    """Bring the health of the devices that spoke up to date. Inside the caller's transaction."""
    if not devices:
        return
    of = {heard.station.pk: heard for heard in devices}
    held = _held(of)
    _join_arrivals(of, held)
    spoke_again = [
        of[row.pk] for row in held if row.silent and of[row.pk].received_at > row.last_frame_at
    ]
    bulk.merge(
        DEFAULT_DB_ALIAS, StationHealth._meta.db_table, COLUMNS, [_row(one) for one in devices],
        NEWER,
    )  # fmt: skip
    if spoke_again:
        _end_silence(spoke_again)


def note_beats(beats: Mapping[int, datetime]) -> None:
    """Note when devices were on line without a report. That ends no silence and puts none off: a
    gauge that is on line and tells nothing is as blind as one that is not."""
    bulk.merge(
        DEFAULT_DB_ALIAS, StationBeat._meta.db_table, BEAT_COLUMNS, list(beats.items()), LATER
    )


def _held(of: Mapping[int, Heard]) -> list[StationHealth]:
    """What is known of the devices, where any of them was silent or seems late. One query where
    none is.

    All of the batch are held then, in the order in which they are written: two recorders that each
    held a few first would wait for each other in a ring. One that is about to be told as silent
    counts as silent.
    """
    late = [pk for pk, one in of.items() if one.skews and noted(min(one.skews[0], 0.0))]
    told = Q(silent=True) | Q(silent_after__lt=clock.now() + timedelta(seconds=10))
    rows = StationHealth.objects.filter(station__pk__among=of)
    slow = Q(station__pk__among=late) & ~Q(skew_at=None)
    if not rows.filter(told | slow).exists():
        return []
    known = rows.only("silent", "last_frame_at", "skews", "skew_at").order_by("pk")
    return list(known.select_for_update())


def _join_arrivals(of: Mapping[int, Heard], held: Iterable[StationHealth]) -> None:
    """What was stored while a device was off line comes in several batches: a frame that seems
    late and goes on with the newest arrivals that are known, or comes out of the same store, is one
    of them."""
    joined = []
    for row in held:
        heard, begun, known = of[row.pk], row.skew_at, read(row.skews)
        if not (heard.skews and noted(min(heard.skews[0], 0.0)) and begun and known):
            continue
        if heard.skewed_at[0] < begun or heard.received_at <= row.last_frame_at:
            continue
        apart = heard.skewed_at[0] - begun
        if apart < TOGETHER:
            heard.skews[0], heard.skewed_at[0] = max(known[0], heard.skews[0]), begun
        elif not of_a_store(known[0], heard.skews[0], apart):
            continue
        row.skews = row.skews.partition(" ")[2]
        joined.append(row)
    if joined:
        StationHealth.objects.bulk_update(joined, ["skews"])


def _row(heard: Heard) -> bulk.Row:
    patience = timedelta(seconds=SILENT_AFTER_INTERVALS * heard.station.interval_s)
    return (
        heard.station.pk, heard.received_at, heard.observed_at, heard.received_at + patience,
        False, heard.protocol, *(heard.battery or _NOTHING)[::-1],
        *(heard.signal or _NOTHING)[::-1], heard.ignored,
        written(heard.skews), heard.skewed_at[-1] if heard.skewed_at else None,
        latency.written(heard.delays),
        max(0.0, (clock.now() - heard.received_at).total_seconds()),
        heard.first_at or heard.received_at,
    )  # fmt: skip


def _end_silence(devices: Iterable[Heard]) -> None:
    spoke = {silence_key(heard.station): heard for heard in devices}
    endings = []
    for alarm in Alarm.objects.filter(key__in=spoke, state=AlarmState.OPEN).order_by("pk"):
        at = spoke[alarm.key].received_at
        hours = (at - alarm.began_at).total_seconds() / 3600
        endings.append((alarm, Ending(alarm.pk, at, round(hours, 3))))
    clear_each(endings)
