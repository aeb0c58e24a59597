"""What an enterprise is called on a list is what its file says; a closed one owes nothing."""

from anlan.backbone.events import reacts_to
from anlan.operations.campaigns.actions import follow_state
from anlan.operations.campaigns.models import Entry
from anlan.operations.safety.actions import follow_enterprises
from anlan.operations.safety.events import EnterprisesCorrected


@reacts_to(EnterprisesCorrected)
def name_them_as_their_file_does(event: EnterprisesCorrected) -> None:
    follow_enterprises(Entry.objects, event.enterprises)
    follow_state(event.enterprises)
