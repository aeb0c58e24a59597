"""What the credit room answers to: penalties, accidents whose report stands, and its own timers."""

from anlan.backbone.events import reacts_to
from anlan.operations.accidents.events import AccidentMoved
from anlan.operations.credit.actions import (
    call_enterprise,
    count_accident,
    count_penalty,
    end_listing,
    recount_accident,
)
from anlan.operations.credit.events import ListingCalls, ListingEnds
from anlan.operations.enforcement.events import CaseMoved

IN_FORCE = ("serve", "end the appeal", "revoke the decision")


@reacts_to(CaseMoved)
def count_a_penalty(event: CaseMoved) -> None:
    if event.verb in IN_FORCE and event.enterprise_id is not None:
        count_penalty(event.case_id)


@reacts_to(AccidentMoved)
def count_an_accident(event: AccidentMoved) -> None:
    if event.verb in ("approve", "take superior report"):
        count_accident(event.accident_id, event.level)
    if event.verb in ("count apart", "correct figures"):
        recount_accident(event.accident_id, event.level)


@reacts_to(ListingEnds)
def end_a_listing(event: ListingEnds) -> None:
    end_listing(event.listing_id)


@reacts_to(ListingCalls)
def call_an_enterprise(event: ListingCalls) -> None:
    call_enterprise(event.listing_id)
