"""A case hears how the danger that it was opened from moves on."""

from anlan.operations.deadlines.actions import remark_item
from anlan.operations.enforcement.actions.steps import write
from anlan.operations.enforcement.models import Case
from anlan.operations.enforcement.queries.origin import cases_of
from anlan.operations.enforcement.rules.states import State
from anlan.operations.people.actions import PLATFORM, act
from anlan.vocabulary.words import N_

_REMARKS = {
    "CLOSED": N_("The hidden danger was closed."),
    "ACCEPTED": N_("The hidden danger passed its re-check."),
    "RETURNED": N_("The hidden danger was not rectified well."),
    "SUSPENDED_PRODUCTION": N_("Production was stopped because of the hidden danger."),
    "TO_ENFORCEMENT": N_("The hidden danger was handed to enforcement."),
}


def hear_of_danger(danger_id: int, number: str, state: str) -> None:
    """Into the history and on the desk of each of its cases that is not archived."""
    for pk in cases_of(danger_id).values_list("pk", flat=True):
        with act("enforcement.heard_of_danger", PLATFORM) as this:
            case = Case.objects.select_for_update().get(pk=pk)
            if case.state == State.ARCHIVED:
                continue
            write(case, PLATFORM, "danger", case.state, {"danger": number, "remark": state})
            remark_item(f"case:{case.pk}", _REMARKS[state])
            this.on("case", case.pk, str(case))


def remark_of(state: str) -> str:
    """What a danger's state says to its case, as a message id."""
    return _REMARKS[state]
