"""Risk control for other programs: what one may see, and ratings that other systems bring in."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import File, Form, Query, Router, Schema, UploadedFile
from pydantic import Field

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import Scope, admitted
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries.by_api import (
    Holding,
    Put,
    PutOutcome,
    Sent,
    StepIn,
    StepTaken,
    form_asked,
    read_back,
)
from anlan.operations.risks.actions import (
    STEPS,
    Origin,
    keep_plan,
    place_risk,
    put_major_hazard,
    put_risk,
    take_step,
)
from anlan.operations.risks.models import RiskPoint, SitePlan
from anlan.operations.risks.queries.entering import entered_rating
from anlan.operations.risks.queries.registers import HAZARDS, RISKS
from anlan.operations.risks.queries.scope import hazards_in, person_of, plans_in, risks_in
from anlan.operations.risks.rules.loop import RATE
from anlan.operations.risks.rules.major_hazard import Held
from anlan.operations.safety.queries.photographs import sent_bytes
from anlan.operations.safety.queries.scope import enterprises_in
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

router = Router()
MOST_PLANS = 20


class RiskOut(Schema):
    """A risk point. Levels: 1 red … 4 blue; `score` is D of LEC or R of the matrix. `x`, `y`: on
    the site plan `plan_id`, 0 … 1 of its width and height from the top left."""

    id: int
    enterprise_id: int
    name: str
    kind: str
    place: str
    hazards: str
    accidents: list[str]
    method: str
    score: float | None
    level: int | None
    confirmed_level: int | None
    controls: dict[str, str]
    holder: str
    responsible: str
    state: str
    version: int
    review_on: date | None
    lon: float | None
    lat: float | None
    plan_id: int | None
    x: float | None
    y: float | None


class PlacedOut(Schema):
    """A risk point on a plan, 0 … 1 of its width and height from the top left."""

    id: int
    name: str
    level: int | None
    x: float
    y: float


class SitePlanOut(Schema):
    """A plan of an enterprise's ground, and the risk points on it. The picture itself is at
    `/risks/plans/{id}`."""

    id: int
    enterprise_id: int
    name: str
    media: str
    size: int
    sha256: str
    kept_at: datetime
    points: list[PlacedOut]


class SitePlanIn(Schema):
    """What the plan is called; the enterprise's name where nothing is said."""

    name: str = Field("", max_length=60)


class PlaceIn(Schema):
    """Where a risk point stands: on which plan of its enterprise, 0 … 1 of width and height."""

    plan_id: int
    x: float = Field(ge=0, le=1)
    y: float = Field(ge=0, le=1)


class HazardOut(Schema):
    """A major hazard source by GB 18218-2018; `level` is its class, null below the threshold."""

    id: int
    enterprise_id: int
    name: str
    kind: str
    held: list[tuple[str, float]]
    exposed: int
    s: float
    r: float
    level: int | None
    number: str
    filed_on: date | None
    source: str
    source_id: str


class HazardIn(Schema):
    """A unit as another system knows it. `held`: [key of the substance in GB 18218's tables, the
    most that it is built to hold in tonnes]; `exposed`: people living within 500 m. S, R and class
    are computed here."""

    credit_code: str
    name: str
    kind: str
    held: list[tuple[str, float]] = Field(max_length=100)
    exposed: int
    number: str = ""
    filed_on: date | None = None


class RiskIn(Schema):
    """A rating as another system knows it: the keys of the tables, accident types by code."""

    credit_code: str
    name: str
    kind: str
    place: str = ""
    hazards: str
    accidents: list[str]
    method: str
    l: str = ""  # noqa: E741 - the method's own letters
    e: str = ""
    c: str = ""
    likely: str = ""
    severe: str = ""
    causes: list[str] = []
    engineering: str = ""
    management: str = ""
    training: str = ""
    ppe: str = ""
    emergency: str = ""
    holder: str
    responsible: str
    lon: float | None = None
    lat: float | None = None


class RisksOut(registers.HundredOf):
    rows: list[RiskOut]


class HazardsOut(registers.HundredOf):
    rows: list[HazardOut]


class RisksAsking(registers.Hundred):
    level: str = ""
    state: str = ""


@router.get("/risks", response=RisksOut)
def risks(request: HttpRequest, asking: Query[RisksAsking]) -> Any:
    """Risk points within sight."""
    scope = admitted(request, "safety.view")
    return registers.hundred(RISKS, risks_in(scope), asking.dict(), scope)


@router.get("/risks/{risk_id}", response=RiskOut)
def risk(request: HttpRequest, risk_id: int) -> Any:
    found = risks_in(admitted(request, "safety.view")).filter(pk=risk_id).first()
    if found is None:
        raise Http404
    return found


@router.post("/risks/{risk_id}/steps", response=StepTaken)
def risk_step(request: HttpRequest, risk_id: int, body: StepIn) -> Any:
    """Confirm, send back, call for or order a review (`cause`, `reason`), retire; 409 where the
    rules refuse it."""
    scope = admitted(request, "safety.view")
    seen = risks_in(scope).filter(pk=risk_id).exists()
    verb = form_asked({one: one for one in STEPS}, body, seen=seen)
    take_step(actor_of(request), person_of(scope), risk_id, verb, body.given)
    return RiskPoint.objects.get(pk=risk_id)


