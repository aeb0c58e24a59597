"""Raw frames as they are shown: without the passwords that stand in them."""

import re

_PASSWORD = re.compile(rb"(?i)(PW=)[^;,&]*")
_HJ212, _SL651 = "hj212", "sl651"
# SL 651, wherever a frame begins, as there may be several or noise in front: start, centre and
# station, then two bytes; in ASCII coding SOH and the same as figures, then four figures.
_HEX = re.compile(rb"(?=\x7e\x7e.{6}(.{1,2}))", re.DOTALL)
_ASCII = re.compile(rb"\x01[0-9A-Fa-f]{12}([0-9A-Fa-f]{1,4})")


def shown(protocol: str, raw: str) -> str:
    """The hexadecimal of a frame, its passwords masked: HJ 212's PW (and NewPW), SL 651's field.

    >>> bytes.fromhex(shown("hj212", b"ST=21;PW=123456;MN=9;".hex()))
    b'ST=21;PW=******;MN=9;'
    >>> shown("sl651", "7E7E01500106000112343200082B")
    '7E7E015001060001****3200082B'
    """
    if protocol not in (_HJ212, _SL651):
        return raw
    try:
        frame = bytes.fromhex(raw)
    except ValueError:
        return "" if protocol == _HJ212 else raw
    if protocol == _HJ212:
        return _PASSWORD.sub(rb"\1******", frame).hex().upper()
    return _sl651(frame)


def _sl651(frame: bytes) -> str:
    """A byte of HEX coding is masked as two figures, a character as the hexadecimal of ``*``."""
    figures = list(frame.hex().upper())
    for pattern, mask in ((_ASCII, "2A"), (_HEX, "**")):
        for found in pattern.finditer(frame):
            first, behind = found.span(1)
            figures[2 * first : 2 * behind] = mask * (behind - first)
    return "".join(figures)
