"""What devices stated themselves, and how their parts are now."""

from dataclasses import dataclass
from datetime import datetime

from anlan.operations.sensing.models import DeviceNotice, DeviceParticular, PartState
from anlan.operations.sensing.rules.clock_skew import noted
from anlan.protocols.gb26875 import FIRE, TRANSMITTER
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


@dataclass(frozen=True, slots=True)
class ParticularRow:
    """What a device said last that it or a part of it is, in its own words or as a clock's time.

    `skew_s`: by how much the clock was fast on arrival, seconds.
    """

    part: str
    code: str
    text: str
    clock: datetime | None
    at: datetime
    received_at: datetime

    @property
    def skew_s(self) -> float | None:
        return (self.clock - self.received_at).total_seconds() if self.clock else None

    @property
    def clock_off(self) -> bool:
        return noted(self.skew_s)


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


def particulars(code: str) -> list[ParticularRow]:
    """What a station's device says it is: the unit itself first, then its systems and parts."""
    rows = [
        ParticularRow(
            row.part, row.code, row.text, row.clock and row.clock.astimezone(clock.CHINA),
            row.at.astimezone(clock.CHINA), row.received_at.astimezone(clock.CHINA),
        )
        for row in DeviceParticular.objects.filter(station__code=code)
    ]  # fmt: skip
    return sorted(
        rows, key=lambda row: (row.part != TRANSMITTER, "/" in row.part, row.part, row.code)
    )
