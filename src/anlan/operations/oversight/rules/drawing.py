"""The drawing of a sample: by chance from a seed, and the same from the same seed for everybody."""

from collections.abc import Sequence
from hashlib import sha256
from math import ceil


def drawn(numbers: Sequence[str], count: int, seed: str) -> list[str]:
    """`count` of the case numbers: those whose SHA-256 of ``seed:number`` comes first.

    The order in which the numbers are given does not matter.

    >>> drawn(["2026-0001", "2026-0002", "2026-0003"], 2, "00")
    ['2026-0003', '2026-0002']
    """
    return sorted(numbers, key=lambda one: digest(seed, one))[:count]


def digest(seed: str, number: str) -> str:
    """What a case is drawn by, as hexadecimal figures."""
    return sha256(f"{seed}:{number}".encode()).hexdigest()


def of_share(share: int, frame: int) -> int:
    """How many cases a share in percent comes to, at least one.

    >>> of_share(10, 31), of_share(10, 3), of_share(100, 7)
    (4, 1, 7)
    """
    return max(1, ceil(frame * share / 100))
