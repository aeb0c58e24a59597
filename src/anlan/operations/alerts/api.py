"""Alerts for other programs; the CAP document has an address of its own."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from anlan.operations.alerts import queries
from anlan.operations.people.queries import admitted

router = Router()


class CommunityOut(Schema):
    code: str
    name: str
    people: int
    households: int
    max_depth_m: float | None
    arrival_at: datetime | None


class SignatureOut(Schema):
    step: str
    by: str
    post: str
    at: datetime
    words: str
    void: bool


class AlertOut(Schema):
    """One alert message; stages in metres above `datum`, area GeoJSON lon/lat CGCS2000."""

    id: int
    number: str
    first_id: int
    previous_id: int | None
    hazard: str
    standing: str
    state: str
    level: int
    headline: str
    description: str
    instruction: str
    message: str
    crest_at: datetime | None
    crest_stage_m: float | None
    datum: str
    area: dict[str, Any]
    area_m2: float
    households: int
    people: int
    communities: list[CommunityOut]
    signatures: list[SignatureOut]
    published_at: datetime | None
    expires_at: datetime
    ended_at: datetime | None
    identifier: str


class FunnelOut(Schema):
    """How far the message has come; each step includes those further on."""

    targeted: int
    queued: int
    sent: int
    delivered: int
    read: int
    acked: int
    failed: int
    help: int
    asked: int
    must_answered: int


@router.get("/alerts", response=list[AlertOut])
def alerts(request: HttpRequest, state: str = "", limit: int = 50) -> list[dict[str, Any]]:
    """Alerts within sight, newest first; `state` picks one."""
    wanted = [state.upper()] if state else []
    return [
        asdict(r)
        for r in queries.alerts(admitted(request, "alerts.view"), wanted, min(max(limit, 1), 200))
    ]


@router.get("/alerts/{alert_id}", response=AlertOut)
def alert(request: HttpRequest, alert_id: int) -> dict[str, Any]:
    row = queries.alert(alert_id, admitted(request, "alerts.view"))
    if row is None:
        raise Http404
    return asdict(row)


@router.get("/alerts/{alert_id}/receipts", response=FunnelOut)
def receipts(request: HttpRequest, alert_id: int) -> dict[str, Any]:
    if queries.alert(alert_id, admitted(request, "alerts.view")) is None:
        raise Http404
    return asdict(queries.funnel(alert_id))
