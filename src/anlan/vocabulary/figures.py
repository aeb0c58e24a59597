"""Figures that a person types: written out, never as a power of ten."""

import re
from decimal import Decimal

LONGEST = 40  # signs: more than any figure of this house has
_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)


def plain_decimal(text: str) -> Decimal:
    """A figure as it is typed; raises `ValueError` for everything else, and for over 40 signs.

    ``1e2000000000`` is ten signs and two thousand million figures to whoever writes it out.

    >>> plain_decimal(" 12.50 ")
    Decimal('12.50')
    """
    figure = text.strip()
    if len(figure) > LONGEST or not _PLAIN.fullmatch(figure):
        raise ValueError("no figure")
    return Decimal(figure)
