"""Event files for other programs."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from anlan.operations.incidents import queries
from anlan.operations.people.queries import admitted

router = Router()


class IncidentOut(Schema):
    """An event file; states PROPOSED, OPEN, CLOSED, DECLINED."""

    id: int
    number: str
    title: str
    hazard: str
    state: str
    standing: str
    area_code: str
    alert_id: int | None
    known_at: datetime
    occurred_at: datetime | None
    phoned_at: datetime | None
    stable_at: datetime | None
    closed_at: datetime | None


class TermOut(Schema):
    """A reporting term; status met, met_late, waiting, late or missed."""

    key: str
    due_at: datetime
    met_at: datetime | None
    status: str


class ReportOut(Schema):
    """One version; figures by key, null where unknown. Losses are 10,000 yuan, crops ha."""

    id: int
    sequence: int
    kind: str
    state: str
    figures: dict[str, Decimal | None]
    situation: str
    measures: str
    reason: str
    drafted_at: datetime
    drafted_by: str
    signed_at: datetime | None
    signed_by: str


class FileOut(Schema):
    incident: IncidentOut
    terms: list[TermOut]
    reports: list[ReportOut]
    held_by: list[str]


@router.get("/incidents", response=list[IncidentOut])
def incidents(request: HttpRequest, state: str = "") -> Any:
    """Event files within sight, newest first."""
    return queries.incidents(admitted(request, "incidents.view"), [state] if state else None)


@router.get("/incidents/{incident_id}", response=FileOut)
def incident(request: HttpRequest, incident_id: int) -> Any:
    """One event file with its terms and its reports, newest first."""
    file = queries.incident(incident_id, admitted(request, "incidents.view"))
    if file is None:
        raise Http404
    return {
        "incident": file.row, "terms": file.obligations, "reports": file.reports,
        "held_by": [hold.reason for hold in file.holds],
    }  # fmt: skip
