"""The devices with their health, as the database selects and orders them: a page at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Case, FloatField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from anlan.operations.people.queries import Scope
from anlan.operations.sensing.models import Station
from anlan.operations.sensing.queries.stations import COLUMNS, StationRow, in_sight
from anlan.operations.sensing.rules import latency
from anlan.operations.sensing.rules.health_limits import LimitName, Limits
from anlan.vocabulary import clock

NO_RATE = 2.0  # stands after every rate
RATES = ("day", "week", "month")
_HEALTH = ("last_frame_at", "silent", "battery_v", "signal_dbm", "delays", "stored_after_s")


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A device: its station, and how it is.

    `online`: share of the due readings of its main element that the device itself reported, over
    the last 1, 7 and 30 days, each from the beginning of its first hour or day (fewer where it is
    in service for less; None where it is not, reports no element, or only by files), as last
    counted. `delay_s`: seconds from the newest value of its newest frame to its arrival;
    `stored_after_s`: from there to the database. `on_line_at`: when it said since its last frame
    that it is on line.
    """

    station: StationRow
    last_at: datetime | None
    silent: bool
    battery_v: float | None
    low_battery: bool
    signal_dbm: float | None
    weak_signal: bool
    delay_s: float | None
    stored_after_s: float | None
    online: tuple[float | None, ...]
    on_line_at: datetime | None = None


def on_line_since(beat_at: datetime | None, frame_at: datetime | None) -> datetime | None:
    """When a device last said that it is on line, where it has reported nothing since."""
    if beat_at is None or (frame_at is not None and beat_at <= frame_at):
        return None
    return beat_at.astimezone(clock.CHINA)


def fleet(scope: Scope, limits: Limits) -> QuerySet[Station]:
    """Every registered device in sight, with `battery_is_low` and `signal_is_weak` by the limits,
    the worst first: who does not speak, then whose rate is lowest."""
    speaks = Case(
        When(health__silent=False, then=Value(True)), default=Value(False),
        output_field=BooleanField(),
    )  # fmt: skip
    devices = Station.objects.filter(in_sight(scope)).exclude(device="")
    judged = devices.annotate(
        battery_is_low=_held(Q(health__battery_v__gt=0, health__battery_v__lt=_enough(limits))),
        signal_is_weak=_held(Q(health__signal_dbm__lt=limits.of(LimitName.SIGNAL_DBM).value)),
        speaks=speaks,
    )
    return judged.order_by("speaks", Coalesce("counted__day", Value(NO_RATE)), "code")


SILENT = Q(health__silent=True)
NEVER = Q(health=None)


def device_rows(devices: QuerySet[Station]) -> Iterable[DeviceRow]:
    """The rows of what `fleet` selected, one after another."""
    also = [f"health__{name}" for name in _HEALTH] + [f"counted__{name}" for name in RATES]
    also.append("beat__at")
    judged = ("battery_is_low", "signal_is_weak")
    for row in devices.values(*COLUMNS, *also, *judged).iterator(chunk_size=1000):
        last, delays = row["health__last_frame_at"], latency.kept(row["health__delays"] or "")
        yield DeviceRow(
            StationRow(*(row[name] for name in COLUMNS)),
            last.astimezone(clock.CHINA) if last else None, bool(row["health__silent"]),
            row["health__battery_v"], row["battery_is_low"], row["health__signal_dbm"],
            row["signal_is_weak"], delays[0] if delays else None, row["health__stored_after_s"],
            tuple(row[f"counted__{name}"] for name in RATES),
            on_line_since(row["beat__at"], last),
        )  # fmt: skip


def _held(condition: Q) -> Case:
    return Case(
        When(condition, then=Value(True)), default=Value(False), output_field=BooleanField()
    )


def _enough(limits: Limits) -> Any:
    """From how many volts on a battery is not low: the limit of its model, else of its kind, else
    of all, as `Limits.of` chooses."""
    rows = [row for row in limits.rows if row.name == LimitName.BATTERY_V]
    special = [row for row in rows if row.kind or row.device_model]
    special.sort(key=lambda row: (bool(row.device_model), bool(row.kind)), reverse=True)
    whens = []
    for row in special:
        given = {"kind": row.kind, "device_model": row.device_model}
        which = Q(**{name: value for name, value in given.items() if value})
        whens.append(When(which, then=Value(row.value)))
    every = Value(limits.of(LimitName.BATTERY_V).value)
    return Case(*whens, default=every, output_field=FloatField())
