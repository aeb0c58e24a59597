"""Model runs as the rooms above see them."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, overload

from django.db.models import QuerySet

from anlan.operations.forecasts.models import ForecastRun
from anlan.operations.forecasts.queries.accuracy import LeadError, errors_of
from anlan.operations.forecasts.queries.files import path_of
from anlan.operations.forecasts.rules.communities import COMMUNITIES_FILE
from anlan.operations.forecasts.rules.progress import PROGRESS_FILE, told
from anlan.operations.forecasts.rules.run_states import RunState
from anlan.operations.people.queries.sayings import spoken
from anlan.vocabulary.clock import CHINA


@dataclass(frozen=True, slots=True)
class Curve:
    """The forecast hydrograph, metres of the run's datum (discharge m³/s), beginning at the issue.

    low50..high90 bound the half and the nine tenths of the errors expected.
    """

    at: tuple[datetime, ...] = ()
    stage: tuple[float, ...] = ()
    discharge: tuple[float, ...] = ()
    low50: tuple[float, ...] = ()
    high50: tuple[float, ...] = ()
    low90: tuple[float, ...] = ()
    high90: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class FrameRow:
    """Depth at one moment as a picture laid on the run's four corners."""

    at: datetime
    url: str


@dataclass(frozen=True, slots=True)
class CommunityImpact:
    """One community under water: `by_class` counts people in the five depth classes, `unsafe`
    those who cannot walk out through it; that and the speed are unknown in old runs.
    `reached_after`: from the issue until its first water, 3:20 h."""

    code: str
    name: str
    people: int
    households: int
    max_depth_m: float
    arrival_at: datetime | None
    by_class: tuple[int, ...]
    needs_help: int = 0
    unsafe: int | None = None
    max_speed_ms: float | None = None
    reached_after: str = ""


@dataclass(frozen=True, slots=True)
class RoadImpact:
    code: str
    name: str
    grade: str
    length_m: float
    max_depth_m: float
    arrival_at: datetime | None


@dataclass(frozen=True, slots=True)
class SiteImpact:
    code: str
    kind: str
    name: str
    area_code: str
    max_depth_m: float
    arrival_at: datetime | None


@dataclass(frozen=True)
class RunRow:
    """One run; `first` is what the stage library says until it is issued. Stages in `datum`.

    `corners` are lon/lat: upper left, upper right, lower right, lower left of the frames;
    `max_extent` is a GeoJSON FeatureCollection of polygons by depth class (property `class` 0..4),
    read from the run's file when asked for."""

    id: int
    key: str
    reach: str
    station_code: str
    trigger: str
    requested_by: str
    issued_at: datetime
    state: str
    attempt: int
    fault: str
    started_at: datetime | None
    finished_at: datetime | None
    datum: str
    crest_at: datetime | None
    crest_stage_m: float | None
    hydrograph: Curve
    method: dict[str, Any]
    wall: dict[str, float]
    frames: tuple[FrameRow, ...]
    corners: tuple[tuple[float, float], ...]
    area_m2: float | None
    households: int | None
    people: int | None
    unsafe: int | None
    people_by_depth_class: tuple[int, ...]
    communities: tuple[CommunityImpact, ...]
    roads: tuple[RoadImpact, ...]
    sites: tuple[SiteImpact, ...]
    error_by_lead_time: tuple[LeadError, ...]
    first: dict[str, Any] | None
    schematic: bool
    folder: str

    @cached_property
    def max_extent(self) -> dict[str, Any]:
        path = path_of(self.folder, "extent.geojson")
        if path is None:
            return {"type": "FeatureCollection", "features": []}
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found

    @cached_property
    def tiled(self) -> bool:
        """Whether maps can be fed by tiles of its water; runs of before have pictures only."""
        return bool(self.frames) and path_of(self.folder, COMMUNITIES_FILE) is not None

    @property
    def percent(self) -> int | None:
        """How much of the computation is done; None while it does not run."""
        running = self.state == RunState.RUNNING
        path = path_of(self.folder, PROGRESS_FILE) if running else None
        return told(path) if path else None

    @property
    def area_km2(self) -> float | None:
        return None if self.area_m2 is None else self.area_m2 / 1e6

    @property
    def crest_band_m(self) -> tuple[float, float] | None:
        """The 90 % band at the crest, metres of `datum`."""
        curve = self.hydrograph
        if self.crest_at is None or not curve.at:
            return None
        nearest = min(range(len(curve.at)), key=lambda n: abs(curve.at[n] - self.crest_at))  # type: ignore[operator]
        return curve.low90[nearest], curve.high90[nearest]


