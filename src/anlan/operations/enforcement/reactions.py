"""A case tells the danger that it was opened from what became of it, and hears of its moves."""

from anlan.backbone.events import reacts_to
from anlan.operations.enforcement.actions import ask_for_case, hear_of_danger
from anlan.operations.enforcement.events import CaseMoved
from anlan.operations.enforcement.queries.origin import others_run
from anlan.operations.enforcement.rules.states import ENDED, STATE_WORDS, State
from anlan.operations.safety.actions import CaseNews, tell_of_case
from anlan.operations.safety.events import DangerMoved

TO_ENFORCEMENT = "TO_ENFORCEMENT"
HEARD = ("ACCEPTED", "CLOSED", "RETURNED", "SUSPENDED_PRODUCTION", TO_ENFORCEMENT)


@reacts_to(CaseMoved)
def tell_the_danger(event: CaseMoved) -> None:
    if event.danger_id is not None and event.before != event.after:
        after = State(event.after)
        tell_of_case(event.danger_id, CaseNews(
            case_id=event.case_id, number=event.number, state=STATE_WORDS[after][1],
            ended=after in ENDED and not others_run(event.danger_id, event.case_id),
        ))  # fmt: skip
        ask_for_case(event.danger_id)


@reacts_to(DangerMoved)
def hear_of_the_danger(event: DangerMoved) -> None:
    if event.before != event.after and event.after in HEARD:
        hear_of_danger(event.danger_id, event.number, event.after)
    if TO_ENFORCEMENT in (event.before, event.after):
        ask_for_case(event.danger_id)
