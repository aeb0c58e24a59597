"""Who changes the unit or the role leaves the work of the old one behind."""

from anlan.backbone.events import reacts_to
from anlan.operations.deadlines.actions import release_of_unit
from anlan.operations.people.events import AccountMoved


@reacts_to(AccountMoved)
def leave_its_work_with_the_unit(event: AccountMoved) -> None:
    release_of_unit(event.account_id, event.left)
