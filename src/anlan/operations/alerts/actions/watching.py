"""What was not done in time goes up: unsigned drafts, missing answers; calls for help come in."""

from collections.abc import Sequence
from datetime import timedelta

from anlan.operations.alerts.actions import desk
from anlan.operations.alerts.actions.desk import answer_timer, close_escalations, escalate
from anlan.operations.alerts.actions.frame import locked
from anlan.operations.alerts.models import Alert, Escalation
from anlan.operations.alerts.queries.book import book as the_book
from anlan.operations.alerts.queries.receipts import answer_key
from anlan.operations.alerts.rules.book import Book
from anlan.operations.alerts.rules.states import OPEN, SIGNING, SIGNING_MAJOR, AlertState
from anlan.operations.deadlines.actions import (
    NewItem,
    cancel_timer,
    close_item,
    escalate_item,
    open_item,
)
from anlan.operations.messaging.queries import DeliveryRow, mailing, unanswered
from anlan.operations.people.actions import PLATFORM, Actor, act
from anlan.operations.territory.queries import area_names
from anlan.vocabulary import clock
from anlan.vocabulary.areas import parent
from anlan.vocabulary.words import N_

CALL_TITLE = N_("Call %(who)s: no answer to the alert")
CALL_ACTION = N_("Telephone them")
HELP_TITLE = N_("%(who)s asks for help to leave")
HELP_ACTION = N_("Send help")
NEAR_TITLE = N_("Runs out soon, extend or lift: %(headline)s")
NEAR_ACTION = N_("Extend or lift")
TO_LEADER = N_("duty leader")
TO_DISTRICT = N_("district leader")
BY_TELEPHONE = N_("by telephone")


def draft_due(alert_id: int, step: int) -> None:
    """Nobody has signed in time: first the duty leader, then the district's leader is told."""
    with act("alerts.unsigned", PLATFORM) as this:
        alert = locked(alert_id)
        this.on("alert", alert.pk, alert.headline)
        if alert.state not in OPEN:
            this.detail = {"late": True}
            return
        right, to = (SIGNING, TO_LEADER) if step == 1 else (SIGNING_MAJOR, TO_DISTRICT)
        escalate_item(desk.step_key(alert), right=right, area_code=alert.area_code)
        escalate(
            this, alert,
            Escalation(key=f"alert:{alert.pk}:unsigned", kind="unsigned", step=step, to=to,
                       subject=f"{alert.title} {alert.number}", area_code=alert.area_code),
        )  # fmt: skip


def answers_due(mailing_id: int, step: int) -> int:
    """Those who must answer have not: telephone them (1), then tell the level above (2)."""
    book = the_book()
    sent = mailing(mailing_id)
    if sent is None or sent.subject_kind != "alert" or sent.closed_at is not None:
        return 0
    missing = unanswered(mailing_id)
    with act("alerts.unanswered", PLATFORM) as this:
        alert = locked(int(sent.subject_id))
        this.on("alert", alert.pk, alert.headline)
        this.detail = {"step": step, "missing": len(missing)}
        if alert.state not in (AlertState.SIGNED, AlertState.PUBLISHED):
            return 0
        names = area_names(code for row in missing if (code := parent(row.area_code)))
        for row in missing:
            _call(alert, row, book)
            above = parent(row.area_code) or alert.area_code
            to = BY_TELEPHONE if step == 1 else names.get(above, above)
            if step > 1:
                escalate_item(answer_key(alert.pk, row.id), right="messaging.call", area_code=above)
            escalate(
                this, alert,
                Escalation(key=answer_key(alert.pk, row.id), kind="unanswered", step=step, to=to,
                           subject=row.label, area_code=row.area_code),
            )  # fmt: skip
    return len(missing)


def _call(alert: Alert, row: DeliveryRow, book: Book) -> None:
    wait = timedelta(minutes=book.deadlines.next_min - book.deadlines.call_min)
    open_item(
        NewItem(
            key=answer_key(alert.pk, row.id), kind="alerts.call", title=CALL_TITLE,
            parameters={"who": row.label}, action=CALL_ACTION, link=f"{desk.link(alert)}#late",
            right="messaging.call", area_code=row.area_code, due_at=clock.now() + wait,
        )
    )  # fmt: skip


def answered(mailing_id: int, delivery_ids: Sequence[int]) -> None:
    """An answer came: its call and its escalation are over, and the clock with the last one."""
    sent = mailing(mailing_id)
    if sent is None or sent.subject_kind != "alert":
        return
    for ident in delivery_ids:
        key = answer_key(int(sent.subject_id), ident)
        close_item(key)
        close_escalations(key, "answered")
    if not unanswered(mailing_id):
        for step in (1, 2):
            cancel_timer(answer_timer(mailing_id, step))


def help_asked(mailing_id: int, delivery_id: int, label: str, area_code: str) -> None:
    """A household cannot get away alone: it goes on the desk of its street and of the duty room."""
    sent = mailing(mailing_id)
    if sent is None or sent.subject_kind != "alert":
        return
    open_item(
        NewItem(
            key=f"alert-help:{sent.subject_id}:{delivery_id}", kind="alerts.help",
            title=HELP_TITLE, parameters={"who": label}, action=HELP_ACTION,
            link=f"/alerts/{sent.subject_id}#help", right="messaging.call", area_code=area_code,
            due_at=clock.now() + timedelta(minutes=15),
        )
    )  # fmt: skip


def help_given(actor: Actor, alert_id: int, delivery_id: int) -> int:
    """Somebody has seen to a call for help; returns how many items that closed (0 or 1)."""
    with act("alerts.help_given", actor) as this:
        this.on("delivery", delivery_id, "")
        return close_item(f"alert-help:{alert_id}:{delivery_id}", actor.label)


def doors_done(actor: Actor, alert_id: int, area_code: str) -> int:
    """The grid worker has been at the doors of those without a telephone."""
    with act("alerts.doors_done", actor) as this:
        this.on("alert", alert_id, area_code)
        return close_item(f"alert:{alert_id}:doors:{area_code}", actor.label)


def expiry_near(alert_id: int) -> None:
    """Two hours before the end: extend or lift."""
    alert = Alert.objects.filter(pk=alert_id, state=AlertState.PUBLISHED).first()
    if alert is None:
        return
    open_item(
        NewItem(
            key=f"alert:{alert.pk}:near", kind="alerts.expiry", title=NEAR_TITLE,
            parameters={"headline": f"{alert.title} {alert.number}"}, action=NEAR_ACTION,
            link=desk.link(alert), right="alerts.draft", area_code=alert.area_code,
            due_at=alert.expires_at,
        )
    )  # fmt: skip
