"""Stations, series and alarms for other programs."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Router, Schema

from anlan.operations.people.queries import Scope, scope_of
from anlan.operations.sensing import queries
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
    """Readings of one element, ascending; null is "no data"."""

    station: str
    element: str
    unit: str
    datum: str
    at: list[datetime]
    value: list[float | None]


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


def _scope(request: HttpRequest) -> Scope:
    scope = scope_of(request.user)
    if not scope.may("sensing.view"):
        raise PermissionDenied
    return scope


@router.get("/stations", response=list[StationOut])
def stations(request: HttpRequest) -> Any:
    return [_out(row) for row in queries.board(_scope(request))]


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
    if row is None or not queries.visible(_scope(request), row):
        raise Http404
    end = until or clock.now()
    start = max(since or end - timedelta(days=3), end - LONGEST)
    values = queries.series(code, element, start, end)
    return {
        "station": code, "element": element, "unit": values.unit, "datum": values.datum,
        "at": values.at, "value": values.value,
    }  # fmt: skip


@router.get("/alarms", response=list[AlarmOut])
def alarms(request: HttpRequest, state: str | None = None) -> Any:
    return queries.alarms(_scope(request), states=[state] if state else None)
