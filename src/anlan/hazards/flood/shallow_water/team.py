"""Threads that share out a sweep over the units: whoever is free takes the next piece.

To wake a pool of threads for each of a forecast's hundred thousand sweeps, and to be woken when
they are done, takes a good part of the sweep. Here a thread that waits looks for a while, then goes
on looking but lets others have the processor at each look, longer than what lies between any two
sweeps, and sleeps in naps only after that: a nap too early costs a quarter of the next sweep.
Nobody waits for a thread, only for pieces: who comes late finds none left.

The ticket is the number of the sweep and, in its lower half, that of the next piece. It is written
after what is told of the sweep, and a sweep ends when its last piece is done: what is told belongs
to the piece that was taken.
"""

from typing import Any

import numba
import numpy as np

from anlan.hazards.flood.shallow_water.compiled import count_up, kernel, look_at, put
from anlan.hazards.flood.shallow_water.fields import LINE, Step, Team
from anlan.hazards.flood.shallow_water.flux import F

SWEEP, SOAK = 0, 1  # what to do with the pieces
TICKET, DONE, JOB, TURNED = (n * LINE for n in range(4))  # each on a line of the cache of its own
_HALF = np.int64(32)
_NONE_LEFT = np.int64(2**31)
_PIECE = np.int64(2**32 - 1)
_GO_HOME = np.int64(-(2**32) + 2**31)
_LOOKS, _TURNS, _NAP_US = 20_000, 4_000, np.uint32(50)
_let_others: Any = numba.types.ExternalFunction("sched_yield", numba.int32())
_sleep: Any = numba.types.ExternalFunction("usleep", numba.int32(numba.uint32))


def team_of(pieces: int) -> Team:
    """What threads tell each other of a sweep of so many pieces; none is left yet."""
    counts = np.zeros(4 * LINE, dtype=np.int64)
    return Team(counts, np.zeros(len(Step._fields)), pieces)


def assemble(team: Team) -> None:
    """Before threads are sent to help."""
    team.counts[:] = 0
    team.counts[TICKET] = _NONE_LEFT


def dismiss(team: Team) -> None:
    """Whoever helps goes home."""
    team.counts[TICKET] = _GO_HOME


@kernel
def call(team: Any, job: Any, step: Any) -> None:
    """Begin a sweep, whose pieces are to be done as this step asks."""
    told = team.told
    told[0], told[1], told[2] = step.dt, step.stage, step.counted
    told[3], told[4], told[5] = step.ratio, step.pull, step.rain
    told[6], told[7] = step.rain_map, step.now
    told[8], told[9] = step.arrival_m, step.duration_m
    team.counts[JOB], team.counts[DONE] = job, 0
    put(team.counts, TICKET, ((look_at(team.counts, TICKET) >> _HALF) + 1) << _HALF)


@kernel
def told_of(team: Any) -> Any:
    """The step of the sweep from which a piece was taken."""
    told = team.told
    return Step(
        F(told[0]), np.int64(told[1]), F(told[2]), F(told[3]), F(told[4]), F(told[5]),
        np.int64(told[6]), F(told[7]), F(told[8]), F(told[9]),
    )  # fmt: skip


@kernel
def is_for_ground(team: Any) -> Any:
    """Whether the ground is to take water in this sweep."""
    return team.counts[JOB] == SOAK


@kernel
def is_turned(team: Any) -> Any:
    """Whether the second of the two waters is the old one."""
    return team.counts[TURNED] > 0


@kernel
def turn(team: Any) -> None:
    """Let the two waters change places, between two sweeps."""
    team.counts[TURNED] = 1 - team.counts[TURNED]


@kernel
def take(team: Any) -> Any:
    """The next piece that nobody has, or -1."""
    piece = count_up(team.counts, TICKET) & _PIECE
    return piece if piece < team.pieces else np.int64(-1)


@kernel
def done(team: Any) -> None:
    """A piece that was taken is done."""
    count_up(team.counts, DONE)


@kernel
def gather(team: Any) -> None:
    """Wait until the last piece is done."""
    looks = 0
    while look_at(team.counts, DONE) < team.pieces:
        looks = _wait(looks)


@kernel
def await_call(team: Any, after: Any) -> Any:
    """Wait for a sweep after that one; its number, or -1 to go home."""
    looks = 0
    number = look_at(team.counts, TICKET) >> _HALF
    while number == after:
        looks = _wait(looks)
        number = look_at(team.counts, TICKET) >> _HALF
    return number


@kernel
def _wait(looks: Any) -> Any:
    if looks > _LOOKS + _TURNS:
        _sleep(_NAP_US)
    elif looks > _LOOKS:
        _let_others()
    return looks + 1
