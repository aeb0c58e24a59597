"""What the room of chemicals answers to: its own timers, and enterprises that close or move."""

from anlan.backbone.events import reacts_to
from anlan.operations.chemicals.actions import ask_for, follow_state
from anlan.operations.chemicals.events import RecordDue
from anlan.operations.safety.events import EnterprisesCorrected


@reacts_to(RecordDue)
def put_the_term_on_the_desk(event: RecordDue) -> None:
    ask_for(event.kind, event.record_id)


@reacts_to(EnterprisesCorrected)
def ask_nothing_of_what_is_closed(event: EnterprisesCorrected) -> None:
    follow_state(event.enterprises)
