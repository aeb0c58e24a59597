"""A message of SL 651-2014: what a frame says, and how it is written and answered."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from anlan.protocols.framing import Decoder, Malformed, NotEncodable
from anlan.protocols.sl651 import items
from anlan.protocols.sl651.figures import moment, packed_moment
from anlan.protocols.sl651.frames import (
    BEGINNINGS,
    ENDS,
    HEADER_BYTES,
    LONGEST_BODY,
    LONGEST_FRAME,
    START,
    TAIL_BYTES,
    Control,
    Direction,
    crc,
    split,
)

HEARTBEAT, TEST, UNIFORM, TIMED, EXTRA, HOURLY, MANUAL, PICTURE = range(0x2F, 0x37)
SELF_REPORTS = frozenset(range(TEST, PICTURE + 1))  # the station sends them and awaits an answer
_MANUAL_ANSWER = 0x39
_WITH_REPORTS = {TEST, UNIFORM, TIMED, EXTRA, HOURLY, PICTURE, 0x37, 0x38, 0x3A, 0x44}
_SERIAL_AND_TIME = 8


@dataclass(frozen=True, slots=True)
class Packet:
    """One of several frames that make a body (mode M3)."""

    total: int
    number: int


@dataclass(frozen=True, slots=True)
class Message:
    """A frame's content. `station` is 10 hex figures, `sent_at` Beijing time.

    `serial` and `sent_at` are None in the later packets of a divided body. `reports` is read for
    the functions that report elements; what other functions carry stands in `rest`.
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
    raw: bytes = field(default=b"", compare=False, repr=False)

    @property
    def text(self) -> str:
        """What a person keyed in (35, 39); empty for every other function."""
        if self.function not in (MANUAL, _MANUAL_ANSWER) or self.rest[:2] != b"\xf2\xf2":
            return ""
        return self.rest[2:].decode("gb18030", errors="replace")

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
    direction = Direction(frame[11] >> 4)
    end = _end(direction, frame[-TAIL_BYTES])
    body = frame[HEADER_BYTES:-TAIL_BYTES]
    packet = None
    if frame[13] == Control.SYN:
        packet, body = _packet(body)
    up = direction is Direction.UP
    message = Message(
        direction=direction,
        centre=frame[2] if up else frame[7],
        station=station_of(frame),
        password=int.from_bytes(frame[8:10], "big"),
        function=frame[10],
        serial=None,
        sent_at=None,
        end=end,
        packet=packet,
        raw=frame,
    )
    if packet is not None and packet.number > 1:
        return replace(message, rest=body)
    if len(body) < _SERIAL_AND_TIME:
        raise Malformed("no serial number and time")
    serial, sent_at = int.from_bytes(body[:2], "big"), moment(body[2:_SERIAL_AND_TIME])
    rest = body[_SERIAL_AND_TIME:]
    reports: tuple[items.Report, ...] = ()
    if up and packet is None and message.function in _WITH_REPORTS:
        reports, rest = items.parse(rest), b""
    return replace(message, serial=serial, sent_at=sent_at, reports=reports, rest=rest)


def station_of(frame: bytes) -> str:
    """The station of a frame whose header is whole."""
    up = frame[11] >> 4 == Direction.UP
    return frame[3:8].hex().upper() if up else frame[2:7].hex().upper()


def _end(direction: Direction, byte: int) -> Control:
    if byte not in ENDS[direction]:
        raise Malformed(f"{byte:02X} does not end a frame that goes {direction.name.lower()}")
    return Control(byte)


def _packet(body: bytes) -> tuple[Packet, bytes]:
    if len(body) < 3:
        raise Malformed("a packet without its number")
    both = int.from_bytes(body[:3], "big")
    packet = Packet(both >> 12, both & 0xFFF)
    if not 1 <= packet.number <= packet.total:
        raise Malformed(f"packet {packet.number} of {packet.total}")
    return packet, body[3:]


def encode(message: Message) -> bytes:
    """The frame of a message; raises `NotEncodable` when the standard has no bytes for it."""
    body = b""
    begin = Control.STX
    if message.packet is not None:
        begin = Control.SYN
        body = (message.packet.total << 12 | message.packet.number).to_bytes(3, "big")
    if message.serial is not None and message.sent_at is not None:
        body += message.serial.to_bytes(2, "big") + packed_moment(message.sent_at, seconds=True)
    body += items.encode(message.reports) + message.rest
    if not 1 <= len(body) <= LONGEST_BODY:
        raise NotEncodable(f"a body of {len(body)} bytes")
    if message.end not in ENDS[message.direction] or begin not in BEGINNINGS:
        raise NotEncodable(f"{message.end.name} does not end a frame {message.direction.name}")
    station, centre = bytes.fromhex(message.station), bytes((message.centre,))
    if len(station) != 5:
        raise NotEncodable(f"{message.station} is not a station of 10 figures")
    addresses = centre + station if message.direction is Direction.UP else station + centre
    frame = b"".join((
        START,
        addresses,
        message.password.to_bytes(2, "big"),
        bytes((message.function,)),
        (message.direction << 12 | len(body)).to_bytes(2, "big"),
        bytes((begin,)),
        body,
        bytes((message.end,)),
    ))  # fmt: skip
    return frame + crc(frame).to_bytes(2, "big")


class Sl651Decoder(Decoder[Message]):
    """Bytes of one connection in, messages and rejected bytes out. Never raises."""

    def __init__(self) -> None:
        super().__init__(split, LONGEST_FRAME, decode, station_of)
