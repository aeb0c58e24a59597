"""An alert comes into force: what it replaces ends, people are told, clocks start.

Whatever comes late or twice converges: one message in force a chain, the newest signed one.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from anlan.operations.alerts.actions import desk, telling
from anlan.operations.alerts.actions.frame import Done, allowed, left, locked, made_by
from anlan.operations.alerts.actions.municipality import StandIn, municipality_for
from anlan.operations.alerts.actions.propose import withdraw
from anlan.operations.alerts.actions.targets import Ground, ground_of
from anlan.operations.alerts.events import AlertPublished, AlertUpdated
from anlan.operations.alerts.models import Alert, MunicipalSubmission, Publication
from anlan.operations.alerts.queries import cap
from anlan.operations.alerts.queries.book import book as the_book
from anlan.operations.alerts.rules import refusals
from anlan.operations.alerts.rules.book import Book
from anlan.operations.alerts.rules.states import MAJOR, AlertState
from anlan.operations.people.actions import PLATFORM, Act, Actor, act
from anlan.protocols.cap import MsgType, encode
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused


def publish(this: Act, alert: Alert, ground: Ground, identifier: str = "") -> bool:
    """Put a signed alert in force; False when a newer message has overtaken it meanwhile."""
    if _newer(alert).exists():
        _overtaken(alert)
        return False
    now, book = clock.now(), ground.book
    current = _current(alert)
    if alert.expires_at <= now:
        withdraw(this, alert, "it ran out before it could be published")
        return False
    alert.previous = current
    alert.first = current.first if current is not None else None
    alert.identifier = identifier or cap.free_identifier(
        book.issuer_for(alert.level).sender_code, now
    )
    if current is not None:
        _replace(this, current, alert)
    alert.state, alert.published_at = AlertState.PUBLISHED, now
    alert.save()
    if alert.first_id is None:
        alert.first = alert
        alert.save(update_fields=["first"])
    kind = MsgType.ALERT if current is None else MsgType.UPDATE
    keep(alert, cap.Telling(kind, alert.identifier, now, alert.headline), book)
    _tell(ground, current)
    desk.ask_next(alert, drafted=True, book=book)
    desk.watch_expiry(alert, book)
    this.publish(
        AlertPublished(alert_id=alert.pk, level=alert.level, hazard=alert.hazard,
                       first_id=alert.first_id or alert.pk, update=current is not None)
    )  # fmt: skip
    return True


def keep(alert: Alert, telling: cap.Telling, book: Book) -> Publication:
    """Store the CAP message as it leaves."""
    made = cap.message(alert, telling, book)
    return Publication.objects.create(
        alert=alert, kind=telling.kind, identifier=telling.identifier,
        references=" ".join(r.identifier for r in made.references)[:200],
        sent_at=telling.sent_at, cap_xml=encode(made).decode(),
    )  # fmt: skip


def _newer(alert: Alert) -> QuerySet[Alert]:
    """Messages of the chain that were drafted later and have been in force."""
    return Alert.objects.filter(chain=alert.chain, pk__gt=alert.pk, published_at__isnull=False)


def _current(alert: Alert) -> Alert | None:
    return (
        Alert.objects.select_for_update()
        .filter(chain=alert.chain, state=AlertState.PUBLISHED)
        .exclude(pk=alert.pk)
        .first()
    )


def _overtaken(alert: Alert) -> None:
    alert.state, alert.ended_at = AlertState.UPDATED, clock.now()
    alert.end_words = "a newer message came first"
    alert.save(update_fields=["state", "ended_at", "end_words"])
    telling.stop_telling(alert, "updated")
    desk.clear(alert, "overtaken")


def _replace(this: Act, current: Alert, by: Alert) -> None:
    current.state, current.ended_at = AlertState.UPDATED, clock.now()
    current.end_words = f"→ {by.number}"
    current.save(update_fields=["state", "ended_at", "end_words"])
    desk.clear(current, "updated", keep_help=True)
    this.publish(
        AlertUpdated(alert_id=current.pk, by_id=by.pk, level=by.level, hazard=by.hazard,
                     first_id=current.first_id or current.pk)
    )  # fmt: skip


def _tell(ground: Ground, current: Alert | None) -> None:
    alert = ground.alert
    if "responsible" not in alert.mailings:
        telling.tell_responsible(ground, telling.PUBLISHED)
    telling.tell_public(ground, current)
    if current is not None:
        telling.stop_telling(current, "updated", by=alert)
    # Signed earlier, still waiting for the municipality, and now older than what is in force.
    older = Alert.objects.select_for_update().filter(
        chain=alert.chain, state=AlertState.SIGNED, pk__lt=alert.pk
    )
    for one in older:
        _overtaken(one)


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalAnswer:
    """What came back from the municipality; `identifier` is the message's own, kept as it is."""

    approved: bool
    identifier: str = ""
    words: str = ""
    at: datetime | None = None


def record_municipal_answer(actor: Actor, alert_id: int, answer: MunicipalAnswer) -> Done:
    """Take down the municipality's answer and relay it. A second answer changes nothing."""
    book = the_book()
    with act("alerts.municipal_answer", actor) as this:
        alert = locked(alert_id)
        this.on("alert", alert.pk, alert.headline)
        asked = MunicipalSubmission.objects.select_for_update().filter(alert=alert).first()
        if asked is None:
            raise Refused(refusals.NO_SUBMISSION, number=alert.number)
        if asked.answered_at is not None:
            return Done(alert.pk, True, asked.recorded_by, asked.answered_at)
        if actor.id is not None:
            allowed(actor, "answer", alert, made_by(alert))
        _take_down(asked, answer, actor)
        this.detail = {"approved": answer.approved, "identifier": answer.identifier}
        done = left(alert, "municipal_answer", actor, words=answer.words)
        if alert.state != AlertState.SIGNED or alert.level not in MAJOR:
            return done
        if answer.approved:
            publish(this, alert, ground_of(alert, book), _free(answer.identifier))
        else:
            telling.stop_telling(alert, "refused")
            withdraw(this, alert, answer.words or "the municipality refused it")
    return done


def _take_down(asked: MunicipalSubmission, answer: MunicipalAnswer, actor: Actor) -> None:
    asked.answered_at = answer.at or clock.now()
    asked.approved, asked.identifier = answer.approved, answer.identifier[:60]
    asked.words, asked.recorded_by = answer.words[:300], actor.label
    asked.save()


def _free(identifier: str) -> str:
    """The identifier that came back, unless another message already bears it."""
    taken = Publication.objects.filter(identifier=identifier).exists()
    return "" if taken else identifier


def stand_in_answers(alert_id: int) -> Done | None:
    """The stand-in's answer to an exercise or a test; never to an Actual alert."""
    book = the_book()
    alert = Alert.objects.filter(pk=alert_id).first()
    if alert is None or municipality_for(alert.standing).name != StandIn.name:
        return None
    identifier = cap.free_identifier(book.municipality.sender_code, clock.now())
    answer = MunicipalAnswer(approved=True, identifier=identifier, words="同意发布（模拟）")
    return record_municipal_answer(PLATFORM, alert_id, answer)
