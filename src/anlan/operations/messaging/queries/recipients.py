"""Recipients of a mailing as other contexts may see them: masked, within their scope."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from anlan.operations.messaging.models import CallRecord, Delivery, Mailing
from anlan.operations.messaging.queries.pages import personal_facts
from anlan.operations.messaging.rules import Answer, DeliveryState
from anlan.operations.people.queries import Scope


@dataclass(frozen=True, slots=True)
class MailingRow:
    """A mailing without its recipients."""

    id: int
    key: str
    subject_kind: str
    subject_id: str
    standing: str
    level: int | None
    title: str
    created_at: datetime
    expires_at: datetime
    closed_at: datetime | None
    closed_why: str


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One recipient's message; the label is masked."""

    id: int
    mailing_id: int
    ref: str
    label: str
    area_code: str
    channel: str
    state: str
    must_answer: bool
    sent_at: datetime | None
    answered_at: datetime | None
    answer: str
    fault: str
    calls: int


@dataclass(frozen=True, slots=True)
class RecipientRow:
    """Whom a message went to, complete enough to write to them again; the address stays sealed."""

    ref: str
    label: str
    area_code: str
    channel: str
    address_sealed: bytes
    must_answer: bool
    personal: dict[str, Any]


def mailing(mailing_id: int) -> MailingRow | None:
    row = Mailing.objects.defer("page", "text").filter(pk=mailing_id).first()
    return _mailing(row) if row else None


def unanswered(mailing_id: int, scope: Scope | None = None) -> list[DeliveryRow]:
    """Those who must answer and have not, by area; scope None is the platform itself."""
    rows = Delivery.objects.filter(mailing_id=mailing_id, must_answer=True)
    return _rows(_within(rows.exclude(state=DeliveryState.ACKED), scope))


def help_asked(mailing_id: int, scope: Scope | None = None) -> list[DeliveryRow]:
    """Those who asked for help."""
    rows = Delivery.objects.filter(mailing_id=mailing_id, answer=Answer.HELP)
    return _rows(_within(rows, scope))


def unreached(mailing_id: int, scope: Scope | None = None) -> list[DeliveryRow]:
    """Those no channel could reach."""
    rows = Delivery.objects.filter(mailing_id=mailing_id, state=DeliveryState.FAILED)
    return _rows(_within(rows, scope))


def delivery(delivery_id: int, scope: Scope | None = None) -> DeliveryRow | None:
    rows = _rows(_within(Delivery.objects.filter(pk=delivery_id), scope))
    return rows[0] if rows else None


def call_outcomes(mailing_id: int) -> dict[int, str]:
    """The last call's outcome by delivery id."""
    calls = CallRecord.objects.filter(delivery__mailing_id=mailing_id).order_by("at", "id")
    return dict(calls.values_list("delivery_id", "outcome"))


def recipients(mailing_id: int) -> list[RecipientRow]:
    """Everybody a message was addressed to."""
    return [
        RecipientRow(row.ref, row.label, row.area_code, row.channel, bytes(row.address_sealed),
                     row.must_answer, personal_facts(row))
        for row in Delivery.objects.filter(mailing_id=mailing_id).order_by("id")
    ]  # fmt: skip


def _within(rows: QuerySet[Delivery], scope: Scope | None) -> QuerySet[Delivery]:
    if scope is None:
        return rows
    prefix = scope.area_prefix
    return rows.none() if prefix is None else rows.filter(area_code__startswith=prefix)


def _rows(rows: QuerySet[Delivery], limit: int = 500) -> list[DeliveryRow]:
    slim = rows.defer("address_sealed", "personal_sealed", "token_digest")
    counted = slim.annotate(call_count=Count("calls", filter=Q(calls__isnull=False)))
    return [
        DeliveryRow(r.pk, r.mailing_id, r.ref, r.label, r.area_code, r.channel, r.state,
                    r.must_answer, r.sent_at, r.acked_at, r.answer, r.fault, r.call_count)
        for r in counted.order_by("area_code", "id")[:limit]
    ]  # fmt: skip


def mailings(after_id: int = 0) -> list[MailingRow]:
    """Mailings newer than `after_id`, oldest first."""
    rows = Mailing.objects.defer("page", "text").filter(pk__gt=after_id).order_by("id")
    return [_mailing(row) for row in rows]


def sent_about(kind: str, subject_id: str) -> bool:
    """Whether a mailing about this subject was sent."""
    return Mailing.objects.filter(subject_kind=kind, subject_id=subject_id).exists()


def _mailing(row: Mailing) -> MailingRow:
    return MailingRow(
        row.pk, row.key, row.subject_kind, row.subject_id, row.standing, row.level, row.title,
        row.created_at, row.expires_at, row.closed_at, row.closed_why,
    )  # fmt: skip
