"""Raw frames as they are shown: without the passwords that stand in them."""

import re

_PASSWORD = re.compile(rb"(?i)(PW=)[^;,&]*")
_HJ212, _SL651 = "hj212", "sl651"
_HEX_START = "7E7E"
_BEFORE, _BEHIND = (
    16,
    20,
)  # figures: start, centre and station stand before the password's two bytes


def shown(protocol: str, raw: str) -> str:
    """The hexadecimal of a frame, its password masked: HJ 212's PW (and NewPW), SL 651's field.

    >>> bytes.fromhex(shown("hj212", b"ST=21;PW=123456;MN=9;".hex()))
    b'ST=21;PW=******;MN=9;'
    >>> shown("sl651", "7E7E01500106000112343200082B")
    '7E7E015001060001****3200082B'
    """
    if protocol == _HJ212:
        try:
            return _PASSWORD.sub(rb"\1******", bytes.fromhex(raw)).hex().upper()
        except ValueError:
            return ""
    if protocol == _SL651 and raw.startswith(_HEX_START):
        masked = "*" * len(raw[_BEFORE:_BEHIND])
        return f"{raw[:_BEFORE]}{masked}{raw[_BEHIND:]}"
    return raw
