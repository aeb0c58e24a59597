"""What a device says and what it is told: Reading, Fix, Command.

What goes through the spool by the thousand is a `Struct`: made and written in a tenth of the time.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from anlan.vocabulary.datum import Datum
from anlan.vocabulary.elements import Element


class Reading(Struct, frozen=True, array_like=True, gc=False):
    """One value of one element of one device.

    `at` is when it was observed, `sent_at` when the device says it sent it; both aware.
    `value` is in the element's unit; None means the device reported "no data".
    """

    device: str
    element: Element
    at: datetime
    value: float | None
    sent_at: datetime
    datum: Datum | None = None


class Span(StrEnum):
    """The kinds of period over which an instrument states means and extremes."""

    MINUTES = "minutes"  # of the length that is set in the instrument, 5 to 30 minutes
    HOUR = "hour"
    DAY = "day"


class PeriodValue(Struct, frozen=True, array_like=True, gc=False):
    """What an instrument states of a whole period: never a reading of a moment.

    `at` names the period as the instrument does (HJ 212: DataTime, its beginning); the figures are
    in the element's unit, None where it said none or said that it was out of order. `total` is what
    flowed in it: m³ of water or gas, kg of what is in them.
    """

    device: str
    element: Element
    span: Span
    at: datetime
    low: float | None = None
    mean: float | None = None
    high: float | None = None
    total: float | None = None


class Picture(Struct, frozen=True, array_like=True, gc=False):
    """A picture that a device took `at` a time: a JPEG, as it came."""

    device: str
    at: datetime
    body: bytes


class Position(Struct, frozen=True, array_like=True, gc=False):
    """A place in CGCS2000 (EPSG:4490), degrees."""

    lon: float
    lat: float


class Fix(Struct, frozen=True, array_like=True, gc=False):
    """Where a vehicle was `at` a time. Altitude m, speed km/h, heading ° clockwise from north.

    Without `located` its receiver did not know: the position is the last one it knew, or None. None
    is what the device did not say. `alarm` is the word of its alarm bits then, 0 where all is well.
    """

    device: str
    at: datetime
    position: Position | None
    located: bool
    sent_at: datetime
    altitude_m: float | None = None
    speed_kmh: float | None = None
    heading_deg: float | None = None
    mileage_km: float | None = None
    fuel_l: float | None = None
    alarm: int = 0


class Verb(StrEnum):
    """What every kind of device may be told; a protocol may have verbs of its own beside these."""

    SET_CLOCK = "set_clock"
    SET_INTERVAL = "set_interval"  # argument `seconds`: how often it reports
    ASK_NOW = "ask_now"  # measure and report now
    INSPECT = "inspect"  # ask whoever is on watch beside the device to press its button


@dataclass(frozen=True, slots=True)
class Command:
    """An order to a device, carried down by a gateway before `expires_at`.

    It is one that does no harm when it is said again: a device that did not answer hears it again.

    `id` names it in the device's answer; `verb` is a `Verb` or a word of the device's protocol.
    """

    id: str
    device: str
    verb: str
    expires_at: datetime
    arguments: tuple[tuple[str, str], ...] = ()

    def argument(self, name: str) -> str:
        """An argument as it was given; empty where there is none."""
        return dict(self.arguments).get(name, "")


class Outcome(StrEnum):
    """What became of a command, as the gateway says it."""

    SENT = "sent"  # on its way down, the device has not answered yet
    OK = "ok"
    REFUSED = "refused"  # the device said no, or could not carry it out
    UNSUPPORTED = "unsupported"  # the protocol, or this device's edition of it, has no such order
