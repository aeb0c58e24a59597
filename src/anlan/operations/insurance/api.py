"""Insurance and services for other programs; the insurers' system brings policies in."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from anlan.operations.insurance.actions import Origin, put_policy
from anlan.operations.insurance.queries.policies import policy_file
from anlan.operations.insurance.queries.ratings import providers_in
from anlan.operations.insurance.queries.registers import POLICIES, UNCOVERED
from anlan.operations.insurance.queries.scope import (
    engagements_in,
    person_of,
    policies_in,
    uncovered_in,
)
from anlan.operations.insurance.queries.service_registers import ENGAGEMENTS, PROVIDERS
from anlan.operations.insurance.queries.terms import terms_in_force
from anlan.operations.insurance.rules.words import KEEP, VIEW
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import admitted
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries.by_api import Holding, PutOutcome, Sent, read_back
from anlan.operations.safety.queries.scope import enterprises_in
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

router = Router()


class PolicyOut(Schema):
    """A policy; amounts in 元, in force from `starts_on` until `ends_on`, both included.

    `enterprise_id` null: insurance of the district. `follows`: the policy that it renews.
    """

    id: int
    enterprise_id: int | None
    kind: str
    name: str
    credit_code: str
    insurer: str
    number: str
    sum_insured: Decimal
    people: int | None
    premium: Decimal | None
    starts_on: date
    ends_on: date
    follows: int | None = Field(None, alias="follows_id")
    source: str
    source_id: str
    version: int
    withdrawn: bool

    @staticmethod
    def resolve_withdrawn(one: Any) -> bool:
        return one.withdrawn_at is not None


class PoliciesOut(registers.HundredOf):
    rows: list[PolicyOut]


class UncoveredOut(Schema):
    """An enterprise that must be insured and is not; `ended_on`: the last day of its last one."""

    id: int
    name: str
    credit_code: str
    area_code: str
    sector: str
    trade: str
    state: str
    ended_on: date | None


class AllUncoveredOut(registers.HundredOf):
    rows: list[UncoveredOut]


class ProviderOut(Schema):
    """A provider; means of 1 to 5, null where nobody rated. Qualified until that day included."""

    id: int
    credit_code: str
    name: str
    kinds: list[str]
    qualification: str
    qualified_until: date | None
    state: str
    enterprise_mean: float | None
    enterprise_count: int
    regulator_mean: float | None
    regulator_count: int

    @staticmethod
    def resolve_kinds(one: Any) -> list[str]:
        return str(one.kinds).split(",")


class ProvidersOut(registers.HundredOf):
    rows: list[ProviderOut]


class EngagementOut(Schema):
    id: int
    provider_id: int
    enterprise_id: int
    name: str
    kind: str
    starts_on: date
    ends_on: date
    state: str
    delivered: str
    report_on: date | None


class EngagementsOut(registers.HundredOf):
    rows: list[EngagementOut]


class InsuranceAsking(registers.Hundred):
    kind: str = ""


class PolicyIn(Schema):
    """A liability policy as the insurers' system knows it; amounts in 元.

    Fields left out stay as they are.
    """

    credit_code: str
    insurer: str
    number: str
    sum_insured: Decimal
    starts_on: date
    ends_on: date
    people: int | None = None
    premium: Decimal | None = None
    note: str = ""


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


@router.get("/insurance/providers", response=ProvidersOut)
def insurance_providers(request: HttpRequest, asking: Query[InsuranceAsking]) -> Any:
    """The register of providers with the means of their ratings."""
    scope = admitted(request, VIEW)
    return registers.hundred(PROVIDERS, providers_in(scope), asking.dict(), scope)


@router.get("/insurance/engagements", response=EngagementsOut)
def insurance_engagements(request: HttpRequest, asking: Query[InsuranceAsking]) -> Any:
    """Engagements of the enterprises within sight."""
    scope = admitted(request, VIEW)
    return registers.hundred(ENGAGEMENTS, engagements_in(scope), asking.dict(), scope)


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
    said = {key: "" if value is None else str(value) for key, value in given.items()}
    values, entered = registers.typed(POLICIES, said, only=said)
    if entered.errors:
        raise Refused("; ".join(f"{key}: {why}" for key, why in entered.errors.items()))
    pk, outcome = put_policy(
        actor_of(request), person_of(scope), firm[0], values,
        reason=_("By the interface"), origin=Origin(source=source, source_id=source_id),
    )  # fmt: skip
    return {"id": pk, "outcome": outcome}
