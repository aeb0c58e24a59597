"""Whose entries an account sees: as the enterprises they are about."""

from django.db.models import Q, QuerySet

from anlan.operations.campaigns.models import Campaign, Entry
from anlan.operations.campaigns.rules.loop import Entry as Facts
from anlan.operations.campaigns.rules.loop import Person
from anlan.operations.campaigns.rules.states import VIEW
from anlan.operations.people.queries import Scope, acts_for_district
from anlan.operations.registers.queries import within
from anlan.operations.safety.queries.scope import own_enterprises, within_sight


def entries_in(scope: Scope) -> QuerySet[Entry]:
    """Entries within an account's sight."""
    return within_sight(Entry.objects.all(), scope, "enterprise__in")


def campaigns_in(scope: Scope) -> QuerySet[Campaign]:
    """Campaigns that list an enterprise within sight; for authorities also those that are led in
    their territory or above it."""
    if not scope.may(VIEW):
        return Campaign.objects.none()
    seen = Q(pk__in=entries_in(scope).order_by().values("campaign"))
    if scope.reach != "itself" and scope.area_prefix:
        above = [scope.area_prefix[:digits] for digits in (6, 9, 12)]
        seen |= within("area_code", scope.area_prefix) | Q(area_code__in=above)
    return Campaign.objects.filter(seen)


def person_of(scope: Scope) -> Person:
    firm = scope.reach == "itself"
    return Person(
        id=scope.account_id, rights=scope.rights, organisation=scope.organisation,
        whole=acts_for_district(scope), firm=firm,
        enterprises=own_enterprises(scope.account_id) if firm else frozenset(),
    )  # fmt: skip


def facts(entry: Entry) -> Facts:
    """An entry as the rules see it; its campaign is read with it."""
    return Facts(
        state=entry.state, enterprise_id=entry.enterprise_id, lead=entry.campaign.lead_code,
        submitted_by=entry.submitted_by_id,
    )  # fmt: skip
