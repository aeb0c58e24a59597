"""The frame of JT/T 808 (4.4): ``7E``, header, body, check code, ``7E``, escaped in between.

``7E`` inside is sent as ``7D 02`` and ``7D`` as ``7D 01``. The check code is the exclusive or of
all bytes of header and body, before escaping.
"""

from functools import reduce
from operator import xor

from anlan.protocols.framing import Cut, Reason

FLAG = b"\x7e"
_ESCAPE = 0x7D
_MEANS = {1: 0x7D, 2: 0x7E}
LONGEST_BODY = 1023
LONGEST_HEADER = 21
SHORTEST = 13  # header of 2013 without a body, and the check code
LONGEST_FRAME = 2 * (LONGEST_HEADER + LONGEST_BODY + 1) + 2


def check_code(data: bytes) -> int:
    """The exclusive or of all bytes.

    >>> check_code(bytes([0x12, 0x21, 0x01]))
    50
    """
    return reduce(xor, data, 0)


def escaped(data: bytes) -> bytes:
    return data.replace(b"\x7d", b"\x7d\x01").replace(b"\x7e", b"\x7d\x02")


def unescaped(data: bytes) -> bytes:
    """The bytes that were meant. Some terminals leave a ``7D`` as it is: so does this."""
    if _ESCAPE not in data:
        return data
    first, *rest = data.split(b"\x7d")
    found = bytearray(first)
    for piece in rest:
        meant = _MEANS.get(piece[0]) if piece else None
        found.append(_ESCAPE if meant is None else meant)
        found += piece if meant is None else piece[1:]
    return bytes(found)


def framed(content: bytes) -> bytes:
    """The frame around an unescaped header and body."""
    return FLAG + escaped(content + bytes([check_code(content)])) + FLAG


def content_of(frame: bytes) -> bytes:
    """Header and body of a whole frame that checks."""
    return unescaped(frame[1:-1])[:-1]


def split(buffer: bytearray) -> Cut | None:
    """What stands at the beginning of the buffer: garbage, a frame that checks, or one that fails.

    The flag that ends a frame that fails may begin the next one: it is left where it stands unless
    another flag follows.
    """
    if buffer[:1] != FLAG:
        start = buffer.find(FLAG)
        return Cut(start if start > 0 else len(buffer), Reason.GARBAGE)
    end = buffer.find(FLAG, 1)
    if end < 0:
        return None
    if end == 1:
        return Cut(1, Reason.GARBAGE)
    fault = _fault(unescaped(bytes(buffer[1:end])))
    if fault is None:
        return Cut(end + 1)
    return Cut(end + (buffer[end + 1 : end + 2] == FLAG), *fault)


def _fault(content: bytes) -> tuple[Reason, str] | None:
    if len(content) < SHORTEST:
        return Reason.MALFORMED, f"{len(content)} bytes between the flags"
    sent, computed = content[-1], check_code(content[:-1])
    if sent != computed:
        return Reason.CHECK, f"check code {sent:02X}, computed {computed:02X}"
    return None
