"""Bodies of the messages that a platform for vehicles lives on (JT/T 808: 8), typed, both ways."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from anlan.protocols.framing import Malformed, NotEncodable
from anlan.protocols.jt808.figures import filled, moment, stamped, text
from anlan.protocols.jt808.messages import Message
from anlan.protocols.jt808.positions import Position, position
from anlan.protocols.jt808.positions import written as position_written

_IMEI, _SOFTWARE = 15, 20
# Sizes of maker, model and terminal id in a registration; 2011 has the header of 2013.
_REGISTERED = {2011: (5, 8, 7), 2013: (5, 20, 7), 2019: (11, 30, 30)}
_SHORTEST_2013 = 37
NAMELESS = "-"  # a terminal that says neither its maker nor its id
_VIN = re.compile(rb"[A-HJ-NPR-Z0-9]{17}")  # GB 16735


@dataclass(frozen=True, slots=True)
class Answer:
    """0001 and 8001: the result for the message `of` with that `serial`."""

    serial: int
    of: int
    result: int


@dataclass(frozen=True, slots=True)
class Registration:
    """0100. Province and city by GB/T 2260, `colour` of the plate; 0 has no plate but a VIN."""

    province: int
    city: int
    maker: str
    model: str
    terminal: str
    colour: int
    plate: str
    layout: int = 2013

    @property
    def identity(self) -> str:
        """Maker and id of the terminal, of signs that print; never empty."""
        both = f"{self.maker} {self.terminal}"
        return "".join(sign for sign in both if sign.isprintable()).strip() or NAMELESS


@dataclass(frozen=True, slots=True)
class Registered:
    """8100: the result, and with 0 the code that the terminal authenticates itself by."""

    serial: int
    result: int
    code: str = ""


@dataclass(frozen=True, slots=True)
class Authentication:
    """0102; `imei` and `software` since 2019."""

    code: str
    imei: str = ""
    software: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """0201: the position that was asked for by the message with that serial."""

    serial: int
    position: Position


@dataclass(frozen=True, slots=True)
class Batch:
    """0704: `kind` 0 as usual, 1 from where there was no network.

    `faults`: which positions could not be read, and why.
    """

    kind: int
    positions: tuple[Position, ...]
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parameters:
    """8103, and behind a serial 0104: parameter number -> its bytes."""

    values: tuple[tuple[int, bytes], ...]
    serial: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """8106: the parameters that are asked for."""

    parameters: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Control:
    """8105: a command of `codes.CONTROLS` and what it needs."""

    command: int
    parameter: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """8300: bit 0 of `flag` is urgent, 2 on the display, 3 spoken; `kind` since 2019."""

    flag: int
    words: str
    kind: int = 1


@dataclass(frozen=True, slots=True)
class Missing:
    """8003 and 0005: the packets of a divided message that have not come, by its first serial."""

    serial: int
    packets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Time:
    """8004, since 2019: the platform's time, in UTC on the line."""

    at: datetime


Body = (
    Answer | Registration | Registered | Authentication | Position | Found | Batch | Parameters
    | Asked | Control | Text | Missing | Time
)  # fmt: skip


def _u16(raw: bytes, at: int = 0) -> int:
    if at + 2 > len(raw):
        raise Malformed(f"a body of {len(raw)} bytes ends too soon")
    return int.from_bytes(raw[at : at + 2], "big")


def _byte(raw: bytes, at: int) -> int:
    if at >= len(raw):
        raise Malformed(f"a body of {len(raw)} bytes ends too soon")
    return raw[at]


def _answer(body: bytes, edition: int) -> Answer:
    return Answer(_u16(body), _u16(body, 2), _byte(body, 4))


