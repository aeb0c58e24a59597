"""What the centre asks and orders, and what stations answer beside reports (6.6.4.11-31).

In HEX/BCD coding. `ordered` reads the content of a frame that goes down, `answered` that of one
that goes up.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from anlan.protocols.framing import Malformed, NotEncodable
from anlan.protocols.sl651.elements import ELEMENTS
from anlan.protocols.sl651.figures import decimal, moment, packed, packed_moment, size_for
from anlan.protocols.sl651.items import Reader, step_of, step_written
from anlan.protocols.sl651.parameters import (
    CLEAR_STORAGE,
    FACTORY_SETTINGS,
    PARAMETERS,
    PASSWORD,
    SERVICE_RANGE,
    Definition,
    Form,
)

ASK_PERIOD, ASK_ELEMENTS = 0x38, 0x3A
SET_BASIC, BASIC, SET_RUNNING, RUNNING = 0x40, 0x41, 0x42, 0x43
VERSION, STATUS, CLEAR, RESET, NEW_PASSWORD, SET_CLOCK, SET_CARD = range(0x45, 0x4C)
PUMPS, VALVES, GATES, QUOTA, EVENTS, CLOCK = 0x4C, 0x4D, 0x4E, 0x4F, 0x50, 0x51
_ADDRESS, _STATUS_WORD, _STEP = 0xF1, 0x45, 0x04
_EXTENDED, _FOUR_BYTES, _TWO_BYTES = 0xFF, 0x20, 0x10
_ON, _OFF = 0xFF, 0x00
_HOURS = 4  # bytes of YYMMDDHH
CARD_BIT = 9  # table 58
_MOST_SWITCHES = 8 * 0xFF


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter and its value. Of an identifier that is only asked for nothing else is known.

    `code` is the identifier in hex. A value that is no figures stands in `raw`.
    """

    code: str
    size: int = 0
    decimals: int = 0
    value: Decimal | None = None
    raw: bytes = b""

    @property
    def definition(self) -> Definition | None:
        """The standard's row for it; None for a maker's own."""
        return PARAMETERS.get(int(self.code, 16))


@dataclass(frozen=True, slots=True)
class Content:
    """What a frame says beside its head; what a function does not say is None or empty.

    `status` is the word of table 58, `switches` are pumps, valves or gates from number 1 on (True:
    running or open), `openings_cm` how far gates are open (None: it does not know), `events` how
    often each event of table 82 has happened, `quota` whether the control by quota is on.
    `elements` are identifiers asked for, `since`, `until` and `step` the period.
    """

    station: str = ""
    parameters: tuple[Parameter, ...] = ()
    elements: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    step: timedelta | None = None
    version: str = ""
    status: int | None = None
    switches: tuple[bool, ...] = ()
    openings_cm: tuple[int | None, ...] = ()
    quota: bool | None = None
    events: tuple[int, ...] = ()


def answered(function: int, rest: bytes) -> Content:
    """What stands behind serial and time of a station's answer; raises `Malformed`."""
    body = Reader(rest)
    station = ""
    if body.more() and body.peek() == _ADDRESS:
        body.take(2)
        station = body.take(5).hex().upper()
    return _content(function, body, station)


def ordered(function: int, rest: bytes) -> Content:
    """What stands behind serial and time of the centre's question; raises `Malformed`."""
    body = Reader(rest)
    if function == ASK_PERIOD and body.more():
        since, until = (moment(body.take(_HOURS) + b"\x00") for _ in range(2))
        step = step_of(body.take(5))
        return Content(since=since, until=until, step=step, elements=_identifiers(body))
    if function == ASK_ELEMENTS:
        return Content(elements=_identifiers(body))
    if function in (BASIC, RUNNING):
        return Content(parameters=tuple(map(Parameter, _identifiers(body))))
    return _content(function, body, "")


def _content(function: int, body: Reader, station: str) -> Content:
    if not body.more():
        return Content(station)
    if function not in _READERS:
        raise Malformed(f"{len(body.rest())} bytes where function {function:02X} has none")
    return replace(_READERS[function](body), station=station)


def _settings(body: Reader) -> Content:
    return Content(parameters=_parameters(body))


def _version(body: Reader) -> Content:
    return Content(version=body.take(body.take(1)[0]).decode("gb18030", "replace"))


def _status(body: Reader) -> Content:
    if body.take(2) != bytes((_STATUS_WORD, _FOUR_BYTES)):
        raise Malformed("the status is not the 4 bytes of element 45")
    return Content(status=int.from_bytes(body.take(4), "big"))


def _switches(body: Reader) -> Content:
    return Content(switches=_bits(body.take(body.take(1)[0])))


