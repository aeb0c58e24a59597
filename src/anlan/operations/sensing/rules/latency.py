"""How long readings are on their way: from their moment to their arrival, by the newest frames.

A device's health keeps the delays of its newest frames, so that neither a page nor a recorder has
to go through readings. A frame that brings several moments counts by its newest.
"""

import math
from collections.abc import Iterable, Mapping, Sequence

REMEMBERED, LONGEST = 24, 200  # frames of one device, and characters that are kept of them
MEDIAN, NEARLY_ALL = 0.5, 0.95


def written(delays: Sequence[float]) -> str:
    """Delays in the order of arrival as a device's health keeps them: newest first, whole seconds.

    What was observed ahead of its arrival, by a clock that is fast, was not under way at all. Every
    figure ends in a space, so that what is cut off at the end is known to be no figure.
    """
    return "".join(f"{max(0, round(one))} " for one in reversed(delays[-REMEMBERED:]))[:LONGEST]


def kept(text: str) -> list[float]:
    """The delays, seconds, of what `written` keeps; the newest first."""
    return [float(figure) for figure in text.split(" ")[:-1]][:REMEMBERED]


def percentile(values: Iterable[float], share: float) -> float | None:
    """The smallest value that so large a share does not exceed (nearest rank); None of none."""
    ordered = sorted(values)
    if not ordered:
        return None
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def nearest(value: float) -> int:
    """The nearest whole number; halves away from zero, as pages round."""
    whole = math.floor(abs(value) + 0.5)
    return whole if value >= 0 else -whole


def coarse(delay_s: float) -> int:
    """A delay as it is tallied: to the second below an hour, to the minute below a day, then to the
    hour, and of more than 30 days no more is said. So a tally is short, whatever clocks tell: also
    of what was ahead of its arrival, which is negative."""
    whole = min(int(abs(delay_s)), 30 * 86400)
    step = 1 if whole < 3600 else 60 if whole < 86400 else 3600
    return whole // step * step if delay_s >= 0 else -(whole // step * step)


def tallied_percentile(tally: Mapping[int, int], share: float) -> int | None:
    """The same as `percentile`, of figures with how often each was seen; None of none."""
    rank = max(1, math.ceil(share * sum(tally.values())))
    for figure in sorted(tally):
        rank -= tally[figure]
        if rank <= 0:
            return figure
    return None
