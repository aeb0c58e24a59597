"""Accidents for other programs: list, file, tally, and accidents that other systems bring in."""

from dataclasses import asdict, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from anlan.operations.accidents.actions import (
    NewAccident,
    correct_figures,
    register_accident,
    show_liabilities,
)
from anlan.operations.accidents.forms.steps import FORMS, NOTES
from anlan.operations.accidents.models import Accident
from anlan.operations.accidents.queries import tally
from anlan.operations.accidents.queries.registers import ACCIDENTS
from anlan.operations.accidents.queries.scope import accidents_in, sees_liability
from anlan.operations.accidents.queries.state import person_of
from anlan.operations.accidents.queries.tolls import toll_on
from anlan.operations.accidents.rules.level import Figures
from anlan.operations.accidents.rules.states import REPORT, VIEW
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import Scope, admitted
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries.by_api import (
    Holding,
    Put,
    Sent,
    StepIn,
    StepTaken,
    form_asked,
    read_back,
)
from anlan.operations.safety.queries.scope import enterprises_in
from anlan.operations.territory.queries import area_names, places_under
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused

router = Router()
TOLL = ("deaths", "missing", "serious", "poisoned", "minor", "loss")
TYPED = (
    "title", "unit", "credit_code", "ownership", "area_code", "place", "sector", "category", "kind",
    "course",
)  # fmt: skip


class TallyOut(Schema):
    """Accidents in production; `loss` in 10,000 yuan, `considerable` of level 3 and worse."""

    accidents: int
    deaths: int
    serious: int
    loss: float
    considerable: int
    late: int
    apart: int


class Spell(Schema):
    """From `since` to `until`, both days included; this year so far where they are left out."""

    since: date | None = None
    until: date | None = None


class AccidentOut(Schema):
    """An accident; `level` 1 worst … 4, computed from the toll; `loss` in 10,000 yuan. Entered in
    this register after `enter_by` is late."""

    id: int
    number: str
    title: str
    unit: str
    credit_code: str
    enterprise_id: int | None
    ownership: str
    penalty: str
    area_code: str
    sector: str
    category: str
    kind: str
    in_production: bool
    level: int
    deaths: int
    missing: int
    serious: int
    poisoned: int
    minor: int
    loss: Decimal
    late: bool
    marks: list[str]
    state: str
    occurred_at: datetime
    known_at: datetime
    reported_at: datetime
    entered_at: datetime | None
    enter_by: datetime | None
    passed_on_at: datetime | None
    due_on: date | None
    closed_at: datetime | None


class AccidentsOut(registers.HundredOf):
    rows: list[AccidentOut]


class TollOut(Schema):
    """A version of the toll; `counted`: in the time in which changes count."""

    at: datetime
    as_of: date | None
    figures: dict[str, Any]
    counted: bool
    level: int
    reason: str


class StepOut(Schema):
    at: datetime
    verb: str
    before: str
    after: str


class RecommendationOut(Schema):
    """What the investigation recommends: whose it is, until when; without either where it was
    written down before both were asked for. What is recommended, and of whom, is left out."""

    id: int
    track: str
    owner: str
    due_on: date | None
    settled_at: datetime | None


class LiabilityOut(RecommendationOut):
    """With who is found liable, of what, and what came of the recommendation."""

    subject: str
    finding: str
    recommendation: str
    result: str


class AccidentFileOut(Schema):
    """The accident, every version of its toll and its steps, oldest first; nobody liable is named.

    `recommendations`: for those who investigate, for others once the report is published.
    """

    accident: AccidentOut
    tolls: list[TollOut]
    steps: list[StepOut]
    recommendations: list[RecommendationOut]


class AccidentIn(Schema):
    """An accident as another system knows it. A moment without offset is China's wall clock.

    Figures left out stay as they are. `credit_code`: of the unit; where it is in the register of
    enterprises the accident is its.
    """

    title: str
    unit: str
    area_code: str
    sector: str
    category: str
    kind: str
    occurred_at: datetime
    known_at: datetime
    reported_at: datetime
    place: str = ""
    course: str = ""
    credit_code: str = ""
    ownership: str = ""
    in_production: bool = True
    deaths: int = Field(0, ge=0, le=9999)
    missing: int = Field(0, ge=0, le=9999)
    serious: int = Field(0, ge=0, le=9999)
    poisoned: int = Field(0, ge=0, le=9999)
    minor: int = Field(0, ge=0, le=9999)
    loss: Decimal = Field(Decimal(0), ge=0, le=99_999_999, decimal_places=2)
    as_of: date | None = None


class Asking(registers.Hundred):
    area_code: str = ""
    sector: str = ""
    state: str = ""


class AccidentPut(Put):
    """`level` as it holds now."""

    level: int


