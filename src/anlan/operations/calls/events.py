"""What a call tells the rooms above and other systems, and what its timers say."""

from dataclasses import dataclass
from datetime import datetime

from anlan.backbone.events import Event, fact


@fact("calls.call_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class CallMoved(Event):
    """A street's call took a step. `street`, `unit`: organisation codes.

    `grade` is 0 before the street confirmed; `source`, `source_id`: of the platform that made it.
    """

    call_id: int
    number: str
    verb: str
    before: str
    after: str
    urgency: str
    street: str
    unit: str
    area_code: str
    settled: str
    grade: int
    due_at: datetime | None
    source: str = ""
    source_id: str = ""


@fact("calls.term_passed")
@dataclass(frozen=True, slots=True, kw_only=True)
class CallTermPassed(Event):
    """The term of a call's state has passed; `step` 1: the unit's leader is told, 2: the bureau."""

    call_id: int
    due_at: datetime
    step: int
