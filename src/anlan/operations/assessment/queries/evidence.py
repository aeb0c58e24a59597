"""What a measure answers with: a value and the records behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Evidence(NamedTuple):
    """A record behind a figure, in words, and where it opens."""

    label: str
    link: str


@dataclass(frozen=True, slots=True)
class Measured:
    """What the records say; value None when they say nothing (and `note` why)."""

    value: float | None
    note: str = ""
    numerator: float | None = None
    denominator: float | None = None
    evidence: Sequence[Evidence] = ()
