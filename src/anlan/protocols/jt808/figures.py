"""Figures of JT/T 808 (4.1, 4.2): high byte first, BCD times in Beijing time, text in GBK."""

from datetime import datetime, tzinfo

from anlan.protocols.framing import Malformed, NotEncodable
from anlan.vocabulary.clock import CHINA

_CENTURY = 2000
_PER_DEGREE = 1_000_000
_POLE, _ANTIMERIDIAN = 90, 180
_NOTHING = b"\xff" * 4


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


def place(raw: bytes) -> tuple[float, float] | None:
    """Latitude and longitude in millionths of a degree, without signs; None for what is no place.

    A terminal that does not know where it is fills the field with FF.
    """
    lat, lon = (int.from_bytes(raw[n : n + 4], "big") / _PER_DEGREE for n in (0, 4))
    return (lat, lon) if lat <= _POLE and lon <= _ANTIMERIDIAN else None


def millionths(value: float | None) -> bytes:
    """Four bytes, FF where there is no value."""
    if value is None:
        return _NOTHING
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
