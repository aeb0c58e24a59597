"""What a step of a listed enterprise may and may not: pure, asked before every step."""

from dataclasses import dataclass
from datetime import date

from anlan.operations.campaigns.rules.states import DO, ENTRY, KEEP, OPEN
from anlan.vocabulary.transitions import NoSuchStep, Refused, Step, allowed
from anlan.vocabulary.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`lead`: the unit (organisation code) that leads the campaign; accounts by id."""

    state: str
    enterprise_id: int
    lead: str
    submitted_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """`whole`: sees the whole district; `firm`: works for the `enterprises` and sees no other."""

    id: int | None
    rights: frozenset[str]
    organisation: str = ""
    whole: bool = False
    firm: bool = False
    enterprises: frozenset[int] = frozenset()

    def leads(self, lead: str) -> bool:
        """Of the unit that leads the campaign, or of the bureau above it."""
        return KEEP in self.rights and (self.whole or lead == (self.organisation or "-"))


def check(verb: str, entry: Entry, person: Person) -> Step:
    """The step, when it may be taken now; raises `Refused` with the reason."""
    try:
        step = ENTRY.step(verb, entry.state)
    except NoSuchStep:
        raise Refused(N_("This cannot be done while the entry is as it is now.")) from None
    if step.right not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    if step.right == DO and person.firm and entry.enterprise_id not in person.enterprises:
        raise Refused(N_("The enterprise's own people take this step."))
    if step.right == KEEP and not person.leads(entry.lead):
        raise Refused(N_("The unit that leads the campaign decides."))
    if verb in ("accept", "return") and person.id in (None, entry.submitted_by):
        raise Refused(N_("Who reported it done does not decide on it."))
    return step


def verbs(entry: Entry, person: Person) -> tuple[str, ...]:
    """What this person may do with the entry now."""
    return allowed(ENTRY.verbs(entry.state), lambda verb: check(verb, entry, person))


def late(state: str, due_on: date, today: date) -> bool:
    """Open past its day.

    >>> late("RETURNED", date(2026, 3, 31), date(2026, 4, 1))
    True
    """
    return state in OPEN and due_on < today
