"""Lists of responsibilities for other programs: duties, works of the year, the board."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest
from ninja import File, Query, Router, UploadedFile

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import OrganisationRow, admitted, organisations
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries.by_api import (
    Holding,
    PutOutcome,
    Sent,
    StepIn,
    StepTaken,
    form_asked,
    read_back,
)
from anlan.operations.responsibilities.actions import (
    NewWork,
    add_photo,
    answer,
    duty_numbers,
    open_year,
    put_work,
    said_of,
    take_capacity_step,
    take_step,
)
from anlan.operations.responsibilities.api import lists
from anlan.operations.responsibilities.api.schemas import (
    BearerOut,
    BoardOut,
    CapacityAsked,
    CapacityBoardOut,
    CapacityFileOut,
    CapacityYearIn,
    CommendationsOut,
    ListOut,
    WorkAmendIn,
    WorkFileOut,
    WorkIn,
    WorkOut,
    WorkPhotoOut,
    WorksOut,
)
from anlan.operations.responsibilities.models import CapacityCheck, Work, WorkPhoto
from anlan.operations.responsibilities.queries import (
    bearer_file,
    bearers_in,
    board,
    capacity_board,
    capacity_file,
    checks_in,
    commendations_in,
    person_of,
    work_file,
    works_in,
)
from anlan.operations.responsibilities.queries.commendations import COMMENDATIONS
from anlan.operations.responsibilities.queries.registers import EARLIEST, LATEST, WORKS
from anlan.operations.responsibilities.rules.capacity import CHECK, REVIEW
from anlan.operations.responsibilities.rules.states import KEEP, VIEW, WORK
from anlan.operations.safety.queries.photographs import sent_bytes
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

router = Router()
router.add_router("", lists.router)
SAID = ("said", "words", "reviewed", "reason")


@router.get("/responsibilities/lists", response=list[BearerOut])
def responsibility_lists(request: HttpRequest) -> Any:
    """Whose lists are within sight."""
    return list(bearers_in(admitted(request, VIEW)).order_by("unit_code", "post"))


@router.get("/responsibilities/lists/{bearer_id}", response=ListOut)
def responsibility_list(request: HttpRequest, bearer_id: int, year: int = 0) -> Any:
    """One list with its duties and the works of a year, this one when none is named."""
    asked = year if EARLIEST <= year <= LATEST else clock.today().year
    found = bearer_file(bearer_id, asked, admitted(request, VIEW))
    if found is None:
        raise Http404
    return {
        "bearer": found.bearer, "duties": found.duties, "earlier": found.earlier,
        "read_at": found.reading.at if found.reading else None,
        "works": [one.work for one in found.works],
    }  # fmt: skip


@router.get("/responsibilities/board", response=BoardOut)
def responsibility_board(request: HttpRequest, year: int = 0) -> Any:
    """The works of a year by the unit that does them."""
    asked = year if EARLIEST <= year <= LATEST else clock.today().year
    return board(admitted(request, VIEW), asked)


@router.get("/responsibilities/works", response=WorksOut)
def year_works(request: HttpRequest, asking: Query[registers.Hundred]) -> Any:
    """Works within sight, of every year; `view=late` for the late ones."""
    scope = admitted(request, VIEW)
    return registers.hundred(WORKS, works_in(scope), asking.dict(), scope)


@router.get("/responsibilities/works/{work_id}", response=WorkFileOut)
def year_work(request: HttpRequest, work_id: int) -> Any:
    """One work with its steps, oldest first."""
    found = work_file(work_id, admitted(request, VIEW))
    if found is None:
        raise Http404
    return {
        "work": found.work, "late": found.late, "steps": found.steps[::-1],
        "verbs": list(found.verbs), "photos": found.work.photos.order_by("pk"),
    }  # fmt: skip


@router.post(
    "/responsibilities/works/{work_id}/photos", response=WorkPhotoOut,
    auth=Holding(VIEW, works_in, "work_id"),
)  # fmt: skip
def work_photo(request: HttpRequest, work_id: int, photo: File[UploadedFile]) -> Any:
    """Keep a photo or document as evidence of a work; the same file again is the same one. Sent as
    multipart/form-data. Refused (409) with the reason where it is not fit to keep."""
    scope = admitted(request, VIEW)
    raw = sent_bytes(photo, N_("Choose a photo or document."))
    pk = add_photo(actor_of(request), person_of(scope), work_id, raw, photo.name or "")
    return WorkPhoto.objects.get(pk=pk)


@router.post("/responsibilities/works/{work_id}/steps", response=StepTaken)
def work_step(request: HttpRequest, work_id: int, body: StepIn) -> Any:
    """Begin, report (`percent`, 0 to 99), submit, confirm, return or drop a work, with `words`
    where the step asks for them; 409 where the rules refuse it. What it says is amended by PUT or
    `amend`."""
    scope = admitted(request, VIEW)
    verbs = {step.verb: step.verb for step in WORK.steps if step.verb != "amend"}
    verb = form_asked(verbs, body, seen=works_in(scope).filter(pk=work_id).exists())
    take_step(
        actor_of(request), person_of(scope), work_id, verb, words=body.given.get("words", ""),
        percent=registers.key_of(body.given.get("percent", "")),
    )  # fmt: skip
    return Work.objects.get(pk=work_id)


@router.post(
    "/responsibilities/works/{work_id}/amend", response=PutOutcome,
    auth=Holding(VIEW, works_in, "work_id"),
)  # fmt: skip
def amend_work(request: HttpRequest, work_id: int, body: WorkAmendIn) -> Any:
    """Say otherwise what a work is, also of one that was set here; the same again is the same.
    Refused (409) where it is not the account's to amend, or was submitted or ended."""
    scope = admitted(request, KEEP)
    work = Work.objects.get(pk=work_id)
    sent = body.dict(exclude_unset=True)
    duty_id = work.duty_id if "duty" not in sent else _duty(work.bearer_id, body.duty)
    new = NewWork(
        year=work.year, number=work.number, what=body.what or work.what,
        measure=body.measure or work.measure, unit=_unit(body.unit_code or work.unit_code),
        due_on=body.due_on or work.due_on, duty_id=duty_id,
    )  # fmt: skip
    pk, outcome = put_work(actor_of(request), person_of(scope), work.bearer_id, new)
    return {"id": pk, "outcome": outcome}


