"""What the calls answer to: their own timers, and dangers that were registered from them."""

from anlan.backbone.events import reacts_to
from anlan.operations.calls.actions import danger_closed, term_passed
from anlan.operations.calls.events import CallTermPassed
from anlan.operations.safety.events import DangerMoved


@reacts_to(CallTermPassed)
def let_a_term_pass(event: CallTermPassed) -> None:
    term_passed(event.call_id, event.due_at, event.step)


@reacts_to(DangerMoved)
def hear_of_the_danger(event: DangerMoved) -> None:
    if event.after == "CLOSED" and event.before != event.after:
        danger_closed(event.danger_id, event.number)
