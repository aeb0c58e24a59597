"""Enforcement for other programs: one's unit's cases, their steps, and taking a step."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import File, Form, Query, Router, Schema, UploadedFile
from pydantic import AwareDatetime, Field

from anlan.operations.enforcement.actions import (
    MEDIA,
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
from anlan.operations.enforcement.models import Case, Exhibit, Paper
from anlan.operations.enforcement.queries.cases import case_file, exhibit_in, paper_in
from anlan.operations.enforcement.queries.origin import firm_of, origin_of
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
    StepIn,
    StepTaken,
    form_asked,
)
from anlan.operations.safety.actions import Taking
from anlan.operations.safety.queries.photographs import sent_bytes
from anlan.operations.territory.queries import area_names
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

router = Router()
HERE = "/api/v1/cases"


class CaseOut(Schema):
    """A case; `party` masks a natural person, money is in yuan, days are calendar days.

    `others`: penalties without an amount, with commas between them (warning, suspension, licence,
    stop, closure); `ended_on`: when the execution ended, paid or by the court. What was decided
    counts no more from `revoked_on` on.
    """

    id: int
    number: str
    title: str
    party: str
    party_kind: str
    area_code: str
    state: str
    enterprise_id: int | None
    danger_id: int | None
    opened_at: datetime
    due_on: date | None
    decided_on: date | None
    summary: bool
    fine: Decimal
    gains: Decimal
    others: str
    terms: str
    paid: Decimal
    gains_paid: Decimal
    ended_on: date | None
    revoked_on: date | None
    published: bool
    closed_at: datetime | None
    source: str
    source_id: str


class CasesOut(registers.HundredOf):
    rows: list[CaseOut]


class CaseStepOut(Schema):
    at: datetime
    by_name: str
    verb: str
    before: str
    after: str


class PaperFileOut(Schema):
    """A paper as PDF or DOCX; POST its address to take it, who does is recorded."""

    form: str
    address: str


class PaperOut(Schema):
    """A paper by its number and version, with its files."""

    id: int
    kind: str
    number: str
    version: int
    issued_at: datetime
    files: list[PaperFileOut]

    @staticmethod
    def resolve_files(paper: Paper) -> list[dict[str, str]]:
        return [{"form": form, "address": f"{HERE}/papers/{paper.pk}/{form}"} for form in MEDIA]


class ExhibitOut(Schema):
    """A photo or document filed with a case: of the site, evidence, or a signed receipt of service.

    `name` is without an ending, `size` in bytes, `taken_at`, `lon`, `lat` (CGCS2000) as the device
    said them. POST `address` to take the file; who does is recorded.
    """

    id: int
    kind: str
    name: str
    media: str
    size: int
    sha256: str
    taken_at: datetime | None
    lon: float | None
    lat: float | None
    by_name: str
    kept_at: datetime
    address: str

    @staticmethod
    def resolve_address(exhibit: Exhibit) -> str:
        return f"{HERE}/files/{exhibit.pk}"


class ExhibitIn(Schema):
    """What is sent with a file: what it is; when and where its device says that it was taken."""

    kind: Literal["site", "evidence", "receipt"]
    taken_at: AwareDatetime | None = None
    lon: float | None = Field(None, ge=-180, le=180)
    lat: float | None = Field(None, ge=-90, le=90)


class RunningOut(Schema):
    """A running term: its key, last day, working days left; `at`: the moment of one in hours.

    `over`: it has passed, also on a day off, where `left` may still be 0.
    """

    key: str
    on: date
    left: int
    at: datetime | None
    over: bool


class CaseFileOut(Schema):
    case: CaseOut
    steps: list[CaseStepOut]
    papers: list[PaperOut]
    exhibits: list[ExhibitOut]
    running: list[RunningOut]
    verbs: list[str]
    owed: Decimal


class CasesAsked(registers.Hundred):
    area_code: str = ""
    state: str = ""


class PartyIn(Schema):
    """Whom a case is about; sealed before it is answered."""

    name: str
    id_number: str = ""
    principal: str = ""
    address: str = ""
    phone: str = ""


class ToldOut(Schema):
    """What a step holds sealed, by the keys of its form."""

    verb: str
    at: datetime
    said: dict[str, str]


class PartyOut(PartyIn):
    said: list[ToldOut]


class CorrectionIn(Schema):
    """The words of the step's form that change, as text; what is left out stays."""

    given: dict[str, str]
    why: str


class CasePut(Schema):
    """An inspection planned. `officers`: numbers of certificates of one's unit, one's own among
    them. `credit_code`, else the party's number, names the enterprise; `danger_id` the danger it
    comes from.
    """

    title: str = Field(min_length=1, max_length=120)
    area_code: str
    party_kind: Literal["unit", "person"]
    party: PartyIn
    officers: list[str] = Field(max_length=20)
    credit_code: str = ""
    danger_id: int | None = None


class CaseIn(CasePut):
    """`key` names it for its sender, the same key again is the same case."""

    key: str = Field(min_length=1, max_length=64)


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
        "owed": found.owed,
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
    held = certificates_in(scope, _unit(request)).filter(number__in=body.officers)
    return NewCase(
        key=key, title=body.title, area_code=body.area_code, party_kind=body.party_kind,
        party=body.party.dict(), officers=list(held.values_list("pk", flat=True)),
        enterprise_id=origin.enterprise_id or firm_of(scope, code), danger_id=origin.danger_id,
        origin=source,
    )  # fmt: skip


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


def _unit(request: HttpRequest) -> str:
    return str(getattr(request.user, "organisation_code", ""))
