"""Campaigns with their progress, and one listed enterprise with its steps."""

from dataclasses import dataclass

from django.db.models import Count, Q

from anlan.operations.campaigns.models import Campaign, Entry, EntryStep
from anlan.operations.campaigns.queries.scope import campaigns_in, entries_in, facts, person_of
from anlan.operations.campaigns.rules.loop import late, verbs
from anlan.operations.campaigns.rules.states import OPEN, State
from anlan.operations.people.queries import Scope
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True)
class Progress:
    """A campaign, and of its entries within sight that were not dropped how many stand how."""

    campaign: Campaign
    listed: int = 0
    accepted: int = 0
    late: int = 0
    submitted: int = 0

    @property
    def percent(self) -> int | None:
        """Accepted, of the listed; None where none is listed."""
        return 100 * self.accepted // self.listed if self.listed else None


def progress(scope: Scope) -> list[Progress]:
    """Every campaign within sight, running ones first, the newest first. Two queries."""
    rows = entries_in(scope).exclude(state=State.DROPPED).order_by().values("campaign")
    counted = rows.annotate(
        listed=Count("pk"), accepted=Count("pk", filter=Q(state=State.ACCEPTED)),
        late=Count("pk", filter=Q(state__in=OPEN, due_on__lt=clock.today())),
        submitted=Count("pk", filter=Q(state=State.SUBMITTED)),
    )  # fmt: skip
    named = ("campaign", "listed", "accepted", "late", "submitted")
    counts = {campaign: rest for campaign, *rest in counted.values_list(*named)}
    found = campaigns_in(scope).order_by("-begins_on", "-id")
    every = [Progress(one, *counts.get(one.pk, ())) for one in found]
    return sorted(every, key=lambda one: one.campaign.ended_at is not None)


@dataclass(frozen=True, slots=True)
class EntryFile:
    """An entry with its steps (newest first) and what this person may do now."""

    entry: Entry
    late: bool
    steps: list[EntryStep]
    verbs: tuple[str, ...]


def entry_file(entry_id: int, scope: Scope) -> EntryFile | None:
    """The file within one's sight, else None. Three queries."""
    entry = entries_in(scope).select_related("campaign").filter(pk=entry_id).first()
    if entry is None:
        return None
    return EntryFile(
        entry, late(entry.state, entry.due_on, clock.today()), list(entry.steps.order_by("-id")),
        verbs(facts(entry), person_of(scope)),
    )  # fmt: skip
