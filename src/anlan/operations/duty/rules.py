"""The sentence on the wall: what is going on, in one generated line (`ui.md` 1, 2)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

STEADY_M_PER_H = 0.02


class Trend(StrEnum):
    RISING = "rising"
    FALLING = "falling"
    STEADY = "steady"


class Mark(StrEnum):
    """The highest mark the water stands over."""

    NONE = "none"
    WARNING = "warning"
    GUARANTEE = "guarantee"


@dataclass(frozen=True, slots=True)
class Water:
    """The event station's water: stage and marks in one datum (m), rate in m/h."""

    stage_m: float
    warning_m: float | None
    guarantee_m: float | None
    rate_m_per_h: float | None


def trend(rate_m_per_h: float | None) -> Trend:
    """Rising, falling or steady; steady within 2 cm an hour and when the rate is unknown."""
    if rate_m_per_h is None or abs(rate_m_per_h) < STEADY_M_PER_H:
        return Trend.STEADY
    return Trend.RISING if rate_m_per_h > 0 else Trend.FALLING


def over(water: Water) -> tuple[Mark, float]:
    """The highest mark the water has reached, and by how many metres; (NONE, 0) below all."""
    for mark, level in ((Mark.GUARANTEE, water.guarantee_m), (Mark.WARNING, water.warning_m)):
        if level is not None and water.stage_m >= level:
            return mark, water.stage_m - level
    return Mark.NONE, 0.0


def minutes_to_crest(now: datetime, crest_at: datetime | None) -> int | None:
    """Minutes until the forecast crest; None when there is none ahead."""
    if crest_at is None or crest_at <= now:
        return None
    return round((crest_at - now).total_seconds() / 60)
