"""K-16's measure: mean(onset − issue); an event that no alert announced counts 0 (`domain.md`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Onset:
    """Something observed: a station crossed the mark of an alert level (1 the most severe)."""

    id: int
    station_code: str
    level: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Issue:
    """An alert message that was in force from `since` until `until` (None: still)."""

    id: int
    episode: int
    level: int
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Lead:
    """One observed event with the message that announced it; minutes, 0 when none did."""

    onset: Onset
    issue: Issue | None
    minutes: float


def leads(onsets: Sequence[Onset], issues: Sequence[Issue]) -> list[Lead]:
    """Each onset with the first message, of the episode then in force, that was severe enough."""
    return [_lead(onset, issues) for onset in sorted(onsets, key=lambda o: (o.at, o.id))]


def mean_minutes(found: Sequence[Lead]) -> float | None:
    """Minutes on average; None without any event."""
    return sum(lead.minutes for lead in found) / len(found) if found else None


def _lead(onset: Onset, issues: Sequence[Issue]) -> Lead:
    in_force = {
        i.episode for i in issues if i.since <= onset.at and (i.until is None or onset.at < i.until)
    }
    told = [
        i for i in issues
        if i.episode in in_force and i.level <= onset.level and i.since <= onset.at
    ]  # fmt: skip
    if not told:
        return Lead(onset, None, 0.0)
    first = min(told, key=lambda i: (i.since, i.id))
    return Lead(onset, first, (onset.at - first.since).total_seconds() / 60)
