"""How much of what a device should have reported has arrived."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

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


def online_share(counts: Iterable[int], span_s: int, interval_s: int, elapsed_s: float) -> float:
    """The share of the readings due in `elapsed_s` that arrived, 0 to 1.

    `counts` are of whole spans of `span_s` (an hour, a day); a span counts at most what was due in
    it, so that hurried reporting in a flood does not make good for a silent night.
    """
    due = max(1.0, span_s / interval_s)
    whole = max(1.0, elapsed_s / interval_s)
    return min(1.0, sum(min(float(count), due) for count in counts) / whole)


def mean(shares: Iterable[float]) -> float | None:
    """The mean share; None of none."""
    values = list(shares)
    return sum(values) / len(values) if values else None
