"""When a threshold is crossed: level, hysteresis and duration over a series of readings.

Reaching the level counts ("以上" includes the number), unless the level itself is still allowed
(GB 3838-2002: "≤"). A crossing must last `duration_s` without a
gap; a gap never counts as duration. It ends only below level − hysteresis; "no data" neither
begins nor ends one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

TOLERANCE = 1e-6  # converted levels carry rounding; gauges report 0.01


@dataclass(frozen=True, slots=True)
class Limit:
    """A threshold in the series' own datum: `level` and `hysteresis` in the series' unit.

    `allowed`: the level itself is no crossing yet.
    """

    level: float
    hysteresis: float = 0.0
    duration_s: float = 0.0
    allowed: bool = False

    @property
    def begins(self) -> float:
        """The least value that is a crossing."""
        return self.level + TOLERANCE if self.allowed else self.level - TOLERANCE

    @property
    def ends(self) -> float:
        """What a value must be under to end a crossing."""
        return self.begins - self.hysteresis


@dataclass(frozen=True, slots=True)
class Point:
    """One reading: `value` in the series' unit, None for "no data"; `flags` as in `quality`."""

    at: datetime
    value: float | None
    flags: int = 0


@dataclass(frozen=True, slots=True)
class Episode:
    """A crossing that lasted long enough: from its first reading until it ended (None: goes on)."""

    began_at: datetime
    reached_at: datetime
    value: float
    last_at: datetime
    ended_at: datetime | None = None
    end_value: float | None = None

    def meets(self, began_at: datetime, ended_at: datetime | None) -> bool:
        """Do this episode and the span [began_at, ended_at] share a moment?"""
        mine = self.ended_at or self.last_at
        return self.began_at <= (ended_at or datetime.max.replace(tzinfo=mine.tzinfo)) and (
            began_at <= mine
        )


def episodes(
    points: Sequence[Point], limit: Limit, max_gap_s: float, *, already: bool = False
) -> list[Episode]:
    """The crossings in `points` (ascending by time); `already`: one goes on when they begin."""
    found: list[Episode] = []
    active: Episode | None = None
    since: Point | None = None
    previous: datetime | None = None
    for point in points:
        value = point.value
        if value is None:
            since = None
            continue
        if already and active is None and not found and previous is None:
            active = Episode(point.at, point.at, value, point.at)
        if active is not None:
            if value < limit.ends:
                found.append(replace(active, ended_at=point.at, end_value=value))
                active = None
            else:
                active = replace(active, last_at=point.at)
        elif value < limit.begins:
            since = None
        else:
            gap = previous is not None and (point.at - previous).total_seconds() > max_gap_s
            since = point if since is None or gap else since
            if (point.at - since.at).total_seconds() >= limit.duration_s:
                active = Episode(since.at, point.at, value, point.at)
                since = None
        previous = point.at
    return [*found, active] if active else found
