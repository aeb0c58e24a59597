"""Insurance and services for other programs; the insurers' system brings policies in."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router

from anlan.operations.insurance.actions import (
    Origin,
    correct_policy,
    put_policy,
    put_renewal,
    withdraw_policy,
)
from anlan.operations.insurance.api import providers
from anlan.operations.insurance.api.schemas import (
    AllUncoveredOut,
    InsuranceAsking,
    PoliciesOut,
    PolicyCorrectionIn,
    PolicyIn,
    PolicyOut,
    RenewalIn,
    WhyIn,
)
from anlan.operations.insurance.models import Policy
from anlan.operations.insurance.queries.policies import policy_file
from anlan.operations.insurance.queries.registers import POLICIES, UNCOVERED
from anlan.operations.insurance.queries.scope import person_of, policies_in, uncovered_in
from anlan.operations.insurance.queries.terms import terms_in_force
from anlan.operations.insurance.rules.words import KEEP, VIEW
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import admitted
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries.by_api import Holding, Put, PutOutcome, Sent, read_back
from anlan.operations.safety.queries.scope import enterprises_in
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

router = Router()
router.add_router("", providers.router)


@router.get("/insurance/policies", response=PoliciesOut)
def insurance_policies(request: HttpRequest, asking: Query[InsuranceAsking]) -> Any:
    """Policies within sight, withdrawn ones too; `view=in_force` for today's."""
    scope = admitted(request, VIEW)
    return registers.hundred(POLICIES, policies_in(scope), asking.dict(), scope)


@router.get("/insurance/policies/{policy_id}", response=PolicyOut)
def insurance_policy(request: HttpRequest, policy_id: int) -> Any:
    found = policy_file(policy_id, admitted(request, VIEW))
    if found is None:
        raise Http404
    return found.policy


@router.get("/insurance/uncovered", response=AllUncoveredOut)
def insurance_uncovered(request: HttpRequest, asking: Query[InsuranceAsking]) -> Any:
    """Who must have liability insurance by the district's terms and has none in force today."""
    scope, day = admitted(request, VIEW), clock.today()
    rows = uncovered_in(scope, terms_in_force(day), day)
    return registers.hundred(UNCOVERED, rows, asking.dict(), scope)


@router.post(
    "/insurance/policies/{policy_id}/renew", response=PutOutcome,
    auth=Holding(VIEW, policies_in, "policy_id"),
)  # fmt: skip
def renew_policy(request: HttpRequest, policy_id: int, body: RenewalIn) -> Any:
    """Enter the policy that follows this one; the same number again is the same policy. Refused
    (409) where another follows it already, or the rules do not allow it."""
    scope = admitted(request, KEEP)
    values = _typed(body.dict(), whole=True)
    pk, outcome = put_renewal(actor_of(request), person_of(scope), policy_id, values)
    return {"id": pk, "outcome": outcome}


@router.post(
    "/insurance/policies/{policy_id}/corrections", response=PolicyOut,
    auth=Holding(VIEW, policies_in, "policy_id"),
)  # fmt: skip
def policy_correction(request: HttpRequest, policy_id: int, body: PolicyCorrectionIn) -> Any:
    """Say otherwise what a policy says, with the reason: a new version, the one before is kept; the
    same again changes nothing."""
    scope = admitted(request, KEEP)
    said = body.dict(exclude={"reason", "seen"}, exclude_unset=True)
    values = _typed(said)
    correct_policy(
        actor_of(request), person_of(scope), policy_id, values, reason=body.reason, seen=body.seen,
        only_new=True,
    )  # fmt: skip
    return Policy.objects.get(pk=policy_id)


@router.post(
    "/insurance/policies/{policy_id}/withdraw", response=Put,
    auth=Holding(VIEW, policies_in, "policy_id"),
)  # fmt: skip
def policy_withdrawn(request: HttpRequest, policy_id: int, body: WhyIn) -> Any:
    """A policy that was entered wrongly or called off counts no more, with the `reason`; its record
    stays."""
    scope = admitted(request, KEEP)
    withdraw_policy(actor_of(request), person_of(scope), policy_id, reason=body.reason)
    return {"id": policy_id}


read_back(router, "/insurance/policies", PolicyOut, Sent(VIEW, policies_in), __name__)


@router.put(
    "/insurance/policies/{source}/{source_id}", response=PutOutcome, auth=Holding(KEEP)
)  # fmt: skip
def bring_policy(request: HttpRequest, source: str, source_id: str, body: PolicyIn) -> Any:
    """Enter or correct a liability policy by its id in another system, as often as one likes.

    Refused (409) where the policy cannot be; 404 where the enterprise is not within sight.
    """
    scope = admitted(request, KEEP)
    if scope.reach == "itself":
        raise Refused(N_("An enterprise enters its policies on its own pages."))
    firm = enterprises_in(scope).filter(credit_code=body.credit_code).values_list("pk", flat=True)
    if not firm:
        raise Http404
    registers.named(source, source_id)
    given = body.dict(exclude={"credit_code"}, exclude_unset=True)
    values = _typed(given)
    pk, outcome = put_policy(
        actor_of(request), person_of(scope), firm[0], values,
        reason=_("By the interface"), origin=Origin(source=source, source_id=source_id),
    )  # fmt: skip
    return {"id": pk, "outcome": outcome}


def _typed(given: Mapping[str, Any], *, whole: bool = False) -> dict[str, Any]:
    """What was sent, by the register's declaration, `whole`: with what was left out; else
    `Refused`."""
    said = {key: "" if value is None else str(value) for key, value in given.items()}
    values, entered = registers.typed(POLICIES, said, only=None if whole else said)
    if entered.errors:
        raise Refused("; ".join(f"{key}: {why}" for key, why in entered.errors.items()))
    return values
