"""Calls of streets for other programs: handed on, how they stand, counts of units."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import File, Query, Router, Schema, UploadedFile
from pydantic import Field

from anlan.operations.calls.actions import NewCall, add_call_photo, key_of, put_call
from anlan.operations.calls.forms import FORMS
from anlan.operations.calls.models import Call, CallPhoto
from anlan.operations.calls.queries.counts import Spell, counted
from anlan.operations.calls.queries.files import call_file
from anlan.operations.calls.queries.registers import calls_register
from anlan.operations.calls.queries.scope import calls_in, person_of
from anlan.operations.calls.queries.units import units
from anlan.operations.calls.rules.states import MAKE, VIEW, Kind, Urgency
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import admitted
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries.by_api import Holding, Put, StepIn, StepTaken, form_asked
from anlan.operations.safety.queries.photographs import sent_bytes
from anlan.operations.safety.queries.scope import enterprises_in
from anlan.operations.territory.queries import area_names, places_under
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

router = Router()
TYPED = ("urgency", "unit", "matter", "kind", "area_code", "place")


class CallIn(Schema):
    """What a street asks for. `unit`: organisation code of the department; `lon`, `lat`: CGCS2000
    degrees; `enterprise_id`: within sight."""

    urgency: Urgency
    kind: Kind
    unit: str
    matter: str
    area_code: str
    place: str = ""
    lon: float | None = Field(None, ge=-180, le=180)
    lat: float | None = Field(None, ge=-90, le=90)
    enterprise_id: int | None = Field(None, ge=1, lt=2**53)


class CallOut(Schema):
    """How a call stands. `due_at`: the term of its state; `grade` 1–5, `settled` yes or partly."""

    id: int
    number: str
    source: str
    source_id: str
    urgency: str
    kind: str
    matter: str
    street: str
    unit: str
    area_code: str
    place: str
    lon: float | None
    lat: float | None
    state: str
    called_at: datetime
    due_at: datetime | None
    answered_at: datetime | None
    comes: str
    coming_at: datetime | None
    handled_at: datetime | None
    handling: str
    answer_late: bool
    handle_late: bool
    returned: int
    settled: str
    grade: int | None
    danger_id: int | None


class CallStepOut(Schema):
    verb: str
    at: datetime
    by_name: str
    before: str
    after: str
    reason: str


class CallPhotoOut(Schema):
    """A kept photo; `by_street`: of what is called for, else of what was done. The file itself is
    at `/calls/photos/{id}`."""

    id: int
    media: str
    size: int
    sha256: str
    by_street: bool
    by_name: str
    kept_at: datetime


class CallFileOut(Schema):
    """A call with its steps and photos, oldest first; `verbs`: what one may do now."""

    call: CallOut
    steps: list[CallStepOut]
    photos: list[CallPhotoOut]
    verbs: list[str]


class CallsOut(registers.HundredOf):
    rows: list[CallOut]


class Asking(Schema):
    """A page of 100; `view` is one of the list's tabs, the others are its filters."""

    view: str = ""
    state: str = ""
    urgency: str = ""
    kind: str = ""
    unit: str = ""
    street: str = ""
    area_code: str = ""
    page: int = 1


class Days(Schema):
    """From `since` to `until`, both days included; this year so far where they are left out."""

    since: date | None = None
    until: date | None = None


class UnitOut(Schema):
    """A unit's counts by key (sent, answered_in_time, …), and the mean grade (1–5) of what was
    confirmed; None where nothing was."""

    code: str
    name: str
    counts: dict[str, int]
    grade: float | None


class CountsOut(Schema):
    departments: list[UnitOut]
    streets: list[UnitOut]


@router.get("/calls/counts", response=CountsOut)
def call_counts(request: HttpRequest, days: Query[Days]) -> Any:
    """Counts of the calls within sight, by department and by street."""
    scope, today = admitted(request, VIEW), clock.today()
    spell = Spell(days.since or today.replace(month=1, day=1), days.until or today)
    departments, streets = counted(scope, spell)
    return {"departments": departments, "streets": streets}


@router.get("/calls", response=CallsOut)
def township_calls(request: HttpRequest, asking: Query[Asking]) -> Any:
    """The calls within sight."""
    scope = admitted(request, VIEW)
    return registers.hundred(calls_register(*units()), calls_in(scope), asking.dict(), scope)


@router.get("/calls/{call_id}", response=CallFileOut)
def township_call(request: HttpRequest, call_id: int) -> Any:
    """One call within sight."""
    found = call_file(call_id, admitted(request, VIEW))
    if found is None:
        raise Http404
    return {
        "call": found.call, "steps": found.steps[::-1], "photos": found.photos,
        "verbs": list(found.verbs),
    }  # fmt: skip


@router.post(
    "/calls/{call_id}/steps", response=StepTaken, auth=Holding(VIEW, calls_in, "call_id")
)  # fmt: skip
def township_call_step(request: HttpRequest, call_id: int, body: StepIn) -> Any:
    """Take a step of a call; 409 with the reason where the rules refuse it.

    `answer`: `comes`, `coming_at`; `refuse`, `return`, `withdraw`: `reason`; `assign`: `unit`,
    `reason`; `handle`: `handling`; `make danger`: `title`; `confirm`: `settled` (yes, partly),
    `grade` (1 to 5), `words`."""
    admitted(request, VIEW)
    form_asked(FORMS, body, seen=True).take(request, call_id, body.given)
    return Call.objects.get(pk=call_id)


@router.post(
    "/calls/{call_id}/photos", response=CallPhotoOut, auth=Holding(VIEW, calls_in, "call_id")
)  # fmt: skip
def township_call_photo(request: HttpRequest, call_id: int, photo: File[UploadedFile]) -> Any:
    """Keep a photo of a call, from its street or its department; the same again is the same one.
    Sent as multipart/form-data. Refused (409) with the reason where it is not fit to keep."""
    scope = admitted(request, VIEW)
    raw = sent_bytes(photo, N_("Choose a photo."))
    pk = add_call_photo(actor_of(request), person_of(scope), call_id, raw)
    return CallPhoto.objects.get(pk=pk)


@router.get("/calls/{source}/{source_id}", response=CallOut)
def township_call_of(request: HttpRequest, source: str, source_id: str) -> Any:
    """A call that this platform handed on."""
    rows = calls_in(admitted(request, VIEW))
    found = rows.filter(key=key_of(source, source_id)).first()
    if found is None:
        raise Http404
    return found


@router.put("/calls/{source}/{source_id}", response=Put, auth=Holding(MAKE))
def put_township_call(request: HttpRequest, source: str, source_id: str, body: CallIn) -> Any:
    """Call a department by the call's id in another platform, as often as one likes.

    Refused (409) where the same id says something else now.
    """
    scope = admitted(request, MAKE)
    given = {key: str(value) for key, value in body.dict().items() if key in TYPED}
    known = {code for code, _name in places_under(scope.area_prefix or "-", area_names())}
    values, entered = registers.typed(calls_register(*units()), given, known, TYPED)
    if entered.errors:
        raise Refused("; ".join(f"{key}: {why}" for key, why in entered.errors.items()))
    firm = body.enterprise_id
    if firm is not None and not enterprises_in(scope).filter(pk=firm).exists():
        raise Refused(N_("There is no such enterprise."))
    values |= {"urgency": Urgency(values["urgency"]), "kind": Kind(values["kind"])}
    new = NewCall(
        key="", source=source[:40], source_id=source_id[:80], lon=body.lon, lat=body.lat,
        enterprise_id=firm, **values,
    )  # fmt: skip
    return {"id": put_call(actor_of(request), person_of(scope), new)}
