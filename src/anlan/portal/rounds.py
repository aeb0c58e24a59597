"""The rounds: everything the platform does by itself, one turn after another.

A turn records what the gateway has spooled, relays facts to reactions, fires timers, moves model
runs on, sends what is queued, and now and then looks for silent stations, checks past forecasts
and seals the audit trail. Live, a thread of its own walks the rounds; a drill walks them in
lockstep with its clock.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import close_old_connections, connection

from anlan.backbone.intake import Intake
from anlan.backbone.jobs import Jobs
from anlan.operations.accidents.actions import ACCIDENTS_A_TURN, ask_for_forgotten_accidents
from anlan.operations.campaigns import actions as campaigns
from anlan.operations.checks.actions import FINDINGS_A_TURN, find_missed, make_tasks
from anlan.operations.chemicals import actions as chemicals
from anlan.operations.deadlines.actions import remind, run_due_timers
from anlan.operations.enforcement.actions import CASES_A_TURN, ask_for_forgotten_cases
from anlan.operations.forecasts.actions import advance_runs, build_stages, runs_out, verify_runs
from anlan.operations.insurance import actions as insurance
from anlan.operations.links.actions import tell_listeners
from anlan.operations.messaging.actions import deliver_queued
from anlan.operations.patrols.actions import keep_called, make_patrols
from anlan.operations.people.actions import relay_events, seal_audit
from anlan.operations.safety.actions import (
    DANGERS_A_TURN,
    ENDINGS_A_TURN,
    FORGOTTEN_A_TURN,
    ask_for_forgotten_dangers,
    ask_for_standards,
    index_words,
)
from anlan.operations.sensing.actions import (
    DEVICES_A_TURN,
    FOLDED_A_TURN,
    PARTS_A_TURN,
    ROLLUPS_A_TURN,
    TALLIES_A_TURN,
    VEHICLES_A_TURN,
    check_batteries,
    check_clocks,
    check_feeds,
    check_fires,
    check_missing,
    check_silence,
    check_station_states,
    count_devices,
    count_vehicles,
    expire_orders,
    fold_bad_frames,
    forget_answers,
    give_up_parts,
    keep_months,
    make_rollups,
    tally_health,
)
from anlan.operations.statistics.actions import (
    MONTHS_A_TURN,
    advance_reports,
    ask_returns,
    count_months,
    take_report,
    tell_bureau,
)
from anlan.portal.recording import Recording
from anlan.vocabulary import clock

logger = logging.getLogger(__name__)

IDLE_S = 0.05
JOB_LOOK_S = 0.2
AFTER_A_FAULT_S = 1.0
# The stage library is made when the platform has been up for a minute of real time.
QUIET_S, SPARE_S = 60.0, 2.0
# A settling that does not end is a fault of the rules (two reactions feeding each other).
MOST_TURNS = 20_000


class Unsettled(RuntimeError):
    """Turn after turn found something to do, without end."""


@dataclass(slots=True)
class Seldom:
    """A part of the turn that is due only once a period of the clock, or when that was set back.

    `full`: having done so many it has more to do, and goes on in the next turn.
    """

    part: Callable[[], int | None]
    period: timedelta
    full: int | None = None
    last: datetime | None = None

    def __call__(self) -> int:
        instant = clock.now()
        if self.last is not None and self.last <= instant < self.last + self.period:
            return 0
        done = self.part() or 0
        self.last = None if done == self.full else instant
        return done


Part = Callable[[], int]


class _Spare:
    """What is done with time to spare: a drill at full pace, which nobody watches, has none."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs
        self._looked = clock.stopwatch() + QUIET_S - SPARE_S

    def __call__(self) -> int:
        if clock.stopwatch() - self._looked < SPARE_S:
            return 0
        self._looked = clock.stopwatch()
        return build_stages(self._jobs)


