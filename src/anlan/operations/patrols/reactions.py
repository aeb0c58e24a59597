"""What the patrols answer to: their own timers."""

from anlan.backbone.events import reacts_to
from anlan.operations.patrols.actions import miss_patrol, term_passed
from anlan.operations.patrols.events import PatrolTermPassed


@reacts_to(PatrolTermPassed)
def let_a_term_pass(event: PatrolTermPassed) -> None:
    if event.step == 1:
        term_passed(event.task_id, event.due_at)
    else:
        miss_patrol(event.task_id, event.due_at)
