"""Patrols for other programs: routes handed on, patrols and how they stand, positions, counts."""

from datetime import date, datetime, time
from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import File, Query, Router, Schema, UploadedFile
from ninja import Form as Sent
from pydantic import AwareDatetime, Field

from anlan.operations.patrols.actions import (
    NewBeat,
    Position,
    add_patrol_photo,
    call_out,
    close_beat,
    keep_track,
    key_of,
    put_beat,
)
from anlan.operations.patrols.actions.track import MOST_A_BATCH
from anlan.operations.patrols.forms.phone import GCJ02, converted, straightened
from anlan.operations.patrols.forms.steps import FORMS, WALKED
from anlan.operations.patrols.models import PatrolPhoto, PatrolTask
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
from anlan.operations.registers.queries.by_api import Holding, Put, StepIn, StepTaken, form_asked
from anlan.operations.safety.actions import Taking
from anlan.operations.safety.queries.photographs import sent_bytes
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


class PatrolPhotoIn(Schema):
    """What is sent with a file: when and where its device says that it was taken, CGCS2000."""

    taken_at: AwareDatetime | None = None
    lon: float | None = Field(None, ge=-180, le=180)
    lat: float | None = Field(None, ge=-90, le=90)


class PatrolPhotoOut(Schema):
    """A kept photo. The file itself is at `/patrols/photos/{id}`."""

    id: int
    media: str
    size: int
    sha256: str
    taken_at: datetime | None
    kept_at: datetime


class CallIn(Schema):
    """A patrol beside the rhythm, from now `until` then, and what it rests on."""

    until: AwareDatetime
    reason: str = ""


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


@router.post(
    "/patrols/tasks/{patrol_id}/steps", response=StepTaken,
    auth=Holding(VIEW, tasks_in, "patrol_id"),
)  # fmt: skip
def patrol_step(request: HttpRequest, patrol_id: int, body: StepIn) -> Any:
    """Take a step of a patrol; 409 with the reason where the rules refuse it.

    Of its supervisor: `confirm` (`words`), `return`, `ask why`, `reject`, `excuse` (`reason`). Of
    whoever walks it, each with a `key` that is the same when it is sent again: `start`, `hand over`
    (`at`), `finish` (`at`, `normal` yes or no, `remark`), `report danger` (`title`, `words`,
    `place`, `lon`, `lat`)."""
    scope = admitted(request, VIEW)
    walked = body.verb in WALKED
    if walked:
        scope = admitted(request, WALK)
    seen = not walked or own_tasks(scope).filter(pk=patrol_id).exists()
    takes = {verb: form.take for verb, form in FORMS.items()} | WALKED
    form_asked(takes, body, seen=seen)(request, patrol_id, body.given)
    return PatrolTask.objects.get(pk=patrol_id)


@router.post(
    "/patrols/tasks/{patrol_id}/photos", response=PatrolPhotoOut,
    auth=Holding(WALK, own_tasks, "patrol_id"),
)  # fmt: skip
def patrol_photo(
    request: HttpRequest, patrol_id: int, given: Sent[PatrolPhotoIn], photo: File[UploadedFile]
) -> Any:
    """Keep a photo of one's own patrol; the same again is the same one. Sent as
    multipart/form-data. Refused (409) with the reason where it is not fit to keep."""
    raw = sent_bytes(photo, N_("Choose a photo."))
    taking = Taking(given.taken_at, given.lon, given.lat)
    return PatrolPhoto.objects.get(
        pk=add_patrol_photo(actor_of(request), patrol_id, raw, taking)
    )  # fmt: skip


@router.post(
    "/patrols/routes/{beat_id}/close", response=Put, auth=Holding(KEEP, beats_in, "beat_id")
)  # fmt: skip
def close_patrol_route(request: HttpRequest, beat_id: int) -> Any:
    """The route or post is walked no more; what is due stays."""
    scope = admitted(request, KEEP)
    close_beat(actor_of(request), person_of(scope), beat_id)
    return {"id": beat_id}


@router.post(
    "/patrols/routes/{beat_id}/call", response=Put, auth=Holding(KEEP, beats_in, "beat_id")
)  # fmt: skip
def call_patrol_out(request: HttpRequest, beat_id: int, body: CallIn) -> Any:
    """Call a patrol out beside the rhythm; the patrol's id."""
    scope = admitted(request, KEEP)
    pk = call_out(
        actor_of(request), person_of(scope), beat_id, until=body.until, reason=body.reason
    )  # fmt: skip
    return {"id": pk}


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
