"""The review of a risk point comes by itself, and so does what its enterprise is called."""

from anlan.backbone.events import reacts_to
from anlan.operations.risks.actions import fall_due, follow_state
from anlan.operations.risks.events import ReviewComes
from anlan.operations.risks.models import RiskPoint
from anlan.operations.safety.actions import follow_enterprises
from anlan.operations.safety.events import EnterprisesCorrected


@reacts_to(ReviewComes)
def open_the_review(event: ReviewComes) -> None:
    fall_due(event.risk_id, event.version)


@reacts_to(EnterprisesCorrected)
def name_them_as_their_file_does(event: EnterprisesCorrected) -> None:
    follow_enterprises(RiskPoint.objects, event.enterprises)
    follow_state(event.enterprises)
