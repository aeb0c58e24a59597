"""A closed enterprise owes a campaign nothing; one that opens again what it owed before."""

from collections.abc import Callable, Collection

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from anlan.operations.campaigns.actions.desk import CLOSED, refresh
from anlan.operations.campaigns.actions.steps import finish
from anlan.operations.campaigns.models import Entry, EntryStep
from anlan.operations.campaigns.rules.states import CLOSE, OPEN, REOPENED, SHUT, State
from anlan.operations.people.actions import PLATFORM, act
from anlan.operations.safety.queries.rows import closed_among
from anlan.vocabulary import clock

CLOSED_A_TURN = 200
LEFT = (State.SUBMITTED, State.DROPPED)  # where closing an enterprise leads


def let_go_of_closed() -> int:
    """What so many enterprises owe that an older version left on the lists when they were closed
    leaves them; how many of their entries. At rest one query."""
    owed = Entry.objects.filter(state__in=OPEN, enterprise__state=CLOSED).order_by("enterprise")
    closed = set(owed.values_list("enterprise", flat=True)[:CLOSED_A_TURN])
    return _each(_entries(closed).filter(state__in=OPEN), _shut) if closed else 0


def follow_state(enterprises: Collection[int]) -> None:
    """What closed enterprises, by id, owe leaves the list; what was to close waits for the leading
    unit to accept it. Of one open again it is owed as before, unless the campaign is over."""
    closed = closed_among(enterprises)
    _each(_entries(closed).filter(state__in=OPEN), _shut)
    here = _entries(set(enterprises) - closed)
    last = EntryStep.objects.filter(entry=OuterRef("pk")).order_by("-pk")
    back = here.filter(campaign__ended_at=None, state__in=LEFT)
    _each(back.annotate(last=Subquery(last.values("verb")[:1])).filter(last=SHUT), _owe_again)
    _each(here.filter(state__in=OPEN), refresh)  # where it lies now


def _each(entries: QuerySet[Entry], settle: Callable[[Entry], None]) -> int:
    """Settle each as it stands once it is held, and none that a step has moved on meanwhile; how
    many these were."""
    found = list(entries.values_list("pk", flat=True))
    for pk in found:
        with transaction.atomic():
            entry = entries.select_for_update(of=("self",)).filter(pk=pk).first()
            if entry is not None:
                settle(entry)
    return len(found)


def _entries(enterprises: Collection[int]) -> QuerySet[Entry]:
    rows = Entry.objects.filter(enterprise__in=enterprises)
    return rows.select_related("campaign").order_by("pk")


def _shut(entry: Entry) -> None:
    _take(entry, SHUT, State.SUBMITTED if entry.measure == CLOSE else State.DROPPED)


def _owe_again(entry: Entry) -> None:
    same = Entry.objects.filter(campaign=entry.campaign_id, enterprise=entry.enterprise_id)
    if not same.exclude(state=State.DROPPED).exclude(pk=entry.pk).exists():
        step = EntryStep.objects.filter(entry=entry).order_by("-pk")[0]
        _take(entry, REOPENED, step.before)


def _take(entry: Entry, verb: str, state: str) -> None:
    with act(f"campaigns.{verb}", PLATFORM) as this:
        before, entry.state = entry.state, state
        entry.done_on = clock.today() if state == State.SUBMITTED else None
        entry.submitted_by_id = None
        finish(this, entry, PLATFORM, verb, before)
