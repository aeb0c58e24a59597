"""How much of what a device should have reported has arrived.

A device owes reports from the day it is in service, not from that of its registration: a district
registers what it has ordered. One that never spoke is not in service yet, has no rate and is
counted beside the rates [pv]. K-37 is another figure and keeps to its own words: located by
registered on the date (`queries.tracks`).
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

HOUR_S, DAY_S = 3600, 86400


@dataclass(frozen=True, slots=True)
class Target:
    """The share that is wanted from a day on, and who says so."""

    share: float
    valid_from: date
    source: str


TARGETS = (Target(0.95, date(2021, 1, 1), "assumed [pv] until the district sets its own"),)


def target(day: date) -> Target:
    """The target in force on a day; before the first one, the first."""
    return max(
        (one for one in TARGETS if one.valid_from <= day),
        key=lambda one: one.valid_from, default=TARGETS[0],
    )  # fmt: skip


def in_service_since(registered: datetime, spoke: datetime | None) -> datetime:
    """From when on a device that has spoken owes reports: `spoke` is the oldest moment it told of.

    None where it spoke before that was noted: then from its registration on.
    """
    return registered if spoke is None else max(registered, spoke)


def online_share(
    counts: Iterable[tuple[datetime, int]], span_s: int, interval_s: int,
    since: datetime, until: datetime,
) -> float | None:  # fmt: skip
    """The share of the readings due between two moments that arrived, 0 to 1; None before one was.

    `counts` are of spans of `span_s` (an hour, a day) by their beginning; a span counts at most
    what was due in it, so that hurried reporting in a flood does not make good for a silent night.
    """
    due = (until - since).total_seconds() // interval_s
    if due < 1:
        return None
    span, arrived = timedelta(seconds=span_s), 0
    for start, count in counts:
        within_s = (min(start + span, until) - max(start, since)).total_seconds()
        arrived += min(count, math.ceil(max(0.0, within_s) / interval_s))
    return min(1.0, arrived / due)


def mean(shares: Iterable[float]) -> float | None:
    """The mean share; None of none."""
    values = list(shares)
    return sum(values) / len(values) if values else None
