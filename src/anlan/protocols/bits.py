"""Words of bits, as most standards have them."""

from collections.abc import Mapping
from typing import TypeVar

Name = TypeVar("Name")


def names(bits: int, table: Mapping[int, Name]) -> tuple[Name, ...]:
    """The names of the set bits, lowest first; a reserved bit has none.

    >>> names(0b101, {0: "fire", 1: "fault", 2: "power"})
    ('fire', 'power')
    """
    return tuple(name for bit, name in table.items() if bits >> bit & 1)


def set_bits(bits: int) -> list[int]:
    """The numbers of the set bits, lowest first.

    >>> set_bits(0b101)
    [0, 2]
    """
    return [bit for bit in range(bits.bit_length()) if bits >> bit & 1]
