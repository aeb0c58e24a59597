"""Patrols for other programs: routes handed on, patrols and how they stand, positions, counts."""

from datetime import date, datetime, time
from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import AwareDatetime, Field

from anlan.operations.patrols.actions import NewBeat, Position, keep_track, key_of, put_beat
from anlan.operations.patrols.actions.track import MOST_A_BATCH
from anlan.operations.patrols.forms import GCJ02, converted, straightened
from anlan.operations.patrols.queries.counts import Spell, counted
from anlan.operations.patrols.queries.registers import TASKS
from anlan.operations.patrols.queries.scope import beats_in, own_tasks, person_of, tasks_in
from anlan.operations.patrols.queries.terms import terms
from anlan.operations.patrols.rules.states import (
    KEEP,
    MOST_REPEAT_H,
    VIEW,
    WALK,
    Form,
    Hazard,
    Means,
    Rhythm,
)
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import admitted
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries.by_api import Holding, Put
from anlan.operations.territory.queries import area_names, places_under
from anlan.terrain.crs import gcj02_to_cgcs2000
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

router = Router()
Datum = Literal["cgcs2000", "wgs84", "gcj02"]
ID = Field(ge=1, lt=2**53)


class PointIn(Schema):
    """A place that must be reached; degrees, radius in metres (the district's where left out)."""

    name: str = Field(max_length=60)
    lon: float = Field(ge=-180, le=180)
    lat: float = Field(ge=-90, le=90)
    radius_m: int | None = Field(None, ge=5, le=2000)


class BeatIn(Schema):
    """A route or post. Persons are account ids, `unit` an organisation code; `line`: [[lon, lat]].

    `datum` is of points and line; kept is CGCS2000. `since`, `until`: times of the day, an end not
    after its begin is the next day's. `sign_min`: minutes between signs of life at a post.
    `alert_level`: an alert of the hazard of this level (1 red … 4 blue) or above calls it out,
    `response_level` likewise a response; again every `repeat_h` hours (the district's where left
    out) while it lasts.
    """

    name: str = Field(max_length=60)
    form: Form
    hazard: Hazard
    area_code: str
    unit: str
    supervisor: int = ID
    patroller: int = ID
    deputy: int | None = Field(None, ge=1, lt=2**53)
    points: list[PointIn] = Field(min_length=1, max_length=60)
    line: list[tuple[float, float]] = Field([], max_length=2000)
    datum: Datum = "cgcs2000"
    means: Means = Means.FOOT
    rhythm: Rhythm = Rhythm.DAILY
    every: int = Field(1, ge=1, le=366)
    months: list[int] = Field([], max_length=12)
    since: time = time()
    until: time = time(23, 59, 59)
    sign_min: int | None = Field(None, ge=10, le=720)
    alert_level: int | None = Field(None, ge=1, le=4)
    response_level: int | None = Field(None, ge=1, le=4)
    repeat_h: int | None = Field(None, ge=1, le=MOST_REPEAT_H)
    task: str = Field("", max_length=500)
    begins_on: date


class BeatOut(Schema):
    """A route or post as it is kept; CGCS2000."""

    id: int
    source: str
    source_id: str
    name: str
    form: str
    hazard: str
    area_code: str
    unit: str
    points: list[dict[str, Any]]
    line: list[tuple[float, float]]
    rhythm: str
    every: int
    months: list[int]
    alert_level: int | None
    response_level: int | None
    repeat_h: int | None
    begins_on: date
    closed_at: datetime | None


class TaskOut(Schema):
    """A patrol. `share` % of the points reached, `metres` walked, `minutes` on the way; names
    nobody."""

    id: int
    beat_id: int
    day: date
    turn: int
    name: str
    form: str
    hazard: str
    area_code: str
    unit: str
    state: str
    begins_at: datetime
    due_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    share: int
    metres: int
    minutes: int
    complete: bool
    late: bool
    missed: bool
    normal: bool | None
    dangers: int


class TasksOut(registers.HundredOf):
    rows: list[TaskOut]


class Asking(Schema):
    """A page of 100; `view` is one of the list's tabs, the others are its filters."""

    view: str = ""
    state: str = ""
    form: str = ""
    hazard: str = ""
    area_code: str = ""
    mark: str = ""
    beat: str = ""
    day_since: str = ""
    day_until: str = ""
    page: int = 1


