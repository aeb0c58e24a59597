"""What the event file says of itself: opened, a report signed or due, closed."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from anlan.backbone.events import Event, fact


@fact("incidents.proposed")
@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentProposed(Event):
    name: ClassVar[str] = ""
    incident_id: int
    alert_id: int


@fact("incidents.opened")
@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentOpened(Event):
    name: ClassVar[str] = ""
    incident_id: int
    hazard: str
    area_code: str


@fact("incidents.report_due")
@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDue(Event):
    """A term of the event file has run out: `obligation` names which."""

    name: ClassVar[str] = ""
    incident_id: int
    obligation: str
    due_at: datetime


@fact("incidents.report_signed")
@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSigned(Event):
    """A report has left the house, upward. `kind` is first, continuing or final."""

    name: ClassVar[str] = ""
    incident_id: int
    report_id: int
    kind: str


@fact("incidents.closed")
@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentClosed(Event):
    name: ClassVar[str] = ""
    incident_id: int
