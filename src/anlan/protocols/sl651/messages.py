"""A message of SL 651-2014: what a frame says, and how it is written and answered."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from anlan.protocols.framing import Decoder, Malformed, NotEncodable
from anlan.protocols.sl651 import items, text
from anlan.protocols.sl651.figures import moment, packed_moment
from anlan.protocols.sl651.frames import (
    BEGINNINGS,
    ENDS,
    LONGEST_BODY,
    LONGEST_FRAME,
    Coding,
    Control,
    Direction,
    coding_of,
    crc,
    header_of,
    split,
)

HEARTBEAT, TEST, UNIFORM, TIMED, EXTRA, HOURLY, MANUAL, PICTURE = range(0x2F, 0x37)
SELF_REPORTS = frozenset(range(TEST, PICTURE + 1))  # the station sends them and awaits an answer
_MANUAL_ANSWER = 0x39
_WITH_REPORTS = {TEST, UNIFORM, TIMED, EXTRA, HOURLY, PICTURE, 0x37, 0x38, 0x3A, 0x44}
_SERIAL_AND_TIME, _PACKET, _HEADER = 8, 3, 11


@dataclass(frozen=True, slots=True)
class Packet:
    """One of several frames that make a body (mode M3)."""

    total: int
    number: int


@dataclass(frozen=True, slots=True)
class Message:
    """A frame's content. `station` is 10 hex figures, `sent_at` Beijing time.

    `serial` and `sent_at` are None in the later packets of a station's divided body. `reports` is
    read for the functions that report elements; what other functions carry stands in `rest`.
    """

    direction: Direction
    centre: int
    station: str
    password: int
    function: int
    serial: int | None
    sent_at: datetime | None
    end: Control
    reports: tuple[items.Report, ...] = ()
    rest: bytes = b""
    packet: Packet | None = None
    coding: Coding = Coding.HEX
    raw: bytes = field(default=b"", compare=False, repr=False)

    @property
    def text(self) -> str:
        """What a person keyed in (35, 39); empty for every other function."""
        if self.function not in (MANUAL, _MANUAL_ANSWER):
            return ""
        marker = text.MANUAL if self.coding is Coding.ASCII else b"\xf2\xf2"
        if not self.rest.startswith(marker):
            return ""
        return self.rest[len(marker) :].decode("gb18030", errors="replace")

    @property
    def faults(self) -> tuple[str, ...]:
        """Elements whose figures could not be read."""
        return tuple(
            f"element {item.code}: {item.fault}"
            for report in self.reports
            for item in report.items
            if item.fault
        )


def decode(frame: bytes) -> Message:
    """The message of one whole frame whose CRC was checked; raises `Malformed`."""
    coding, header = coding_of(frame), header_of(frame)
    direction = Direction(header[9] >> 4)
    up = direction is Direction.UP
    end = _end(direction, frame[-coding.tail])
    rest = frame[coding.header : -coding.tail]
    packet = serial = sent_at = None
    if frame[coding.header - 1] == Control.SYN:
        packet, rest = _packet(coding, rest)
    function = header[8]
    if packet is None or packet.number == 1 or not up:
        serial, sent_at, rest = _opening(coding, rest)
    reports: tuple[items.Report, ...] = ()
    if packet is None and up and function in _WITH_REPORTS:
        reports, rest = _parsed(coding, rest), b""
    return Message(
        direction=direction,
        centre=header[0] if up else header[5],
        station=_station(header),
        password=int.from_bytes(header[6:8], "big"),
        function=function,
        serial=serial,
        sent_at=sent_at,
        end=end,
        reports=reports,
        rest=rest,
        packet=packet,
        coding=coding,
        raw=frame,
    )


def opened(message: Message) -> Message:
    """The reports out of the body of a whole message, where its function has them."""
    if message.direction is not Direction.UP or message.function not in _WITH_REPORTS:
        return message
    return replace(message, reports=_parsed(message.coding, message.rest), rest=b"")


def _parsed(coding: Coding, body: bytes) -> tuple[items.Report, ...]:
    return text.parse(body) if coding is Coding.ASCII else items.parse(body)


def _opening(coding: Coding, body: bytes) -> tuple[int, datetime, bytes]:
    """Serial, time and what stands behind them."""
    size = _SERIAL_AND_TIME * coding.wide
    if len(body) < size:
        raise Malformed("no serial number and time")
    both = _plain(coding, body[:size], "serial number and time")
    return int.from_bytes(both[:2], "big"), moment(both[2:]), body[size:]


def _plain(coding: Coding, data: bytes, what: str) -> bytes:
    try:
        return coding.unpacked(data)
    except ValueError:
        raise Malformed(f"{data!r} is no {what}") from None


def station_of(frame: bytes) -> str:
    """The station of a frame whose header is whole."""
    return _station(header_of(frame))


def addressed(frame: bytes) -> str:
    """The station that a frame which fails its check is said to be of; empty without a header."""
    try:
        header = header_of(frame)
    except ValueError:
        return ""
    return _station(header) if len(header) == _HEADER else ""


def _station(header: bytes) -> str:
    up = header[9] >> 4 == Direction.UP
    return header[1:6].hex().upper() if up else header[:5].hex().upper()


def _end(direction: Direction, byte: int) -> Control:
    if byte not in ENDS[direction]:
        raise Malformed(f"{byte:02X} does not end a frame that goes {direction.name.lower()}")
    return Control(byte)


def _packet(coding: Coding, body: bytes) -> tuple[Packet, bytes]:
    size = _PACKET * coding.wide
    if len(body) < size:
        raise Malformed("a packet without its number")
    both = int.from_bytes(_plain(coding, body[:size], "packet number"), "big")
    packet = Packet(both >> 12, both & 0xFFF)
    if not 1 <= packet.number <= packet.total:
        raise Malformed(f"packet {packet.number} of {packet.total}")
    return packet, body[size:]


def encode(message: Message) -> bytes:
    """The frame of a message; raises `NotEncodable` when the standard has no bytes for it."""
    coding = message.coding
    body = content(message)
    begin = Control.STX
    if message.packet is not None:
        begin = Control.SYN
        both = message.packet.total << 12 | message.packet.number
        body = coding.packed(both.to_bytes(_PACKET, "big")) + body
    if not 1 <= len(body) <= LONGEST_BODY:
        raise NotEncodable(f"a body of {len(body)} bytes")
    if message.end not in ENDS[message.direction] or begin not in BEGINNINGS:
        raise NotEncodable(f"{message.end.name} does not end a frame {message.direction.name}")
    station, centre = bytes.fromhex(message.station), bytes((message.centre,))
    if len(station) != 5:
        raise NotEncodable(f"{message.station} is not a station of 10 figures")
    addresses = centre + station if message.direction is Direction.UP else station + centre
    header = b"".join((
        addresses,
        message.password.to_bytes(2, "big"),
        bytes((message.function,)),
        (message.direction << 12 | len(body)).to_bytes(2, "big"),
    ))  # fmt: skip
    frame = b"".join((
        coding.start, coding.packed(header), bytes((begin,)), body, bytes((message.end,)),
    ))  # fmt: skip
    return frame + coding.packed(crc(frame).to_bytes(2, "big"))


def content(message: Message) -> bytes:
    """The body of a message as one piece: serial, time, reports and what follows."""
    body = b""
    if message.serial is not None and message.sent_at is not None:
        plain = message.serial.to_bytes(2, "big") + packed_moment(message.sent_at, seconds=True)
        body = message.coding.packed(plain)
    encoded = text.encode if message.coding is Coding.ASCII else items.encode
    return body + encoded(message.reports) + message.rest


class Sl651Decoder(Decoder[Message]):
    """Bytes of one connection in, messages and rejected bytes out. Never raises."""

    def __init__(self) -> None:
        super().__init__(split, LONGEST_FRAME, decode, station_of)
