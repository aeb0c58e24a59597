"""How an alert ends: lifted by a person on a proposal, or run out."""

from anlan.operations.alerts.actions import desk, telling
from anlan.operations.alerts.actions.compose import facts_of
from anlan.operations.alerts.actions.frame import (
    Done,
    allowed,
    already,
    left,
    locked,
    made_by,
    said,
)
from anlan.operations.alerts.actions.propose import chain_of, withdraw
from anlan.operations.alerts.actions.publishing import keep
from anlan.operations.alerts.actions.targets import ground_of
from anlan.operations.alerts.events import AlertExpired, AlertLifted
from anlan.operations.alerts.models import Alert, Signature
from anlan.operations.alerts.queries import cap
from anlan.operations.alerts.queries.book import book as the_book
from anlan.operations.alerts.rules import refusals
from anlan.operations.alerts.rules.book import Book
from anlan.operations.alerts.rules.states import AlertState
from anlan.operations.alerts.rules.texts import say
from anlan.operations.people.actions import PLATFORM, Act, Actor, act
from anlan.protocols.cap import MsgType
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused


def propose_lift(actor: Actor, alert_id: int, words: str) -> Done:
    """Ask for the lift of the alert in force; the platform does so when the alarm clears."""
    reason = said(words)
    with act("alerts.propose_lift", actor) as this:
        alert = locked(alert_id)
        this.on("alert", alert.pk, alert.headline)
        signatures = made_by(alert)
        if alert.lift_proposed_at is not None:
            by = signatures.get("propose_lift")
            return Done(alert.pk, True, by.by_label if by else "", alert.lift_proposed_at)
        if actor.id is None:
            if alert.state != AlertState.PUBLISHED:
                raise Refused(refusals.NOTHING_IN_FORCE)
        else:
            allowed(actor, "propose_lift", alert, signatures)
        alert.lift_proposed_at, alert.lift_words = clock.now(), reason
        alert.save(update_fields=["lift_proposed_at", "lift_words"])
        this.detail = {"words": reason}
        done = left(alert, "propose_lift", actor, words=reason)
        desk.ask_next(alert, drafted=True, book=the_book())
    return done


def drop_lift_proposal(alert_id: int, words: str) -> None:
    """The water is back over its mark: nobody should lift now."""
    with act("alerts.drop_lift", PLATFORM) as this:
        alert = locked(alert_id)
        this.on("alert", alert.pk, alert.headline)
        if alert.state == AlertState.PUBLISHED and alert.lift_proposed_at is not None:
            alert.lift_proposed_at, alert.lift_words = None, ""
            alert.save(update_fields=["lift_proposed_at", "lift_words"])
            Signature.objects.filter(alert=alert, step="propose_lift").update(void=True)
            this.detail = {"words": words}
            desk.ask_next(alert, drafted=True, book=the_book())


def lift(actor: Actor, alert_id: int, words: str = "") -> Done:
    """Lift the alert in force: everybody told hears of it, every draft of the chain falls."""
    book = the_book()
    with act("alerts.lift", actor) as this:
        alert = locked(alert_id)
        this.on("alert", alert.pk, alert.headline)
        signatures = made_by(alert)
        done = already(alert, "lift", signatures)
        if done is not None:
            return done
        allowed(actor, "lift", alert, signatures)
        if alert.lift_proposed_at is None:
            raise Refused(refusals.NOT_PROPOSED, number=alert.number)
        reason = said(words or alert.lift_words)
        _end(alert, AlertState.LIFTED, reason)
        _cancel(alert, reason, book)
        _drop_drafts(this, alert, "the alert was lifted")
        telling.stop_telling(alert, "lifted")
        desk.clear(alert, "lifted")
        this.detail = {"words": reason}
        this.publish(AlertLifted(alert_id=alert.pk, level=alert.level, hazard=alert.hazard,
                                 first_id=alert.first_id or alert.pk))  # fmt: skip
        return left(alert, "lift", actor, words=reason)


def expire(alert_id: int) -> bool:
    """An alert runs out when its time is over and it is still in force; anything else is late."""
    with act("alerts.expire", PLATFORM) as this:
        alert = locked(alert_id)
        this.on("alert", alert.pk, alert.headline)
        if alert.state != AlertState.PUBLISHED or alert.expires_at > clock.now():
            this.detail = {"late": True}
            return False
        _end(alert, AlertState.EXPIRED, "")
        telling.stop_telling(alert, "expired")
        desk.clear(alert, "expired")
        this.publish(AlertExpired(alert_id=alert.pk, level=alert.level, hazard=alert.hazard,
                                  first_id=alert.first_id or alert.pk))  # fmt: skip
    return True


def _end(alert: Alert, state: AlertState, words: str) -> None:
    alert.state, alert.ended_at, alert.end_words = state, clock.now(), words
    alert.save(update_fields=["state", "ended_at", "end_words"])


def _cancel(alert: Alert, reason: str, book: Book) -> None:
    """The CAP message of the lift, and its notice to everybody who was told."""
    ground = ground_of(alert, book)
    facts = facts_of(alert, ground.codes)
    now = clock.now()
    identifier = cap.free_identifier(book.issuer_for(alert.level).sender_code, now)
    headline = say(book, facts, "lift_headline")
    keep(alert, cap.Telling(MsgType.CANCEL, identifier, now, headline, reason), book)
    telling.tell_lifted(ground, say(book, facts, "lift"))


def _drop_drafts(this: Act, alert: Alert, why: str) -> None:
    chain = chain_of(alert.chain)
    for one in (chain.draft, chain.signed):
        if one is not None:
            telling.stop_telling(one, "lifted")
            withdraw(this, one, why)
