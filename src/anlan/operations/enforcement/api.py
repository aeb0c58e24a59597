"""Enforcement for other programs: one's unit's cases, their steps, and taking a step."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from anlan.operations.enforcement.actions import take_step
from anlan.operations.enforcement.queries.cases import case_file
from anlan.operations.enforcement.queries.registers import CASES
from anlan.operations.enforcement.queries.scope import cases_in
from anlan.operations.enforcement.queries.state import person_of
from anlan.operations.enforcement.rules.forms import FORMS
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import admitted
from anlan.operations.registers import queries as registers

router = Router()


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


class CasesOut(Schema):
    count: int
    more: bool
    page: int
    rows: list[CaseOut]


class CaseStepOut(Schema):
    at: datetime
    by_name: str
    verb: str
    before: str
    after: str


class PaperOut(Schema):
    """A paper by its number and version; the file itself is taken on the page."""

    kind: str
    number: str
    version: int
    issued_at: datetime


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
    running: list[RunningOut]
    verbs: list[str]
    owed: Decimal


class CasesAsked(Schema):
    """A page of 100; `q` searches as the list does, `view` is one of its tabs."""

    q: str = ""
    view: str = ""
    area_code: str = ""
    state: str = ""
    page: int = 1


class StepIn(Schema):
    """A step by its verb, with what its form asks for, as text; no verb is no step."""

    verb: str = ""
    given: dict[str, str] = {}


class CaseStateOut(Schema):
    id: int
    state: str


@router.get("/cases", response=CasesOut)
def cases(request: HttpRequest, asking: Query[CasesAsked]) -> Any:
    """Cases of one's own unit."""
    scope = admitted(request, "enforcement.view")
    return registers.hundred(CASES, cases_in(scope, _unit(request)), asking.dict(), scope)


@router.get("/cases/{case_id}", response=CaseFileOut)
def case(request: HttpRequest, case_id: int) -> Any:
    """One case with its steps (oldest first), papers, running terms and the steps open to me."""
    scope = admitted(request, "enforcement.view")
    person = person_of(scope, _unit(request))
    found = case_file(case_id, scope, _unit(request), person)
    if found is None:
        raise Http404
    return {
        "case": found.case, "steps": found.steps[::-1], "papers": found.papers[::-1],
        "running": found.running, "verbs": list(found.verbs), "owed": found.owed,
    }  # fmt: skip


@router.post("/cases/{case_id}/steps", response=CaseStateOut)
def step(request: HttpRequest, case_id: int, body: StepIn) -> Any:
    """Take a step; 409 with the reason where the rules refuse it."""
    scope = admitted(request, "enforcement.view")
    seen = cases_in(scope, _unit(request)).filter(pk=case_id)
    if body.verb not in FORMS or not seen.exists():
        raise Http404
    actor = actor_of(request)
    take_step(actor, person_of(scope, _unit(request)), case_id, body.verb, body.given)
    return seen.get()


def _unit(request: HttpRequest) -> str:
    return str(getattr(request.user, "organisation_code", ""))
