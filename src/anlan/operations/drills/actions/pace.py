"""How fast the drill's time passes beside real time."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from anlan.vocabulary import clock
from anlan.vocabulary.clock import DrillClock

WAITING_SPEED = 10.0
STEP_S = 0.1


class Pace:
    """Virtual seconds a real second; None is full speed, where time jumps.

    While `waits()` says that a decision, a receipt or a model run is open, time passes at most ten
    times as fast as outside.
    """

    def __init__(self, speed: float | None, waits: Callable[[], bool]) -> None:
        self.speed = speed
        self._waits = waits
        self._woke = clock.stopwatch()

    def reach(
        self, moment: datetime, meanwhile: Callable[[], object], stop: threading.Event
    ) -> None:
        """Move the drill's clock to `moment`, in real time unless at full speed.

        `meanwhile` is called about ten times a second, so that what people do at the pages takes
        effect while time passes. Returns early when asked to stop.
        """
        moving = clock.current()
        if not isinstance(moving, DrillClock):
            raise TypeError("a drill needs the drill's clock")
        while self.speed is not None and not stop.is_set():
            left_s = (moment - clock.now()).total_seconds()
            speed = min(self.speed, WAITING_SPEED) if self._waits() else self.speed
            step_s = min(left_s / speed, STEP_S)
            self._sleep(step_s, stop)
            if step_s < STEP_S:
                break
            moving.move_to(clock.now() + timedelta(seconds=step_s * speed))
            meanwhile()
        if not stop.is_set():
            moving.move_to(moment)

    def _sleep(self, real_s: float, stop: threading.Event) -> None:
        """Sleep what the work since the last sleep has left of `real_s`."""
        spent_s = clock.stopwatch() - self._woke
        if real_s > spent_s:
            stop.wait(real_s - spent_s)
        self._woke = clock.stopwatch()
