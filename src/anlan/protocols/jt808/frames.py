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
DIVIDED, EDITION_2019 = 0x2000, 0x4000  # of the properties in the header
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
    """Header and body of a whole frame that checks, also of one that shared its first flag."""
    return unescaped(frame.strip(FLAG))[:-1]


class Splitter:
    """What stands at the beginning of the buffer: garbage, a frame that checks, or one that fails.

    The flag that ends a frame that fails may begin the next one: it is left where it stands unless
    another flag follows. The flag that ends one that checks may begin the next one as well, where
    its own was lost: what follows without a flag is a frame if it checks and is as long as it says.
    """

    def __init__(self) -> None:
        self._shared = False  # a frame that checks has just ended
        self._waited = 0  # how long the buffer was that is not whole yet: shorter, it is given up

    def __call__(self, buffer: bytearray) -> Cut | None:
        begun = int(buffer[:1] == FLAG)
        shared = self._shared and not begun and len(buffer) >= self._waited
        end = buffer.find(FLAG, begun)
        if end < 0 and (begun or (shared and len(buffer) < LONGEST_FRAME)):
            self._waited = len(buffer)
            return None
        self._shared, self._waited = False, 0
        if not begun and not shared:
            return Cut(end if end > 0 else len(buffer), Reason.GARBAGE)
        if begun and end == 1:
            return Cut(1, Reason.GARBAGE)
        content = unescaped(bytes(buffer[begun:end]))
        fault = _fault(content)
        if shared and (end < 0 or fault is not None or len(content) != _announced(content)):
            return Cut(end if end > 0 else len(buffer), Reason.GARBAGE)
        if fault is None:
            self._shared = True
            return Cut(end + 1)
        return Cut(end + (buffer[end + 1 : end + 2] == FLAG), *fault)


def _announced(content: bytes) -> int:
    """How long a frame's content is by its header, with the check code."""
    properties = int.from_bytes(content[2:4], "big")
    header = 17 if properties & EDITION_2019 else 12
    return header + (4 if properties & DIVIDED else 0) + (properties & LONGEST_BODY) + 1


def _fault(content: bytes) -> tuple[Reason, str] | None:
    if len(content) < SHORTEST:
        return Reason.MALFORMED, f"{len(content)} bytes between the flags"
    sent, computed = content[-1], check_code(content[:-1])
    if sent != computed:
        return Reason.CHECK, f"check code {sent:02X}, computed {computed:02X}"
    return None
