"""What may be done with a policy, by whom: pure, asked before every change and every button."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from anlan.operations.insurance.rules.words import CATASTROPHE, KEEP, KIND_WORDS, MANAGE
from anlan.vocabulary.transitions import Refused, allowed
from anlan.vocabulary.words import N_

LONGEST = timedelta(days=5 * 366)
RENEW, CORRECT, WITHDRAW, DOCUMENT = "renew", "correct", "withdraw", "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """`firm`: of an enterprise, which sees itself only; `enterprises`: those it works for."""

    id: int | None
    rights: frozenset[str]
    enterprises: frozenset[int] = frozenset()
    firm: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """`source`: the system that brought it in, "" for one that was typed."""

    enterprise_id: int | None
    kind: str
    source: str = ""
    withdrawn: bool = False
    followed: bool = False


def check_entry(person: Person, kind: str, enterprise_id: int | None) -> None:
    """Whether the person may enter a policy of that holder; raises `Refused` with the reason."""
    if kind not in KIND_WORDS or (kind == CATASTROPHE) != (enterprise_id is None):
        raise Refused(N_("Liability insurance is an enterprise's, catastrophe insurance is the"
                         " district's."))  # fmt: skip
    if (KEEP if enterprise_id is not None else MANAGE) not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    if person.firm and enterprise_id not in person.enterprises:
        raise Refused(N_("Only the enterprise itself and its regulators enter its policies."))


def check(verb: str, policy: Policy, person: Person) -> None:
    """Whether the person may take the step; raises `Refused` with the reason."""
    check_entry(person, policy.kind, policy.enterprise_id)
    if policy.withdrawn:
        raise Refused(N_("The policy was withdrawn."))
    if verb == RENEW and policy.followed:
        raise Refused(N_("Another policy follows this one already."))
    if verb in (CORRECT, WITHDRAW) and person.firm and policy.source:
        raise Refused(N_("This policy came from the insurers' system: it is corrected there, or by"
                         " your regulator."))  # fmt: skip


def verbs(policy: Policy, person: Person) -> tuple[str, ...]:
    """What this person may do with the policy now."""
    return allowed((RENEW, CORRECT, DOCUMENT, WITHDRAW), lambda verb: check(verb, policy, person))


def check_values(values: Mapping[str, Any]) -> None:
    """What a policy says must be possible; raises `Refused`."""
    begin: date = values["starts_on"]
    end: date = values["ends_on"]
    if not begin <= end:
        raise Refused(N_("A policy does not end before it begins."))
    if end - begin > LONGEST:
        raise Refused(N_("A policy of more than five years: check the days."))
    if not values["sum_insured"] > 0:
        raise Refused(N_("The sum insured is more than nothing."))
