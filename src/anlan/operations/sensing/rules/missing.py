"""Missing data: a series that says nothing while it is expected to."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from anlan.operations.sensing.rules.alarm_states import SILENT_AFTER_INTERVALS
from anlan.operations.sensing.rules.crossings import Episode, Point


def patience(interval_s: float) -> timedelta:
    """How long a series may say nothing: two of its expected intervals."""
    return timedelta(seconds=SILENT_AFTER_INTERVALS * interval_s)


def missing(newest_at: datetime, last_frame_at: datetime, interval_s: float, now: datetime) -> bool:
    """Does the series lack values while its device speaks?

    Its device must have spoken since the series' patience ran out; what a device does not send
    because it is silent is the silence's alarm.
    """
    due = newest_at + patience(interval_s)
    return due < now and due < last_frame_at


def unknown(
    holes: Iterable[Episode], known: Collection[tuple[datetime, datetime | None]]
) -> list[Episode]:
    """The holes that share no time with what is `known` already: (began, ended or None)."""
    return [
        hole
        for hole in holes
        if hole.ended_at is not None
        and not any(
            began < hole.ended_at and (ended is None or hole.began_at < ended)
            for began, ended in known
        )
    ]


def holes(points: Sequence[Point], interval_s: float, until: datetime) -> list[Episode]:
    """The spans without a value longer than patience, from the last value to the next."""
    longest = patience(interval_s)
    valued = [point for point in points if point.value is not None]
    found = []
    for before, after in pairwise(valued):
        if after.at - before.at > longest:
            hours = (after.at - before.at).total_seconds() / 3600
            found.append(
                Episode(before.at, before.at + longest, hours, after.at, after.at, after.value)
            )
    if valued and until - valued[-1].at > longest:
        last = valued[-1].at
        hours = (until - last).total_seconds() / 3600
        found.append(Episode(last, last + longest, hours, until))
    return found
