from dataclasses import dataclass
from datetime import datetime

from anlan.operations.people.models import AuditEntry, OutboxEvent


@dataclass(frozen=True, slots=True)
class AuditRow:
    at: datetime
    actor: str
    verb: str
    detail: dict[str, object]


def trail(subject_kind: str, subject_id: object, limit: int = 50) -> list[AuditRow]:
    """What was done to one thing, newest first."""
    rows = AuditEntry.objects.filter(subject_kind=subject_kind, subject_id=str(subject_id))
    return [AuditRow(r.at, r.actor_label, r.verb, r.detail) for r in rows.order_by("-id")[:limit]]


def newest_event_id() -> int:
    """The id of the newest event row: live pages ask whether it has moved."""
    newest = OutboxEvent.objects.order_by("-id").values_list("id", flat=True).first()
    return newest or 0


@dataclass(frozen=True, slots=True)
class FailedEvent:
    """A fact that no reaction could handle, set aside with what went wrong."""

    id: int
    name: str
    occurred_at: datetime
    fault: str


def failed_events(limit: int = 100) -> list[FailedEvent]:
    """Events that were tried as often as they may be, oldest first."""
    rows = OutboxEvent.objects.filter(relayed_at=None).exclude(fault="").order_by("id")
    return [FailedEvent(r.pk, r.name, r.occurred_at, r.fault) for r in rows[:limit]]


def waiting_events() -> int:
    """How many events have not been handed to their reactions yet."""
    return OutboxEvent.objects.filter(relayed_at=None, fault="").count()


def acts_since(audit_id: int) -> dict[int, str]:
    """The verb (``room.verb``) of every act recorded after an audit row, by id."""
    return dict(AuditEntry.objects.filter(id__gt=audit_id).values_list("id", "verb"))
