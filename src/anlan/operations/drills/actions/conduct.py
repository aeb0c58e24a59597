"""The conductor: moves the clock, sends the frames, lets the platform settle, plays the people.

Time stands still while the platform works, so at full pace a drill repeats to the last row.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from anlan.operations.deadlines.queries import next_timer_at
from anlan.operations.drills.actions.bulletins import Bulletins
from anlan.operations.drills.actions.decisions import Decisions
from anlan.operations.drills.actions.devices import Devices
from anlan.operations.drills.actions.pace import Pace
from anlan.operations.drills.actions.platform import Platform
from anlan.operations.drills.actions.receipts import Receipts
from anlan.operations.drills.rules.scenario import Input, Scenario
from anlan.operations.drills.rules.series import Point
from anlan.operations.people.queries import acts_since
from anlan.vocabulary import clock

# A timer that stays due would hold the clock for ever: then the drill says so.
MOST_MOMENTS_AT_ONE_TIME = 200
# Some proposals come with time alone: an alert about to run out, a report about to be due.
LOOK_EVERY = timedelta(minutes=30)


class Stuck(RuntimeError):
    """The drill's time does not move on."""


@dataclass(slots=True)
class Cast:
    """Who plays: the stations, the service, the people who decide, the people who answer."""

    devices: Devices
    service: Bulletins
    people: Decisions
    recipients: Receipts
    stage: float | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """What the gauges report at one time."""

    at: datetime
    reports: tuple[tuple[Input, Point], ...]


def moments(scenario: Scenario) -> Iterator[Moment]:
    """The scenario's reports, all stations together, in order of time."""
    at: dict[datetime, list[tuple[Input, Point]]] = {}
    for station in scenario.inputs:
        for point in scenario.points(station):
            at.setdefault(point.at, []).append((station, point))
    for instant in sorted(at):
        yield Moment(instant, tuple(at[instant]))


class Conductor:
    """Plays one scenario on one platform; `speed` None is full pace."""

    def __init__(
        self, scenario: Scenario, platform: Platform, cast: Cast, speed: float | None
    ) -> None:
        self._scenario = scenario
        self._platform = platform
        self._cast = cast
        self._full_pace = speed is None
        self._pace = Pace(speed, self._waits)
        self._reports = list(moments(scenario))
        self._sent = 0
        self._same_time = 0
        self._noticed = 0
        self._looked = scenario.starts

    def play(self, stop: threading.Event) -> None:
        """From the first frame to the end of the scenario, or until asked to stop."""
        self._respond()
        while not stop.is_set() and (here := self._next()) is not None:
            self._pace.reach(here, self._meanwhile, stop)
            if stop.is_set():
                return
            self._cast.service.issue_due()
            if self._due_reports():
                self._cast.devices.send(self._reports[self._sent].reports)
                self._sent += 1
            self._respond()
            self._show()
        self._platform.settle(wait_jobs=True)

    def _next(self) -> datetime | None:
        """The next time at which anything happens; None when the scenario is over."""
        if clock.now() >= self._scenario.ends:
            return None
        report = self._reports[self._sent].at if self._sent < len(self._reports) else None
        people, recipients = self._cast.people.next_at(), self._cast.recipients.next_at()
        service = self._cast.service.next_at()
        times = [report, next_timer_at(), people, recipients, service, self._scenario.ends]
        coming = max(min(t for t in times if t is not None), clock.now())
        self._same_time = self._same_time + 1 if coming == clock.now() else 0
        if self._same_time > MOST_MOMENTS_AT_ONE_TIME:
            raise Stuck(f"nothing moves on from {coming:%Y-%m-%d %H:%M:%S}")
        return coming

    def _due_reports(self) -> bool:
        return self._sent < len(self._reports) and self._reports[self._sent].at <= clock.now()

    def _respond(self) -> None:
        """Let the platform work, then the people, until neither has anything left to do now."""
        while True:
            self._platform.settle(wait_jobs=self._full_pace)
            self._notice()
            if not self._cast.recipients.play_due() + self._cast.people.answer_due():
                return

    def _meanwhile(self) -> None:
        """While time passes in front of people: what they do at the pages takes effect."""
        if self._platform.turn():
            self._notice()

    def _notice(self) -> None:
        """Look around when something has happened, and now and then because time has passed."""
        acts = acts_since(self._noticed)
        in_time = clock.now() - self._looked >= LOOK_EVERY
        if not acts and not in_time:
            return
        self._noticed = max(acts, default=self._noticed)
        if in_time:
            self._looked = clock.now()
        rooms = {verb.partition(".")[0] for verb in acts.values()}
        self._cast.people.notice(None if in_time else rooms)
        self._cast.recipients.notice()

    def _waits(self) -> bool:
        return (
            self._cast.people.waiting or self._cast.recipients.waiting or self._platform.computing
        )

    def _show(self) -> None:
        span = self._scenario.ends - self._scenario.starts
        report = self._reports[self._sent - 1].reports if self._sent else ()
        stage = {i.station: p.value for i, p in report}.get(self._scenario.key_station)
        self._cast.stage = self._cast.stage if stage is None else stage
        done = (clock.now() - self._scenario.starts) / span
        self._platform.progress(min(done, 1.0), self._cast.stage)