def _registration(body: bytes, edition: int) -> Registration:
    layout = 2011 if edition == 2013 and _of_2011(body) else edition
    maker, model, terminal = _REGISTERED[layout]
    at = 4 + maker + model + terminal
    return Registration(
        province=_u16(body),
        city=_u16(body, 2),
        maker=text(body[4 : 4 + maker]),
        model=text(body[4 + maker : 4 + maker + model]),
        terminal=text(body[4 + maker + model : at]),
        colour=_byte(body, at),
        plate=text(body[at + 1 :]),
        layout=layout,
    )


def _of_2011(body: bytes) -> bool:
    """Is it laid out as in 2011, whose model has 8 bytes and not 20?

    With a plate it is too short for 2013. With a VIN it is not, but then the byte that would be the
    colour of 2013 (0 to 9) is a sign of the VIN, so that it can only be one of the two.
    """
    at = 4 + sum(_REGISTERED[2011])
    with_vin = body[at : at + 1] == b"\0" and _VIN.fullmatch(body[at + 1 :].rstrip(b"\0"))
    return len(body) < _SHORTEST_2013 or bool(with_vin)


def _registered(body: bytes, edition: int) -> Registered:
    return Registered(_u16(body), _byte(body, 2), text(body[3:]))


def _authentication(body: bytes, edition: int) -> Authentication:
    if edition == 2013:
        return Authentication(text(body))
    end = 1 + _byte(body, 0)
    if len(body) < end + _IMEI:
        raise Malformed(f"an authentication of {len(body)} bytes")
    imei, software = body[end : end + _IMEI], body[end + _IMEI :]
    return Authentication(text(body[1:end]), text(imei), text(software))


def _position(body: bytes, edition: int) -> Position:
    return position(body)


def _found(body: bytes, edition: int) -> Found:
    return Found(_u16(body), position(body[2:]))


def _batch(body: bytes, edition: int) -> Batch:
    count, kind, at = _u16(body), _byte(body, 2), 3
    found: list[Position] = []
    faults: list[str] = []
    for number in range(1, count + 1):
        if at + 2 > len(body):
            faults.append(f"position {number} of {count} is missing")
            break
        size = _u16(body, at)
        if at + 2 + size > len(body):
            faults.append(f"position {number} of {count} is cut off")
        try:
            found.append(_at_a_time(position(body[at + 2 : at + 2 + size])))
        except Malformed as error:
            faults.append(f"position {number}: {error}")
        at += 2 + size
    return Batch(kind, tuple(found), tuple(faults))


def _at_a_time(one: Position) -> Position:
    """What was stored up without a time belongs nowhere."""
    if one.at is None:
        raise Malformed("; ".join(one.faults))
    return one


def _parameters(body: bytes, edition: int) -> Parameters:
    count, at = _byte(body, 0), 1
    found: list[tuple[int, bytes]] = []
    for _ in range(count):
        size = _byte(body, at + 4)
        if at + 5 + size > len(body):
            raise Malformed(f"parameter {len(found) + 1} of {count} is cut off")
        number = int.from_bytes(body[at : at + 4], "big")
        found.append((number, body[at + 5 : at + 5 + size]))
        at += 5 + size
    return Parameters(tuple(found))


def _parameters_told(body: bytes, edition: int) -> Parameters:
    return Parameters(_parameters(body[2:], edition).values, _u16(body))


def _asked(body: bytes, edition: int) -> Asked:
    count = _byte(body, 0)
    if len(body) < 1 + 4 * count:
        raise Malformed(f"{count} parameters in {len(body)} bytes")
    return Asked(tuple(int.from_bytes(body[1 + 4 * n : 5 + 4 * n], "big") for n in range(count)))


def _control(body: bytes, edition: int) -> Control:
    return Control(_byte(body, 0), text(body[1:]))


def _text(body: bytes, edition: int) -> Text:
    if edition == 2013:
        return Text(_byte(body, 0), text(body[1:]))
    return Text(_byte(body, 0), text(body[2:]), _byte(body, 1))


def _missing(body: bytes, edition: int) -> Missing:
    wide = edition == 2019
    count, at = (_u16(body, 2), 4) if wide else (_byte(body, 2), 3)
    return Missing(_u16(body), tuple(_u16(body, at + 2 * n) for n in range(count)))


