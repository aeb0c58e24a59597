"""A record of interference 干预办案记录 as a table, `domain.md` R-111: notified or dismissed.

It is seen by who wrote it and by at most two named handlers of discipline, each look on record.
"""

from dataclasses import dataclass
from enum import StrEnum

from anlan.vocabulary.transitions import NoSuchStep, Refused, Step, Table, allowed
from anlan.vocabulary.words import N_, NP_


class State(StrEnum):
    RECORDED = "RECORDED"
    NOTIFIED = "NOTIFIED"
    DISMISSED = "DISMISSED"


SEE, RECORD, HANDLE = "oversight.interference", "oversight.record", "oversight.discipline"
MOST_HANDLERS = 2
INTERFERENCE = Table(
    [
        Step("notify", (State.RECORDED,), State.NOTIFIED, HANDLE),
        Step("dismiss", (State.RECORDED,), State.DISMISSED, HANDLE),
    ]
)
STATE_WORDS = {
    State.RECORDED: NP_("interference state", "Recorded"),
    State.NOTIFIED: NP_("interference state", "Notified"),
    State.DISMISSED: NP_("interference state", "Not borne out"),
}
STATE_PILLS = {State.RECORDED: "wait", State.NOTIFIED: "done", State.DISMISSED: "stop"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Interference:
    """What the rules ask: who wrote it and who handles it, by account."""

    state: str
    recorder: int | None
    handlers: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who asks."""

    id: int | None
    rights: frozenset[str]


def may_see(one: Interference, person: Person) -> bool:
    """The recorder and the named handlers, as long as their role still has to do with it."""
    if person.id is None or SEE not in person.rights:
        return False
    return person.id == one.recorder or (person.id in one.handlers and HANDLE in person.rights)


def check(verb: str, one: Interference, person: Person) -> Step:
    """The step, when it may be taken now; raises `Refused` with the reason."""
    try:
        step = INTERFERENCE.step(verb, one.state)
    except NoSuchStep:
        raise Refused(N_("This cannot be done while the record is as it is now.")) from None
    if step.right not in person.rights or person.id not in one.handlers:
        raise Refused(N_("Only a named handler may take this step."))
    if person.id == one.recorder:
        raise Refused(N_("Who recorded it does not decide on it."))
    return step


def verbs(one: Interference, person: Person) -> tuple[str, ...]:
    """What this person may do with the record now."""
    return allowed(INTERFERENCE.verbs(one.state), lambda verb: check(verb, one, person))
