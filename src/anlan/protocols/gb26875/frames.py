"""The frame of GB/T 26875.3 (6.2): ``@@``, control unit, application unit, sum, ``##``.

Multi-byte figures stand low byte first. The control unit is serial 2, version 2, time 6, source 6,
target 6, length of the application unit 2, command 1. The sum is that of all bytes between ``@@``
and itself, its low byte.
"""

from anlan.protocols.framing import Cut, Reason

START = b"@@"
END = b"##"
HEAD = 27
TAIL = 3
LONGEST_UNIT = 1024
LONGEST_FRAME = HEAD + LONGEST_UNIT + TAIL
_LENGTH = slice(24, 26)
_COMMAND = 26
_MONTH, _MONTHS = 10, 12


def summed(data: bytes) -> int:
    """The low byte of the sum of all bytes.

    >>> summed(bytes([0xFF, 0x02]))
    1
    """
    return sum(data) & 0xFF


def framed(control: bytes, unit: bytes) -> bytes:
    """The frame around a control unit, its length and command included, and a unit."""
    body = control + unit
    return START + body + bytes([summed(body)]) + END


def split(buffer: bytearray) -> Cut | None:
    """What stands at the beginning of the buffer: garbage, a frame that checks, or one that fails.

    A frame that fails ends where the next may begin, so that a spoilt length swallows no other,
    nor does one that lost its end.
    """
    if not START.startswith(buffer[: len(START)]):
        start = buffer.find(START, 1)
        noise = start if start > 0 else len(buffer) - (buffer[-1] == START[0])
        return Cut(max(noise, 1), Reason.GARBAGE)
    return _whole(buffer) if len(buffer) >= HEAD else None


def _whole(buffer: bytearray) -> Cut | None:
    length = int.from_bytes(buffer[_LENGTH], "little")
    if buffer[len(START)] == START[0] and not buffer[_COMMAND]:  # no command: one ``@`` too many
        return Cut(1, Reason.GARBAGE)
    if length > LONGEST_UNIT:
        return _failed(buffer, HEAD, f"an application unit of {length} bytes")
    total = HEAD + length + TAIL
    if len(buffer) < total:
        return None
    if buffer[total - len(END) : total] != END:
        return _failed(buffer, total, "no ## where the length says")
    sent, computed = buffer[total - TAIL], summed(bytes(buffer[len(START) : total - TAIL]))
    if sent != computed:
        detail = f"sum {sent:02X}, computed {computed:02X}"
        return _failed(buffer, total, detail, Reason.CHECK)
    return Cut(total)


def _failed(buffer: bytearray, most: int, detail: str, reason: Reason = Reason.MALFORMED) -> Cut:
    """The next frame may begin with the last byte, its second ``@`` not yet here."""
    after = buffer.find(START, 1, most + 1)
    while after > 0 and not _may_begin(buffer, after):
        after = buffer.find(START, after + 1, most + 1)
    if after < 0 and len(buffer) == most and buffer[-1] == START[0]:
        after = most - 1
    return Cut(after if after > 0 else most, reason, detail)


def _may_begin(buffer: bytearray, at: int) -> bool:
    """Whether a frame may begin here. Behind ``@`` a second one may also be a serial's, 40 hex:
    then the month is none.
    """
    head = buffer[at : at + HEAD]
    if len(head) < HEAD:
        return True
    length = int.from_bytes(head[_LENGTH], "little")
    return length <= LONGEST_UNIT and (at > 1 or head[_MONTH] <= _MONTHS)