def _time(body: bytes, edition: int) -> Time:
    return Time(moment(body[:6], UTC))


_READ: dict[int, Callable[[bytes, int], Body]] = {
    0x0001: _answer,
    0x0005: _missing,
    0x0100: _registration,
    0x0102: _authentication,
    0x0104: _parameters_told,
    0x0200: _position,
    0x0201: _found,
    0x0704: _batch,
    0x8001: _answer,
    0x8003: _missing,
    0x8004: _time,
    0x8100: _registered,
    0x8103: _parameters,
    0x8105: _control,
    0x8106: _asked,
    0x8300: _text,
}


def parse(message: Message) -> Body | None:
    """What stands in the body of a whole, unencrypted message; None where it is not read here.

    Raises `Malformed`. Heartbeats, 8104 and 8201 have no body.
    """
    read = _READ.get(message.id)
    if read is None or message.packet is not None or message.encryption:
        return None
    return read(message.body, message.edition)


def written(body: Body, edition: int = 2013) -> bytes:
    """The bytes of a body in an edition; raises `NotEncodable`."""
    try:
        return _written(body, edition)
    except (OverflowError, ValueError) as error:
        raise NotEncodable(str(error)) from None


def _written(body: Body, edition: int) -> bytes:
    match body:
        case Position():
            return position_written(body)
        case Found():
            return _wide(body.serial) + position_written(body.position)
        case Batch():
            each = [position_written(one) for one in body.positions]
            parts = b"".join(_wide(len(one)) + one for one in each)
            return _wide(len(each)) + bytes([body.kind]) + parts
        case Answer() | Registration() | Registered() | Authentication():
            return _greeting_written(body, edition)
        case _:
            return _order_written(body, edition)


def _greeting_written(
    body: Answer | Registration | Registered | Authentication, edition: int
) -> bytes:
    match body:
        case Answer():
            return _wide(body.serial, body.of) + bytes([body.result])
        case Registration():
            return _registration_written(body)
        case Registered():
            return _wide(body.serial) + bytes([body.result]) + body.code.encode("gb18030")
        case Authentication():
            return _authentication_written(body, edition)


def _order_written(
    body: Parameters | Asked | Control | Text | Missing | Time, edition: int
) -> bytes:
    match body:
        case Parameters():
            pairs = (n.to_bytes(4, "big") + bytes([len(v)]) + v for n, v in body.values)
            lead = b"" if body.serial is None else _wide(body.serial)
            return lead + bytes([len(body.values)]) + b"".join(pairs)
        case Asked():
            count = bytes([len(body.parameters)])
            return count + b"".join(n.to_bytes(4, "big") for n in body.parameters)
        case Control():
            return bytes([body.command]) + body.parameter.encode("gb18030")
        case Text():
            kind = bytes([body.kind]) if edition == 2019 else b""
            return bytes([body.flag]) + kind + body.words.encode("gb18030")
        case Time():
            return stamped(body.at, UTC)
        case Missing():
            many = len(body.packets)
            size = _wide(many) if edition == 2019 else bytes([many])
            return _wide(body.serial) + size + _wide(*body.packets)


def _wide(*numbers: int) -> bytes:
    return b"".join(number.to_bytes(2, "big") for number in numbers)


def _registration_written(body: Registration) -> bytes:
    maker, model, terminal = _REGISTERED[body.layout]
    return b"".join(
        (
            _wide(body.province, body.city),
            filled(body.maker, maker),
            filled(body.model, model),
            filled(body.terminal, terminal),
            bytes([body.colour]),
            body.plate.encode("gb18030"),
        )
    )


def _authentication_written(body: Authentication, edition: int) -> bytes:
    code = body.code.encode("gb18030")
    if edition == 2013:
        return code
    software = filled(body.software, _SOFTWARE)
    return bytes([len(code)]) + code + filled(body.imei, _IMEI) + software
