"""Who pushes readings, and how it has been going."""

from dataclasses import dataclass
from datetime import datetime

from anlan.operations.sensing.models import Sender


@dataclass(frozen=True, slots=True)
class SenderRow:
    """A sender; `hint` is how its token begins. Counts are rows, ever."""

    id: int
    name: str
    hint: str
    stations: tuple[str, ...]
    issued_at: datetime
    issued_by: str
    revoked_at: datetime | None
    last_at: datetime | None
    taken: int
    refused: int
    last_refusal: str


def senders() -> list[SenderRow]:
    """Those that may push first, the newest of them first."""
    rows = Sender.objects.prefetch_related("stations").order_by("-issued_at", "-pk")
    listed = [
        SenderRow(
            row.pk, row.name, row.hint, tuple(sorted(one.name for one in row.stations.all())),
            row.issued_at, row.issued_by, row.revoked_at, row.last_at, row.taken, row.refused,
            row.last_refusal,
        )
        for row in rows
    ]  # fmt: skip
    return sorted(listed, key=lambda row: row.revoked_at is not None)
