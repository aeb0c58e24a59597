"""A danger is told what led to it: an enforcement case that was opened from it, a street's call."""

from dataclasses import dataclass

from anlan.operations.deadlines.actions import remark_item
from anlan.operations.people.actions import PLATFORM, act
from anlan.operations.safety.actions.desk import key_of, refresh
from anlan.operations.safety.actions.steps import moved, write
from anlan.operations.safety.models import Danger
from anlan.operations.safety.queries.handed import after_enforcement
from anlan.operations.safety.rules.states import State
from anlan.vocabulary.words import N_

BACK = "take back from enforcement"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNews:
    """A case's id, number and state (an English word of the context ``case state``).

    `ended`: enforcement does nothing more that the danger would wait for, in any case of it.
    """

    case_id: int
    number: str
    state: str
    ended: bool


def tell_of_case(danger_id: int, news: CaseNews) -> None:
    """Write it into the danger's history; one that waited for enforcement goes on being rectified.

    Anywhere else in its loop the danger stays as it is: its own table decides what comes next.
    """
    with act("safety.told_of_case", PLATFORM) as this:
        danger = Danger.objects.select_for_update().filter(pk=danger_id).first()
        if danger is None:
            return
        before = danger.state
        said = {"case": news.case_id, "case_number": news.number, "case_state": news.state}
        this.on("danger", danger.pk, str(danger))
        this.detail = {**said, "from": before}
        if news.ended and before == State.TO_ENFORCEMENT:
            danger.state = after_enforcement(danger)
            danger.save(update_fields=["state"])
            write(danger, PLATFORM, BACK, before, said, "")
            refresh(danger)
            this.publish(moved(danger, BACK, before))
        else:
            write(danger, PLATFORM, "case", before, said, "")
        if news.ended:
            remark_item(key_of(danger), N_("The enforcement case has ended."))


def tell_of_call(danger_id: int, call_id: int, number: str) -> None:
    """Write into the danger's history that a street's call led to it. The caller's transaction."""
    danger = Danger.objects.get(pk=danger_id)
    write(danger, PLATFORM, "call", danger.state, {"call": call_id, "call_number": number}, "")
