"""What the response says of itself: proposed, active, adjusted, a task done or due, ended."""

from dataclasses import dataclass
from datetime import datetime

from anlan.backbone.events import Event, fact


@fact("response.proposed")
@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseProposed(Event):
    """A person should decide: start at `level`, or adjust a running response to it."""

    activation_id: int
    level: int


@fact("response.activated")
@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseActivated(Event):
    activation_id: int
    level: int


@fact("response.adjusted")
@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseAdjusted(Event):
    activation_id: int
    level: int


@fact("response.task_due")
@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDue(Event):
    task_id: int
    due_at: datetime


@fact("response.task_done")
@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDone(Event):
    activation_id: int
    task_id: int


@fact("response.situation_report_due")
@dataclass(frozen=True, slots=True, kw_only=True)
class SituationReportDue(Event):
    activation_id: int
    number: int


@fact("response.ended")
@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseEnded(Event):
    activation_id: int
    level: int
