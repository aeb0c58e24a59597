"""What is owed of an enterprise is on the lists of whoever sees it by its file."""

from anlan.backbone.events import reacts_to
from anlan.operations.checks.actions import follow_enterprises
from anlan.operations.safety.events import EnterprisesCorrected


@reacts_to(EnterprisesCorrected)
def lead_what_is_owed_to_who_sees_it_now(event: EnterprisesCorrected) -> None:
    follow_enterprises(event.enterprises)
