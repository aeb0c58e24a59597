"""What risk control tells the rooms above, and its own timers."""

from dataclasses import dataclass

from anlan.backbone.events import Event, fact


@fact("risks.risk_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class RiskMoved(Event):
    """A risk point took a step. `level` is 1 red … 4 blue, None as long as it is not rated."""

    risk_id: int
    enterprise_id: int
    verb: str
    before: str
    after: str
    level: int | None


@fact("risks.hazard_kept")
@dataclass(frozen=True, slots=True, kw_only=True)
class HazardKept(Event):
    """A version of a major hazard source was kept. `level` is its class 1 … 4, None below the
    threshold."""

    hazard_id: int
    enterprise_id: int
    level: int | None


@fact("risks.review_comes")
@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewComes(Event):
    """The review of a version comes near."""

    risk_id: int
    version: int
