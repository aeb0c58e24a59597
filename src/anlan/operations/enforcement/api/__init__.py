"""Enforcement for other programs: one's unit's cases, their steps, and taking a step."""

from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import File, Form, Query, Router, UploadedFile

from anlan.operations.checks.queries.scope import records_in
from anlan.operations.enforcement.actions import (
    NewCase,
    correct_paper,
    exhibit_answer,
    file_exhibit,
    key_of,
    open_case,
    paper_answer,
    put_case,
    show_party,
    take_step,
)
from anlan.operations.enforcement.api import office
from anlan.operations.enforcement.api.schemas import (
    CaseFileOut,
    CaseIn,
    CaseOfCheckIn,
    CaseOut,
    CasePut,
    CasesAsked,
    CasesOut,
    CorrectionIn,
    ExhibitIn,
    ExhibitOut,
    PaperOut,
    PartyOut,
)
from anlan.operations.enforcement.models import Case, Exhibit, Paper
from anlan.operations.enforcement.queries.cases import case_file, exhibit_in, paper_in
from anlan.operations.enforcement.queries.origin import origin_of, origin_of_check, party_in
from anlan.operations.enforcement.queries.registers import CASES
from anlan.operations.enforcement.queries.scope import (
    certificates_in,
    own_cases,
    own_papers,
)
from anlan.operations.enforcement.queries.state import person_of
from anlan.operations.enforcement.rules.forms import FORMS
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import Scope, admitted
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
from anlan.operations.safety.actions import Taking
from anlan.operations.safety.queries.photographs import sent_bytes
from anlan.operations.territory.queries import area_names
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

router = Router()
router.add_router("", office.router)
PARTY = ("id_number", "principal", "address")


@router.get("/cases", response=CasesOut)
def cases(request: HttpRequest, asking: Query[CasesAsked]) -> Any:
    """Cases of one's own unit."""
    scope = admitted(request, "enforcement.view")
    return registers.hundred(CASES, own_cases(scope), asking.dict(), scope)


@router.get("/cases/{case_id}", response=CaseFileOut)
def case(request: HttpRequest, case_id: int) -> Any:
    """One case with its steps, papers and files (oldest first), running terms and the steps open to
    me."""
    scope = admitted(request, "enforcement.view")
    person = person_of(scope, _unit(request))
    found = case_file(case_id, scope, _unit(request), person)
    if found is None:
        raise Http404
    return {
        "case": found.case, "steps": found.steps[::-1], "papers": found.papers[::-1],
        "exhibits": found.exhibits, "running": found.running, "verbs": list(found.verbs),
        "owed": found.owed, "danger_ids": [one.danger_id for one in found.taken_up],
        "site": found.site,
    }  # fmt: skip


@router.post("/cases", response=StepTaken, auth=Holding("enforcement.handle"))
def new_case(request: HttpRequest, body: CaseIn) -> Any:
    """Plan an inspection, out of a danger where one is named; 409 where the rules refuse it."""
    scope = admitted(request, "enforcement.handle")
    new = _new(request, scope, body, body.key)
    return Case.objects.get(pk=open_case(actor_of(request), person_of(scope, _unit(request)), new))


def _new(
    request: HttpRequest, scope: Scope, body: CasePut, key: str, source: tuple[str, str] = ("", "")
) -> NewCase:
    """What was sent, within the sender's sight; else 404 or `Refused`."""
    if body.area_code[:9] not in area_names():
        raise Refused(N_("Choose the street or community."))
    danger = "" if body.danger_id is None else str(body.danger_id)
    origin = origin_of(scope, danger, "")
    if body.danger_id is not None and origin.danger_id is None:
        raise Http404
    code = body.credit_code or body.party.id_number
    return NewCase(
        key=key, title=body.title, area_code=body.area_code, party_kind=body.party_kind,
        party=body.party.dict(), officers=_held(request, scope, body.officers),
        enterprise_id=party_in(scope, origin, body.party_kind, body.party.name, code),
        danger_id=origin.danger_id, origin=source,
    )  # fmt: skip


@router.post(
    "/cases/checks/{check_id}", response=StepTaken,
    auth=Holding("enforcement.handle", records_in, "check_id"),
)  # fmt: skip
def new_case_of_check(request: HttpRequest, check_id: int, body: CaseOfCheckIn) -> Any:
    """Open a case of a check that an authority made and that found something, against its
    enterprise; 409 where the rules refuse it."""
    scope = admitted(request, "enforcement.handle")
    origin = origin_of_check(scope, f"{check_id}")
    if origin is None:
        raise Http404
    said = origin.values
    new = NewCase(
        key=body.key, title=body.title or said["title"], area_code=said["area_code"],
        party_kind=said["party_kind"],
        party={"name": said["party"]} | {key: said.get(key, "") for key in PARTY},
        officers=_held(request, scope, body.officers), enterprise_id=origin.enterprise_id,
        visit=origin.visit, taken_up=body.danger_ids, sight=scope,
    )  # fmt: skip
    return Case.objects.get(pk=open_case(actor_of(request), person_of(scope, _unit(request)), new))


