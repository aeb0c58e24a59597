"""Credit for other programs: who is listed, what counts, within sight, and notices brought in."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from anlan.operations.credit.actions import Notice, put_notice, take_step
from anlan.operations.credit.models import Listing
from anlan.operations.credit.queries import events_in, listing_file, listings_in, person_of
from anlan.operations.credit.queries.registers import EVENTS, LISTINGS
from anlan.operations.credit.rules.states import LISTING, PROPOSE
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import admitted
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries.by_api import (
    Holding,
    Put,
    Sent,
    StepIn,
    StepTaken,
    form_asked,
    read_back,
)
from anlan.operations.safety.queries.scope import enterprises_in

router = Router()


class ListingOut(Schema):
    """A listing; `until` is the last day in the list, `months` its term in calendar months."""

    id: int
    enterprise_id: int
    name: str
    credit_code: str
    facts: str
    basis: str
    months: int
    state: str
    noticed_at: datetime
    object_by: date
    decide_by: date | None
    entered_on: date | None
    until: date | None
    removed_at: datetime | None
    source: str
    source_id: str


class NoticeIn(Schema):
    """What was done, on which clause it is to be listed, for how many calendar months."""

    credit_code: str
    facts: str
    basis: str
    months: int


class ListingsOut(registers.HundredOf):
    rows: list[ListingOut]


class ListingStepOut(Schema):
    at: datetime
    by_name: str
    verb: str
    before: str
    after: str
    reason: str


class CreditEventOut(Schema):
    """What counts: `points` below zero count against; `number` is of the penalty decision."""

    id: int
    enterprise_id: int
    name: str
    credit_code: str
    source: str
    number: str
    text: str
    basis: str
    points: int
    at: datetime
    until: date | None
    withdrawn_on: date | None


class CreditEventsOut(registers.HundredOf):
    rows: list[CreditEventOut]


class ListingFileOut(Schema):
    listing: ListingOut
    points: int
    steps: list[ListingStepOut]
    verbs: list[str]


@router.get("/credit/listings", response=ListingsOut)
def credit_listings(request: HttpRequest, asking: Query[registers.Hundred]) -> Any:
    """The list of serious dishonesty, under way and removed ones too; `view=listed` for today's."""
    scope = admitted(request, "credit.view")
    return registers.hundred(LISTINGS, listings_in(scope), asking.dict(), scope)


@router.get("/credit/listings/{listing_id}", response=ListingFileOut)
def credit_listing(request: HttpRequest, listing_id: int) -> Any:
    """One listing with its steps (oldest first) and the enterprise's points."""
    found = listing_file(listing_id, admitted(request, "credit.view"))
    if found is None:
        raise Http404
    return {
        "listing": found.listing, "points": found.points, "steps": found.steps[::-1],
        "verbs": list(found.verbs),
    }  # fmt: skip


@router.post("/credit/listings/{listing_id}/steps", response=StepTaken)
def credit_step(request: HttpRequest, listing_id: int, body: StepIn) -> Any:
    """Take a step of a listing (`reason` in words where it asks why); 409 where it is refused."""
    scope = admitted(request, "credit.view")
    verbs = {step.verb: step.verb for step in LISTING.steps}
    seen = listings_in(scope).filter(pk=listing_id).exists()
    verb, reason = form_asked(verbs, body, seen=seen), body.given.get("reason", "")
    take_step(actor_of(request), person_of(scope), listing_id, verb, reason=reason)
    return Listing.objects.get(pk=listing_id)


read_back(router, "/credit/listings", ListingOut, Sent("credit.view", listings_in), __name__)


@router.put(
    "/credit/listings/{source}/{source_id}", response=Put, auth=Holding(PROPOSE)
)  # fmt: skip
def bring_notice(request: HttpRequest, source: str, source_id: str, body: NoticeIn) -> Any:
    """Give an enterprise notice that it is to be listed, by the notice's id in another system; the
    same again is the same listing. Refused (409) for other words under the same id: it was told.
    """
    scope = admitted(request, PROPOSE)
    firm = enterprises_in(scope).filter(credit_code=body.credit_code).values_list("pk", flat=True)
    if not firm:
        raise Http404
    registers.named(source, source_id)
    given = Notice(
        facts=body.facts, basis=body.basis, months=body.months, origin=(source, source_id)
    )
    return {"id": put_notice(actor_of(request), person_of(scope), firm[0], given)}


@router.get("/credit/events", response=CreditEventsOut)
def credit_events(request: HttpRequest, asking: Query[registers.Hundred]) -> Any:
    """What counts in enterprises' credit, withdrawn ones too; `view=counting` for today's."""
    scope = admitted(request, "credit.view")
    return registers.hundred(EVENTS, events_in(scope), asking.dict(), scope)
