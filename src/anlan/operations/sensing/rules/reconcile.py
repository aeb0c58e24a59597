"""From crossings to alarms: what to raise, clear or only record, whatever order the data came in.

The decision is made anew from the readings and the alarms that exist, so repeating a batch after a
crash decides nothing twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from anlan.operations.sensing.rules.alarm_states import AlarmState
from anlan.operations.sensing.rules.crossings import Episode, Limit, Point, episodes


@dataclass(frozen=True, slots=True)
class Known:
    """An alarm of the key that exists already."""

    id: int
    state: str
    began_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Ending:
    """The reading that ended an alarm."""

    alarm_id: int
    at: datetime
    value: float


@dataclass(slots=True)
class Decision:
    """What the readings ask for one key."""

    raised: Episode | None = None
    cleared: Ending | None = None
    recorded: list[Episode] = field(default_factory=list)
    extended: list[tuple[int, Episode]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often the station reports: the longest gap that is still a run, and how old is stale."""

    max_gap_s: float
    oldest_fresh: datetime


def decide(points: Sequence[Point], limit: Limit, known: Sequence[Known], pace: Pace) -> Decision:
    """Compare the crossings in `points` (ascending) with the alarms that are `known`."""
    valued = [point for point in points if point.value is not None]
    if not valued:
        return Decision()
    start, newest = valued[0].at, valued[-1]
    already = any(
        one.began_at <= start and (one.ended_at is None or one.ended_at > start)
        for one in known
        if one.state != AlarmState.RECORDED
    )
    found = episodes(points, limit, pace.max_gap_s, already=already)
    opened = next((one for one in known if one.state == AlarmState.OPEN), None)
    decision = Decision()
    for episode in found:
        if episode.ended_at is None:
            _goes_on(decision, episode, known, opened is None and newest.at >= pace.oldest_fresh)
        else:
            _is_over(decision, episode, known)
    if opened and not any(episode.ended_at is None for episode in found):
        decision.cleared = _ending(opened, found, newest)
    return decision


def _goes_on(decision: Decision, episode: Episode, known: Sequence[Known], may_raise: bool) -> None:
    if may_raise:
        decision.raised = episode
    elif not any(one.state == AlarmState.OPEN for one in known):
        _record(decision, episode, known)


def _is_over(decision: Decision, episode: Episode, known: Sequence[Known]) -> None:
    told = [
        one
        for one in known
        if one.state != AlarmState.RECORDED and episode.meets(one.began_at, one.ended_at)
    ]
    if not told:
        _record(decision, episode, known)


def _record(decision: Decision, episode: Episode, known: Sequence[Known]) -> None:
    for one in known:
        if one.state == AlarmState.RECORDED and episode.meets(one.began_at, one.ended_at):
            end = episode.ended_at or episode.last_at
            if one.began_at > episode.began_at or (one.ended_at or end) < end:
                decision.extended.append((one.id, episode))
            return
    decision.recorded.append(episode)


def _ending(opened: Known, found: Sequence[Episode], newest: Point) -> Ending:
    """The reading that ended the open alarm; a corrected reading may have undone it whole."""
    for episode in found:
        if episode.ended_at and episode.meets(opened.began_at, None):
            return Ending(opened.id, episode.ended_at, episode.end_value or 0.0)
    return Ending(opened.id, newest.at, newest.value or 0.0)
