"""Hours and days of a series: which one a reading belongs to, and what is kept of it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from anlan.vocabulary import clock

HOUR_S = 3600
DAY_S = 86400
DAY_BEGINS = timedelta(hours=8)  # the hydrological day runs from 08:00 to 08:00


@dataclass(frozen=True, slots=True)
class Summary:
    """The values of one span, in the series' unit; `own` of them the device itself reported."""

    count: int
    total: float
    low: float
    high: float
    last: float
    own: int


def of_values(values: Sequence[float | None], own: int) -> Summary | None:
    """What is kept of values in the order of their time; None where none has a value."""
    valued = [value for value in values if value is not None]
    if not valued:
        return None
    return Summary(len(valued), math.fsum(valued), min(valued), max(valued), valued[-1], own)


def of_summaries(parts: Sequence[Summary]) -> Summary | None:
    """The same of a span made of shorter ones, in the order of their time."""
    if not parts:
        return None
    return Summary(
        sum(part.count for part in parts), math.fsum(part.total for part in parts),
        min(part.low for part in parts), max(part.high for part in parts), parts[-1].last,
        sum(part.own for part in parts),
    )  # fmt: skip


def among(standing: Summary, values: Sequence[float | None]) -> bool:
    """Can what stands have been made of these values, and no more than these?"""
    valued = [value for value in values if value is not None]
    kept = {standing.low, standing.high, standing.last}
    return len(valued) >= standing.count and kept <= set(valued)


def hour_of(at: datetime) -> datetime:
    """The beginning of the hour; hours of China are hours of UTC too."""
    return at.replace(minute=0, second=0, microsecond=0)


def day_of(at: datetime) -> datetime:
    """The beginning of the hydrological day, 08:00 in China."""
    local = at.astimezone(clock.CHINA) - DAY_BEGINS
    return local.replace(hour=0, minute=0, second=0, microsecond=0) + DAY_BEGINS
