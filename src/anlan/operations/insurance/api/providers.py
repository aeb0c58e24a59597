"""Providers of services and their engagements, as other programs keep them."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router

from anlan.operations.insurance.actions import (
    NewEngagement,
    put_engagement,
    put_provider,
    take_engagement,
    take_provider_step,
)
from anlan.operations.insurance.api.schemas import (
    EngagementFileOut,
    EngagementIn,
    EngagementOut,
    EngagementsOut,
    InsuranceAsking,
    ProviderIn,
    ProviderOut,
    ProvidersOut,
)
from anlan.operations.insurance.models import Engagement, Provider
from anlan.operations.insurance.queries.ratings import engagement_file, providers_in
from anlan.operations.insurance.queries.scope import engagements_in, person_of
from anlan.operations.insurance.queries.service_registers import ENGAGEMENTS, PROVIDERS
from anlan.operations.insurance.rules.engagements import ENGAGEMENT, PROVIDER
from anlan.operations.insurance.rules.words import KEEP, MANAGE, SERVICE_WORDS, VIEW
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import admitted
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
from anlan.operations.safety.queries.scope import enterprises_in
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

router = Router()


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


@router.get("/insurance/engagements/{engagement_id}", response=EngagementFileOut)
def insurance_engagement(request: HttpRequest, engagement_id: int) -> Any:
    """One engagement within sight with its steps and ratings."""
    found = engagement_file(engagement_id, admitted(request, VIEW))
    if found is None:
        raise Http404
    return {
        "engagement": found.engagement, "steps": found.steps[::-1],
        "ratings": found.ratings[::-1], "verbs": list(found.verbs),
    }  # fmt: skip


@router.post(
    "/insurance/engagements/{engagement_id}/steps", response=StepTaken,
    auth=Holding(VIEW, engagements_in, "engagement_id"),
)  # fmt: skip
def engagement_step(request: HttpRequest, engagement_id: int, body: StepIn) -> Any:
    """Finish an engagement (`delivered`, `report_on`), rate it for one's side (`score` 1 to 5,
    `reason`) or cancel it (`reason`); 409 with the reason where the rules refuse it."""
    scope = admitted(request, VIEW)
    verb = form_asked({step.verb: step.verb for step in ENGAGEMENT.steps}, body, seen=True)
    take_engagement(actor_of(request), person_of(scope), engagement_id, verb, body.given)
    return Engagement.objects.get(pk=engagement_id)


read_back(
    router, "/insurance/engagements", EngagementOut, Sent(VIEW, engagements_in), __name__
)  # fmt: skip


@router.put(
    "/insurance/engagements/{source}/{source_id}", response=PutOutcome, auth=Holding(KEEP)
)  # fmt: skip
def bring_engagement(
    request: HttpRequest, source: str, source_id: str, body: EngagementIn
) -> Any:  # fmt: skip
    """Enter an engagement by its id in another system; the same again is the same. Refused (409)
    where it cannot be, and for other words under the same id: it is cancelled, and another sent.
    404 where the provider or the enterprise is not within sight."""
    scope = admitted(request, KEEP)
    registers.named(source, source_id)
    firm = enterprises_in(scope).filter(credit_code=body.enterprise)
    provider = Provider.objects.filter(credit_code=body.provider.upper())
    enterprise_id, provider_id = (
        rows.values_list("pk", flat=True).first() for rows in (firm, provider)
    )
    if enterprise_id is None or provider_id is None:
        raise Http404
    said = {key: f"{value}" for key, value in body.dict().items()}
    values, entered = registers.typed(ENGAGEMENTS, said)
    if entered.errors:
        raise Refused("; ".join(f"{key}: {why}" for key, why in entered.errors.items()))
    new = NewEngagement(
        provider_id=provider_id, enterprise_id=enterprise_id, kind=values["kind"],
        starts_on=values["starts_on"], ends_on=values["ends_on"], source=source,
        source_id=source_id,
    )  # fmt: skip
    pk, outcome = put_engagement(actor_of(request), person_of(scope), new)
    return {"id": pk, "outcome": outcome}


@router.post(
    "/insurance/providers/{provider_id}/steps", response=StepTaken,
    auth=Holding(VIEW, providers_in, "provider_id"),
)  # fmt: skip
def provider_step(request: HttpRequest, provider_id: int, body: StepIn) -> Any:
    """Suspend, restore or strike off a provider, with the `reason`; 409 where the rules refuse
    it. What is known of it is corrected by PUT."""
    scope = admitted(request, VIEW)
    verbs = {step.verb: step.verb for step in PROVIDER.steps if step.verb != "correct"}
    verb = form_asked(verbs, body, seen=True)
    take_provider_step(
        actor_of(request), person_of(scope), provider_id, verb,
        reason=body.given.get("reason", ""),
    )  # fmt: skip
    return Provider.objects.get(pk=provider_id)


@router.get("/insurance/providers/{credit_code}", response=ProviderOut)
def insurance_provider(request: HttpRequest, credit_code: str) -> Any:
    """One provider of the register, by its credit code."""
    found = providers_in(admitted(request, VIEW)).filter(credit_code=credit_code.upper()).first()
    if found is None:
        raise Http404
    return found


@router.put("/insurance/providers/{credit_code}", response=PutOutcome, auth=Holding(MANAGE))
def bring_provider(request: HttpRequest, credit_code: str, body: ProviderIn) -> Any:
    """Register a provider by its credit code, or correct it with the `reason`, as often as one
    likes; the same again changes nothing. Refused (409) where it cannot be."""
    scope = admitted(request, MANAGE)
    code = credit_code.upper()
    known = Provider.objects.filter(credit_code=code).exists()
    sent = body.dict(exclude={"reason", "kinds"}, exclude_unset=True).items()
    said = {key: "" if value is None else str(value) for key, value in sent}
    said |= {"credit_code": code}
    values, entered = registers.typed(PROVIDERS, said, only=said if known else None)
    if entered.errors:
        raise Refused("; ".join(f"{key}: {why}" for key, why in entered.errors.items()))
    if not SERVICE_WORDS.keys() >= set(body.kinds):
        raise Refused(N_("There is no such service."))
    if "kinds" in body.model_fields_set:
        values["kinds"] = body.kinds
    outcome = put_provider(actor_of(request), person_of(scope), values, reason=body.reason)
    return {"id": Provider.objects.get(credit_code=code).pk, "outcome": outcome}
