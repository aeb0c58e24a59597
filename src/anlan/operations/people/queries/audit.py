"""The audit trail as its administrator reads it, and whether its seals still hold."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import OuterRef, QuerySet, Subquery

from anlan.operations.people.models import AuditEntry
from anlan.vocabulary.clock import CHINA

PAGE = 50
SEALED, UNSEALED, TAMPERED = "sealed", "unsealed", "tampered"
MOST_EXPORTED = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the reader looks for; empty means everything. `before`: the page's upper id."""

    room: str = ""
    who: str = ""
    subject: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One act. `seal`: sealed, unsealed (not yet), or tampered (changed since it was sealed)."""

    id: int
    at: datetime
    actor: str
    verb: str
    subject_kind: str
    subject: str
    address: str
    detail: dict[str, object]
    seal: str


def audit_rows(asked: Asked, limit: int = PAGE) -> list[TrailRow]:
    """The newest acts that fit, newest first; each seal is computed anew. 1 query.

    A row that was taken out shows at the one that followed it.
    """
    earlier = AuditEntry.objects.filter(id__lt=OuterRef("id")).order_by("-id")
    rows = _found(asked).annotate(before=Subquery(earlier.values("seal")[:1]))
    return [
        TrailRow(row.pk, row.at, row.actor_label, row.verb, row.subject_kind, row.subject_label,
                 row.address, row.detail, _seal_of(row, row.before or ""))
        for row in rows.order_by("-id")[:limit]
    ]  # fmt: skip


def audit_count(asked: Asked) -> int:
    """How many acts fit, at most `MOST_EXPORTED`."""
    return _found(asked).order_by()[:MOST_EXPORTED].count()


def audit_rooms() -> list[str]:
    """The rooms whose acts are on the trail."""
    verbs = AuditEntry.objects.order_by().values_list("verb", flat=True).distinct()
    return sorted({verb.partition(".")[0] for verb in verbs})


def _found(asked: Asked) -> QuerySet[AuditEntry]:
    rows = AuditEntry.objects.all()
    if asked.before is not None:
        rows = rows.filter(id__lt=asked.before)
    if asked.room:
        rows = rows.filter(verb__startswith=f"{asked.room}.")
    if asked.who:
        rows = rows.filter(actor_label__icontains=asked.who)
    if asked.subject:
        rows = rows.filter(subject_label__icontains=asked.subject)
    if asked.since is not None:
        rows = rows.filter(at__gte=_midnight(asked.since))
    if asked.until is not None:
        rows = rows.filter(at__lt=_midnight(asked.until + timedelta(days=1)))
    return rows


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=CHINA)


def _seal_of(row: AuditEntry, before: str) -> str:
    if not row.seal:
        return UNSEALED
    return SEALED if row.sealed_after(before) == row.seal else TAMPERED
