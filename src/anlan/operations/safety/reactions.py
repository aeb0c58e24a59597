"""Where an enterprise lies and whose it is, by its file, holds for its open dangers too."""

from anlan.backbone.events import reacts_to
from anlan.operations.safety.actions import lead_dangers
from anlan.operations.safety.events import EnterprisesCorrected


@reacts_to(EnterprisesCorrected)
def lead_their_dangers_to_who_sees_them_now(event: EnterprisesCorrected) -> None:
    lead_dangers(event.enterprises)