def run(run_id: int) -> RunRow | None:
    """One run with all it says, in any state."""
    found = _rows().filter(pk=run_id).first()
    return _row(found) if found else None


def run_of_key(key: str) -> RunRow | None:
    found = _rows().filter(key=key).first()
    return _row(found) if found else None


def latest_run(reach: str | None = None) -> RunRow | None:
    """The issued run that looks from the latest moment; None before any."""
    rows = _rows().filter(state=RunState.DONE)
    if reach:
        rows = rows.filter(reach=reach)
    found = rows.order_by("-issued_at", "-pk").first()
    return _row(found) if found else None


def runs(
    limit: int = 50, *, station_code: str | None = None, state: str | None = None
) -> list[RunRow]:
    """Runs, the latest issue first."""
    rows = _rows()
    if station_code:
        rows = rows.filter(station_code=station_code)
    if state:
        rows = rows.filter(state=state)
    return [_row(one) for one in rows.order_by("-issued_at", "-pk")[:limit]]


def _rows() -> QuerySet[ForecastRun]:
    return ForecastRun.objects.defer("arguments").prefetch_related("communities", "checks")


def _row(one: ForecastRun) -> RunRow:
    flood = one.flood or {}
    impact = flood.get("impact") or {}
    return RunRow(
        id=one.pk, key=one.key, reach=one.reach, station_code=one.station_code,
        trigger=one.trigger, requested_by=one.requested_by, issued_at=here(one.issued_at),
        state=one.state, attempt=one.attempt,
        fault=spoken(one.refused) if one.refused else one.fault, started_at=here(one.started_at),
        finished_at=here(one.finished_at), datum=one.datum, crest_at=here(one.crest_at),
        crest_stage_m=one.crest_stage_m, hydrograph=_curve(one.hydrograph), method=one.method,
        wall=one.wall,
        frames=tuple(
            FrameRow(here(datetime.fromisoformat(at)), f"/forecasts/{one.pk}/depth/{number}.png")
            for number, at in enumerate(flood.get("frames", ()))
        ),
        corners=tuple((lon, lat) for lon, lat in flood.get("corners", ())),
        area_m2=one.area_m2, households=one.households, people=one.people,
        unsafe=impact.get("unsafe"),
        people_by_depth_class=tuple(impact.get("people_by_class", ())),
        communities=_communities(one),
        roads=tuple(RoadImpact(**_timed(row)) for row in impact.get("roads", ())),
        sites=tuple(SiteImpact(**_timed(row)) for row in impact.get("sites", ())),
        error_by_lead_time=errors_of(one.checks.all()), first=one.first,
        schematic=bool(flood.get("schematic")), folder=one.folder,
    )  # fmt: skip


def _curve(stored: dict[str, Any] | None) -> Curve:
    if not stored:
        return Curve()
    values = {name: tuple(column) for name, column in stored.items() if name != "at"}
    return Curve(at=tuple(here(datetime.fromisoformat(at)) for at in stored["at"]), **values)


def _communities(one: ForecastRun) -> tuple[CommunityImpact, ...]:
    """The worst hit first: by people, then by the hour of the water."""
    rows = [
        CommunityImpact(
            row.code, row.name, row.people, row.households, row.max_depth_m,
            here(row.arrival_at), tuple(row.by_class), row.needs_help, row.unsafe,
            row.max_speed_ms, _after(one.issued_at, row.arrival_at),
        )
        for row in one.communities.all()
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (-row.people, row.code)))


def _after(issued_at: datetime, arrival_at: datetime | None) -> str:
    if arrival_at is None:
        return ""
    minutes = round((arrival_at - issued_at).total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02d} h"


def _timed(row: dict[str, Any]) -> dict[str, Any]:
    arrival = row["arrival_at"]
    return {**row, "arrival_at": here(datetime.fromisoformat(arrival)) if arrival else None}


@overload
def here(at: datetime) -> datetime: ...
@overload
def here(at: None) -> None: ...
def here(at: datetime | None) -> datetime | None:
    """The same moment as clocks here show it; the database answers in UTC."""
    return None if at is None else at.astimezone(CHINA)
