"""Lists of responsibilities for other programs: duties, works of the year, the board."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest
from ninja import File, Query, Router, UploadedFile

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import admitted, organisations
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
    put_work,
    said_of,
    take_capacity_step,
    take_step,
)
from anlan.operations.responsibilities.api import lists
from anlan.operations.responsibilities.api.schemas import (
    BearerOut,
    BoardOut,
    CapacityBoardOut,
    CapacityFileOut,
    CommendationsOut,
    ListOut,
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
from anlan.operations.responsibilities.rules.capacity import CHECK
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
    where the step asks for them; 409 where the rules refuse it. What it says is amended by PUT."""
    scope = admitted(request, VIEW)
    verbs = {step.verb: step.verb for step in WORK.steps if step.verb != "amend"}
    verb = form_asked(verbs, body, seen=works_in(scope).filter(pk=work_id).exists())
    take_step(
        actor_of(request), person_of(scope), work_id, verb, words=body.given.get("words", ""),
        percent=registers.key_of(body.given.get("percent", "")),
    )  # fmt: skip
    return Work.objects.get(pk=work_id)


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
    unit = next((one for one in organisations() if one.code == body.unit_code), None)
    if not bearers_in(scope).filter(pk=body.bearer_id).exists():
        raise Http404
    if unit is None:
        raise Refused(N_("There is no such unit."))
    if not EARLIEST <= body.year <= LATEST:
        raise Refused(N_("The deadline lies in the year of the list."))
    duties = duty_numbers(body.bearer_id, clock.today()) if body.duty is not None else {}
    if body.duty is not None and body.duty not in duties:
        raise Refused(N_("The duty is not in this list."))
    new = NewWork(
        year=body.year, number=body.number, what=body.what, measure=body.measure, unit=unit,
        due_on=body.due_on, duty_id=duties.get(body.duty or 0), source=source[:40],
        source_id=source_id[:80],
    )  # fmt: skip
    pk, outcome = put_work(actor_of(request), person_of(scope), body.bearer_id, new)
    return {"id": pk, "outcome": outcome}


@router.get("/responsibilities/capacity", response=CapacityBoardOut)
def capacity_of_streets(request: HttpRequest, year: int = 0) -> Any:
    """The capacity assessments of a year within sight, this one when none is named."""
    asked = year if EARLIEST <= year <= LATEST else clock.today().year
    return capacity_board(admitted(request, VIEW), asked)


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
