"""Providers and their engagements as tables, and what a step of them may and may not."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from anlan.operations.insurance.rules.policies import Person
from anlan.operations.insurance.rules.words import KEEP, MANAGE
from anlan.vocabulary.transitions import NoSuchStep, Refused, Step, Table, allowed
from anlan.vocabulary.words import N_, NP_


class ProviderState(StrEnum):
    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"
    STRUCK = "STRUCK"


class EngagementState(StrEnum):
    RUNNING = "RUNNING"
    FINISHED = "FINISHED"
    CANCELLED = "CANCELLED"


_HELD = (ProviderState.ACTIVE, ProviderState.SUSPENDED)
PROVIDER = Table(
    [
        Step("correct", _HELD, "", MANAGE),
        Step("suspend", (ProviderState.ACTIVE,), ProviderState.SUSPENDED, MANAGE),
        Step("restore", (ProviderState.SUSPENDED,), ProviderState.ACTIVE, MANAGE),
        Step("strike off", _HELD, ProviderState.STRUCK, MANAGE),
    ]
)
_RUNNING = (EngagementState.RUNNING,)
ENGAGEMENT = Table(
    [
        Step("finish", _RUNNING, EngagementState.FINISHED, KEEP),
        Step("cancel", _RUNNING, EngagementState.CANCELLED, KEEP),
        Step("rate", (EngagementState.FINISHED,), "", KEEP),
    ]
)
PROVIDER_STATE_WORDS = {
    ProviderState.ACTIVE: NP_("provider state", "Active"),
    ProviderState.SUSPENDED: NP_("provider state", "Suspended"),
    ProviderState.STRUCK: NP_("provider state", "Struck off"),
}
PROVIDER_STATE_PILLS = {
    ProviderState.ACTIVE: "doing", ProviderState.SUSPENDED: "stop", ProviderState.STRUCK: "stop",
}  # fmt: skip
ENGAGEMENT_STATE_WORDS = {
    EngagementState.RUNNING: NP_("engagement state", "Under way"),
    EngagementState.FINISHED: NP_("engagement state", "Finished"),
    EngagementState.CANCELLED: NP_("engagement state", "Called off"),
}
ENGAGEMENT_STATE_PILLS = {
    EngagementState.RUNNING: "doing", EngagementState.FINISHED: "done",
    EngagementState.CANCELLED: "stop",
}  # fmt: skip
VERB_WORDS = {
    "register": NP_("provider verb", "registered it"),
    "correct": NP_("provider verb", "corrected it"),
    "suspend": NP_("provider verb", "suspended it"),
    "restore": NP_("provider verb", "restored it"),
    "strike off": NP_("provider verb", "struck it off"),
    "engage": NP_("engagement verb", "engaged the provider"),
    "finish": NP_("engagement verb", "entered what was delivered"),
    "cancel": NP_("engagement verb", "called it off"),
    "rate": NP_("engagement verb", "rated it"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """`qualified_until` is the last day; None where it holds no qualification."""

    state: str
    kinds: tuple[str, ...]
    qualified_until: date | None


def check_provider(verb: str, state: str, person: Person) -> Step:
    """The step of a provider, when it may be taken; raises `Refused` with the reason."""
    try:
        step = PROVIDER.step(verb, state)
    except NoSuchStep:
        raise Refused(N_("This cannot be done while the provider is as it is now.")) from None
    if step.right not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    return step


def check_engaging(
    provider: Provider, kind: str, person: Person, enterprise_id: int, *, qualified: bool,
    day: date,
) -> None:  # fmt: skip
    """Whether the provider may be engaged for the service now; raises `Refused` with the reason.

    `qualified`: the service is one that asks for a qualification.
    """
    _own(person, enterprise_id)
    if provider.state != ProviderState.ACTIVE:
        raise Refused(N_("The provider is suspended or struck off: it takes no new engagement."))
    if kind not in provider.kinds:
        raise Refused(N_("The provider does not offer this service."))
    if provider.qualified_until is not None and provider.qualified_until < day:
        raise Refused(
            N_("The provider's qualification ended on %(day)s: it takes no new engagement."),
            day=provider.qualified_until,
        )  # fmt: skip
    if qualified and provider.qualified_until is None:
        raise Refused(N_("This service takes a qualification, and the provider has none here."))


def check_engagement(verb: str, state: str, enterprise_id: int, person: Person) -> Step:
    """The step of an engagement, when it may be taken; raises `Refused` with the reason."""
    try:
        step = ENGAGEMENT.step(verb, state)
    except NoSuchStep:
        raise Refused(N_("This cannot be done while the engagement is as it is now.")) from None
    _own(person, enterprise_id)
    return step


def _own(person: Person, enterprise_id: int) -> None:
    if KEEP not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    if person.firm and enterprise_id not in person.enterprises:
        raise Refused(N_("Only the enterprise itself and its regulators may take this step."))


def engagement_verbs(state: str, enterprise_id: int, person: Person) -> tuple[str, ...]:
    """What this person may do with the engagement now."""
    return allowed(
        ENGAGEMENT.verbs(state), lambda verb: check_engagement(verb, state, enterprise_id, person)
    )


def provider_verbs(state: str, person: Person) -> tuple[str, ...]:
    """What this person may do with the provider now."""
    return allowed(PROVIDER.verbs(state), lambda verb: check_provider(verb, state, person))


def side_of(person: Person) -> str:
    """For whom the person speaks when it rates."""
    return "enterprise" if person.firm else "regulator"
