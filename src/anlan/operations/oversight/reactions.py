"""What oversight answers to: its own timers."""

from anlan.backbone.events import reacts_to
from anlan.operations.oversight.actions import end_objection
from anlan.operations.oversight.events import AppraisalStands


@reacts_to(AppraisalStands)
def let_the_grade_stand(event: AppraisalStands) -> None:
    end_objection(event.appraisal_id)
