"""What the room answers to: its own timer."""

from anlan.backbone.events import reacts_to
from anlan.operations.assessment.actions import end_objection
from anlan.operations.assessment.events import ScorecardObjectionEnds


@reacts_to(ScorecardObjectionEnds)
def end_a_time_to_object(event: ScorecardObjectionEnds) -> None:
    end_objection(event.scorecard_id)
