"""From crossings to alarms: what to raise, clear or only record, whatever order the data came in.

The decision is made anew from the readings and the alarms that exist, so repeating a batch after a
crash decides nothing twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from anlan.operations.sensing.rules.alarm_states import AlarmState
from anlan.operations.sensing.rules.crossings import Episode, Limit, Point, episodes


@dataclass(frozen=True, slots=True)
class Known:
    """An alarm of the key that exists already; without an end it goes on, raised or not."""

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
    """What the readings ask for one key. `kept`: recorded because the station is maintained."""

    raised: Episode | None = None
    cleared: Ending | None = None
    recorded: list[Episode] = field(default_factory=list)
    extended: list[tuple[int, Episode]] = field(default_factory=list)
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Pace:
    """How often the station reports: the longest gap that is still a run, and how old is stale.

    `maintained`: the spans in which what would be raised is only recorded.
    """

    max_gap_s: float
    oldest_fresh: datetime
    maintained: Sequence[tuple[datetime, datetime]] = ()

    def under_maintenance(self, at: datetime) -> bool:
        return any(begin <= at < end for begin, end in self.maintained)


def decide(points: Sequence[Point], limit: Limit, known: Sequence[Known], pace: Pace) -> Decision:
    """Compare the crossings in `points` (ascending) with the alarms that are `known`."""
    valued = [point for point in points if point.value is not None]
    if not valued:
        return Decision()
    start, newest = valued[0].at, valued[-1]
    under_way = [
        one
        for one in known
        if one.began_at <= start and (one.ended_at is None or one.ended_at > start)
    ]
    found = episodes(points, limit, pace.max_gap_s, already=bool(under_way))
    if under_way and found and found[0].began_at == start:
        found[0] = replace(found[0], began_at=min(one.began_at for one in under_way))
    opened = next((one for one in known if one.state == AlarmState.OPEN), None)
    decision = Decision()
    for episode in found:
        if episode.ended_at is None:
            _goes_on(decision, episode, known, pace)
        else:
            _is_over(decision, episode, known)
    if opened and not any(episode.ended_at is None for episode in found):
        decision.cleared = _ending(opened, found, newest)
    return decision


def _goes_on(decision: Decision, episode: Episode, known: Sequence[Known], pace: Pace) -> None:
    opened = next((one for one in known if one.state == AlarmState.OPEN), None)
    if opened is not None:
        if episode.began_at < opened.began_at:
            decision.extended.append((opened.id, episode))
        return
    decision.kept = pace.under_maintenance(episode.last_at)
    if decision.kept or episode.last_at < pace.oldest_fresh:
        _record(decision, episode, known)
        return
    decision.raised = episode
    until = replace(episode, ended_at=episode.last_at)
    decision.extended += [(one.id, until) for one in _recorded(decision, episode, known)[:1]]


def _is_over(decision: Decision, episode: Episode, known: Sequence[Known]) -> None:
    told = [
        one
        for one in known
        if one.state != AlarmState.RECORDED and episode.meets(one.began_at, one.ended_at)
    ]
    if not told:
        _record(decision, episode, known)


def _record(decision: Decision, episode: Episode, known: Sequence[Known]) -> None:
    for one in _recorded(decision, episode, known):
        if one.began_at > episode.began_at or _another_end(one.ended_at, episode.ended_at):
            decision.extended.append((one.id, episode))
        return
    decision.recorded.append(episode)


def _another_end(known: datetime | None, now: datetime | None) -> bool:
    """Does an episode end later than is known, or at last?"""
    if now is None:
        return known is not None
    return known is None or known < now


def _recorded(decision: Decision, episode: Episode, known: Sequence[Known]) -> list[Known]:
    """The recorded alarms that share a moment with an episode, as far as they now reach.

    Late data may have split what was recorded as one: its first part keeps the alarm.
    """
    ends = {alarm_id: found.ended_at for alarm_id, found in decision.extended}
    return [
        one
        for one in known
        if one.state == AlarmState.RECORDED
        and episode.meets(one.began_at, one.ended_at)
        and episode.meets(one.began_at, ends.get(one.id, one.ended_at))
    ]


def _ending(opened: Known, found: Sequence[Episode], newest: Point) -> Ending:
    """The reading that ended the open alarm; a corrected reading may have undone it whole."""
    for episode in found:
        if episode.ended_at and episode.meets(opened.began_at, None):
            return Ending(opened.id, episode.ended_at, episode.end_value or 0.0)
    return Ending(opened.id, newest.at, newest.value or 0.0)
