"""Plans of inspections for other programs: the plans, what they owe, and who inspects what."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from ninja import Query, Router

from anlan.operations.checks.actions import NewCharge, SingleCheck, end_charge, end_plan
from anlan.operations.checks.actions.perform import REGULATE
from anlan.operations.checks.actions.plans import PLAN
from anlan.operations.checks.actions.sent import put_charge, put_plan, put_single
from anlan.operations.checks.api.asking import asks
from anlan.operations.checks.api.schemas import (
    Asking,
    ChargeIn,
    ChargeOut,
    ChargesAsked,
    ChargesOut,
    InspectionIn,
    InspectionOut,
    InspectionsOut,
    InspectorOut,
    PlanIn,
    PlanOut,
    PlansAsked,
    PlansOut,
)
from anlan.operations.checks.models import InspectionPlan, InspectionTask
from anlan.operations.checks.queries.charges import CHARGES, charges_in, inspectors_of
from anlan.operations.checks.queries.planned import INSPECTIONS, PLANS
from anlan.operations.checks.queries.scope import inspections_in, plans_in
from anlan.operations.people.queries import Scope, admitted
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries.by_api import Holding, Put, PutOutcome, Sent, read_back
from anlan.operations.safety.queries.rows import enterprise_by_code
from anlan.operations.territory.queries import area_names
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

router = Router()
VIEW = "checks.view"


def _inspections(scope: Scope) -> QuerySet[InspectionTask]:
    return inspections_in(scope).select_related("plan")


def _of_single(source: str, source_id: str) -> Q:
    """An inspection of one enterprise alone, by its id in another system."""
    sent = Q(plan__source=source, plan__source_id=source_id)
    return sent & Q(plan__enterprise__isnull=False)


@router.get("/inspections", response=InspectionsOut)
def inspections(request: HttpRequest, asking: Query[Asking]) -> Any:
    """Planned inspections within sight."""
    scope = admitted(request, VIEW)
    return registers.hundred(INSPECTIONS, _inspections(scope), asking.dict(), scope)


read_back(router, "/inspections", InspectionOut, Sent(VIEW, _inspections, key=_of_single), __name__)


@router.put("/inspections/{source}/{source_id}", response=PutOutcome, auth=Holding(PLAN))
def bring_inspection(request: HttpRequest, source: str, source_id: str, body: InspectionIn) -> Any:
    """Plan one check of one enterprise by its id in another system, beside the unit's plans; the
    same again is the same, also once it is done. Refused (409) where it cannot be, and for other
    words under the same id: it is ended by its plan (`plan_id`)."""
    scope = admitted(request, PLAN)
    registers.named(source, source_id)
    firm = enterprise_by_code(body.credit_code, scope)
    if firm is None:
        raise Http404
    new = SingleCheck(
        enterprise_id=firm.id, use=body.use, why=registers.clean(body.why), due_on=body.due_on,
        inspector_id=_inspector(scope, body.inspector) if body.inspector else None,
    )  # fmt: skip
    pk, outcome = put_single(asks(request), new, (source, source_id))
    return {"id": pk, "outcome": outcome}


@router.get("/inspection-plans", response=PlansOut)
def inspection_plans(request: HttpRequest, asking: Query[PlansAsked]) -> Any:
    """Plans of inspections in force, of units within sight; those of one enterprise alone too."""
    scope = admitted(request, VIEW)
    rows = plans_in(scope).filter(ended_at=None)
    return registers.hundred(PLANS, rows, asking.dict(), scope)


@router.get("/inspection-plans/{inspection_plan_id}", response=PlanOut)
def inspection_plan(request: HttpRequest, inspection_plan_id: int) -> Any:
    """One plan, also one that was ended."""
    found = plans_in(admitted(request, VIEW)).filter(pk=inspection_plan_id).first()
    if found is None:
        raise Http404
    return found


@router.post(
    "/inspection-plans/{inspection_plan_id}/end", response=Put,
    auth=Holding(VIEW, plans_in, "inspection_plan_id"),
)  # fmt: skip
def end_inspection_plan(request: HttpRequest, inspection_plan_id: int) -> Any:
    """End a plan of one's own unit: what is not late yet is owed no more, what is late stays."""
    admitted(request, PLAN)
    end_plan(asks(request), inspection_plan_id)
    return {"id": inspection_plan_id}


