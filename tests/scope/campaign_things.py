"""A campaign of the bureau's, and an enterprise of Ciqikou street on its list."""

from datetime import timedelta

from anlan.operations.campaigns import actions
from anlan.operations.campaigns.models import Entry
from anlan.operations.campaigns.queries import person_of
from anlan.operations.people.actions import as_actor
from anlan.operations.people.models import Account
from anlan.operations.people.queries import scope_of
from anlan.operations.safety.queries.persons import units
from anlan.operations.safety.queries.rows import enterprise_row
from anlan.vocabulary import clock


def campaign_things(enterprise_id: int) -> dict[str, int]:
    """The bureau's own, so that it may list and end."""
    known = Entry.objects.filter(campaign__title="走查").first()
    if known is not None:
        return {"campaign_id": known.campaign_id, "entry_id": known.pk}
    officer = Account.objects.filter(role="safety_officer").first()
    assert officer is not None
    who = as_actor(officer), person_of(scope_of(officer))
    today = clock.today()
    campaign = actions.open_campaign(*who, actions.NewCampaign(
        title="走查", basis="走查", lead=units()["bureau"], begins_on=today,
        ends_on=today + timedelta(days=30),
    ))  # fmt: skip
    firm = enterprise_row(enterprise_id, scope_of(officer))
    assert firm is not None
    entry = actions.list_enterprise(*who, campaign, actions.NewEntry(
        enterprise=firm, measure="renovate", what="走查", due_on=today + timedelta(days=9),
    ))  # fmt: skip
    return {"campaign_id": campaign, "entry_id": entry}
