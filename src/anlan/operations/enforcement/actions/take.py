"""The one verb for every step of a case: what it is and what it says are in the rules."""

from collections.abc import Mapping

from anlan.operations.enforcement.actions import (
    appeals,
    execution,
    procedure,
    publicity,
    recordings,
    site,
)
from anlan.operations.enforcement.actions.steps import take
from anlan.operations.enforcement.rules.loop import Person
from anlan.operations.people.actions import Actor

EFFECTS = {
    **site.EFFECTS, **procedure.EFFECTS, **execution.EFFECTS, **publicity.EFFECTS,
    **recordings.EFFECTS, **appeals.EFFECTS,
}  # fmt: skip


def take_step(
    actor: Actor, person: Person, case_id: int, verb: str, given: Mapping[str, str]
) -> None:
    """Take a step with what its form says (`rules.forms`). Raises `Refused`; nothing changed."""
    take(EFFECTS, verb, (actor, person), case_id, given)
