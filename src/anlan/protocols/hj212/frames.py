"""The frame of HJ 212: ``##``, length, data segment, CRC, CR LF (2017: 6.3.1 table 2; 2005: 6.2.2).

The length is four decimal figures and counts the segment; the CRC is four hexadecimal figures over
the segment alone. The standard allows segments of at most 1024 bytes: that is what `encode` keeps
to, while frames of real instruments are taken as long as four figures can say.
"""

import re
from enum import StrEnum

from anlan.protocols.framing import Cut, Reason

START = b"##"
END = b"\r\n"
LONGEST_SEGMENT = 1024
CRC_BYTES = 4
LONGEST_FRAME = len(START) + 4 + 9999 + CRC_BYTES + len(END)

# Some instruments leave out the leading zero; behind the length stands the first field's letter.
_HEAD = re.compile(rb"##(?:(\d{4})|(\d{3})(?=[A-Za-z]))")
_UNFINISHED_HEAD = re.compile(rb"(?:#|##\d{0,3})\Z")
_LONGEST_HEAD = 6


class Checksum(StrEnum):
    """Which CRC a frame carries. Real instruments also compute the common MODBUS one."""

    HJ212 = "hj212"  # annex A: the byte is folded into the register's high byte shifted down
    MODBUS = "modbus"  # CRC-16/MODBUS, not the standard's


def _table() -> tuple[int, ...]:
    entries = []
    for value in range(256):
        for _ in range(8):
            value = (value >> 1) ^ 0xA001 if value & 1 else value >> 1  # noqa: PLW2901
        entries.append(value)
    return tuple(entries)


_CRC_TABLE = _table()


def crc(data: bytes) -> int:
    """The CRC of annex A: not MODBUS, for the register is shifted before the byte is folded in.

    >>> f"{crc(b'123456789'):04X}"
    '2F80'
    """
    value = 0xFFFF
    table = _CRC_TABLE
    for byte in data:
        value = (value >> 8) ^ byte
        value = (value >> 8) ^ table[value & 0xFF]
    return value


def modbus(data: bytes) -> int:
    """CRC-16/MODBUS.

    >>> f"{modbus(b'123456789'):04X}"
    '4B37'
    """
    value = 0xFFFF
    table = _CRC_TABLE
    for byte in data:
        value = (value >> 8) ^ table[(value ^ byte) & 0xFF]
    return value


COMPUTED = {Checksum.HJ212: crc, Checksum.MODBUS: modbus}


def segment_of(frame: bytes) -> bytes:
    """The data segment of a whole frame."""
    head = _HEAD.match(frame)
    return frame[head.end() if head else len(START) : -CRC_BYTES - len(END)]


def checksum_of(frame: bytes) -> Checksum | None:
    """The checksum that fits a whole frame; None when none does."""
    try:
        sent = int(frame[-CRC_BYTES - len(END) : -len(END)], 16)
    except ValueError:
        return None
    segment = segment_of(frame)
    return next((kind for kind, compute in COMPUTED.items() if compute(segment) == sent), None)


def framed(segment: bytes, checksum: Checksum) -> bytes:
    """The frame around a data segment."""
    tail = f"{COMPUTED[checksum](segment):04X}".encode()
    return b"##%04d%b%b\r\n" % (len(segment), segment, tail)


def split(buffer: bytearray) -> Cut | None:
    """What stands at the beginning of the buffer: garbage, a frame that checks, or one that fails.

    A segment holds no line end, so the first CR LF ends the frame whatever its length says, and a
    spoilt length never swallows the next frame.
    """
    head = _HEAD.match(buffer)
    if head is not None:
        return _whole(buffer, head.end(), int(head[1] or head[2]))
    if _UNFINISHED_HEAD.match(buffer):
        return None
    start = buffer.find(START, 1)
    noise = start if start > 0 else len(buffer) - (buffer[-1] == START[0])
    return Cut(max(noise, 1), Reason.GARBAGE)


def _whole(buffer: bytearray, head: int, length: int) -> Cut | None:
    total = head + length + CRC_BYTES + len(END)
    end = buffer.find(END, head, total) + len(END)
    if end < len(END):
        if len(buffer) < total:
            return None
        return _failed(buffer, total, "no line end where the length says")
    if end < total:
        actual = max(end - len(END) - CRC_BYTES - head, 0)
        return _failed(buffer, end, f"length {length}, but {actual} bytes")
    frame = bytes(buffer[:total])
    if checksum_of(frame) is None:
        sent = frame[-CRC_BYTES - len(END) : -len(END)].decode("ascii", "replace")
        return _failed(buffer, total, f"CRC {sent}, computed {crc(segment_of(frame)):04X}")
    return Cut(total)


def _failed(buffer: bytearray, total: int, detail: str) -> Cut:
    """Cut before a header that begins inside: the frame lost its end and the next one began."""
    inside = _HEAD.search(buffer, 1, total + _LONGEST_HEAD - 1)
    if inside is None:
        inside = _UNFINISHED_HEAD.search(buffer, max(1, len(buffer) - _LONGEST_HEAD))
    size = inside.start() if inside else total
    return Cut(min(size, total), Reason.CHECK, detail)
