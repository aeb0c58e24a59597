"""What the room's timer says, and what it tells other systems."""

from dataclasses import dataclass

from anlan.backbone.events import Event, fact


@fact("assessment.scorecard_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class ScorecardMoved(Event):
    """A unit's scorecard was opened or took a step; points and grade as last published."""

    scorecard_id: int
    year: int
    unit_code: str
    verb: str
    before: str
    after: str
    points: float | None
    grade: str


@fact("assessment.objection_ends")
@dataclass(frozen=True, slots=True, kw_only=True)
class ScorecardObjectionEnds(Event):
    """The time to object to the review of a scorecard is over."""

    scorecard_id: int
