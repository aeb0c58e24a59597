"""Providers of services: registered, corrected as a new version, suspended, struck off."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError

from anlan.operations.insurance.models import Provider, ProviderStep
from anlan.operations.insurance.rules.engagements import check_provider
from anlan.operations.insurance.rules.policies import Person
from anlan.operations.insurance.rules.words import MANAGE, SERVICE_WORDS
from anlan.operations.people.actions import Act, Actor, act, looking_again
from anlan.operations.registers.queries import clean, required
from anlan.operations.safety.queries.enterprises import valid_credit_code
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

FIELDS = ("name", "kinds", "qualification", "qualified_until")


def register_provider(actor: Actor, person: Person, values: Mapping[str, Any]) -> int:
    """Register a provider; its id. `kinds`: keys of services. Raises `Refused`."""
    try:
        return _registered(actor, person, values)
    except IntegrityError:
        raise Refused(N_("A provider of this credit code is registered already.")) from None


def _registered(actor: Actor, person: Person, values: Mapping[str, Any]) -> int:
    if MANAGE not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    code = str(values["credit_code"]).upper()
    if not valid_credit_code(code):
        raise Refused(N_("The credit code is not right: its last character does not fit."))
    with act("insurance.register_provider", actor) as this:
        provider = Provider(credit_code=code, registered_at=clock.now())
        _fill(provider, values)
        provider.save()
        _record(this, provider, actor, ("register", "", ""))
    return provider.pk


def _fill(provider: Provider, values: Mapping[str, Any]) -> None:
    kinds = [key for key in SERVICE_WORDS if key in values["kinds"]]
    if not kinds:
        raise Refused(N_("Tick what the provider offers."))
    if bool(values.get("qualification")) != bool(values.get("qualified_until")):
        raise Refused(N_("A qualification has its number and its last day."))
    provider.name, provider.kinds = values["name"], ",".join(kinds)
    provider.qualification = values.get("qualification", "")
    provider.qualified_until = values.get("qualified_until")


def correct_provider(
    actor: Actor, person: Person, provider_id: int, values: Mapping[str, Any], *, reason: str
) -> None:
    """Correct what is known of a provider; what it said before stays in its steps."""
    with act("insurance.correct_provider", actor) as this:
        provider = _locked(provider_id)
        check_provider("correct", provider.state, person)
        reason = required(reason, N_("Say why."))
        _fill(provider, values)
        provider.save()
        _record(this, provider, actor, ("correct", provider.state, reason))


@looking_again
def put_provider(
    actor: Actor, person: Person, values: Mapping[str, Any], *, reason: str
) -> str:  # fmt: skip
    """Register or correct a provider by its credit code; what came of it: new, changed or same.

    What the values do not say stays. Raises `Refused`.
    """
    code = str(values["credit_code"]).upper()
    known = Provider.objects.filter(credit_code=code).first()
    if known is None:
        _registered(actor, person, {"kinds": ()} | dict(values))
        return "new"
    before = {key: getattr(known, key) for key in FIELDS} | {"kinds": known.kinds.split(",")}
    said = before | {key: values[key] for key in FIELDS if key in values}
    if said | {"kinds": set(said["kinds"])} == before | {"kinds": set(before["kinds"])}:
        return "same"
    correct_provider(actor, person, known.pk, said, reason=reason)
    return "changed"


def take_provider_step(
    actor: Actor, person: Person, provider_id: int, verb: str, *, reason: str
) -> None:
    """Suspend, restore or strike off, with the reason."""
    with act(f"insurance.{verb.replace(' ', '_')}_provider", actor) as this:
        provider = _locked(provider_id)
        before = provider.state
        step = check_provider(verb, before, person)
        reason = required(reason, N_("Say why."))
        provider.state = step.leads_to(before)
        provider.save(update_fields=["state"])
        _record(this, provider, actor, (verb, before, reason))


def _locked(provider_id: int) -> Provider:
    provider = Provider.objects.select_for_update().filter(pk=provider_id).first()
    if provider is None:
        raise Refused(N_("There is no such provider."))
    return provider


def _record(this: Act, provider: Provider, actor: Actor, said: tuple[str, str, str]) -> None:
    verb, before, reason = said
    ends = provider.qualified_until
    values = {key: getattr(provider, key) for key in FIELDS}
    ProviderStep.objects.create(
        provider=provider, at=clock.now(), by_id=actor.id, by_name=actor.label, verb=verb,
        before=before, after=provider.state, reason=clean(reason)[:300],
        values=values | {"qualified_until": ends.isoformat() if ends else None},
    )  # fmt: skip
    this.on("provider", provider.pk, provider.name)
    this.detail = {"from": before, "to": provider.state}
