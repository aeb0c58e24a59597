"""What the credit room answers to: accidents whose report stands, and its own timers."""

from anlan.backbone.events import reacts_to
from anlan.operations.accidents.events import AccidentMoved
from anlan.operations.credit.actions import count_accident, end_listing
from anlan.operations.credit.events import ListingEnds


@reacts_to(AccidentMoved)
def count_an_accident(event: AccidentMoved) -> None:
    if event.verb in ("approve", "take superior report"):
        count_accident(event.accident_id, event.level)


@reacts_to(ListingEnds)
def end_a_listing(event: ListingEnds) -> None:
    end_listing(event.listing_id)
