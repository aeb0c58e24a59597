"""A closed enterprise owes a campaign nothing; one that opens again what it owed before."""

from collections.abc import Collection

from django.db.models import OuterRef, QuerySet, Subquery

from anlan.operations.campaigns.actions.desk import refresh
from anlan.operations.campaigns.actions.steps import finish
from anlan.operations.campaigns.models import Entry, EntryStep
from anlan.operations.campaigns.rules.states import CLOSE, OPEN, REOPENED, SHUT, State
from anlan.operations.people.actions import PLATFORM, act
from anlan.operations.safety.queries.rows import closed_among
from anlan.vocabulary import clock


def follow_state(enterprises: Collection[int]) -> None:
    """What closed enterprises, by id, owe leaves the list; what was to close waits for the leading
    unit to accept it. Of one open again it is owed as before, unless the campaign is over."""
    closed = closed_among(enterprises)
    for entry in _entries(closed).filter(state__in=OPEN):
        _take(entry, SHUT, State.SUBMITTED if entry.measure == CLOSE else State.DROPPED)
    last = EntryStep.objects.filter(entry=OuterRef("pk")).order_by("-pk")
    back = _entries(set(enterprises) - closed).filter(campaign__ended_at=None)
    back = back.annotate(last=Subquery(last.values("verb")[:1])).filter(last=SHUT)
    owed = dict(back.values_list("pk", Subquery(last.values("before")[:1])))
    for entry in back:
        if not _listed_anew(entry):
            _take(entry, REOPENED, owed[entry.pk])
    for entry in _entries(set(enterprises) - closed).filter(state__in=OPEN):
        refresh(entry)  # where it lies now


def _entries(enterprises: Collection[int]) -> QuerySet[Entry]:
    rows = Entry.objects.filter(enterprise__in=enterprises)
    return rows.select_related("campaign").order_by("pk")


def _listed_anew(entry: Entry) -> bool:
    same = Entry.objects.filter(campaign=entry.campaign_id, enterprise=entry.enterprise_id)
    return same.exclude(state=State.DROPPED).exclude(pk=entry.pk).exists()


def _take(entry: Entry, verb: str, state: str) -> None:
    with act(f"campaigns.{verb}", PLATFORM) as this:
        before, entry.state = entry.state, state
        entry.done_on = clock.today() if state == State.SUBMITTED else None
        entry.submitted_by_id = None
        finish(this, entry, PLATFORM, verb, before)
