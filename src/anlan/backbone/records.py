"""One record of the spool as bytes, and how records are found again among bytes that do not check.

A record is ``length u32 | crc32 u32 | number u64`` and the payload, big endian. The checksum covers
the length, the number and the payload, so that zeros, or a record of another place, are never taken
for one.
"""

import mmap
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

HEADER = struct.Struct(">IIQ")
LARGEST_PAYLOAD = 1 << 20
_LONGEST_HOLE = 1 << 32

Bytes = bytes | memoryview | mmap.mmap


@dataclass(frozen=True, slots=True)
class Found:
    """A record that checks: its number, and where it stands in its segment."""

    number: int
    start: int
    end: int


def record(number: int, payload: bytes) -> bytes:
    """The bytes of one record."""
    size = len(payload)
    return HEADER.pack(size, _crc(size, number, payload), number) + payload


def _crc(size: int, number: int, payload: bytes) -> int:
    return zlib.crc32(payload, zlib.crc32(struct.pack(">IQ", size, number)))


def _record_at(data: Bytes, start: int, stop: int, after: int) -> Found | None:
    """The record that starts exactly here, numbered above `after`, or None."""
    if start + HEADER.size > stop:
        return None
    size, crc, number = HEADER.unpack(data[start : start + HEADER.size])
    end = start + HEADER.size + size
    if size > LARGEST_PAYLOAD or end > stop or not after < number <= after + _LONGEST_HOLE:
        return None
    if _crc(size, number, bytes(data[start + HEADER.size : end])) != crc:
        return None
    return Found(number, start, end)


def _next_record(data: Bytes, start: int, stop: int, after: int) -> Found | None:
    """The first record at or behind `start`."""
    for position in range(start, stop - HEADER.size + 1):
        found = _record_at(data, position, stop, after)
        if found is not None:
            return found
    return None


def scan(data: Bytes, start: int, stop: int, after: int) -> Iterator[Found | tuple[int, int]]:
    """Records between `start` and `stop` and the holes ``(start, end)`` between them, in order."""
    while start < stop:
        found = _record_at(data, start, stop, after) or _next_record(data, start + 1, stop, after)
        if found is None:
            yield start, stop
            return
        if found.start > start:
            yield start, found.start
        yield found
        start, after = found.end, found.number
