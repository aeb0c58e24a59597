"""Campaigns for other programs: their progress, what is listed, and entries brought in."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from anlan.operations.campaigns.actions import (
    NewCampaign,
    NewEntry,
    end_campaign,
    list_enterprise,
    put_campaign,
    take_step,
)
from anlan.operations.campaigns.models import Entry
from anlan.operations.campaigns.queries import (
    campaigns_in,
    entries_in,
    entry_file,
    person_of,
    progress,
)
from anlan.operations.campaigns.queries.files import Progress
from anlan.operations.campaigns.queries.registers import CAMPAIGN_FIELDS, ENTRIES
from anlan.operations.campaigns.rules.states import ENTRY, KEEP, VIEW
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import admitted
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries.by_api import (
    Holding,
    Put,
    PutOutcome,
    Sent,
    StepIn,
    StepTaken,
    form_asked,
)
from anlan.operations.safety.queries.persons import units
from anlan.operations.safety.queries.rows import enterprise_by_code
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

router = Router()
LONGEST_ORIGIN = 60


class CampaignOut(Schema):
    """A campaign; the counts are of its entries within sight that were not dropped."""

    id: int
    title: str
    basis: str
    lead_code: str
    lead_name: str
    begins_on: date
    ends_on: date
    ended_at: datetime | None
    source: str
    source_id: str
    listed: int
    accepted: int
    late: int
    submitted: int


class CampaignIn(Schema):
    """A campaign; `lead`: organisation code of the unit that leads it; both days are counted."""

    title: str
    basis: str
    lead: str
    begins_on: date
    ends_on: date


class EntryOut(Schema):
    """What is to become of an enterprise until the end of `due_on`, a calendar day."""

    id: int
    campaign_id: int
    enterprise_id: int
    unit: str
    area_code: str
    sector: str
    measure: str
    what: str
    due_on: date
    state: str
    done_on: date | None
    source: str
    source_id: str


class EntriesOut(registers.HundredOf):
    rows: list[EntryOut]


class EntryStepOut(Schema):
    at: datetime
    by_name: str
    verb: str
    before: str
    after: str
    words: str
    due_before: date | None


class EntryFileOut(Schema):
    entry: EntryOut
    late: bool
    steps: list[EntryStepOut]
    verbs: list[str]


class EntryIn(Schema):
    """An enterprise, by its credit code, and what it is listed for: close, move, renovate,
    rectify."""

    credit_code: str
    measure: str
    what: str
    due_on: date


class Asked(registers.Hundred):
    campaign: str = ""
    area_code: str = ""
    sector: str = ""
    measure: str = ""


@router.get("/campaigns", response=list[CampaignOut])
def campaigns(request: HttpRequest) -> Any:
    """Campaigns within sight, with how far they are."""
    return [_told(one) for one in progress(admitted(request, VIEW))]


def _told(one: Progress) -> dict[str, Any]:
    counts = ("listed", "accepted", "late", "submitted")
    said = ("id", "title", "basis", "lead_code", "lead_name", "begins_on", "ends_on", "ended_at",
            "source", "source_id")  # fmt: skip
    return {key: getattr(one.campaign, key) for key in said} | {
        key: getattr(one, key) for key in counts
    }


@router.get("/campaigns/entries", response=EntriesOut)
def campaign_entries(request: HttpRequest, asking: Query[Asked]) -> Any:
    """Listed enterprises within sight."""
    scope = admitted(request, VIEW)
    return registers.hundred(ENTRIES, entries_in(scope), asking.dict(), scope)


@router.get("/campaigns/entries/{entry_id}", response=EntryFileOut)
def campaign_entry(request: HttpRequest, entry_id: int) -> Any:
    """One entry with its steps, oldest first."""
    found = entry_file(entry_id, admitted(request, VIEW))
    if found is None:
        raise Http404
    return {
        "entry": found.entry, "late": found.late, "steps": found.steps[::-1],
        "verbs": list(found.verbs),
    }  # fmt: skip


@router.post(
    "/campaigns/entries/{entry_id}/steps", response=StepTaken,
    auth=Holding(VIEW, entries_in, "entry_id"),
)  # fmt: skip
def campaign_entry_step(request: HttpRequest, entry_id: int, body: StepIn) -> Any:
    """Begin, submit, accept, return, extend (`due_on`) or drop what is listed, with `words` where
    the step asks for them; 409 where the rules refuse it."""
    scope = admitted(request, VIEW)
    verb = form_asked({step.verb: step.verb for step in ENTRY.steps}, body, seen=True)
    take_step(
        actor_of(request), person_of(scope), entry_id, verb, words=body.given.get("words", ""),
        due_on=registers.day_asked(body.given.get("due_on", ""), None),
    )  # fmt: skip
    return Entry.objects.get(pk=entry_id)


@router.post(
    "/campaigns/{campaign_id}/end", response=Put, auth=Holding(VIEW, campaigns_in, "campaign_id")
)  # fmt: skip
def end_one_campaign(request: HttpRequest, campaign_id: int) -> Any:
    """A campaign of one's own unit is over; refused (409) where the rules say so."""
    scope = admitted(request, KEEP)
    person = person_of(scope)
    if not person.leads(campaigns_in(scope).get(pk=campaign_id).lead_code):
        raise Http404
    end_campaign(actor_of(request), person, campaign_id)
    return {"id": campaign_id}


