"""How fast a series changes: the newest value against the value one hour before."""

from collections.abc import Sequence
from datetime import timedelta

from anlan.operations.sensing.rules.crossings import Point

HOUR = timedelta(hours=1)


def rate_per_h(points: Sequence[Point], max_gap_s: float) -> float | None:
    """Change over the hour before the newest value, per hour, in the series' unit.

    `points` ascend by time. The value an hour before is interpolated between its neighbours; None
    when they are missing or further apart than `max_gap_s`.
    """
    valued = [(point.at, point.value) for point in points if point.value is not None]
    if len(valued) < 2:
        return None
    newest_at, newest = valued[-1]
    moment = newest_at - HOUR
    before = [pair for pair in valued if pair[0] <= moment]
    if not before:
        return None
    at0, value0 = before[-1]
    if at0 == moment:
        return newest - value0
    at1, value1 = valued[len(before)]
    span = (at1 - at0).total_seconds()
    if span > max_gap_s:
        return None
    return newest - (value0 + (value1 - value0) * ((moment - at0).total_seconds() / span))
