"""How far a device's clock is off: what its frames say they were sent, against their arrival.

The time of sending is compared, never that of observation: data that come late are not a clock
that is slow. The running figure is the median of the newest frames, so that a frame repeated after
an outage, or one held up on its way, does not move it. Nor do many that were stored with their
times of sending while a device was off line: of frames that arrive together the one that was under
way for the shortest time counts, and so it is for as long as a store is being emptied: it gets
nearer by every frame, and a clock that is slow does not.
"""

from collections.abc import Sequence
from datetime import timedelta
from statistics import median

REMEMBERED, LONGEST = 9, 90  # frames, and characters that are kept of them
FEWEST = 3  # frames before a figure is given
NOTED_S = 60.0  # [pv] shown as off
ALARMED_S = 300.0  # [pv] ...
ALARMED_AFTER = timedelta(hours=1)  # [pv] ... for so long: an alarm
CLOCK = "clock"
TOGETHER = timedelta(minutes=1)  # [pv] of arrivals
_STILL_S = 2.0  # figures are kept in whole seconds: a clock that stands still is no store


def written(skews: Sequence[float]) -> str:
    """Skews in the order of arrival as a device's health keeps them: newest first, whole seconds.

    Every figure ends in a space, so that what is cut off at the end is known to be no figure.
    """
    return "".join(f"{round(one)} " for one in reversed(skews[-REMEMBERED:]))[:LONGEST]


def read(kept: str) -> list[float]:
    """The skews that `written` keeps, the newest first."""
    return [float(figure) for figure in kept.split(" ")[:-1]][:REMEMBERED]


def running(kept: str) -> float | None:
    """The running skew of what `written` keeps, seconds, positive when the device's clock is fast.

    None of too few frames.
    """
    skews = read(kept)
    return median(skews) if len(skews) >= FEWEST else None


def of_a_store(before_s: float, skew_s: float, apart: timedelta) -> bool:
    """Whether a store is being emptied: the frame before was late, and this one, which arrived so
    much after it, is late by less, or was sent before it."""
    nearer = skew_s - before_s
    backwards = apart.total_seconds() + nearer < -_STILL_S
    return before_s < -NOTED_S and (nearer > NOTED_S or backwards)


def noted(skew_s: float | None) -> bool:
    return skew_s is not None and abs(skew_s) > NOTED_S


def alarmed(skew_s: float | None) -> bool:
    return skew_s is not None and abs(skew_s) > ALARMED_S