@router.get("/campaigns/{campaign_id}/entries/{source}/{source_id}", response=EntryOut)
def entry_of_source(request: HttpRequest, campaign_id: int, source: str, source_id: str) -> Any:
    """What another program has listed under this id, in this campaign."""
    sent = Sent(VIEW, lambda scope: entries_in(scope).filter(campaign=campaign_id))
    return sent.read(request, source, source_id)


@router.put(
    "/campaigns/{campaign_id}/entries/{source}/{source_id}", response=Put, auth=Holding(KEEP)
)  # fmt: skip
def hand_entry_on(
    request: HttpRequest, campaign_id: int, source: str, source_id: str, body: EntryIn
) -> Any:
    """List an enterprise by its id in another program, as often as one likes.

    Refused (409) where the campaign is not the account's to lead, or the enterprise is on its list.
    """
    scope = admitted(request, KEEP)
    firm = enterprise_by_code(body.credit_code, scope)
    if firm is None or not campaigns_in(scope).filter(pk=campaign_id).exists():
        raise Http404
    new = NewEntry(
        enterprise=firm, measure=body.measure, what=body.what, due_on=body.due_on,
        source=source[:LONGEST_ORIGIN], source_id=source_id[:LONGEST_ORIGIN],
    )  # fmt: skip
    return {"id": list_enterprise(actor_of(request), person_of(scope), campaign_id, new)}


# After the addresses of one campaign and of its entries, which read like a source and an id.
@router.get("/campaigns/{source}/{source_id}", response=CampaignOut)
def campaign_of_source(request: HttpRequest, source: str, source_id: str) -> Any:
    """The campaign that another system keeps under this id, as the list shows it; 404 where there
    is none within sight."""
    for one in progress(admitted(request, VIEW)):
        if (one.campaign.source, one.campaign.source_id) == (source, source_id):
            return _told(one)
    raise Http404


@router.put("/campaigns/{source}/{source_id}", response=PutOutcome, auth=Holding(KEEP))
def bring_campaign(request: HttpRequest, source: str, source_id: str, body: CampaignIn) -> Any:
    """Open a campaign by its id in another system; the same again is the same. Refused (409) where
    the unit is not the account's to lead with, and for other words under the same id."""
    scope = admitted(request, KEEP)
    registers.named(source, source_id)
    said = {key: f"{value}" for key, value in body.dict(exclude={"lead"}).items()}
    _values, entered = registers.typed(CAMPAIGN_FIELDS, said)
    if entered.errors:
        raise Refused("; ".join(f"{key}: {why}" for key, why in entered.errors.items()))
    lead = units().get(body.lead)
    if lead is None:
        raise Refused(N_("Choose the unit that leads it."))
    new = NewCampaign(
        title=body.title, basis=body.basis, lead=lead, begins_on=body.begins_on,
        ends_on=body.ends_on, source=source, source_id=source_id,
    )  # fmt: skip
    pk, outcome = put_campaign(actor_of(request), person_of(scope), new)
    return {"id": pk, "outcome": outcome}
