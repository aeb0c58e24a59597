"""A file that somebody sent in: only who sent it sees it."""

from dataclasses import dataclass
from datetime import datetime

from anlan.operations.people.actions import unseal_text
from anlan.operations.registers.queries import Look, read_look
from anlan.operations.risks.models import SentFile

__all__ = ["Sent", "sent_file"]


@dataclass(frozen=True, slots=True)
class Sent:
    """`look`: what its rows would do, or did; None once a newer file was sent."""

    id: int
    name: str
    taken_at: datetime | None
    look: Look | None


def sent_file(kind: str, file_id: int, account_id: int | None) -> Sent | None:
    one = SentFile.objects.filter(pk=file_id, kind=kind, sent_by=account_id).first()
    if one is None:
        return None
    look = read_look(unseal_text(one.look_sealed)) if one.look_sealed else None
    return Sent(one.pk, one.name, one.taken_at, look)
