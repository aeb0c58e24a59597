"""Adopt a device that speaks to the gateway without being registered: one step, nothing lost."""

import contextlib
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import transaction

from anlan.operations.people.actions import Actor
from anlan.operations.sensing.actions.record import Recorded, record_frames
from anlan.operations.sensing.actions.register import (
    NewStation,
    register_stations,
    station_site,
    water_thresholds,
)
from anlan.operations.sensing.actions.terminals import terminal_of
from anlan.operations.sensing.models import BadFrame, Station
from anlan.operations.sensing.queries import maps_for_gateways
from anlan.operations.sensing.rules.kinds import ELEMENTS, SITE_KINDS, WATER_QUALITY
from anlan.operations.sensing.rules.passwords import LONGEST
from anlan.operations.sensing.rules.upkeep import Upkeep
from anlan.operations.territory.actions import load_sites
from anlan.protocols import gb26875, hj212, jt808, mqtt, sl651
from anlan.vocabulary import clock
from anlan.vocabulary.elements import WITH_DATUM, Element
from anlan.vocabulary.frames import Frame, Line, Part
from anlan.vocabulary.readings import Reading

SL651, UNKNOWN = "sl651", "unknown_station"
_MOST_FRAMES = 10_000


class NoSuchDevice(LookupError):
    """No device of this address has spoken, or somebody has registered it meanwhile."""


