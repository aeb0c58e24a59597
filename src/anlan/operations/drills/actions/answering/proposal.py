"""What waits for a person, and how a scripted person answers it."""

from collections.abc import Callable, Mapping, Set
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


Answer = Callable[[Actor, Proposal, Decision], object]


@dataclass(frozen=True, slots=True)
class Desk:
    """One room's desk: everything that waits there now, and the action that answers each verb.

    `moved_by` names the rooms whose acts can change what waits; time alone can as well.
    """

    look: Callable[[], list[Proposal]]
    moved_by: Set[str]
    answers: Mapping[str, Answer]
