"""What waits for a person, and how a scripted person answers it."""

from collections.abc import Callable
from dataclasses import dataclass

from anlan.operations.drills.rules.scenario import Decision
from anlan.operations.people.actions import Actor


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing that waits. `key` is its own for ever; `level` where the thing has one."""

    verb: str
    key: str
    ident: int
    label: str
    level: int | None = None


Waiting = Callable[[], list[Proposal]]
Answer = Callable[[Actor, Proposal, Decision], object]


@dataclass(frozen=True, slots=True)
class Verb:
    """A kind of decision: what waits for it now, and the action that answers it."""

    name: str
    waiting: Waiting
    answer: Answer
