"""Area codes: 12 digits = 6 district + 3 street or town + 3 community, kept as text.

Inside the house an area is named by the shortest code that says it: 6 digits a district, 9 a
township, 12 a community. An area holds another when its code is the beginning of the other's.
"""

import re
from collections.abc import Collection

DISTRICT_DIGITS, STREET_DIGITS, COMMUNITY_DIGITS = 6, 9, 12
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
    while len(code) > DISTRICT_DIGITS and code.endswith("000"):
        code = code[:-3]
    return code


def holds(outer: str, inner: str) -> bool:
    """Does the area `outer` hold the area `inner` (or equal it)?"""
    return inner.startswith(outer)


def parent(code: str) -> str | None:
    return code[:-3] if len(code) > DISTRICT_DIGITS else None


def shared(codes: Collection[str]) -> str:
    """The smallest area that holds all of them: a code of 2, 4, 6, 9 or 12 digits.

    >>> shared(["500106004", "500106003002"])
    '500106'
    """
    first, last = min(codes), max(codes)
    alike = next((n for n, pair in enumerate(zip(first, last, strict=False)) if
                  pair[0] != pair[1]), min(len(first), len(last)))  # fmt: skip
    return first[: max(size for size in (2, 4, 6, 9, 12) if size <= max(alike, 2))]


def statistical(code: str) -> str:
    """The 12-digit form that exchanges use."""
    return code.ljust(12, "0")
