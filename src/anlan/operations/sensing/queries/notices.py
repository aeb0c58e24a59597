"""What devices stated themselves, and how their parts are now."""

from dataclasses import dataclass
from datetime import datetime

from anlan.operations.sensing.models import DeviceNotice, PartState
from anlan.protocols.gb26875 import FIRE
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True)
class NoticeRow:
    at: datetime
    received_at: datetime
    code: str
    state: str
    part: str
    words: str
    value: float | None


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part and what holds of it since `at`; no codes where it is as it should be."""

    part: str
    words: str
    at: datetime
    codes: tuple[str, ...]

    @property
    def fire(self) -> bool:
        return FIRE in self.codes


def notices(code: str, limit: int = 50) -> list[NoticeRow]:
    """What a station's device stated, newest first."""
    rows = DeviceNotice.objects.filter(station__code=code).order_by("-at", "-pk")[:limit]
    return [
        NoticeRow(
            row.at.astimezone(clock.CHINA), row.received_at.astimezone(clock.CHINA), row.code,
            row.state, row.part, row.words, row.value,
        )
        for row in rows
    ]  # fmt: skip


def parts(code: str) -> list[PartRow]:
    """The parts of a station's device: those in fire first, then what is out of order."""
    rows = [
        PartRow(row.part, row.words, row.at.astimezone(clock.CHINA), tuple(row.codes))
        for row in PartState.objects.filter(station__code=code)
    ]
    return sorted(rows, key=lambda row: (not row.fire, not row.codes, row.part))