def _plans(scope: Scope) -> QuerySet[InspectionPlan]:
    return plans_in(scope).filter(enterprise=None)


# After the addresses of one plan, which read like a source and an id.
read_back(router, "/inspection-plans", PlanOut, Sent(VIEW, _plans), __name__)


@router.put("/inspection-plans/{source}/{source_id}", response=PutOutcome, auth=Holding(PLAN))
def bring_inspection_plan(request: HttpRequest, source: str, source_id: str, body: PlanIn) -> Any:
    """Make a plan of one's own unit by its id in another system; the same again is the same plan.
    Refused (409) where it cannot be, was ended, or says something else: a plan is ended, and
    another one made."""
    scope = admitted(request, PLAN)
    registers.named(source, source_id)
    values, entered = registers.typed(PLANS, body.dict(), _places(scope))
    if entered.errors:
        raise Refused("; ".join(f"{key}: {why}" for key, why in entered.errors.items()))
    pk, outcome = put_plan(asks(request), values, (source, source_id))
    return {"id": pk, "outcome": outcome}


@router.get("/inspectors", response=list[InspectorOut])
def inspectors(request: HttpRequest) -> Any:
    """Whom one's own unit may put in charge, by the login that names them in what is sent."""
    scope = admitted(request, VIEW)
    return inspectors_of(scope) if scope.may(REGULATE) else []


@router.get("/inspection-charges", response=ChargesOut)
def inspection_charges(request: HttpRequest, asking: Query[ChargesAsked]) -> Any:
    """Who inspects what, in one's own unit and in units within sight."""
    scope = admitted(request, VIEW)
    return registers.hundred(CHARGES, charges_in(scope), asking.dict(), scope)


@router.post(
    "/inspection-charges/{charge_id}/end", response=Put,
    auth=Holding(VIEW, charges_in, "charge_id"),
)  # fmt: skip
def end_inspection_charge(request: HttpRequest, charge_id: int) -> Any:
    """Nobody is in charge by this any more; what is owed falls to who has the place."""
    admitted(request, REGULATE)
    end_charge(asks(request), charge_id)
    return {"id": charge_id}


read_back(router, "/inspection-charges", ChargeOut, Sent(VIEW, charges_in), __name__)


@router.put("/inspection-charges/{source}/{source_id}", response=PutOutcome, auth=Holding(REGULATE))
def bring_inspection_charge(
    request: HttpRequest, source: str, source_id: str, body: ChargeIn
) -> Any:
    """Put somebody of one's own unit in charge of an enterprise, or of a place, by its id in
    another system; whoever was so before is so no more. Refused (409) where it cannot be."""
    scope = admitted(request, REGULATE)
    registers.named(source, source_id)
    firm = enterprise_by_code(body.credit_code, scope) if body.credit_code else None
    if body.credit_code and firm is None:
        raise Http404
    if firm is None and body.area_code not in _places(scope):
        raise Refused(N_("Choose an enterprise, or a place of your own territory."))
    new = NewCharge(
        account_id=_inspector(scope, body.username), enterprise_id=firm.id if firm else None,
        area_code=body.area_code,
    )  # fmt: skip
    pk, outcome = put_charge(asks(request), new, (source, source_id))
    return {"id": pk, "outcome": outcome}


def _inspector(scope: Scope, username: str) -> int:
    """Somebody of one's own unit who inspects, by login; 0 is nobody, and refused by the action."""
    return next((one.id for one in inspectors_of(scope) if one.username == username), 0)


def _places(scope: Scope) -> set[str]:
    """Codes of the places within one's own territory."""
    return {code for code in area_names() if code.startswith(scope.area_prefix or "-")}