class Unreadable(ValueError):
    """None of the frames that were kept of the device can be read, or its password is too long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """What a person says of the device; the rest it says itself. Units as in `NewStation`."""

    protocol: str
    device: str
    name: str
    kind: str
    area_code: str
    lon: float
    lat: float
    schematic: bool
    interval_s: int
    datum: str = ""
    offset_m: float | None = None
    secret: str = ""
    upkeep: Upkeep = field(default_factory=Upkeep)


def adopt_device(actor: Actor, adoption: Adoption) -> tuple[str, Recorded]:
    """Register the device with the password that it states, and take what was kept of it.

    An MQTT device (`secret` is its password) has been refused and nothing of it was kept, unless a
    broker spoke for it: it sends again what was not acknowledged. Returns the new
    station's code and what became of the kept frames (the newest 10,000). Raises `NoSuchDevice` or
    `Unreadable`; then nothing is changed.
    """
    kept = BadFrame.objects.filter(
        protocol=adoption.protocol, device=adoption.device, reason=UNKNOWN
    ).order_by("-received_at", "-pk")[:_MOST_FRAMES]
    heard = [_heard(row) for row in kept]
    with transaction.atomic():
        if not heard or Station.objects.filter(device=adoption.device).exists():
            raise NoSuchDevice(adoption.device)
        read = [one for one in heard if one is not None]
        if not read and not adoption.secret:
            raise Unreadable(adoption.device)
        stated = {
            reading.element for _password, lines in read for line in lines
            if isinstance(line, Frame) and line.device == adoption.device
            for reading in line.readings
        }  # fmt: skip
        password = next((one for one, _lines in read if one is not None), "")
        station = _station(adoption, password, stated)
        water = station.kind == WATER_QUALITY
        limits = water_thresholds(station.code, station.elements) if water else []
        register_stations(actor, [station], limits)
        Station.objects.filter(code=station.code).update(terminal=_terminal(kept))
        if station.kind in SITE_KINDS:
            load_sites(actor, [station_site(station)])
        lines = [line for _password, of_one in reversed(read) for line in of_one]
        recorded = record_frames(lines)
        rows = [row.pk for row, one in zip(kept, heard, strict=True) if one is not None]
        BadFrame.objects.filter(pk__among=rows).update(read_at=clock.now())
        return station.code, recorded


def _elements(adoption: Adoption, stated: set[Element]) -> tuple[Element, ...]:
    """What a station of its kind measures, and whatever else it has stated so far.

    A dam's gauge that states no stage beside the one in front of the dam has that as its stage.
    """
    usual = ELEMENTS[adoption.kind]
    if Element.STAGE in usual and Element.STAGE not in stated:
        stated = stated - {Element.STAGE_UPSTREAM}
    if not adoption.datum:
        stated = stated - WITH_DATUM
    return (*usual, *(one for one in Element if one in stated and one not in usual))


def _terminal(kept: Iterable[BadFrame]) -> str:
    """The terminal that asked last is the one that is adopted."""
    return next(filter(None, (terminal_of(row.raw) for row in kept)), "")


def _station(adoption: Adoption, password: int | str, stated: set[Element]) -> NewStation:
    """`password` as the device states it: a number, or text that is kept sealed."""
    number, text = (password, "") if isinstance(password, int) else (0, password)
    return NewStation(
        code=f"{adoption.protocol}-{adoption.device}".lower(), name=adoption.name,
        kind=adoption.kind, lon=adoption.lon, lat=adoption.lat, area_code=adoption.area_code,
        interval_s=adoption.interval_s, elements=_elements(adoption, stated),
        device=adoption.device, password=number, protocol=adoption.protocol, datum=adoption.datum,
        offset_m=adoption.offset_m, schematic=adoption.schematic, secret=adoption.secret or text,
        **asdict(adoption.upkeep),
    )  # fmt: skip


Heard = tuple[int | str | None, list[Line]]


def _heard(row: BadFrame) -> Heard | None:
    """The password that a kept frame states, and what it says; None where it cannot be read.

    A relay's frame says something of other stations too, and its password is the relay's: None for
    the others, each of which has its own (SL 651-2014, 6.6.2.7).
    """
    try:
        raw = bytes.fromhex(row.raw)
        if row.protocol == gb26875.PROTOCOL:  # which has no passwords
            return 0, [gb26875.told(gb26875.decode(raw), row.received_at)]
        if row.protocol in _OTHERS:
            return _OTHERS[row.protocol](raw, row)
        password, readings = _READERS[row.protocol](raw, row.device, row.received_at)
    except (KeyError, ValueError):
        return None
    return password, [_frame(row, readings)]


def _frame(row: BadFrame, readings: tuple[Reading, ...]) -> Frame:
    return Frame(row.protocol, row.device, row.received_at, row.raw, readings)


Reader = Callable[[bytes, str, datetime], tuple[int, tuple[Reading, ...]]]


def _sl651(raw: bytes, row: BadFrame) -> Heard:
    message = sl651.whole(raw)
    own = message.station == row.device
    others = sl651.relayed(message) if own else (row.device,)
    # Said by the station itself: "".
    said = [*others, ""] if own else [*others]
    return message.password if own else None, [
        Frame(
            SL651, of or row.device, row.received_at, row.raw,
            sl651.readings(message, row.received_at, of), pictures=sl651.pictures(message, of),
            beat=message.function == sl651.HEARTBEAT,
        )
        for of in said
    ]  # fmt: skip


def _hj212(raw: bytes, row: BadFrame) -> Heard:
    """A packet is a part of what it belongs to, beside what is certain in it."""
    message = hj212.decode(raw)
    if len(message.pw) > LONGEST:
        raise hj212.Malformed(f"{row.device}: a password of {len(message.pw)} signs")
    frame = hj212.frame_of(hj212.certain(message), row.device, row.received_at, raw)
    name, packet = hj212.name_of(message), message.packet
    if packet is None or not name:
        return message.pw, [frame]
    part = Part(
        row.protocol, row.device, row.peer, row.received_at, row.raw, name, packet.number,
        packet.total,
    )  # fmt: skip
    return message.pw, [frame, part]


def _jt808(raw: bytes, device: str, received_at: datetime) -> tuple[int, tuple[Reading, ...]]:
    """A terminal states no password: its code is made of the secret that the register gives it."""
    jt808.decode(raw)
    return 0, ()


def _mqtt(raw: bytes, device: str, received_at: datetime) -> tuple[int, tuple[Reading, ...]]:
    """What a broker's message says of the device, by the maps in use; no password stands in it."""
    message = mqtt.kept(raw.hex())
    if message is None:
        raise mqtt.Malformed(f"{device}: only what a broker sent is kept")
    found: list[Reading] = []
    for given in maps_for_gateways():
        with contextlib.suppress(mqtt.Malformed):
            heard = mqtt.readings(given, message.topic, message.payload, "", received_at)
            found += [reading for reading in heard.readings if reading.device == device]
    if not found:
        raise mqtt.Malformed(f"{device}: no map reads what was kept")
    return 0, tuple(found)


_READERS: dict[str, Reader] = {"jt808": _jt808, "mqtt": _mqtt}
_OTHERS: dict[str, Callable[[bytes, BadFrame], Heard]] = {SL651: _sl651, "hj212": _hj212}
