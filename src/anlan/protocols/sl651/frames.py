"""The frame of SL 651-2014 in both codings: tables 16-23, control characters of table 10.

HEX/BCD: ``7E7E | addresses 6 | password 2 | function 1 | direction and length 2 | STX or SYN |
body | end | CRC 2``. ASCII: SOH for 7E7E, and every byte before STX and of the CRC as two
characters. Up, the centre stands before the station; down, the station before the centre. The
length counts the bytes between STX/SYN and the end. The CRC is CRC-16/MODBUS over everything
before it, high byte first.
"""

import struct
from enum import Enum, IntEnum

from anlan.protocols.framing import Cut, Reason

LONGEST_BODY = 0xFFF
_PLAIN_HEADER = 11  # bytes between the start and STX, whatever the coding
_FIGURES = frozenset(b"0123456789ABCDEFabcdef")


class Coding(Enum):
    """How a frame is written (6.1.2: a station and its centre keep to one).

    `start` begins it, `header` and `tail` bytes stand before and behind the body, and a plain byte
    takes `wide` bytes.
    """

    HEX = (b"\x7e\x7e", 2 + _PLAIN_HEADER + 1, 3, 1)
    ASCII = (b"\x01", 1 + 2 * _PLAIN_HEADER + 1, 5, 2)

    def __init__(self, start: bytes, header: int, tail: int, wide: int) -> None:
        self.start = start
        self.header = header
        self.tail = tail
        self.wide = wide

    def packed(self, data: bytes) -> bytes:
        """Bytes as they stand in the frame."""
        return data if self is Coding.HEX else data.hex().upper().encode()

    def unpacked(self, data: bytes) -> bytes:
        """What `packed` wrote; raises `ValueError` for characters that are no figures."""
        return data if self is Coding.HEX else bytes.fromhex(data.decode("ascii"))


LONGEST_FRAME = Coding.ASCII.header + LONGEST_BODY + Coding.ASCII.tail


class Direction(IntEnum):
    """The high four bits before the length."""

    UP = 0x0
    DOWN = 0x8


class Control(IntEnum):
    """Control characters, table 10."""

    STX = 0x02  # a body begins
    ETX = 0x03  # end, nothing follows
    EOT = 0x04  # received, you may leave
    ENQ = 0x05  # a question or an order from the centre
    ACK = 0x06  # received, go on sending
    NAK = 0x15  # send again
    SYN = 0x16  # a packet of several begins
    ETB = 0x17  # end, more follows
    ESC = 0x1B  # received, stay on line


BEGINNINGS = {Control.STX, Control.SYN}
ENDS = {
    Direction.UP: {Control.ETX, Control.ETB},
    Direction.DOWN: {Control.ENQ, Control.ACK, Control.NAK, Control.EOT, Control.ESC},
}


def _shifted(value: int, bits: int = 8) -> int:
    for _ in range(bits):
        value = (value >> 1) ^ 0xA001 if value & 1 else value >> 1
    return value


_BYTES = tuple(map(_shifted, range(256)))
# Two bytes a step: what the low and the high one do to the sum.
_LOW = tuple(_shifted(byte, 16) for byte in range(256))
_HIGH = tuple(_shifted(byte << 8, 16) for byte in range(256))


def crc(data: bytes) -> int:
    """CRC-16/MODBUS (polynomial A001 reflected, start FFFF).

    >>> f"{crc(b'123456789'):04X}"
    '4B37'
    """
    value, words = 0xFFFF, len(data) // 2
    for word in struct.unpack_from(f"<{words}H", data):
        value ^= word
        value = _LOW[value & 0xFF] ^ _HIGH[value >> 8]
    if len(data) % 2:
        value = value >> 8 ^ _BYTES[(value ^ data[-1]) & 0xFF]
    return value


def coding_of(frame: bytes | bytearray) -> Coding:
    """The coding of a whole frame."""
    return Coding.ASCII if frame[:1] == Coding.ASCII.start else Coding.HEX


def header_of(frame: bytes) -> bytes:
    """Addresses, password, function, direction and length of a whole frame: 11 bytes."""
    coding = coding_of(frame)
    return coding.unpacked(frame[len(coding.start) : coding.header - 1])


def split(buffer: bytearray) -> Cut | None:
    """What stands at the beginning of the buffer: garbage, a frame that checks, or one that fails.

    A frame that fails its CRC may have swallowed the next one, or its beginning (a spoilt length, a
    lost end): when a header begins inside it, the cut ends before that header.
    """
    start = _beginning(buffer, 0)
    if start > 0:
        return Cut(start, Reason.GARBAGE)
    coding = coding_of(buffer)
    if len(buffer) < coding.header:
        return None
    body = body_length(buffer, 0)
    if body is None:
        return Cut(1, Reason.GARBAGE)
    total = coding.header + body + coding.tail
    if len(buffer) < total:
        return None
    detail = _fault(bytes(buffer[:total]), coding)
    if not detail:
        return Cut(total)
    window = bytes(buffer[: total + Coding.ASCII.header])
    return Cut(_next_header(window, total, coding), Reason.CHECK, detail)


def _beginning(data: bytes | bytearray, after: int) -> int:
    """Where the next frame may begin from `after` on; the end of the data where nowhere."""
    found = len(data) - (len(data) > after and data[-1] == Coding.HEX.start[0])
    at = data.find(Coding.HEX.start, after)
    if at >= 0:
        found = at
    at = data.find(Coding.ASCII.start, after, found)
    while at >= 0:
        if _FIGURES.issuperset(data[at + 1 : at + Coding.ASCII.header - 1]):
            return at
        at = data.find(Coding.ASCII.start, at + 1, found)
    return found


def _fault(frame: bytes, coding: Coding) -> str:
    """What is wrong with the CRC of a whole frame; empty where it fits."""
    size = 2 * coding.wide
    try:
        sent = int.from_bytes(coding.unpacked(frame[-size:]), "big")
    except ValueError:
        return "the CRC is no figures"
    computed = crc(frame[:-size])
    return "" if sent == computed else f"CRC {sent:04X}, computed {computed:04X}"


def body_length(data: bytes | bytearray, start: int) -> int | None:
    """Bytes of the body that the header at `start` announces; None when it is no header."""
    coding = coding_of(bytes(data[start : start + 1]))
    begins = start + coding.header - 1
    high, low = coding.unpacked(bytes(data[begins - 2 * coding.wide : begins]))
    if high >> 4 not in ENDS or data[begins] not in BEGINNINGS:
        return None
    return ((high & 0x0F) << 8 | low) or None


def _next_header(window: bytes, total: int, coding: Coding) -> int:
    """Where in the first `total` bytes the next header begins; `total` where none does.

    One that has not wholly come is one if it begins like the frame before it.
    """
    position = _beginning(window, 1)
    while position < total:
        found = coding_of(window[position : position + 1])
        if position + found.header > len(window):
            if found is coding:
                return position
        elif body_length(window, position) is not None:
            return position
        position = _beginning(window, position + 1)
    return total
