"""The frame of SL 651-2014 in HEX/BCD coding: tables 20-23, control characters of table 10.

``7E7E | addresses 6 | password 2 | function 1 | direction and length 2 | STX or SYN | body | end |
CRC 2``. Up, the centre stands before the station; down, the station before the centre. The length
counts the bytes between STX/SYN and the end. The CRC is CRC-16/MODBUS over everything before it,
high byte first.
"""

from enum import IntEnum

from anlan.protocols.framing import Cut, Reason

START = b"\x7e\x7e"
HEADER_BYTES = 14
TAIL_BYTES = 3
LONGEST_BODY = 0xFFF
LONGEST_FRAME = HEADER_BYTES + LONGEST_BODY + TAIL_BYTES


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


def _table() -> tuple[int, ...]:
    entries = []
    for byte in range(256):
        value = byte
        for _ in range(8):
            value = (value >> 1) ^ 0xA001 if value & 1 else value >> 1
        entries.append(value)
    return tuple(entries)


_CRC_TABLE = _table()


def crc(data: bytes) -> int:
    """CRC-16/MODBUS (polynomial A001 reflected, start FFFF).

    >>> f"{crc(b'123456789'):04X}"
    '4B37'
    """
    value = 0xFFFF
    table = _CRC_TABLE
    for byte in data:
        value = (value >> 8) ^ table[(value ^ byte) & 0xFF]
    return value


def split(buffer: bytearray) -> Cut | None:
    """What stands at the beginning of the buffer: garbage, a frame that checks, or one that fails.

    A frame that fails its CRC may have swallowed the next one (a spoilt length): when a header
    stands inside it, the cut ends before that header.
    """
    start = buffer.find(START)
    if start < 0:
        noise = len(buffer) - (buffer[-1] == START[0])
        return Cut(noise, Reason.GARBAGE) if noise else None
    if start > 0:
        return Cut(start, Reason.GARBAGE)
    if len(buffer) < HEADER_BYTES:
        return None
    body = body_length(buffer, 0)
    if body is None:
        return Cut(1, Reason.GARBAGE)
    total = HEADER_BYTES + body + TAIL_BYTES
    return _checked(bytes(buffer[:total])) if len(buffer) >= total else None


def _checked(frame: bytes) -> Cut:
    sent, computed = int.from_bytes(frame[-2:], "big"), crc(frame[:-2])
    if sent == computed:
        return Cut(len(frame))
    detail = f"CRC {sent:04X}, computed {computed:04X}"
    return Cut(_next_header(frame) or len(frame), Reason.CHECK, detail)


def body_length(data: bytes | bytearray, start: int) -> int | None:
    """Bytes of the body that the header at `start` announces; None when it is no header."""
    high, low, begins = data[start + 11 : start + HEADER_BYTES]
    if high >> 4 not in ENDS or begins not in BEGINNINGS:
        return None
    return ((high & 0x0F) << 8 | low) or None


def _next_header(frame: bytes) -> int | None:
    position = frame.find(START, 1)
    while 0 < position <= len(frame) - HEADER_BYTES:
        if body_length(frame, position) is not None:
            return position
        position = frame.find(START, position + 1)
    return None
