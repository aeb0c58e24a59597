"""A case tells the dangers that it was opened from, or took up, what became of it, and hears of
their moves."""

from anlan.backbone.events import reacts_to
from anlan.operations.enforcement.actions import ask_for_case, hear_of_danger
from anlan.operations.enforcement.events import CaseMoved
from anlan.operations.enforcement.queries.origin import others_run, taken_up_by
from anlan.operations.enforcement.rules.states import ENDED, STATE_WORDS, State
from anlan.operations.safety.actions import CaseNews, tell_of_case
from anlan.operations.safety.events import DangerMoved

TO_ENFORCEMENT = "TO_ENFORCEMENT"
HEARD = ("ACCEPTED", "CLOSED", "RETURNED", "SUSPENDED_PRODUCTION", TO_ENFORCEMENT)


@reacts_to(CaseMoved)
def tell_the_dangers(event: CaseMoved) -> None:
    if event.before == event.after:
        return
    own = [] if event.danger_id is None else [event.danger_id]
    after = State(event.after)
    for danger in (*own, *taken_up_by(event.case_id)):
        tell_of_case(danger, CaseNews(
            case_id=event.case_id, number=event.number, state=STATE_WORDS[after][1],
            ended=after in ENDED and not others_run(danger, event.case_id),
        ))  # fmt: skip
        ask_for_case(danger)


@reacts_to(DangerMoved)
def hear_of_the_danger(event: DangerMoved) -> None:
    if TO_ENFORCEMENT in (event.before, event.after):
        ask_for_case(event.danger_id)
    # What comes back from enforcement stopped was stopped before it went there.
    if event.before not in (event.after, TO_ENFORCEMENT) and event.after in HEARD:
        hear_of_danger(event.danger_id, event.number, event.after)
