"""An index of pairs of letters, for a script whose words are mostly two of them.

An index of three letters, which databases offer, finds none of these; one of pairs is kept by
block: for each pair and each 4,096 keys the places within the block, two bytes each, in order.
"""

from array import array
from collections.abc import Iterable

BLOCK = 4_096


def pairs(*texts: str) -> frozenset[str]:
    """Every two letters that stand beside each other, without capitals.

    >>> sorted(pairs("消防栓", "A b"))
    [' b', 'a ', '消防', '防栓']
    """
    small = [text.lower() for text in texts]
    return frozenset(text[n : n + 2] for text in small for n in range(len(text) - 1))


def pack(places: Iterable[int]) -> bytes:
    """Places within a block, each once and in order.

    >>> list(unpack(pack([7, 3, 7])))
    [3, 7]
    """
    return array("H", sorted(set(places))).tobytes()


def unpack(packed: bytes) -> "array[int]":
    places = array("H")
    places.frombytes(packed)
    return places
