"""What a step of a call may and may not: pure, asked before every step.

Maker is never checker: the department does not say that it is settled, the street does not answer
for the department, and who refused does not decide whose the call is.
"""

from dataclasses import dataclass

from anlan.operations.calls.rules.states import ANSWER, ASSIGN, CALL, MAKE
from anlan.vocabulary.transitions import NoSuchStep, Refused, Step, allowed
from anlan.vocabulary.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What the rules ask of a call. Units are organisation codes, persons account ids."""

    state: str
    street: str
    unit: str
    answered_by: int | None = None
    handled_by: int | None = None
    refused_by: int | None = None
    danger: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who takes the step; `bureau`: they act for the whole district."""

    id: int | None
    rights: frozenset[str]
    organisation: str = ""
    bureau: bool = False


def check(verb: str, call: Call, person: Person) -> Step:
    """The step, when it may be taken now; raises `Refused` with the reason."""
    try:
        step = CALL.step(verb, call.state)
    except NoSuchStep:
        raise Refused(N_("This cannot be done while the call is as it is now.")) from None
    if step.right not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    _WHOSE[step.right](call, person)
    if verb == "make danger" and call.danger:
        raise Refused(N_("A hidden danger was registered from this call already."))
    return step


def verbs(call: Call, person: Person) -> tuple[str, ...]:
    """What this person may do with the call now."""
    return allowed(CALL.verbs(call.state), lambda verb: check(verb, call, person))


def _street(call: Call, person: Person) -> None:
    if not person.organisation or person.organisation != call.street:
        raise Refused(N_("Only the street that called may take this step."))
    if person.id is None or person.id in (call.answered_by, call.handled_by):
        raise Refused(N_("Who answered or handled a call does not say that it is settled."))


def _department(call: Call, person: Person) -> None:
    if not person.organisation or person.organisation != call.unit:
        raise Refused(N_("Only the department that was called may take this step."))


def _bureau(call: Call, person: Person) -> None:
    if not person.bureau:
        raise Refused(N_("Only the bureau assigns a call."))
    if person.id is None or person.id == call.refused_by:
        raise Refused(N_("Who refused a call does not decide whose it is."))


_WHOSE = {MAKE: _street, ANSWER: _department, ASSIGN: _bureau}