@router.get("/accidents/tally", response=TallyOut)
def accidents_tally(request: HttpRequest, spell: Query[Spell]) -> Any:
    """Accidents within sight, counted."""
    scope = admitted(request, VIEW)
    today = clock.today()
    since, until = spell.since or today.replace(month=1, day=1), spell.until or today
    begin = datetime.combine(since, time(0), clock.CHINA)
    end = datetime.combine(until, time(0), clock.CHINA) + timedelta(1)
    return tally(scope, begin, end)


@router.get("/accidents", response=AccidentsOut)
def accidents(request: HttpRequest, asking: Query[Asking]) -> Any:
    """Accidents within sight."""
    scope = admitted(request, VIEW)
    return registers.hundred(ACCIDENTS, accidents_in(scope), asking.dict(), scope)


@router.get("/accidents/{accident_id}", response=AccidentFileOut)
def accident(request: HttpRequest, accident_id: int) -> Any:
    """One accident with the versions of its toll, its steps and its recommendations."""
    scope = admitted(request, VIEW)
    found = accidents_in(scope).filter(pk=accident_id).first()
    if found is None:
        raise Http404
    shown = found.liabilities.order_by("id") if sees_liability(scope, found) else []
    return {"accident": found, "tolls": found.tolls.order_by("id"),
            "steps": found.steps.order_by("id"), "recommendations": shown}  # fmt: skip


@router.post("/accidents/{accident_id}/liabilities", response=list[LiabilityOut])
def liabilities(request: HttpRequest, accident_id: int) -> Any:
    """Who is found liable, and of what, to whom may see it. Who looks is recorded: a POST."""
    scope = admitted(request, VIEW)
    found = accidents_in(scope).filter(pk=accident_id).first()
    if found is None or not sees_liability(scope, found):
        raise Http404
    return show_liabilities(actor_of(request), found)


@router.post("/accidents/{accident_id}/steps", response=StepTaken)
def accident_step(request: HttpRequest, accident_id: int, body: StepIn) -> Any:
    """Take a step of an accident, or write something down; 409 where the rules refuse it."""
    seen = accidents_in(admitted(request, VIEW)).filter(pk=accident_id).exists()
    form_asked(FORMS | NOTES, body, seen=seen).take(request, accident_id, body.given)
    return Accident.objects.get(pk=accident_id)


def key_of(source: str, source_id: str) -> str:
    """The key of an accident by its id in another system."""
    return sha256(f"accident:{len(source)}:{source}:{source_id}".encode()).hexdigest()


read_back(
    router, "/accidents", AccidentOut,
    Sent(VIEW, accidents_in, key=lambda *origin: Q(key=key_of(*origin))), __name__,
)  # fmt: skip


@router.put("/accidents/{source}/{source_id}", response=AccidentPut, auth=Holding(REPORT))
def put_accident(request: HttpRequest, source: str, source_id: str, body: AccidentIn) -> Any:
    """Register an accident by its id in another system; a toll that differs is a new version.

    The rest of what was first reported stays as it was. The level is computed, never taken.
    """
    scope = admitted(request, REPORT)
    actor, one = actor_of(request), person_of(scope)
    figures = Figures(**{key: getattr(body, key) for key in TOLL})
    key = key_of(source, source_id)
    found = Accident.objects.filter(key=key).first()
    if found is None:
        pk = register_accident(actor, one, _new(body, scope, key, figures))
        return Accident.objects.get(pk=pk)
    if not accidents_in(scope).filter(pk=found.pk).exists():
        raise Http404
    then = toll_on(found, body.as_of or clock.today())
    newest = then.figures if then is not None else {}
    figures = replace(figures, **{
        key: type(getattr(figures, key))(newest[key]) for key in TOLL
        if key in newest and key not in body.model_fields_set
    })  # fmt: skip
    said = {name: str(value) for name, value in newest.items()}
    if said != {name: str(value) for name, value in asdict(figures).items()}:
        correct_figures(actor, one, found.pk, figures, reason=source[:100], as_of=body.as_of)
        found.refresh_from_db()
    return found


def _new(body: AccidentIn, scope: Scope, key: str, figures: Figures) -> NewAccident:
    within = {code for code, _name in places_under(scope.area_prefix or "-", area_names())}
    given = {name: str(getattr(body, name)) for name in TYPED}
    values, entered = registers.typed(ACCIDENTS, given, within, TYPED)
    if entered.errors:
        raise Refused("; ".join(f"{name}: {why}" for name, why in entered.errors.items()))
    if body.credit_code:
        firms = enterprises_in(scope).filter(credit_code=body.credit_code)
        values["enterprise_id"] = firms.values_list("pk", flat=True).first()
    return NewAccident(
        key=key, about=values, figures=figures, in_production=body.in_production,
        occurred_at=_here(body.occurred_at), known_at=_here(body.known_at),
        reported_at=_here(body.reported_at),
    )  # fmt: skip


def _here(at: datetime) -> datetime:
    return at if at.tzinfo is not None else at.replace(tzinfo=clock.CHINA)
