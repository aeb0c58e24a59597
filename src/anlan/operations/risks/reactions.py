"""The review of a risk point comes by itself."""

from anlan.backbone.events import reacts_to
from anlan.operations.risks.actions import fall_due
from anlan.operations.risks.events import ReviewComes


@reacts_to(ReviewComes)
def open_the_review(event: ReviewComes) -> None:
    fall_due(event.risk_id, event.version)
