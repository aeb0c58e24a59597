"""The only clock: every now, sleep, timer and link expiry asks it, so a drill can move time.

Times are aware, in Asia/Shanghai (`domain.md`, universal conventions). The clock is set once, at
process start: wall time for real work, a `DrillClock` for a drill.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
HYDROLOGICAL_DAY_STARTS = 8


class Clock(Protocol):
    """What tells the time to the whole process."""

    def now(self) -> datetime: ...

    def sleep(self, seconds: float) -> None: ...


class WallClock:
    """Real time."""

    def now(self) -> datetime:
        return datetime.now(CHINA)  # noqa: TID251 - the one place that may ask the system

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)  # noqa: TID251


class DrillClock:
    """Time that only its conductor moves; a sleep waits until it has been moved past."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a drill clock starts at an aware time")
        self._now = start.astimezone(CHINA)
        self._moved = threading.Condition()

    def now(self) -> datetime:
        with self._moved:
            return self._now

    def move_to(self, instant: datetime) -> None:
        """Move forward to `instant`; never backward."""
        with self._moved:
            self._now = max(self._now, instant.astimezone(CHINA))
            self._moved.notify_all()

    def sleep(self, seconds: float) -> None:
        with self._moved:
            wake = self._now + timedelta(seconds=seconds)
            self._moved.wait_for(lambda: self._now >= wake)


_clock: Clock = WallClock()


def use(clock: Clock) -> None:
    """Fix the process's clock; called once, at process start (and by tests)."""
    global _clock
    _clock = clock


def current() -> Clock:
    return _clock


@contextmanager
def standing_at(instant: datetime) -> Iterator[None]:
    """The clock stands at `instant` within: for a demonstration's invented past, as it is loaded
    by a process of its own."""
    before = current()
    use(DrillClock(instant))
    try:
        yield
    finally:
        use(before)


def now() -> datetime:
    """The time, aware, Asia/Shanghai."""
    return _clock.now()


def today() -> date:
    return _clock.now().date()


def sleep(seconds: float) -> None:
    _clock.sleep(seconds)


def stopwatch() -> float:
    """Seconds of real elapsed time for measuring work, never for deciding anything."""
    return time.perf_counter()  # noqa: TID251


def end_of(day: date) -> datetime:
    """The last second of a calendar day: until then whoever has that day to act is in time."""
    return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=CHINA)


def hydrological_day(instant: datetime) -> date:
    """The day that runs 08:00-08:00 and holds `instant`, named by the day on which it starts."""
    return (instant.astimezone(CHINA) - timedelta(hours=HYDROLOGICAL_DAY_STARTS)).date()