class FixIn(Schema):
    """A position: moment with offset, degrees, accuracy in metres."""

    at: AwareDatetime
    lon: float = Field(ge=-180, le=180)
    lat: float = Field(ge=-90, le=90)
    accuracy_m: float = Field(ge=0, le=100_000)


class TrackIn(Schema):
    """Positions of one's own patrol, in any order; what is known already is kept once."""

    fixes: list[FixIn] = Field(max_length=MOST_A_BATCH)
    datum: Datum = "cgcs2000"


class Kept(Schema):
    kept: int


class Days(Schema):
    """From `since` to `until`, both days included; this year so far where they are left out."""

    since: date | None = None
    until: date | None = None


class LineOut(Schema):
    """Counts of a street or hazard by key (owed, done, on_time, complete, missed, …); km walked."""

    code: str
    name: str
    counts: dict[str, int]
    km: float


class CountsOut(Schema):
    streets: list[LineOut]
    hazards: list[LineOut]


@router.get("/patrols/counts", response=CountsOut)
def patrol_counts(request: HttpRequest, days: Query[Days]) -> Any:
    """Counts of the patrols within sight, by street and by hazard."""
    scope, today = admitted(request, VIEW), clock.today()
    spell = Spell(days.since or today.replace(month=1, day=1), days.until or today)
    streets, hazards = counted(scope, spell, area_names())
    return {"streets": streets, "hazards": hazards}


@router.get("/patrols/tasks", response=TasksOut)
def patrol_tasks(request: HttpRequest, asking: Query[Asking]) -> Any:
    """The patrols within sight."""
    scope = admitted(request, VIEW)
    return registers.hundred(TASKS, tasks_in(scope), asking.dict(), scope)


@router.put("/patrols/tasks/{patrol_id}/track", response=Kept)
def patrol_track(request: HttpRequest, patrol_id: int, body: TrackIn) -> Any:
    """Positions of one's own patrol, as often as one likes."""
    scope = admitted(request, WALK)
    if not own_tasks(scope).filter(pk=patrol_id).exists():
        raise Http404
    positions = [Position(one.at, one.lon, one.lat, one.accuracy_m) for one in body.fixes]
    if body.datum == GCJ02 and positions:
        lons, lats = gcj02_to_cgcs2000([p.lon for p in positions], [p.lat for p in positions])
        positions = [
            Position(p.at, float(lon), float(lat), p.accuracy_m)
            for p, lon, lat in zip(positions, lons, lats, strict=True)
        ]
    return {"kept": keep_track(actor_of(request), patrol_id, positions)}


@router.get("/patrols/routes/{source}/{source_id}", response=BeatOut)
def patrol_route_of(request: HttpRequest, source: str, source_id: str) -> Any:
    """A route that this platform handed on."""
    rows = beats_in(admitted(request, VIEW))
    found = rows.filter(key=key_of(source, source_id)).first()
    if found is None:
        raise Http404
    return found


@router.put("/patrols/routes/{source}/{source_id}", response=Put, auth=Holding(KEEP))
def put_patrol_route(request: HttpRequest, source: str, source_id: str, body: BeatIn) -> Any:
    """Enter or change a route by its id in another platform, as often as one likes.

    Fields left out stay as they are.
    """
    scope = admitted(request, KEEP)
    known = {code for code, _name in places_under(scope.area_prefix or "-", area_names())}
    if body.area_code not in known:
        raise Refused(N_("This place is not in your territory, or not known."))
    radius = terms(clock.today()).radius_m
    points = [one.dict() | {"radius_m": one.radius_m or radius} for one in body.points]
    line = [list(one) for one in body.line]
    if body.datum == GCJ02:
        points, line = [converted(one) for one in points], straightened(line)
    said = body.dict(exclude={"points", "line", "datum", "months"})
    new = NewBeat(
        key="", source=source[:40], source_id=source_id[:80], points=points, line=line,
        months=tuple(sorted(set(body.months))), **said,
    )  # fmt: skip
    pk = put_beat(actor_of(request), person_of(scope), new, body.model_fields_set)
    return {"id": pk}
