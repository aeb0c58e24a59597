"""What the credit room answers: listings within sight, points, who is punished jointly."""

from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from anlan.operations.credit.models import CreditEvent, Listing, ListingStep
from anlan.operations.credit.rules.loop import Listing as Facts
from anlan.operations.credit.rules.loop import Person, verbs
from anlan.operations.credit.rules.states import BEGIN, PUNISHED, VIEW
from anlan.operations.people.queries import Scope
from anlan.operations.safety.queries.scope import enterprises_in, own_enterprises
from anlan.vocabulary import clock

__all__ = ["File", "facts", "listing_file", "listings_in", "person_of", "points", "punished"]


@dataclass(frozen=True, slots=True)
class File:
    """A listing with its history (newest first), the enterprise's points, the steps open to me."""

    listing: Listing
    steps: list[ListingStep]
    events: list[CreditEvent]
    points: int
    verbs: tuple[str, ...]


def listings_in(scope: Scope) -> QuerySet[Listing]:
    """Of the enterprises within an account's sight."""
    if not scope.may(VIEW):
        return Listing.objects.none()
    return Listing.objects.filter(enterprise__in=enterprises_in(scope).values("pk"))


def punished(scope: Scope) -> QuerySet[Listing]:
    """Those in the list today: what other authorities act on together 联合惩戒."""
    return listings_in(scope).filter(state__in=PUNISHED)


def points(enterprise_id: int) -> int:
    """The enterprise's credit: all begin with 100."""
    counted = CreditEvent.objects.filter(enterprise=enterprise_id).aggregate(sum=Sum("points"))
    return BEGIN + (counted["sum"] or 0)


def person_of(scope: Scope) -> Person:
    mine = own_enterprises(scope.account_id) if scope.reach == "itself" else frozenset()
    return Person(id=scope.account_id, rights=scope.rights, enterprises=mine)


def facts(listing: Listing) -> Facts:
    """A listing as the rules see it."""
    return Facts(
        state=listing.state, enterprise_id=listing.enterprise_id,
        proposed_by=listing.proposed_by_id, object_by=listing.object_by,
        entered_on=listing.entered_on, objected=listing.objected,
    )  # fmt: skip


def listing_file(listing_id: int, scope: Scope) -> File | None:
    """The file within one's sight, else None. Five queries."""
    listing = listings_in(scope).filter(pk=listing_id).first()
    if listing is None:
        return None
    events = CreditEvent.objects.filter(enterprise=listing.enterprise_id).order_by("-at")
    return File(
        listing, list(listing.steps.order_by("-id")), list(events[:20]),
        points(listing.enterprise_id), verbs(facts(listing), person_of(scope), clock.today()),
    )  # fmt: skip