def _chores(jobs: Jobs) -> list[Part]:
    """Everything but recording."""
    return [
        relay_events,
        run_due_timers,
        lambda: advance_runs(jobs, take_report),
        lambda: advance_reports(jobs),
        deliver_queued,
        Seldom(tell_listeners, timedelta(seconds=2)),
        Seldom(remind, timedelta(minutes=10)),
        Seldom(make_tasks, timedelta(minutes=10)),
        Seldom(find_missed, timedelta(minutes=10), full=FINDINGS_A_TURN),
        Seldom(insurance.ask_for_first_policies, timedelta(hours=1)),
        Seldom(campaigns.let_go_of_closed, timedelta(hours=1)),
        Seldom(chemicals.let_go_of_closed, timedelta(hours=1)),
        Seldom(insurance.let_go_of_closed, timedelta(hours=1)),
        Seldom(make_patrols, timedelta(minutes=10)),
        Seldom(keep_called, timedelta(minutes=1)),
        Seldom(ask_for_standards, timedelta(hours=1), full=ENDINGS_A_TURN),
        Seldom(ask_for_forgotten_dangers, timedelta(hours=1), full=FORGOTTEN_A_TURN),
        Seldom(ask_for_forgotten_cases, timedelta(hours=1), full=CASES_A_TURN),
        Seldom(ask_for_forgotten_accidents, timedelta(hours=1), full=ACCIDENTS_A_TURN),
        Seldom(check_silence, timedelta(minutes=1)),
        Seldom(check_feeds, timedelta(minutes=1)),
        Seldom(check_missing, timedelta(minutes=1)),
        Seldom(expire_orders, timedelta(seconds=10)),
        Seldom(give_up_parts, timedelta(minutes=1), full=PARTS_A_TURN),
        Seldom(check_clocks, timedelta(minutes=1)),
        Seldom(check_batteries, timedelta(minutes=1)),
        Seldom(check_station_states, timedelta(minutes=1)),
        Seldom(check_fires, timedelta(minutes=1)),
        Seldom(make_rollups, timedelta(minutes=1), full=ROLLUPS_A_TURN),
        Seldom(count_devices, timedelta(minutes=1), full=DEVICES_A_TURN),
        Seldom(count_vehicles, timedelta(minutes=1), full=VEHICLES_A_TURN),
        Seldom(tally_health, timedelta(minutes=1), full=TALLIES_A_TURN),
        Seldom(keep_months, timedelta(hours=1)),
        Seldom(forget_answers, timedelta(hours=1)),
        Seldom(fold_bad_frames, timedelta(hours=1), full=FOLDED_A_TURN),
        Seldom(verify_runs, timedelta(minutes=10)),
        Seldom(index_words, timedelta(seconds=10), full=DANGERS_A_TURN),
        Seldom(count_months, timedelta(minutes=1), full=MONTHS_A_TURN),
        Seldom(tell_bureau, timedelta(hours=1)),
        Seldom(ask_returns, timedelta(hours=6)),
        Seldom(seal_audit, timedelta(minutes=5)),
        Seldom(_look_at_the_tables, timedelta(hours=12)),
    ]


def _look_at_the_tables() -> int:
    """SQLite plans by what it was told of its tables' rows, and looks only when asked to;
    PostgreSQL does so itself. A sample of each index takes some tenths of a second."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit=1000")
            cursor.execute("ANALYZE")
    return 0


class Rounds:
    """Walks the rounds over an intake of frames, a pool of jobs, or both; by one thread at a time.

    A recorder has an intake alone, a worker only jobs: the rounds of the one record, those of the
    other do all the rest.
    """

    def __init__(self, intake: Intake | None, jobs: Jobs | None) -> None:
        self._jobs = jobs
        recording: list[Part] = [] if intake is None else [Recording(intake)]
        self._parts: tuple[Part, ...] = (*recording, *([] if jobs is None else _chores(jobs)))
        self._spare: tuple[Part, ...] = () if jobs is None else (_Spare(jobs),)

    def turn(self) -> int:
        """One turn; returns how many things were done. A fault of any part is raised."""
        return self._step() + sum(part() for part in self._spare)

    def _step(self) -> int:
        return sum(part() for part in self._parts)

    def settle(self, wait_jobs: bool = True) -> None:
        """Turns until nothing is left to do; with `wait_jobs` until running models are back too.

        Raises `Unsettled` when there is no end to it.
        """
        for _turn in range(MOST_TURNS):
            if not self._step() and not (wait_jobs and self._wait_for_a_job()):
                return
        raise Unsettled(f"{MOST_TURNS} turns and still something to do")

    def run_until(self, stop: threading.Event) -> None:
        """The background loop. A part that fails is logged and tried again; the others go on."""
        while not stop.is_set():
            done, faults = 0, 0
            for part in (*self._parts, *self._spare):
                try:
                    done += part()
                except Exception:
                    faults += 1
                    logger.exception("a part of the rounds failed and will be tried again")
                    close_old_connections()
            if faults:
                stop.wait(AFTER_A_FAULT_S)
            elif not done:
                stop.wait(IDLE_S)

    @property
    def computing(self) -> bool:
        """Whether a model run is out."""
        return self._jobs is not None and runs_out(self._jobs)

    def _wait_for_a_job(self) -> bool:
        """Wait until a running model is back; False when none is out."""
        pause, jobs = threading.Event(), self._jobs
        while jobs is not None and runs_out(jobs):
            pause.wait(JOB_LOOK_S)
            if advance_runs(jobs, take_report):
                return True
        return False
