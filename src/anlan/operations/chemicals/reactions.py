"""What the room of chemicals answers to: its own timers."""

from anlan.backbone.events import reacts_to
from anlan.operations.chemicals.actions import ask_for
from anlan.operations.chemicals.events import RecordDue


@reacts_to(RecordDue)
def put_the_term_on_the_desk(event: RecordDue) -> None:
    ask_for(event.kind, event.record_id)
