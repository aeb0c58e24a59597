"""What a step of a work may and may not: pure, asked before every step."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from anlan.operations.responsibilities.rules.states import CONFIRM, DO, KEEP, OPEN, WORK, State
from anlan.vocabulary.transitions import NoSuchStep, Refused, Step, allowed
from anlan.vocabulary.words import N_

# Days before its deadline from which a work stands on its unit's desk [pv].
NEAR = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """`unit` does it, `set_in` set it (organisation codes, "" the platform); accounts by id."""

    state: str
    unit: str
    leader: int | None = None
    set_in: str = ""
    submitted_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """`whole`: sees the whole district, as the bureau and its committee office do."""

    id: int | None
    rights: frozenset[str]
    organisation: str = ""
    whole: bool = False


def check(verb: str, work: Work, person: Person) -> Step:
    """The step, when it may be taken now; raises `Refused` with the reason."""
    try:
        step = WORK.step(verb, work.state)
    except NoSuchStep:
        raise Refused(N_("This cannot be done while the work is as it is now.")) from None
    if step.right not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    own = bool(work.unit) and person.organisation == work.unit
    leads = person.id is not None and person.id == work.leader
    if step.right == DO and not (own or leads):
        raise Refused(N_("Only the unit that does the work, or who leads it, takes this step."))
    if step.right == CONFIRM:
        if not (own or person.whole):
            raise Refused(N_("The committee's office confirms, or the leader of the unit."))
        if person.id is None or person.id == work.submitted_by:
            raise Refused(N_("Who submitted the work does not decide on it."))
    if step.right == KEEP and not _set_it(work, person):
        raise Refused(N_("Only the unit that set the work changes or drops it."))
    return step


def verbs(work: Work, person: Person) -> tuple[str, ...]:
    """What this person may do with the work now."""
    return allowed(WORK.verbs(work.state), lambda verb: check(verb, work, person))


def may_keep(person: Person, unit: str) -> bool:
    """May this person write the lists of a unit: the bureau all of them, a unit its own."""
    return KEEP in person.rights and (person.whole or unit == (person.organisation or "-"))


def may_sign(person: Person, account: int | None, unit: str) -> bool:
    """May this person sign that a list was read: its leader; where that post has no login, who
    leads the unit."""
    if person.id is None:
        return False
    if account is not None:
        return account == person.id
    return CONFIRM in person.rights and unit == (person.organisation or "-")


def late(state: str, due_on: date, finished_on: date | None, today: date) -> bool:
    """Open past its day, or submitted after it.

    >>> late("SUBMITTED", date(2026, 3, 31), date(2026, 3, 31), date(2026, 4, 9))
    False
    """
    if state in OPEN:
        return due_on < today
    return state != State.DROPPED and finished_on is not None and finished_on > due_on


def quarter_end(year: int, quarter: int) -> date:
    """
    >>> quarter_end(2026, 1)
    datetime.date(2026, 3, 31)
    """
    month = 3 * quarter
    return date(year, month, monthrange(year, month)[1])


def _set_it(work: Work, person: Person) -> bool:
    if not work.set_in:
        return person.whole
    return person.organisation == work.set_in
