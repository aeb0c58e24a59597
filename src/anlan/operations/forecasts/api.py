"""Forecasts for other programs."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Router, Schema

from anlan.operations.forecasts import queries
from anlan.operations.people.queries import scope_of
from anlan.operations.sensing.queries import station, stations, visible

router = Router()


class RunOut(Schema):
    """A run: crest and stages in metres of `datum`."""

    id: int
    station_code: str
    state: str
    trigger: str
    issued_at: datetime
    datum: str
    crest_at: datetime | None
    crest_stage_m: float | None
    area_m2: float | None
    households: int | None
    people: int | None
    people_by_depth_class: list[int]


class CurveOut(Schema):
    at: list[datetime]
    stage: list[float]
    discharge: list[float]
    low50: list[float]
    high50: list[float]
    low90: list[float]
    high90: list[float]


class CommunityOut(Schema):
    code: str
    name: str
    people: int
    households: int
    max_depth_m: float
    arrival_at: datetime | None
    by_class: list[int]


class LeadErrorOut(Schema):
    lead_h: int
    valid_at: datetime
    forecast_m: float
    observed_m: float
    error_m: float
    allowed_m: float
    qualified: bool


class RunDetailOut(RunOut):
    hydrograph: CurveOut
    method: dict[str, Any]
    communities: list[CommunityOut]
    error_by_lead_time: list[LeadErrorOut]


def _may_see(request: HttpRequest, row: queries.RunRow) -> bool:
    scope = scope_of(request.user)
    if not scope.may("forecasts.view"):
        raise PermissionDenied
    gauge = station(row.station_code)
    return gauge is not None and visible(scope, gauge)


@router.get("/forecasts", response=list[RunOut])
def forecasts(request: HttpRequest, limit: int = 20) -> Any:
    scope = scope_of(request.user)
    if not scope.may("forecasts.view"):
        raise PermissionDenied
    seen = {one.code for one in stations() if visible(scope, one)}
    return [row for row in queries.runs(max(1, min(limit, 200))) if row.station_code in seen]


@router.get("/forecasts/{run_id}", response=RunDetailOut)
def forecast(request: HttpRequest, run_id: int) -> Any:
    row = queries.run(run_id)
    if row is None or not _may_see(request, row):
        raise Http404
    return row
