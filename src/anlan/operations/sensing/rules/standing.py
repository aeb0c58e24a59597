"""Which value of a reading stands when a device states it more than once.

The latest device send time wins; ties go to the larger content hash, so every recorder and every
order of arrival come to the same answer (`design.md` 4).
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from msgspec import Struct


class Sourced(Protocol):
    """A reading that says when and by whom."""

    @property
    def at(self) -> datetime: ...

    @property
    def source(self) -> str: ...


S = TypeVar("S", bound=Sourced)
Identity = tuple[int, datetime, str]


class Statement(Struct, frozen=True, gc=False):
    """One value stated for a moment of a series by a source; the columns of a reading."""

    series: int
    at: datetime
    source: str
    value: float | None
    sent_at: datetime
    received_at: datetime

    @property
    def identity(self) -> Identity:
        return self.series, self.at, self.source


def content(value: float | None) -> str:
    """A short hash of what was stated; "no data" is a statement too."""
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]


def stands(sent_at: datetime, value: float | None) -> tuple[datetime, str]:
    """The sort key of a statement: the greatest stands."""
    return sent_at, content(value)


def one_a_moment(rows: Sequence[S], sources: Sequence[str]) -> list[S]:
    """Of readings of one series, the one of each moment whose source ranks first in `sources`."""
    rank = {source: place for place, source in enumerate(sources)}
    best: dict[datetime, S] = {}
    for row in rows:
        held = best.get(row.at)
        if held is None or rank.get(row.source, len(rank)) < rank.get(held.source, len(rank)):
            best[row.at] = row
    return [best[at] for at in sorted(best)]
