"""What a step of a patrol may and may not: pure, asked before every step.

Maker is never checker: whoever walked any of it neither confirms nor returns it, and nobody
excuses what they owe themselves.
"""

from dataclasses import dataclass

from anlan.operations.patrols.rules.states import CONFIRM, PATROL, WALK
from anlan.vocabulary.transitions import NoSuchStep, Refused, Step, allowed
from anlan.vocabulary.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What the rules ask of a patrol. Persons are account ids, `unit` an organisation code.

    `walkers`: everybody who has walked or stood any of it; `walker`: who is at it now, None before
    the start. `post`: it is manned, not walked.
    """

    state: str
    unit: str
    supervisor: int | None
    patroller: int | None
    deputy: int | None = None
    walker: int | None = None
    walkers: frozenset[int] = frozenset()
    complete: bool = False
    post: bool = False

    @property
    def named(self) -> frozenset[int | None]:
        return frozenset({self.patroller, self.deputy}) - {None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who takes the step; `bureau`: they act for the whole district. `stands_in_for`: whose desk
    they have today."""

    id: int | None
    rights: frozenset[str]
    organisation: str = ""
    bureau: bool = False
    stands_in_for: frozenset[int] = frozenset()

    def is_or_stands_for(self, accounts: frozenset[int | None]) -> bool:
        return self.id is not None and bool(accounts & {self.id, *self.stands_in_for})


def check(verb: str, task: Task, person: Person) -> Step:
    """The step, when it may be taken now; raises `Refused` with the reason."""
    try:
        step = PATROL.step(verb, task.state)
    except NoSuchStep:
        raise Refused(N_("This cannot be done while the patrol is as it is now.")) from None
    if step.right not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    _WHOSE[step.right](verb, task, person)
    if verb in ("finish", "confirm") and not task.complete:
        raise Refused(N_("Too few points were reached: it is not complete."))
    if verb == "return" and task.post:
        raise Refused(N_("What was not manned then cannot be manned now: do not accept it."))
    if verb == "hand over" and not task.post:
        raise Refused(N_("A post is handed over; a route is walked by one person."))
    return step


def verbs(task: Task, person: Person) -> tuple[str, ...]:
    """What this person may do with the patrol now."""
    return allowed(PATROL.verbs(task.state), lambda verb: check(verb, task, person))


def _walks(verb: str, task: Task, person: Person) -> None:
    if not person.is_or_stands_for(task.named):
        raise Refused(N_("Only who is named for this patrol, or their deputy, may do this."))
    if verb in ("finish", "fall short") and person.id != task.walker:
        raise Refused(N_("Only who is at it now ends it."))
    if verb == "hand over" and person.id == task.walker:
        raise Refused(N_("You have the post already."))


def _checks(verb: str, task: Task, person: Person) -> None:
    mine = person.is_or_stands_for(frozenset({task.supervisor}))
    if not (mine or person.bureau or (person.organisation and person.organisation == task.unit)):
        raise Refused(N_("Only the supervisor, their unit or the bureau may do this."))
    if person.id is None or person.id in task.walkers:
        raise Refused(N_("Who walked a patrol does not say that it is in order."))
    if verb in ("excuse", "ask why") and person.id in task.named:
        raise Refused(N_("Nobody excuses what they owe themselves."))


_WHOSE = {WALK: _walks, CONFIRM: _checks}
