"""Who corrects what a danger's record says: a new version, never another loop."""

from anlan.operations.safety.rules.loop import Person
from anlan.operations.safety.rules.states import FIND, REGULATE, State
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

FIELDS = ("title", "description", "place")


def may_correct(state: str, regulator: str, found_by: int | None, person: Person) -> bool:
    """Who found it as long as it waits to be graded; then the unit that regulates it."""
    own = found_by is not None and found_by == person.id and FIND in person.rights
    if own and state == State.FOUND:
        return True
    mine = person.bureau or regulator in ("", person.organisation)
    return REGULATE in person.rights and mine


def check_correction(state: str, regulator: str, found_by: int | None, person: Person) -> None:
    """Raises `Refused`."""
    if not may_correct(state, regulator, found_by, person):
        raise Refused(N_("The unit that regulates it corrects the record."))