@router.put(
    "/risks/{risk_id}/place", response=RiskOut, auth=Holding("safety.view", risks_in, "risk_id")
)  # fmt: skip
def put_risk_on_plan(request: HttpRequest, risk_id: int, body: PlaceIn) -> Any:
    """Put a risk point on a plan of its enterprise; the same again changes nothing. Refused (409)
    for who does not keep the enterprise's risks."""
    scope = admitted(request, RATE)
    at = (body.x, body.y)
    place_risk(actor_of(request), person_of(scope), risk_id, body.plan_id, at)
    return RiskPoint.objects.get(pk=risk_id)


@router.get("/site-plans/{enterprise_id}", response=list[SitePlanOut])
def site_plans(request: HttpRequest, enterprise_id: int) -> Any:
    """The plans of an enterprise within sight with its risk points on them, the newest first."""
    scope = admitted(request, "safety.view")
    if not enterprises_in(scope).filter(pk=enterprise_id).exists():
        raise Http404
    mine = plans_in(scope).filter(enterprise=enterprise_id).order_by("-pk")
    return _plans(mine[:MOST_PLANS], scope)


@router.post(
    "/site-plans/{enterprise_id}", response=SitePlanOut,
    auth=Holding("safety.view", enterprises_in, "enterprise_id"),
)  # fmt: skip
def bring_site_plan(
    request: HttpRequest, enterprise_id: int, given: Form[SitePlanIn], plan: File[UploadedFile]
) -> Any:
    """Keep a picture of an enterprise's ground; the same picture again is the same plan. Sent as
    multipart/form-data. Refused (409) where it is none, or the enterprise's own people do it."""
    scope = admitted(request, "safety.view")
    raw = sent_bytes(plan, N_("Choose a picture of the plan."))
    name = registers.clean(given.name) or enterprises_in(scope).get(pk=enterprise_id).name
    pk = keep_plan(actor_of(request), person_of(scope), enterprise_id, name, raw)
    return _plans([SitePlan.objects.get(pk=pk)], scope)[0]


def _plans(found: Iterable[SitePlan], scope: Scope) -> list[dict[str, Any]]:
    """Plans with the risk points that stand on them: one question for all."""
    plans = list(found)
    points: dict[int | None, list[RiskPoint]] = {}
    for point in risks_in(scope).filter(plan__in=[one.pk for one in plans]).order_by("pk"):
        points.setdefault(point.plan_id, []).append(point)
    return [
        {
            "id": one.pk, "enterprise_id": one.enterprise_id, "name": one.name, "media": one.media,
            "size": one.size, "sha256": one.sha256, "kept_at": one.kept_at,
            "points": points.get(one.pk, []),
        }
        for one in plans
    ]  # fmt: skip


@router.get("/major-hazards", response=HazardsOut)
def major_hazards(request: HttpRequest, asking: Query[RisksAsking]) -> Any:
    """Major hazard sources within sight, in their newest version."""
    scope = admitted(request, "safety.view")
    return registers.hundred(HAZARDS, hazards_in(scope), asking.dict(), scope)


read_back(router, "/major-hazards", HazardOut, Sent("safety.view", hazards_in), __name__)


@router.put(
    "/major-hazards/{source}/{source_id}", response=PutOutcome, auth=Holding("safety.view")
)  # fmt: skip
def bring_major_hazard(request: HttpRequest, source: str, source_id: str, body: HazardIn) -> Any:
    """Keep a unit by its id in another system, as often as one likes; what says something else is
    a new version. Refused (409) where it cannot be graded, or the enterprise's own people do it.
    """
    scope, firm = _firm(request, body.credit_code)
    registers.named(source, source_id)
    said = body.dict(exclude={"credit_code", "held"})
    given = {key: "" if value is None else f"{value}" for key, value in said.items()}
    values, entered = registers.typed(HAZARDS, given)
    if entered.errors:
        raise Refused("; ".join(f"{key}: {why}" for key, why in entered.errors.items()))
    held = [Held(key, tonnes) for key, tonnes in body.held]
    pk, outcome = put_major_hazard(
        actor_of(request), person_of(scope), firm, values, held, Origin(source, source_id)
    )
    return {"id": pk, "outcome": outcome}


read_back(router, "/risks", RiskOut, Sent("safety.view", risks_in), __name__)


@router.put("/risks/{source}/{source_id}", response=Put, auth=Holding("safety.view"))
def bring_risk(request: HttpRequest, source: str, source_id: str, body: RiskIn) -> Any:
    """Register or rate a risk point anew by its id in another system, as often as one likes.

    Refused (409) where the rating cannot be, or the enterprise's own people rate it.
    """
    scope, firm = _firm(request, body.credit_code)
    registers.named(source, source_id)
    if (body.lon is None) != (body.lat is None) or not (
        -180 <= (body.lon or 0) <= 180 and -90 <= (body.lat or 0) <= 90
    ):
        raise Refused(N_("A place is a longitude and a latitude on the earth."))
    given = {key: value for key, value in body.dict().items() if isinstance(value, str)}
    values, entered = entered_rating(given, body.accidents, body.causes)
    if entered.errors:
        raise Refused("; ".join(f"{key}: {why}" for key, why in entered.errors.items()))
    if "causes" not in body.model_fields_set:
        del values["causes"]  # what is red at once stays so
    if body.lon is not None:
        values |= {"lon": body.lon, "lat": body.lat}
    origin = Origin(source, source_id)
    return {"id": put_risk(actor_of(request), person_of(scope), firm, values, origin)}


def _firm(request: HttpRequest, credit_code: str) -> tuple[Scope, int]:
    """Who asks, and the enterprise within their sight that is meant; else 404."""
    scope = admitted(request, "safety.view")
    firm = enterprises_in(scope).filter(credit_code=credit_code).values_list("pk", flat=True)
    if not firm:
        raise Http404
    return scope, firm[0]
