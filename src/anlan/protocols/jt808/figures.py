"""Figures of JT/T 808 (4.1, 4.2): high byte first, BCD times in Beijing time, text in GBK."""

from datetime import datetime, tzinfo

from anlan.protocols.framing import Malformed, NotEncodable
from anlan.vocabulary.clock import CHINA

_CENTURY = 2000
_PER_DEGREE = 1_000_000


def moment(raw: bytes, zone: tzinfo = CHINA) -> datetime:
    """BCD YYMMDDhhmmss; raises `Malformed`."""
    digits = raw.hex()
    try:
        year, *rest = (int(digits[n : n + 2]) for n in range(0, len(digits), 2))
        month, day, hour, minute, second = rest
        return datetime(_CENTURY + year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        raise Malformed(f"{digits} is no time") from None


def stamped(instant: datetime, zone: tzinfo = CHINA) -> bytes:
    """A moment as BCD YYMMDDhhmmss; raises `NotEncodable` outside this century."""
    local = instant.astimezone(zone)
    if not 0 <= local.year - _CENTURY < 100:
        raise NotEncodable(f"{local:%Y} is no year of this century")
    return bytes.fromhex(f"{local:%y%m%d%H%M%S}")


def degrees(raw: bytes) -> float:
    """Millionths of a degree, without a sign."""
    return int.from_bytes(raw, "big") / _PER_DEGREE


def millionths(value: float) -> bytes:
    return round(abs(value) * _PER_DEGREE).to_bytes(4, "big")


def text(raw: bytes) -> str:
    """GBK text without the zeros or blanks that fill its field."""
    return raw.decode("gb18030", "replace").strip("\0 ")


def filled(value: str, size: int) -> bytes:
    """Text in a field of fixed size, zeros behind it."""
    raw = value.encode("gb18030")
    if len(raw) > size:
        raise NotEncodable(f"{value!r} takes {len(raw)} bytes, at most {size}")
    return raw.ljust(size, b"\0")