@router.post("/cases/{case_id}/steps", response=StepTaken)
def step(request: HttpRequest, case_id: int, body: StepIn) -> Any:
    """Take a step; 409 with the reason where the rules refuse it."""
    scope = admitted(request, "enforcement.view")
    seen = own_cases(scope).filter(pk=case_id).exists()
    form_asked(FORMS, body, seen=seen)
    one = person_of(scope, _unit(request))
    take_step(actor_of(request), one, case_id, body.verb, body.given)
    return Case.objects.get(pk=case_id)


@router.post(
    "/cases/{case_id}/files", response=ExhibitOut,
    auth=Holding("enforcement.handle", own_cases, "case_id"),
)  # fmt: skip
def new_exhibit(
    request: HttpRequest, case_id: int, given: Form[ExhibitIn], file: File[UploadedFile]
) -> Any:
    """File a photo of the site, evidence or a signed receipt; the same file again is the same one.

    Sent as multipart/form-data. Refused (409) with the reason where the file is not fit to keep.
    """
    scope = admitted(request, "enforcement.handle")
    raw = sent_bytes(file, N_("Choose a photo or document."))
    doer = actor_of(request), person_of(scope, _unit(request))
    taking = Taking(given.taken_at, given.lon, given.lat)
    pk = file_exhibit(doer, case_id, given.kind, raw, file.name or "", taking)
    return Exhibit.objects.get(pk=pk)


@router.post("/cases/{case_id}/party", response=PartyOut)
def party(request: HttpRequest, case_id: int) -> Any:
    """The party in full, and the words that steps hold sealed. Who looks is recorded: a POST."""
    scope = admitted(request, "enforcement.view")
    case = own_cases(scope).filter(pk=case_id).first()
    if case is None:
        raise Http404
    shown, steps = show_party(actor_of(request), case)
    return {**shown, "said": steps}


@router.post(
    "/cases/papers/{paper_id}/versions", response=PaperOut,
    auth=Holding("enforcement.view", own_papers, "paper_id"),
)  # fmt: skip
def correct(request: HttpRequest, paper_id: int, body: CorrectionIn) -> Any:
    """Issue a new version of a paper with other words; 409 where the rules refuse it."""
    scope = admitted(request, "enforcement.view")
    doer = actor_of(request), person_of(scope, _unit(request))
    return Paper.objects.get(pk=correct_paper(doer, paper_id, body.given, body.why))


@router.post("/cases/files/{exhibit_id}")
def exhibit_file(request: HttpRequest, exhibit_id: int) -> Any:
    """The file as it came. Who takes it is recorded: a POST, because it leaves a trace."""
    exhibit = exhibit_in(exhibit_id, admitted(request, "enforcement.view"), _unit(request))
    if exhibit is None:
        raise Http404
    return exhibit_answer(actor_of(request), exhibit)


@router.post("/cases/papers/{paper_id}/{form}")
def paper_as(request: HttpRequest, paper_id: int, form: Literal["pdf", "docx"]) -> Any:
    """A paper's file. Who takes it is recorded: a POST, because it leaves a trace."""
    paper = paper_in(paper_id, admitted(request, "enforcement.view"), _unit(request), reading=True)
    if paper is None:
        raise Http404
    return paper_answer(actor_of(request), paper, form)


# After the addresses of one case, which read like a source and an id.
read_back(router, "/cases", CaseOut, Sent("enforcement.view", own_cases), __name__)


@router.put(
    "/cases/{source}/{source_id}", response=PutOutcome, auth=Holding("enforcement.handle")
)  # fmt: skip
def bring_case(request: HttpRequest, source: str, source_id: str, body: CasePut) -> Any:
    """Register a case that another system keeps, by its number there, as often as one likes; its
    steps are taken as those of any case. Refused (409) where other words come after the first
    step."""
    scope = admitted(request, "enforcement.handle")
    registers.named(source, source_id)
    new = _new(request, scope, body, key_of(source, source_id), (source, source_id))
    pk, outcome = put_case(actor_of(request), person_of(scope, _unit(request)), new)
    return {"id": pk, "outcome": outcome}


def _held(request: HttpRequest, scope: Scope, numbers: list[str]) -> list[int]:
    """The certificates of one's unit that carry these numbers."""
    rows = certificates_in(scope, _unit(request)).filter(number__in=numbers)
    return list(rows.values_list("pk", flat=True))


def _unit(request: HttpRequest) -> str:
    return str(getattr(request.user, "organisation_code", ""))
