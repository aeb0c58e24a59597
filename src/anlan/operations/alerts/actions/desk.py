"""What an alert puts on the desk, and takes off again: items, timers, escalations."""

from datetime import datetime, timedelta

from django.db.models import Q

from anlan.operations.alerts.events import (
    DraftDue,
    EscalationRaised,
    ExpiryDue,
    ExpiryNear,
)
from anlan.operations.alerts.models import Alert, Escalation
from anlan.operations.alerts.queries.waiting import next_verb
from anlan.operations.alerts.rules.book import Book
from anlan.operations.alerts.rules.states import right_for
from anlan.operations.deadlines.actions import (
    NewItem,
    cancel_timer,
    close_item,
    close_items,
    open_item,
    set_timer,
)
from anlan.operations.messaging.events import AnswerDue
from anlan.operations.people.actions import Act
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

STEP_TITLES = {
    "draft": N_("Check the draft: %(headline)s"),
    "review": N_("Review: %(headline)s"),
    "sign": N_("Sign: %(headline)s"),
    "answer": N_("The municipality has not answered yet: %(headline)s"),
    "lift": N_("Lift: %(headline)s"),
}
STEP_ACTIONS = {
    "draft": N_("Check the draft"),
    "review": N_("Review the alert"),
    "sign": N_("Sign the alert"),
    "answer": N_("Ask the municipality"),
    "lift": N_("Lift the alert"),
}


def link(alert: Alert) -> str:
    return f"/alerts/{alert.pk}"


def step_key(alert: Alert) -> str:
    return f"alert:{alert.pk}:step"


def ask_next(alert: Alert, *, drafted: bool, book: Book) -> None:
    """Put the step the alert waits for on the desk of those who may take it."""
    verb = next_verb(alert.state, drafted, alert.lift_proposed_at is not None)
    if not verb:
        close_item(step_key(alert))
        return
    right = "alerts.review" if verb == "answer" else right_for(verb, alert.state, alert.level)
    open_item(
        NewItem(
            key=step_key(alert), kind="alerts.step", title=STEP_TITLES[verb],
            parameters={"headline": f"{alert.title} {alert.number}"}, action=STEP_ACTIONS[verb],
            link=link(alert), right=right, area_code=alert.area_code,
            due_at=_due(alert, verb, book),
        )
    )  # fmt: skip


def _due(alert: Alert, verb: str, book: Book) -> datetime | None:
    wait = timedelta(minutes=book.deadlines.unsigned_min[alert.level])
    if verb == "lift" and alert.lift_proposed_at is not None:
        return alert.lift_proposed_at + timedelta(minutes=30)
    if verb == "answer":
        return clock.now() + wait
    return alert.drafted_at + wait


def watch_draft(alert: Alert, book: Book) -> None:
    """Start the clock of a draft that nobody signs."""
    due = alert.drafted_at + timedelta(minutes=book.deadlines.unsigned_min[alert.level])
    set_timer(f"alert:{alert.pk}:unsigned:1", due, DraftDue(alert_id=alert.pk, step=1))
    later = due + timedelta(minutes=book.deadlines.escalate_min)
    set_timer(f"alert:{alert.pk}:unsigned:2", later, DraftDue(alert_id=alert.pk, step=2))


def forget_draft(alert: Alert, why: str) -> None:
    """The draft is signed or given up: its clock stops, its escalation is over."""
    for step in (1, 2):
        cancel_timer(f"alert:{alert.pk}:unsigned:{step}")
    close_escalations(f"alert:{alert.pk}:unsigned", why)


def watch_answers(mailing_id: int, book: Book) -> None:
    """Start the clock of those who must answer."""
    now = clock.now()
    for step, minutes in ((1, book.deadlines.call_min), (2, book.deadlines.next_min)):
        set_timer(
            answer_timer(mailing_id, step), now + timedelta(minutes=minutes),
            AnswerDue(mailing_id=mailing_id, step=step),
        )  # fmt: skip


def answer_timer(mailing_id: int, step: int) -> str:
    return f"alert-answers:{mailing_id}:{step}"


def watch_expiry(alert: Alert, book: Book) -> None:
    near = alert.expires_at - timedelta(minutes=book.deadlines.expiry_notice_min)
    set_timer(f"alert:{alert.pk}:near", near, ExpiryNear(alert_id=alert.pk))
    set_timer(f"alert:{alert.pk}:expiry", alert.expires_at, ExpiryDue(alert_id=alert.pk))


def clear(alert: Alert, why: str, *, keep_help: bool = False) -> None:
    """An alert ends: tasks go, records stay."""
    for name in ("near", "expiry", "unsigned:1", "unsigned:2", "municipality"):
        cancel_timer(f"alert:{alert.pk}:{name}")
    mailing = alert.mailings.get("responsible")
    if mailing:
        for step in (1, 2):
            cancel_timer(answer_timer(mailing, step))
    # Papers of an emergency signature are still owed after the end.
    for name in ("step", "near", "doors"):
        close_items(f"alert:{alert.pk}:{name}")
    close_items(f"alert-answer:{alert.pk}:")
    if not keep_help:
        # Calls for help outlive an update; the end of the episode ends them all.
        first = alert.first_id or alert.pk
        for told in Alert.objects.filter(Q(pk=first) | Q(first_id=first)).values_list(
            "pk", flat=True
        ):
            close_items(f"alert-help:{told}:")
    Escalation.objects.filter(alert=alert, closed_at=None).update(
        closed_at=clock.now(), closed_why=why
    )


def escalate(this: Act, alert: Alert, row: Escalation) -> None:
    """Raise something one level: one open row a key, a higher step each time."""
    now = clock.now()
    found = Escalation.objects.select_for_update().filter(key=row.key, closed_at=None).first()
    if found is not None and found.step >= row.step:
        return
    if found is None:
        row.alert, row.opened_at, row.raised_at = alert, now, now
        row.save()
    else:
        found.step, found.to, found.raised_at = row.step, row.to, now
        found.save(update_fields=["step", "to", "raised_at"])
    this.publish(
        EscalationRaised(key=row.key, alert_id=alert.pk, kind=row.kind, step=row.step,
                         label=row.subject, to=row.to)
    )  # fmt: skip


def close_escalations(key: str, why: str) -> int:
    return Escalation.objects.filter(key=key, closed_at=None).update(
        closed_at=clock.now(), closed_why=why
    )
