"""What the room's timers say, and what it tells the rooms above and other systems."""

from dataclasses import dataclass

from anlan.backbone.events import Event, fact


@fact("responsibilities.work_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class WorkMoved(Event):
    """A work of a year's list was set or took a step."""

    work_id: int
    year: int
    number: str
    unit_code: str
    verb: str
    before: str
    after: str
    percent: int


@fact("responsibilities.work_nears")
@dataclass(frozen=True, slots=True, kw_only=True)
class WorkNears(Event):
    """The deadline of a work is near: it comes on its unit's desk."""

    work_id: int


@fact("responsibilities.list_read")
@dataclass(frozen=True, slots=True, kw_only=True)
class ListRead(Event):
    """The list of a year was signed as read."""

    bearer_id: int
    unit_code: str
    year: int


@fact("responsibilities.list_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class ListMoved(Event):
    """The list of a post or a unit was opened, changed or ended, or a duty in it; `verb`: put, end,
    duty or end duty."""

    bearer_id: int
    unit_code: str
    verb: str


@fact("responsibilities.capacity_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityMoved(Event):
    """A street's capacity assessment was opened or took a step."""

    check_id: int
    year: int
    unit_code: str
    verb: str
    before: str
    after: str
    points: float | None


@fact("responsibilities.objection_ends")
@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionEnds(Event):
    """The time to object to a capacity review is over."""

    check_id: int


@fact("responsibilities.commendation_kept")
@dataclass(frozen=True, slots=True, kw_only=True)
class CommendationKept(Event):
    """A commendation was kept, corrected or revoked; who was commended is not told."""

    commendation_id: int
    unit_code: str
    revoked: bool
