"""Whose desk a listing waits on: of who decides, and of the enterprise that may answer."""

from datetime import date, datetime, time, timedelta

from anlan.operations.credit.events import ListingCalls
from anlan.operations.credit.models import Listing
from anlan.operations.credit.queries import facts
from anlan.operations.credit.rules.states import ANSWER, DECIDE, PROPOSE, State
from anlan.operations.deadlines.actions import (
    NewItem,
    cancel_timer,
    close_item,
    open_item,
    set_timer,
)
from anlan.operations.safety.queries.persons import addressee
from anlan.operations.safety.queries.signboards import signboard
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

OPENS_AT = time(8, 30)


def refresh(listing: Listing) -> None:
    """Objections, repairs and entries wait for who decides, each with its last day; what the
    enterprise may do waits for its principal."""
    key = _key(listing)
    if listing.decide_by is None:
        close_item(key)
    else:
        open_item(_item(
            listing, key, (N_("Decide on the listing of %(name)s"), N_("Decide")), DECIDE,
            listing.decide_by,
        ))  # fmt: skip
    _enterprise(listing)


def _key(listing: Listing) -> str:
    return f"listing:{listing.pk}"


def _enterprise(listing: Listing) -> None:
    """It may object until a day, and ask for repair from a day on: a timer wakes the desk then."""
    key, today, said = f"{_key(listing)}:own", clock.today(), facts(listing)
    cancel_timer(key)
    if listing.state == State.NOTICED and not listing.objected and today <= listing.object_by:
        words = N_("To be listed: %(name)s may object"), N_("Object")
        open_item(_item(listing, key, words, ANSWER, listing.object_by))
        _wake(listing, key, listing.object_by + timedelta(days=1), time(0))
        return
    close_item(key)
    if listing.state != State.LISTED or said.repair_from is None or listing.until is None:
        return
    if said.repair_from >= listing.until:
        return  # it ends by itself before
    if today < said.repair_from:
        _wake(listing, key, said.repair_from, OPENS_AT)
        return
    words = N_("Listed: %(name)s may ask for repair"), N_("Ask")
    open_item(_item(listing, key, words, ANSWER, None))


def _wake(listing: Listing, key: str, day: date, at: time) -> None:
    set_timer(key, datetime.combine(day, at, clock.CHINA), ListingCalls(listing_id=listing.pk))


def _item(
    listing: Listing, key: str, words: tuple[str, str], right: str, last: date | None
) -> NewItem:
    sign, own = signboard(listing.enterprise_id), right == ANSWER
    return NewItem(
        key=key, kind="listing", title=words[0], action=words[1], link=f"/credit/{listing.pk}",
        right=right, area_code=sign.area_code[:6] if sign else "",
        parameters={"name": listing.name}, due_at=clock.end_of(last) if last else None,
        owner_id=addressee(listing.enterprise_id) if own else None,
        enterprise=listing.enterprise_id if own else None,
        chain=(PROPOSE,) if own else (DECIDE, "safety.supervise"),
    )  # fmt: skip
