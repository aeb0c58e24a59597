"""What the room answers to: its own timers."""

from anlan.backbone.events import reacts_to
from anlan.operations.responsibilities.actions import bring_on_desk, end_objection
from anlan.operations.responsibilities.events import ObjectionEnds, WorkNears


@reacts_to(WorkNears)
def bring_a_work_on_the_desk(event: WorkNears) -> None:
    bring_on_desk(event.work_id)


@reacts_to(ObjectionEnds)
def end_a_time_to_object(event: ObjectionEnds) -> None:
    end_objection(event.check_id)
