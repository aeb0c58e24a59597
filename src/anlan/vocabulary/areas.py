"""Area codes: 12 digits = 6 district + 3 street or town + 3 community, kept as text.

Inside the house an area is named by the shortest code that says it: 6 digits a district, 9 a
township, 12 a community. An area holds another when its code is the beginning of the other's.
"""

import re

_CODE = re.compile(r"\d{6}(\d{3}(\d{3})?)?")


class BadAreaCode(ValueError):
    """The text is not a 6, 9 or 12 digit area code."""


def area_code(text: str) -> str:
    """Check a code; the statistical 12-digit form with trailing zeros is shortened.

    >>> area_code("500106004000")
    '500106004'
    """
    code = text.strip()
    if not _CODE.fullmatch(code):
        raise BadAreaCode(f"{text!r} is not a 6, 9 or 12 digit area code")
    while len(code) > 6 and code.endswith("000"):
        code = code[:-3]
    return code


def holds(outer: str, inner: str) -> bool:
    """Does the area `outer` hold the area `inner` (or equal it)?"""
    return inner.startswith(outer)


def parent(code: str) -> str | None:
    return code[:-3] if len(code) > 6 else None


def statistical(code: str) -> str:
    """The 12-digit form that exchanges use."""
    return code.ljust(12, "0")
