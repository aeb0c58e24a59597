"""Signing an alert. III and IV leave at once; I and II go to the municipality first."""

from datetime import timedelta

from anlan.operations.alerts.actions import desk, municipality, telling
from anlan.operations.alerts.actions.frame import (
    Done,
    allowed,
    already,
    left,
    locked,
    made_by,
    said,
)
from anlan.operations.alerts.actions.publishing import publish
from anlan.operations.alerts.actions.targets import Ground, dry_run, ground_of
from anlan.operations.alerts.events import AlertSigned
from anlan.operations.alerts.models import Alert
from anlan.operations.alerts.queries import cap
from anlan.operations.alerts.queries.book import book as the_book
from anlan.operations.alerts.rules import refusals
from anlan.operations.alerts.rules.book import Book
from anlan.operations.alerts.rules.states import MAJOR, AlertState
from anlan.operations.deadlines.actions import NewItem, close_item, open_item
from anlan.operations.people.actions import Act, Actor, act
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

MANY = 10_000
DRIFT = 0.10
PAPERS_TITLE = N_("Papers after the emergency signature: %(headline)s")
PAPERS_ACTION = N_("File the papers")


def sign(actor: Actor, alert_id: int, counted: int | None = None) -> Done:
    """Sign what two others drafted and reviewed. A repeat is told who signed, and sends nothing.

    `counted` is the number of recipients the signer typed: needed above 10,000, or when it has
    drifted by more than 10 % since the review.
    """
    return _sign(actor, alert_id, "sign", "", counted)


def sign_urgent(actor: Actor, alert_id: int, words: str, counted: int | None = None) -> Done:
    """The emergency path: one person takes the steps left; the papers are filed after."""
    return _sign(actor, alert_id, "sign_urgent", said(words), counted)


def _sign(actor: Actor, alert_id: int, verb: str, words: str, counted: int | None) -> Done:
    book = the_book()
    with act(f"alerts.{verb}", actor) as this:
        alert = locked(alert_id)
        this.on("alert", alert.pk, alert.headline)
        signatures = made_by(alert)
        done = already(alert, verb, signatures)
        if done is not None:
            this.detail = {"repeat": True}
            return done
        state = allowed(actor, verb, alert, signatures)
        ground = ground_of(alert, book)
        _check_cap(alert, book)
        _check_count(alert, ground, counted)
        alert.state = state
        alert.urgent_words = words
        alert.save(update_fields=["state", "urgent_words", "trial"])
        done = left(alert, verb, actor, words=words)
        desk.forget_draft(alert, "signed")
        this.detail = {"level": alert.level, "reachable": alert.trial.get("reachable")}
        this.publish(AlertSigned(alert_id=alert.pk, level=alert.level, urgent=bool(words)))
        if words:
            _owe_papers(alert, book)
        _go_on(this, alert, ground)
    return done


def _go_on(this: Act, alert: Alert, ground: Ground) -> None:
    """What a signature sets going."""
    if alert.level in MAJOR:
        municipality.submit(alert, ground.book)
        telling.tell_responsible(ground, telling.CALLING)
        desk.ask_next(alert, drafted=True, book=ground.book)
    else:
        publish(this, alert, ground)


def _check_cap(alert: Alert, book: Book) -> None:
    """A message that breaks CAP's rules is not signed."""
    found = cap.breaches(alert, book)
    if found:
        first = found[0]
        raise Refused(refusals.CAP_BROKEN, breach=f"{first.rule}: {first.where} {first.detail}")


def _check_count(alert: Alert, ground: Ground, counted: int | None) -> None:
    """Many recipients, or another number than was reviewed: the signer says it."""
    alert.trial = dry_run(ground)
    count, reviewed = alert.trial["reachable"], alert.reached_reviewed
    drifted = reviewed is not None and abs(count - reviewed) > DRIFT * max(reviewed, 1)
    if (count > MANY or drifted) and counted != count:
        raise Refused(
            refusals.NOT_COUNTED, count=f"{count:,}",
            reviewed="—" if reviewed is None else f"{reviewed:,}",
        )  # fmt: skip


def _owe_papers(alert: Alert, book: Book) -> None:
    alert.papers_due_at = clock.now() + timedelta(hours=book.deadlines.papers_h)
    alert.save(update_fields=["papers_due_at"])
    open_item(
        NewItem(
            key=f"alert:{alert.pk}:papers", kind="alerts.papers", title=PAPERS_TITLE,
            parameters={"headline": f"{alert.title} {alert.number}"}, action=PAPERS_ACTION,
            link=desk.link(alert), right="alerts.review", area_code=alert.area_code,
            due_at=alert.papers_due_at,
        )
    )  # fmt: skip


def file_papers(actor: Actor, alert_id: int, words: str) -> Done:
    """The review and the reasons that the emergency path left out, by another person."""
    reason = said(words)
    with act("alerts.file_papers", actor) as this:
        alert = locked(alert_id)
        this.on("alert", alert.pk, alert.headline)
        signatures = made_by(alert)
        filed = signatures.get("file_papers")
        if filed is not None:
            return Done(alert.pk, True, filed.by_label, filed.at)
        if alert.papers_due_at is None or alert.state == AlertState.DRAFT:
            raise Refused(refusals.NO_PAPERS, number=alert.number)
        allowed(actor, "file_papers", alert, signatures)
        alert.papers_filed_at = clock.now()
        alert.save(update_fields=["papers_filed_at"])
        close_item(f"alert:{alert.pk}:papers", actor.label)
        this.detail = {"words": reason}
        return left(alert, "file_papers", actor, words=reason)
