"""How far an alert has come, and who is late."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from anlan.operations.alerts.models import Alert, Escalation
from anlan.operations.messaging.queries import (
    DeliveryRow,
    Funnel,
    Pace,
    call_outcomes,
    help_asked,
    pace,
    unanswered,
    unreached,
)
from anlan.operations.messaging.queries import funnel as mailing_funnel
from anlan.operations.messaging.queries import funnels as mailing_funnels
from anlan.operations.people.queries import Scope

# Mailing ids by kind, where the caller already has them.
Sent = Mapping[str, int] | None
TOLD = ("responsible", "households", "loudspeakers", "copies", "released")


@dataclass(frozen=True, slots=True)
class LatePerson:
    """Somebody who must answer and has not; `call` is the last telephone call's outcome."""

    delivery_id: int
    label: str
    area_code: str
    channel: str
    sent_at: datetime | None
    fault: str
    calls: int
    call: str
    escalated_to: str


@dataclass(frozen=True, slots=True)
class EscalationRow:
    """Something that was not done in time and went up."""

    key: str
    alert_id: int
    kind: str
    subject: str
    area_code: str
    step: int
    to: str
    opened_at: datetime
    raised_at: datetime
    closed_at: datetime | None
    closed_why: str


def mailings_of(alert_id: int) -> dict[str, int]:
    """Mailing ids by kind: responsible, households, loudspeakers, copies, released, lift."""
    found = Alert.objects.filter(pk=alert_id).values_list("mailings", flat=True).first()
    return dict(found or {})


def funnel(alert_id: int, sent: Sent = None) -> Funnel:
    """How far the alert has come over all its mailings. 1 query, and 1 for `sent` if not given."""
    sent = mailings_of(alert_id) if sent is None else sent
    return mailing_funnel([sent[kind] for kind in TOLD if kind in sent])


def funnels(sent: Mapping[int, Mapping[str, int]]) -> dict[int, Funnel]:
    """The funnel of each alert by its id, from its mailings. 1 query."""
    return mailing_funnels(
        {alert: [ids[kind] for kind in TOLD if kind in ids] for alert, ids in sent.items()}
    )


def late_people(alert_id: int, scope: Scope | None = None, sent: Sent = None) -> list[LatePerson]:
    """Those who must answer and have not, escalated ones first. 3 queries."""
    mailing = (mailings_of(alert_id) if sent is None else sent).get("responsible")
    if mailing is None:
        return []
    calls = call_outcomes(mailing)
    up = dict(
        Escalation.objects.filter(alert_id=alert_id, kind="unanswered", closed_at=None).values_list(
            "key", "to"
        )
    )
    rows = [
        LatePerson(row.id, row.label, row.area_code, row.channel, row.sent_at, row.fault,
                   row.calls, calls.get(row.id, ""), up.get(answer_key(alert_id, row.id), ""))
        for row in unanswered(mailing, scope)
    ]  # fmt: skip
    return sorted(rows, key=lambda one: (not one.escalated_to, one.area_code, one.delivery_id))


def answer_key(alert_id: int, delivery_id: int) -> str:
    """The key of the work item and the escalation about one missing answer."""
    return f"alert-answer:{alert_id}:{delivery_id}"


def asking_help(alert_id: int, scope: Scope | None = None, sent: Sent = None) -> list[DeliveryRow]:
    """Households that asked for help."""
    mailing = (mailings_of(alert_id) if sent is None else sent).get("households")
    return help_asked(mailing, scope) if mailing else []


def all_asking_help(states: Iterable[str]) -> list[tuple[int, DeliveryRow]]:
    """Households that asked for help, of every alert in these states, with the alert's level."""
    sent = Alert.objects.filter(state__in=list(states)).order_by("id")
    return [
        (level, row)
        for level, mailings in sent.values_list("level", "mailings")
        if "households" in mailings
        for row in help_asked(mailings["households"])
    ]


def not_reached(alert_id: int, scope: Scope | None = None, sent: Sent = None) -> list[DeliveryRow]:
    """Recipients no channel reached."""
    mailing = (mailings_of(alert_id) if sent is None else sent).get("households")
    return unreached(mailing, scope) if mailing else []


def last_pace(alert_id: int | None) -> Pace | None:
    """How quickly the households of an earlier alert were reached."""
    mailing = mailings_of(alert_id).get("households") if alert_id else None
    return pace(mailing) if mailing else None


def escalations(alert_id: int | None = None, *, only_open: bool = False) -> list[EscalationRow]:
    """Escalations of one alert or of all, oldest first."""
    rows = Escalation.objects.order_by("opened_at", "id")
    if alert_id is not None:
        rows = rows.filter(alert_id=alert_id)
    if only_open:
        rows = rows.filter(closed_at=None)
    return [
        EscalationRow(e.key, e.alert_id, e.kind, e.subject, e.area_code, e.step, e.to, e.opened_at,
                      e.raised_at, e.closed_at, e.closed_why)
        for e in rows
    ]  # fmt: skip
