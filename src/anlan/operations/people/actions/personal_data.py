"""Personal data: sealed in the database, opened by one door that leaves a trace."""

from django.conf import settings

from anlan.backbone.sealing import Sealer
from anlan.operations.people.actions.record import Actor
from anlan.operations.people.models import AuditEntry
from anlan.vocabulary import clock


def seal_text(text: str) -> bytes:
    """Encrypt a phone number, address or name (AES-256-GCM); empty stays empty."""
    return Sealer(settings.ANLAN_DATA_KEY).seal(text)


def unseal_text(sealed: bytes | memoryview) -> str:
    """Decrypt for the platform's own use (sending). Showing it to a person goes by `log_view`."""
    return Sealer(settings.ANLAN_DATA_KEY).unseal(bytes(sealed))


def seal_file(raw: bytes) -> bytes:
    """Encrypt a whole file in which people may stand (AES-256-GCM)."""
    return Sealer(settings.ANLAN_DATA_KEY).seal_bytes(raw)


def unseal_file(sealed: bytes) -> bytes:
    """Decrypt one; raises `cryptography.exceptions.InvalidTag` where its bytes were altered."""
    return Sealer(settings.ANLAN_DATA_KEY).unseal_bytes(sealed)


def log_view(actor: Actor, kind: str, ident: object, label: str, fields: list[str]) -> None:
    """Record that a person was shown personal data."""
    AuditEntry.objects.create(
        at=clock.now(), actor_id=actor.id, actor_label=actor.label, verb="people.view_personal",
        subject_kind=kind, subject_id=str(ident), subject_label=label[:200],
        detail={"fields": fields}, address=actor.address,
    )  # fmt: skip


def log_export(actor: Actor, what: str, question: str, rows: int) -> None:
    """Record that somebody took a list out: `what` names it, `question` is its filter's address."""
    AuditEntry.objects.create(
        at=clock.now(), actor_id=actor.id, actor_label=actor.label, verb="people.take_out",
        subject_kind="register", subject_id=what[:60], subject_label=question[:200],
        detail={"rows": rows}, address=actor.address,
    )  # fmt: skip
