"""What the credit room's timers say, and what it tells the rooms above."""

from dataclasses import dataclass

from anlan.backbone.events import Event, fact


@fact("credit.listing_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class ListingMoved(Event):
    listing_id: int
    enterprise_id: int
    verb: str
    before: str
    after: str


@fact("credit.counted")
@dataclass(frozen=True, slots=True, kw_only=True)
class CreditCounted(Event):
    """A penalty or an accident counts for an enterprise, or no longer (`withdrawn`)."""

    event_id: int
    enterprise_id: int
    source: str
    number: str
    points: int
    withdrawn: bool


@fact("credit.listing_ends")
@dataclass(frozen=True, slots=True, kw_only=True)
class ListingEnds(Event):
    """The term of a listing is over."""

    listing_id: int


@fact("credit.listing_calls")
@dataclass(frozen=True, slots=True, kw_only=True)
class ListingCalls(Event):
    """The time to object is over, or repair may be asked for from today on."""

    listing_id: int
