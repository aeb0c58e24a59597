"""When an emergency must be reported, and what is late (迟) or missed (漏).

All emergencies: phone ≤ 30 min, written ≤ 1 h from the district [practice, verify]; natural
disaster: first report ≤ 2 h, then at least every 24 h until stable, final ≤ 10 d after stable
[应急〔2020〕19号] (`domain.md` 3.4). Terms start when the district knew (`known_at`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from anlan.vocabulary.words import N_

# A term overrun by as much again counts as missed, not merely late [practice, verify].
MISSED_FACTOR = 2


@dataclass(frozen=True, slots=True)
class Terms:
    """The reporting terms in force; dated data of the district, these are the defaults."""

    phone_min: int = 30
    written_min: int = 60
    natural_first_min: int = 120
    follow_up_h: int = 24
    final_days: int = 10


class Status(StrEnum):
    MET = "met"
    MET_LATE = "met_late"
    WAITING = "waiting"
    LATE = "late"
    MISSED = "missed"


OBLIGATION_WORDS = {
    "phone": N_("Phone the municipality"),
    "written": N_("Written first report"),
    "natural": N_("First report of a natural disaster"),
    "follow_up": N_("Follow-up report"),
    "final": N_("Final, verified report"),
}


@dataclass(frozen=True, slots=True)
class Obligation:
    """One duty to report: from when, by when, and when it was met."""

    key: str
    since: datetime
    due_at: datetime
    met_at: datetime | None

    def status(self, now: datetime) -> Status:
        if self.met_at is not None:
            return Status.MET if self.met_at <= self.due_at else Status.MET_LATE
        if now <= self.due_at:
            return Status.WAITING
        missed_at = self.since + MISSED_FACTOR * (self.due_at - self.since)
        return Status.LATE if now <= missed_at else Status.MISSED


@dataclass(frozen=True, slots=True)
class Course:
    """What has been reported of one event so far; `signed` are the times of signed reports."""

    known_at: datetime
    natural: bool
    phoned_at: datetime | None = None
    signed: Sequence[datetime] = ()
    stable_at: datetime | None = None
    closed_at: datetime | None = None


def obligations(course: Course, terms: Terms) -> list[Obligation]:
    """Every term of the event, in the order in which they fall due."""
    known, first = course.known_at, course.signed[0] if course.signed else None

    def within(key: str, minutes: int, met_at: datetime | None) -> Obligation:
        return Obligation(key, known, known + timedelta(minutes=minutes), met_at)

    found = [
        within("phone", terms.phone_min, course.phoned_at),
        within("written", terms.written_min, first),
    ]
    if course.natural:
        found.append(within("natural", terms.natural_first_min, first))
    found += _follow_ups(course, terms)
    if course.stable_at is not None:
        due = course.stable_at + timedelta(days=terms.final_days)
        found.append(Obligation("final", course.stable_at, due, course.closed_at))
    return found


def _follow_ups(course: Course, terms: Terms) -> list[Obligation]:
    """After each report the next within 24 h, until the event is stable or closed."""
    ends = min((t for t in (course.stable_at, course.closed_at) if t is not None), default=None)
    found = []
    for i, at in enumerate(course.signed):
        due = at + timedelta(hours=terms.follow_up_h)
        met = course.signed[i + 1] if i + 1 < len(course.signed) else None
        if met is None and ends is not None and due > ends:
            continue
        found.append(Obligation("follow_up", at, due, met))
    return found
