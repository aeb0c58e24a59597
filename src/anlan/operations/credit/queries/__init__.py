"""What the credit room answers: listings and events within sight, points, who is punished."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from anlan.operations.credit.models import CreditEvent, CreditTerms, Listing, ListingStep
from anlan.operations.credit.rules.loop import Listing as Facts
from anlan.operations.credit.rules.loop import Person, verbs
from anlan.operations.credit.rules.states import BEGIN, PUNISHED, VIEW
from anlan.operations.credit.rules.terms import Terms
from anlan.operations.deadlines.queries import months_after
from anlan.operations.people.queries import Scope
from anlan.operations.safety.queries.scope import enterprises_in, own_enterprises
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

__all__ = [
    "File", "events_in", "facts", "listing_file", "listings_in", "person_of", "points", "punished",
    "terms_in_force", "terms_of", "terms_on",
]  # fmt: skip
MOST_EVENTS = 20


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
    return Listing.objects.filter(_seen(scope))


def events_in(scope: Scope) -> QuerySet[CreditEvent]:
    """What counts or counted, of the enterprises within an account's sight."""
    if not scope.may(VIEW):
        return CreditEvent.objects.none()
    return CreditEvent.objects.filter(_seen(scope))


def _seen(scope: Scope) -> Exists:
    """One question a row: few rows beside the tens of thousands of enterprises within sight."""
    return Exists(enterprises_in(scope).filter(pk=OuterRef("enterprise")))


def punished(scope: Scope) -> QuerySet[Listing]:
    """Those in the list today: what other authorities act on together 联合惩戒."""
    return listings_in(scope).filter(state__in=PUNISHED)


def counting(day: date) -> Q:
    """Events that count on a day: not withdrawn, their term not over."""
    return Q(withdrawn_on=None) & (Q(until=None) | Q(until__gte=day))


def points(enterprise_id: int) -> int:
    """The enterprise's credit today: all begin with 100."""
    rows = CreditEvent.objects.filter(counting(clock.today()), enterprise=enterprise_id)
    return BEGIN + (rows.aggregate(sum=Sum("points"))["sum"] or 0)


def terms_of(source: str, figures: dict[str, Any]) -> Terms:
    """Figures as the district's file has them; raises `KeyError` or `TypeError` for wrong ones."""
    given = dict(figures)
    accidents = {int(level): int(count) for level, count in given.pop("accidents").items()}
    rows = [(Decimal(one["least"]), int(one["points"])) for one in given.pop("penalties")]
    return Terms(accidents=accidents, penalties=sorted(rows), source=source, **given)


def terms_in_force(day: date) -> Terms | None:
    """The terms of the district on a day; None where it has loaded none."""
    row = CreditTerms.on(day)
    return terms_of(row.source, row.figures) if row else None


def terms_on(day: date) -> Terms:
    """The terms in force; raises `Refused` where the district has none."""
    terms = terms_in_force(day)
    if terms is None:
        raise Refused(N_("The district has no terms of credit: load its files."))
    return terms


def person_of(scope: Scope) -> Person:
    mine = own_enterprises(scope.account_id) if scope.reach == "itself" else frozenset()
    return Person(id=scope.account_id, rights=scope.rights, enterprises=mine)


def facts(listing: Listing) -> Facts:
    """A listing as the rules see it."""
    entered = listing.entered_on
    terms = terms_in_force(entered) if entered else None
    return Facts(
        state=listing.state, enterprise_id=listing.enterprise_id,
        proposed_by=listing.proposed_by_id, object_by=listing.object_by,
        repair_from=months_after(entered, terms.repair_months)
        if entered and terms else None,
        objected=listing.objected,
    )  # fmt: skip


def listing_file(listing_id: int, scope: Scope) -> File | None:
    """The file within one's sight, else None. Six queries."""
    listing = listings_in(scope).filter(pk=listing_id).first()
    if listing is None:
        return None
    events = CreditEvent.objects.filter(enterprise=listing.enterprise_id).order_by("-at")
    return File(
        listing, list(listing.steps.order_by("-id")), list(events[:MOST_EVENTS]),
        points(listing.enterprise_id), verbs(facts(listing), person_of(scope), clock.today()),
    )  # fmt: skip
