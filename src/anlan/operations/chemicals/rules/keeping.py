"""Who may keep which entry: pure, asked before every change and every button."""

from dataclasses import dataclass

from anlan.operations.chemicals.rules.words import KEEP
from anlan.vocabulary.transitions import Refused, allowed
from anlan.vocabulary.words import N_

ENTER, CORRECT, WITHDRAW = "enter", "correct", "withdraw"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """`firm`: of an enterprise, which sees itself only; `enterprises`: those it works for."""

    id: int | None
    rights: frozenset[str]
    enterprises: frozenset[int] = frozenset()
    firm: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`source`: the system that brought it in, "" for one that was typed."""

    enterprise_id: int
    source: str = ""
    withdrawn: bool = False


def check(verb: str, entry: Entry, person: Person) -> None:
    """Whether the person may take the step; raises `Refused` with the reason."""
    if KEEP not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    if person.firm and entry.enterprise_id not in person.enterprises:
        raise Refused(N_("Only the enterprise itself and its regulators keep its entries."))
    if entry.withdrawn:
        raise Refused(N_("The entry was withdrawn."))
    if verb != ENTER and person.firm and entry.source:
        raise Refused(N_("This entry came from another system: it is corrected there, or by your"
                         " regulator."))  # fmt: skip


def verbs(entry: Entry, person: Person) -> tuple[str, ...]:
    """What this person may do with the entry now."""
    return allowed((CORRECT, WITHDRAW), lambda verb: check(verb, entry, person))
