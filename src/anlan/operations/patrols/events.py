"""What a patrol tells the rooms above and other systems, and what its timers say."""

from dataclasses import dataclass
from datetime import datetime

from anlan.backbone.events import Event, fact


@fact("patrols.patrol_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class PatrolMoved(Event):
    """A patrol took a step: of `verb` miss it was missed, of confirm it is done. Names nobody.

    `unit`: organisation code; `share` % of the points reached; `metres` walked.
    """

    task_id: int
    verb: str
    before: str
    after: str
    form: str
    hazard: str
    unit: str
    area_code: str
    day: str
    due_at: datetime
    share: int
    metres: int
    source: str = ""
    source_id: str = ""


@fact("patrols.patrol_term_passed")
@dataclass(frozen=True, slots=True, kw_only=True)
class PatrolTermPassed(Event):
    """A timer: `step` 1: its time is over, 2: no record can come in any more."""

    task_id: int
    due_at: datetime
    step: int
