"""Figures and times as SL 651 writes them: packed decimal, FF for minus, all FF for nothing there.

6.6.3.3: the point is left out, its place is in the data definition; a value is negative when its
highest byte is FF; a missing value is as many F as the others have figures.
"""

from datetime import datetime
from decimal import Context, Decimal

from anlan.protocols.framing import Malformed, NotEncodable
from anlan.vocabulary.clock import CHINA

EMPTY = "it says that it has no bytes"
LARGEST_SIZE = 31
LARGEST_DECIMALS = 7
_EXACT = Context(prec=4 * LARGEST_SIZE)
_NO_FIGURES = 0xFF
_PACKED = bytes(n // 10 << 4 | n % 10 for n in range(100))
_PLAIN = bytes(_PACKED.index(n) if n in _PACKED else _NO_FIGURES for n in range(256))


def decimal(data: bytes, decimals: int) -> Decimal | None:
    """The value of packed decimal bytes; None where every byte is FF.

    Raises `Malformed` for a figure above 9 and for no bytes at all.
    """
    if not data:
        raise Malformed(EMPTY)
    if data.count(0xFF) == len(data):
        return None
    minus, figures = ("-", data[1:]) if data[0] == 0xFF else ("", data)
    text = figures.hex()
    if not text.isdecimal():
        raise Malformed(f"{data.hex().upper()} is not decimal")
    return Decimal(f"{minus}{text}E-{decimals}")


def packed(value: Decimal | None, size: int, decimals: int) -> bytes:
    """The bytes of a value in `size` bytes; raises `NotEncodable` when it does not fit exactly."""
    if value is None:
        return b"\xff" * size
    scaled = _EXACT.scaleb(value, decimals)
    whole = int(scaled)
    room = 2 * (size - (whole < 0))
    text = f"{abs(whole):0{room}d}"
    if whole != scaled or len(text) > room or (whole == 0 and room == 0):
        raise NotEncodable(f"{value} does not fit {size} bytes with {decimals} decimals")
    return (b"\xff" if whole < 0 else b"") + bytes.fromhex(text)


def size_for(value: Decimal | None, digits: int) -> int:
    """Bytes for a value of the standard's width: one more when it is negative."""
    return (digits + 1) // 2 + (value is not None and value < 0)


def moment(data: bytes) -> datetime:
    """YYMMDDhhmm or YYMMDDhhmmss as packed decimal, Beijing time, 2000-2099."""
    year, *parts = data.translate(_PLAIN)
    try:
        if year == _NO_FIGURES:
            raise ValueError
        return datetime(2000 + year, *parts, tzinfo=CHINA)  # type: ignore[misc,arg-type]
    except ValueError:
        raise Malformed(f"{data.hex().upper()} is not a time") from None


def packed_moment(instant: datetime, seconds: bool) -> bytes:
    """The bytes of a moment; what is finer than the field is cut off."""
    local = instant.astimezone(CHINA)
    if not 2000 <= local.year <= 2099:
        raise NotEncodable(f"{local.year} has no two-figure year")
    parts = (local.year - 2000, local.month, local.day, local.hour, local.minute, local.second)
    return bytes(_PACKED[part] for part in parts[: None if seconds else -1])