def _unit(code: str) -> OrganisationRow:
    """The unit of today; raises `Refused` where there is none."""
    unit = next((one for one in organisations() if one.code == code), None)
    if unit is None:
        raise Refused(N_("There is no such unit."))
    return unit


def _duty(bearer_id: int, number: int | None) -> int | None:
    """A duty of the list by its number, None where none is named; raises `Refused`."""
    duties = duty_numbers(bearer_id, clock.today()) if number is not None else {}
    if number is not None and number not in duties:
        raise Refused(N_("The duty is not in this list."))
    return duties.get(number or 0)


read_back(router, "/responsibilities/works", WorkOut, Sent(VIEW, works_in), __name__)


@router.put(
    "/responsibilities/works/{source}/{source_id}", response=PutOutcome, auth=Holding(KEEP)
)  # fmt: skip
def hand_work_on(request: HttpRequest, source: str, source_id: str, body: WorkIn) -> Any:
    """Set or amend a work by its id in another program, as often as one likes.

    Refused (409) where the list or the unit is not the account's to keep, or the work was
    submitted or ended meanwhile.
    """
    scope = admitted(request, KEEP)
    if not bearers_in(scope).filter(pk=body.bearer_id).exists():
        raise Http404
    unit = _unit(body.unit_code)
    if not EARLIEST <= body.year <= LATEST:
        raise Refused(N_("The deadline lies in the year of the list."))
    duty_id = _duty(body.bearer_id, body.duty)
    new = NewWork(
        year=body.year, number=body.number, what=body.what, measure=body.measure, unit=unit,
        due_on=body.due_on, duty_id=duty_id, source=source[:40],
        source_id=source_id[:80],
    )  # fmt: skip
    pk, outcome = put_work(actor_of(request), person_of(scope), body.bearer_id, new)
    return {"id": pk, "outcome": outcome}


@router.get("/responsibilities/capacity", response=CapacityBoardOut)
def capacity_of_streets(request: HttpRequest, year: int = 0) -> Any:
    """The capacity assessments of a year within sight, this one when none is named."""
    asked = year if EARLIEST <= year <= LATEST else clock.today().year
    return capacity_board(admitted(request, VIEW), asked)


@router.post("/responsibilities/capacity", response=CapacityAsked, auth=Holding(REVIEW))
def open_capacity_year(request: HttpRequest, body: CapacityYearIn) -> Any:
    """Ask every street that the district runs to assess itself this year; those that were asked are
    not asked again. Refused (409) for anybody but the bureau."""
    scope, year = admitted(request, REVIEW), clock.today().year
    asked = open_year(actor_of(request), person_of(scope), year, body.due_on)
    return {"year": year, "asked": asked}


@router.get("/responsibilities/capacity/{capacity_id}", response=CapacityFileOut)
def capacity_of_street(request: HttpRequest, capacity_id: int) -> Any:
    """One assessment, item by item."""
    found = capacity_file(capacity_id, admitted(request, VIEW))
    if found is None:
        raise Http404
    lines = [
        {
            "code": one.item.code, "kind": one.item.kind, "text": one.item.text,
            "points": one.item.points,
            **{key: getattr(one.answer, key, "") for key in SAID},
        }
        for one in found.lines
    ]  # fmt: skip
    return {"check": found.check, "lines": lines, "verbs": list(found.verbs)}


@router.post("/responsibilities/capacity/{capacity_id}/steps", response=StepTaken)
def capacity_step(request: HttpRequest, capacity_id: int, body: StepIn) -> Any:
    """Submit an assessment, review it, object to or accept the review, or settle the objection; 409
    where the rules refuse it.

    Items go with submit, review and settle: `answer:CODE` (yes, partly, no) and `words:CODE`; what
    is left out stays. `words`: why one objects.
    """
    scope = admitted(request, VIEW)
    seen = checks_in(scope).filter(pk=capacity_id).exists()
    verb = form_asked({step.verb: step.verb for step in CHECK.steps}, body, seen=seen)
    who, said = (actor_of(request), person_of(scope)), said_of(body.given)
    with transaction.atomic():
        if verb == "submit" and said:
            answer(*who, capacity_id, said)
        take_capacity_step(
            *who, capacity_id, verb, words=body.given.get("words", ""),
            changes=said if verb in ("review", "settle") else None,
        )  # fmt: skip
    return CapacityCheck.objects.get(pk=capacity_id)


@router.get("/responsibilities/commendations", response=CommendationsOut)
def commendations(request: HttpRequest, q: str = "", view: str = "", page: int = 1) -> Any:
    """Commendations within sight, revoked ones too; `view=standing` for those that stand."""
    scope = admitted(request, VIEW)
    asking = {"q": q, "view": view, "page": page}
    return registers.hundred(COMMENDATIONS, commendations_in(scope), asking, scope)
