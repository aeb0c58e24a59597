"""Notice, objection, entry, repair and end of a listing."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError

from anlan.operations.credit.actions.desk import refresh
from anlan.operations.credit.events import ListingEnds, ListingMoved
from anlan.operations.credit.models import Listing, ListingStep
from anlan.operations.credit.queries import facts, terms_on
from anlan.operations.credit.rules.loop import Person, check
from anlan.operations.credit.rules.states import (
    PROPOSE,
    PUNISHED,
    State,
)
from anlan.operations.deadlines.actions import cancel_timer, set_timer
from anlan.operations.deadlines.queries import Unit, after, months_after
from anlan.operations.people.actions import PLATFORM, Act, Actor, act
from anlan.operations.safety.queries.signboards import signboard
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

WAITING = (State.NOTICED, State.OBJECTED, State.REPAIR_ASKED)
TEXTS = {
    "object": N_("Say why you object."), "reject objection": N_("Say why."),
    "uphold objection": N_("Say why."), "ask repair": N_("Say what was put right."),
    "refuse repair": N_("Say why."), "withdraw notice": N_("Say why."),
    "revoke listing": N_("Say why."),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What was done, on which clause it is listed, for how many calendar months; `origin`: source
    and id by which another system names it."""

    facts: str
    basis: str
    months: int
    origin: tuple[str, str] = ("", "")


def put_notice(actor: Actor, person: Person, enterprise_id: int, given: Notice) -> int:
    """Give a notice that another system names by (source, id), once; the listing's id.

    What the enterprise was told is not worded anew: other words under the same id are refused.
    """
    if PROPOSE not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    source, source_id = given.origin
    sent = Listing.objects.filter(source=source, source_id=source_id)
    if not sent.exists():
        try:
            give_notice(actor, person, enterprise_id, given)
        except Refused:
            if not sent.exists():  # else it was sent twice at the same moment
                raise
    known = sent.get()
    said = (known.enterprise_id, known.facts, known.basis, known.months)
    facts, basis = given.facts.strip()[:1000], given.basis.strip()[:300]
    if said != (enterprise_id, facts, basis, given.months):
        raise Refused(N_("The enterprise was told other words under this id: give another notice."))
    return known.pk


def give_notice(actor: Actor, person: Person, enterprise_id: int, given: Notice) -> int:
    """Tell the enterprise what is meant to be listed, on which law and how long; the id."""
    facts, basis, months = given.facts, given.basis, given.months
    if PROPOSE not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    most = terms_on(clock.today()).list_months
    if not facts.strip() or not basis.strip() or not 0 < months <= most:
        raise Refused(N_("Say what was done, on which clause, and for 1 to %(most)d months."),
                      most=most)  # fmt: skip
    try:
        return _notice(actor, person, enterprise_id, given)
    except IntegrityError:  # given twice at the same moment: the other one was first
        raise Refused(N_("A listing of this enterprise is under way already.")) from None


def _notice(actor: Actor, person: Person, enterprise_id: int, given: Notice) -> int:
    with act("credit.notice", actor) as this:
        sign = signboard(enterprise_id)
        if sign is None:
            raise Refused(N_("There is no such enterprise."))
        running = Listing.objects.select_for_update().filter(enterprise=enterprise_id)
        if running.exclude(state__in=(State.REMOVED, State.WITHDRAWN)).exists():
            raise Refused(N_("A listing of this enterprise is under way already."))
        listing = Listing.objects.create(
            enterprise_id=enterprise_id, name=sign.name, credit_code=sign.credit_code,
            facts=given.facts.strip()[:1000], basis=given.basis.strip()[:300],
            months=given.months, source=given.origin[0], source_id=given.origin[1],
            noticed_at=clock.now(), proposed_by_id=person.id,
            object_by=after(clock.today(), terms_on(clock.today()).object_days, Unit.WORKING),
        )  # fmt: skip
        _finish(this, listing, actor, "notice", "", "")
    return listing.pk


def take_step(actor: Actor, person: Person, listing_id: int, verb: str, *, reason: str) -> None:
    """Take `verb` of the table; raises `Refused`, then nothing is changed."""
    with act(f"credit.{verb.replace(' ', '_')}", actor) as this:
        listing = _locked(listing_id)
        before = listing.state
        step = check(verb, facts(listing), person, clock.today())
        if verb in TEXTS and not reason.strip():
            raise Refused(TEXTS[verb])
        if verb == "object":
            listing.objected = True
        if verb == "enter":
            listing.entered_on = clock.today()
            listing.until = months_after(clock.today(), listing.months)
            over = datetime.combine(listing.until + timedelta(1), time(0), clock.CHINA)
            set_timer(_timer(listing), over, ListingEnds(listing_id=listing.pk))
        if verb in ("grant repair", "revoke listing"):
            listing.removed_at = clock.now()
            cancel_timer(_timer(listing))
        listing.state = step.leads_to(before)
        _finish(this, listing, actor, verb, before, reason)


def end_listing(listing_id: int) -> None:
    """The term is over: removed by itself, whether repair was asked for or not."""
    with act("credit.end", PLATFORM) as this:
        listing = _locked(listing_id)
        if listing.state not in PUNISHED:
            return
        before, listing.state = listing.state, State.REMOVED
        listing.removed_at = clock.now()
        _finish(this, listing, PLATFORM, "end", before, "")


def call_enterprise(listing_id: int) -> None:
    """The timer's part: the time to object is over, or repair may be asked for."""
    with act("credit.call", PLATFORM) as this:
        listing = _locked(listing_id)
        refresh(listing)
        this.on("listing", listing.pk, listing.name)


def _locked(listing_id: int) -> Listing:
    listing = Listing.objects.select_for_update().filter(pk=listing_id).first()
    if listing is None:
        raise Refused(N_("There is no such listing."))
    return listing


def _finish(this: Act, listing: Listing, actor: Actor, verb: str, before: str, reason: str) -> None:
    listing.decide_by = _decide_by(listing)
    listing.save()
    ListingStep.objects.create(
        listing=listing, at=clock.now(), by_id=actor.id, by_name=actor.label, verb=verb,
        before=before, after=listing.state, reason=reason.strip()[:1000],
    )  # fmt: skip
    refresh(listing)
    this.on("listing", listing.pk, listing.name)
    this.detail = {"from": before, "to": listing.state}
    this.publish(
        ListingMoved(listing_id=listing.pk, enterprise_id=listing.enterprise_id, verb=verb,
                     before=before, after=listing.state)
    )  # fmt: skip


def _decide_by(listing: Listing) -> date | None:
    """By when whoever decides must have: after the time to object, an objection or a repair."""
    if listing.state not in WAITING:
        return None
    since = clock.today()
    if listing.state == State.NOTICED and not listing.objected:
        since = max(since, listing.object_by)
    return after(since, terms_on(clock.today()).decide_days, Unit.WORKING)


def _timer(listing: Listing) -> str:
    return f"listing:{listing.pk}"
