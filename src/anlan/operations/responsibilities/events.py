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
