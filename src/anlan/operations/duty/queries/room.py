from dataclasses import dataclass
from datetime import datetime

from anlan.operations.duty.models import LogEntry, Shift
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True)
class ShiftRow:
    starts_at: datetime
    ends_at: datetime
    officers: tuple[str, ...]
    leader: str
    standby: int


@dataclass(frozen=True, slots=True)
class LogRow:
    at: datetime
    author: str
    text: str
    link: str


def shift_now() -> ShiftRow | None:
    """Who is on duty at this moment; None when nobody is planned."""
    now = clock.now()
    row = Shift.objects.filter(starts_at__lte=now, ends_at__gt=now).first()
    if row is None:
        return None
    return ShiftRow(row.starts_at, row.ends_at, tuple(row.officers), row.leader, row.standby)


def log(limit: int = 12) -> list[LogRow]:
    """The newest lines of the duty log."""
    rows = LogEntry.objects.order_by("-at", "-id")[:limit]
    return [LogRow(r.at, r.author, r.text, r.link) for r in rows]
