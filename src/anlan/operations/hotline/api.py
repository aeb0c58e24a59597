"""The hotline for other programs: reports handed on, how they stand, counts. Never who reported."""

from datetime import date, datetime, time
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from anlan.operations.hotline.actions import NewTip, Who, key_of, put_tip
from anlan.operations.hotline.forms.steps import forms_of
from anlan.operations.hotline.models import Tip
from anlan.operations.hotline.queries import counts
from anlan.operations.hotline.queries.persons import person_of
from anlan.operations.hotline.queries.registers import TIPS
from anlan.operations.hotline.queries.scope import tips_in
from anlan.operations.hotline.rules.states import RECEIVE, VIEW, Kind
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import admitted
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries.by_api import Holding, Put, StepIn, StepTaken, form_asked
from anlan.operations.territory.queries import area_names, streets_under
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused

router = Router()
TYPED = ("matter", "accused", "area_code", "place", "sector", "sign")


class CountsOut(Schema):
    """Reports received in the spell and what became of them; `paid` in yuan, of the district."""

    received: int
    accepted: int
    found_true: int
    replied: int
    replied_in_time: int
    open: int
    dangers: int
    mean_days: float | None
    rewards: int | None
    paid: int | None


class Spell(Schema):
    """From `since` to `until`, both days included; this year so far where they are left out."""

    since: date | None = None
    until: date | None = None


class TipIn(Schema):
    """A report that another platform took. Name and telephone are sealed before it is answered.

    `sign`: what was seen, of a report of kind `hazard`; it must be there then.
    """

    kind: Kind
    matter: str
    area_code: str
    accused: str = ""
    place: str = ""
    sector: str = ""
    sign: str = ""
    name: str = Field("", max_length=60)
    phone: str = Field("", max_length=30)
    works_there: bool = False


class TipPut(Put):
    """`code`: by which the informant follows the report, to be read out to them."""

    code: str


class TipOut(Schema):
    """How a report stands; none of its text. `due_on` is a calendar day."""

    id: int
    number: str
    source: str
    source_id: str
    kind: str
    sign: str
    channel: str
    area_code: str
    sector: str
    state: str
    verdict: str
    received_at: datetime
    due_on: date | None
    extended_to: date | None
    replied_at: datetime | None
    closed_at: datetime | None


class TipsOut(registers.HundredOf):
    rows: list[TipOut]


class Asking(Schema):
    """A page of 100; `view` is one of the list's tabs."""

    view: str = ""
    state: str = ""
    kind: str = ""
    area_code: str = ""
    sector: str = ""
    page: int = 1


@router.get("/hotline/counts", response=CountsOut)
def hotline_counts(request: HttpRequest, spell: Query[Spell]) -> Any:
    """Counts of the reports within sight."""
    scope = admitted(request, VIEW)
    today = clock.today()
    since, until = spell.since or today.replace(month=1, day=1), spell.until or today
    begin = datetime.combine(since, time(0), clock.CHINA)
    end = datetime.combine(until, time.max, clock.CHINA)
    return counts(scope, _unit(request), begin, end)


@router.get("/hotline/tips", response=TipsOut)
def tips(request: HttpRequest, asking: Query[Asking]) -> Any:
    """How the reports within sight stand."""
    scope = admitted(request, VIEW)
    return registers.hundred(TIPS, tips_in(scope, _unit(request)), asking.dict(), scope)


@router.post("/hotline/tips/{tip_id}/steps", response=StepTaken)
def tip_step(request: HttpRequest, tip_id: int, body: StepIn) -> Any:
    """Take a step of a report; 409 where the rules refuse it. Who reported is never asked for nor
    answered here: an informant is shown on the page alone, on record."""
    scope = admitted(request, VIEW)
    found = tips_in(scope, _unit(request)).filter(pk=tip_id).first()
    forms = forms_of(found) if found is not None else {}
    form_asked(forms, body, seen=found is not None).take(request, tip_id, body.given)
    return Tip.objects.get(pk=tip_id)


@router.get("/hotline/tips/{source}/{source_id}", response=TipOut)
def tip(request: HttpRequest, source: str, source_id: str) -> Any:
    """How a report stands that this platform handed on."""
    rows = tips_in(admitted(request, VIEW), _unit(request))
    found = rows.filter(key=key_of(source, source_id)).first()
    if found is None:
        raise Http404
    return found


@router.put("/hotline/tips/{source}/{source_id}", response=TipPut, auth=Holding(RECEIVE))
def hand_tip_on(request: HttpRequest, source: str, source_id: str, body: TipIn) -> Any:
    """Hand a report on by its id in another platform, as often as one likes.

    Refused (409) where its text names a telephone, an identity number or the informant, or where
    it was decided on meanwhile and says something else now.
    """
    scope = admitted(request, RECEIVE)
    given = {key: str(value) for key, value in body.dict().items() if key in TYPED}
    known = {code for code, _name in streets_under(scope.area_prefix or "-", area_names())}
    values, entered = registers.typed(TIPS, given, known, TYPED)
    if entered.errors:
        raise Refused("; ".join(f"{key}: {why}" for key, why in entered.errors.items()))
    new = NewTip(key="", kind=body.kind, source=source[:40], source_id=source_id[:80], **values)
    who = Who(name=body.name, phone=body.phone, works_there=body.works_there)
    pk, code = put_tip(actor_of(request), person_of(scope, _unit(request)), new, who)
    return {"id": pk, "code": code}


def _unit(request: HttpRequest) -> str:
    return getattr(request.user, "organisation_code", "")