def _gates(body: Reader) -> Content:
    count = body.take(1)[0]
    switches = _bits(body.take((count + 7) // 8))[:count]
    openings = tuple(_centimetres(body.take(2)) for _ in range(count)) if body.more() else ()
    return Content(switches=switches, openings_cm=openings)


def _quota(body: Reader) -> Content:
    return Content(quota=body.take(1)[0] == _ON)


def _events(body: Reader) -> Content:
    data = body.rest()
    pairs = (data[n : n + 2] for n in range(0, len(data), 2))
    return Content(events=tuple(int.from_bytes(pair, "big") for pair in pairs))


_READERS: dict[int, Callable[[Reader], Content]] = {
    **dict.fromkeys(
        (SET_BASIC, BASIC, SET_RUNNING, RUNNING, NEW_PASSWORD, CLEAR, RESET), _settings
    ),
    VERSION: _version, STATUS: _status, SET_CARD: _status, PUMPS: _switches, VALVES: _switches,
    GATES: _gates, QUOTA: _quota, EVENTS: _events,
}  # fmt: skip


def _identifiers(body: Reader) -> tuple[str, ...]:
    found = []
    while body.more():
        found.append(_code(body))
        body.take(1)
    return tuple(found)


def _code(body: Reader) -> str:
    code = body.take(1)
    return (code + body.take(1) if code[0] == _EXTENDED else code).hex().upper()


def _parameters(body: Reader) -> tuple[Parameter, ...]:
    found = []
    while body.more():
        code = _code(body)
        (width,) = body.take(1)
        row = PARAMETERS.get(int(code, 16))
        size, decimals = width >> 3, width & 7
        if row is not None and row.code == SERVICE_RANGE:
            size, decimals = width, 0
        data = body.take(size)
        found.append(_parameter(code, size, decimals, data, row))
    return tuple(found)


def _parameter(
    code: str, size: int, decimals: int, data: bytes, row: Definition | None
) -> Parameter:
    if not data or (row is not None and row.form is not Form.DECIMAL):
        return Parameter(code, size, decimals, raw=data)
    try:
        return Parameter(code, size, decimals, decimal(data, decimals))
    except Malformed:
        return Parameter(code, size, decimals, raw=data)


def _bits(data: bytes) -> tuple[bool, ...]:
    """D0 of the first byte is number 1 (tables 71, 74, 77)."""
    return tuple(bool(byte >> n & 1) for byte in data for n in range(8))


def _centimetres(data: bytes) -> int | None:
    figure = decimal(data, 0)
    return None if figure is None else int(figure)


def parameter(code: int, value: Decimal) -> Parameter:
    """A parameter of the standard in the standard's width."""
    row = PARAMETERS[code]
    return Parameter(f"{code:02X}", size_for(value, row.digits), row.decimals, value)


def set_parameters(parameters: Iterable[Parameter]) -> bytes:
    """The content of 40 and 42; raises `NotEncodable`."""
    parts = []
    for one in parameters:
        data = one.raw or packed(one.value, one.size, one.decimals)
        wide = int(one.code, 16) == SERVICE_RANGE
        if len(data) != one.size or one.size > (0xFF if wide else 0x1F):
            raise NotEncodable(f"parameter {one.code} is {len(data)} bytes")
        width = one.size if wide else one.size << 3 | one.decimals
        parts.append(bytes.fromhex(one.code) + bytes((width,)) + data)
    return b"".join(parts)


def ask_parameters(codes: Sequence[int]) -> bytes:
    """The content of 41 and 43: identifiers with the standard's widths."""
    rows = [PARAMETERS[code] for code in codes]
    return b"".join(bytes((row.code, _width(row.digits, row.decimals))) for row in rows)


def ask_elements(codes: Sequence[int]) -> bytes:
    """The content of 3A."""
    rows = [ELEMENTS[code] for code in codes]
    return b"".join(bytes((row.code, _width(row.digits, row.decimals))) for row in rows)


def ask_period(since: datetime, until: datetime, step: timedelta, code: int) -> bytes:
    """The content of 38: whole hours, one element (table 44)."""
    hours = b"".join(packed_moment(at, seconds=False)[:_HOURS] for at in (since, until))
    return hours + step_written(step) + ask_elements([code])


def clear_storage() -> bytes:
    """The content of 47, which clears what the station has stored."""
    return bytes((CLEAR_STORAGE, 0))


def factory_settings() -> bytes:
    """The content of 48."""
    return bytes((FACTORY_SETTINGS, 0))


def new_password(old: int, new: int) -> bytes:
    """The content of 49."""
    head = bytes((PASSWORD, _TWO_BYTES))
    return b"".join(head + word.to_bytes(2, "big") for word in (old, new))


def set_card(on: bool) -> bytes:
    """The content of 4B, which changes this bit of the status word alone."""
    word = on << CARD_BIT
    return bytes((_STATUS_WORD, _FOUR_BYTES)) + word.to_bytes(4, "big")


def switch(on: Sequence[bool]) -> bytes:
    """The content of 4C and 4D: pumps or valves from number 1 on; raises `NotEncodable`."""
    if not 0 < len(on) <= _MOST_SWITCHES:
        raise NotEncodable(f"{len(on)} switches")
    data = _packed_bits(on)
    return bytes((len(data),)) + data


def move_gates(on: Sequence[bool], openings_cm: Sequence[int]) -> bytes:
    """The content of 4E: one opening, whole centimetres up to 9999, for every gate."""
    if not 0 < len(on) <= 0xFF or len(openings_cm) != len(on):
        raise NotEncodable(f"{len(on)} gates and {len(openings_cm)} openings")
    figures = b"".join(packed(Decimal(cm), 2, 0) for cm in openings_cm)
    return bytes((len(on),)) + _packed_bits(on) + figures


def quota(on: bool) -> bytes:
    """The content of 4F."""
    return bytes((_ON if on else _OFF,))


def _packed_bits(on: Sequence[bool]) -> bytes:
    number = sum(1 << n for n, one in enumerate(on) if one)
    return number.to_bytes((len(on) + 7) // 8, "little")


def _width(digits: int, decimals: int) -> int:
    return (digits + 1) // 2 << 3 | decimals
