"""Stations, series and alarms for other programs; and what other programs push."""

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.errors import HttpError
from ninja.security import HttpBearer

from anlan.operations.people.queries import admitted
from anlan.operations.sensing import queries
from anlan.operations.sensing.actions import push
from anlan.vocabulary import clock

router = Router()
LONGEST = timedelta(days=31)


class StationOut(Schema):
    """A station (lon/lat CGCS2000, `offset_m` Wusong − Yellow Sea) and its newest value."""

    code: str
    name: str
    kind: str
    river: str
    lon: float
    lat: float
    area_code: str
    interval_s: int
    datum: str
    offset_m: float | None
    schematic: bool
    state: str
    value: float | None
    unit: str | None
    at: datetime | None
    rate_per_h: float | None
    over: str | None
    above: float | None


class SeriesOut(Schema):
    """Readings of one element, ascending; null is "no data".

    `flags`, a set of bits: 1 outside its usual range, 2 sudden jump, 4 does not move, 8 unlike its
    neighbours, 16 observed in the future; 32 confirmed right, 64 judged wrong by a person.
    """

    station: str
    element: str
    unit: str
    datum: str
    at: list[datetime]
    value: list[float | None]
    flags: list[int]


class AlarmOut(Schema):
    id: int
    key: str
    station_code: str
    rule: str
    value: float
    limit: float
    datum: str
    state: str
    began_at: datetime
    observed_at: datetime
    raised_at: datetime
    ended_at: datetime | None
    acknowledged_by: str
    flags: int


@router.get("/stations", response=list[StationOut])
def stations(request: HttpRequest) -> Any:
    rows = queries.with_rates(queries.board(admitted(request, "sensing.view")))
    return [_out(row) for row in rows]


def _out(row: queries.BoardRow) -> dict[str, Any]:
    newest = row.latest
    return {
        **asdict(row.station),
        "state": row.now.value,
        "value": newest.value if newest else None,
        "unit": newest.unit if newest else None,
        "at": newest.at if newest else None,
        "rate_per_h": newest.rate_per_h if newest else None,
        "over": row.over.kind if row.over else None,
        "above": row.above,
    }


@router.get("/stations/{code}/series", response=SeriesOut)
def series(
    request: HttpRequest,
    code: str,
    element: str = "stage",
    since: datetime | None = None,
    until: datetime | None = None,
) -> Any:
    """At most 31 days; the last three by default."""
    row = queries.station(code)
    if row is None or not queries.visible(admitted(request, "sensing.view"), row):
        raise Http404
    end = until or clock.now()
    start = max(since or end - timedelta(days=3), end - LONGEST)
    values = queries.series(code, element, start, end, all_kept=True)
    return {
        "station": code, "element": element, "unit": values.unit, "datum": values.datum,
        "at": values.at, "value": values.value, "flags": values.flags,
    }  # fmt: skip


@router.get("/alarms", response=list[AlarmOut])
def alarms(request: HttpRequest, state: str | None = None) -> Any:
    return queries.alarms(admitted(request, "sensing.view"), states=[state] if state else None)


class SenderToken(HttpBearer):
    """The token of a sender stands for the sender; no session and no cookie is looked at."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        sender = push.sender_of(token)
        if sender is None:
            raise HttpError(401, _("No sender has this token, or it was revoked."))
        return sender


class PushedRow(Schema):
    """`result` is stored, revised, repeated or refused; a refused row names its field and why."""

    row: int
    result: str
    field: str = ""
    reason: str = ""


class PushOut(Schema):
    """How many rows had which result, and each row by its number (the first is 1)."""

    stored: int
    revised: int
    repeated: int
    refused: int
    rows: list[PushedRow]


@router.post(
    "/push/readings", response=PushOut, auth=SenderToken(), exclude_unset=True,
    openapi_extra={"requestBody": {"required": True, "content": {"application/json": {"schema": {
        "type": "array", "maxItems": push.MOST_ROWS, "items": {
            "type": "object", "required": ["station", "element", "at", "value"],
            "properties": {
                "station": {"type": "string"}, "element": {"type": "string"},
                "at": {"type": "string", "format": "date-time"},
                "value": {"type": ["number", "null"]}, "unit": {"type": "string"},
                "datum": {"type": "string", "enum": ["wusong", "yellow_sea"]},
            },
        },
    }}}}},
)  # fmt: skip
def push_readings(request: HttpRequest, response: HttpResponse) -> Any:
    """Readings of the sender's stations, up to 1,000 rows; 200 says that they are durable.

    `Idempotency-Key` is required: the same key gets the same answer and stores nothing new.
    """
    sender = request.auth  # type: ignore[attr-defined]
    push.count_request(sender)
    key = request.headers.get("Idempotency-Key", "").strip()
    if not 1 <= len(key) <= KEY_LONGEST:
        raise HttpError(400, _("Send an Idempotency-Key of 1 to 100 characters."))
    body = _body(request)
    answered = push.push_rows(sender, key, body, _rows(body))
    if answered.again:
        response["Idempotency-Replayed"] = "true"
    return answered.body


KEY_LONGEST = 100


def _body(request: HttpRequest) -> bytes:
    try:
        body = request.body
    except RequestDataTooBig:
        body = None
    if body is None or len(body) > push.MOST_BYTES:
        raise HttpError(413, _("A push is at most 1 MiB. Nothing was stored."))
    return body


def _rows(body: bytes) -> list[Any]:
    try:
        rows = json.loads(body)
    except (ValueError, RecursionError):
        rows = None
    if not isinstance(rows, list):
        raise HttpError(400, _("The body is not a JSON list of rows. Nothing was stored."))
    if len(rows) > push.MOST_ROWS:
        raise HttpError(413, _("A push is at most 1,000 rows. Nothing was stored."))
    return rows
