"""The loop over time, compiled once for each scheme and kept on disk by Numba.

Numba looks for changes in the file of the compiled function alone; a digest of this folder is part
of its key as a closure.
"""

import hashlib
from pathlib import Path
from typing import Any

import numba
import numpy as np

from anlan.hazards.flood.shallow_water import forcing as outside
from anlan.hazards.flood.shallow_water import (
    godunov,
    inertial,
    infiltration,
    links,
    muscl,
    team,
    wetness,
)
from anlan.hazards.flood.shallow_water.case import Scheme
from anlan.hazards.flood.shallow_water.compiled import kernel
from anlan.hazards.flood.shallow_water.fields import Step
from anlan.hazards.flood.shallow_water.flux import GRAVITY, F
from anlan.hazards.flood.shallow_water.records import arrive, record


@kernel
def next_step(water: Any, run: Any, clock: Any, top: Any) -> Any:
    """The step to make and the time after it. clock: now, until; top: fastest wave.

    What the outside gives is in the water already.
    """
    now, until = clock
    scheme = (run.courant, run.cell_m)
    when = (now, outside.latest(now, until, scheme))
    fastest = max(outside.set_outline(water, run.outline, run.forcing, when, run.cell_m), top)
    links.set_rates(water, run.land, run.links, now)
    dt = outside.longest_step(fastest, water, run.land, run.forcing, now, scheme)
    dt = links.longest_step(water, run.land, run.links, dt, scheme)
    left = until - now
    dt = left / np.ceil(left / dt) if left < 3.0 * dt else dt
    for n in run.outline.given:
        outside.pour(run.outline, run.forcing, n, now + 0.5 * dt, run.cell_m)
    outside.let_in(water, run.land, run.forcing, (now, dt), run.cell_m)
    links.carry(water, run.land, run.links, (now, dt), run.cell_m)
    rain, which = outside.rain_of(run.forcing, now, dt)
    ask = (run.courant, run.cell_m, run.arrival_m, run.duration_m)
    step = step_with(dt, (rain, which), now, ask)
    return step, until if now + dt >= until - 1e-9 * dt else now + dt


@kernel
def step_with(dt: Any, rain: Any, now: Any, ask: Any) -> Any:
    """A step of dt seconds from now. rain: as `rain_of` tells it; ask: courant, cell's side, depths
    of arrival and duration."""
    return Step(
        F(dt), 1, F(dt), F(dt / ask[1]), GRAVITY * F(dt), F(rain[0]), rain[1], F(now + dt),
        F(ask[2]), F(ask[3]),
    )  # fmt: skip


@kernel
def stage_of(step: Any, stage: Any) -> Any:
    """One of the two stages of a second-order step: each counts half."""
    return Step(
        step.dt, stage, F(0.5) * step.dt, step.ratio, step.pull, step.rain, step.rain_map,
        step.now, step.arrival_m, step.duration_m,
    )  # fmt: skip


@kernel
def rains_within(run: Any, now: Any, steps: Any) -> Any:
    """Whether any rain may fall in so many steps."""
    soon = now + steps * run.courant * run.cell_m / outside.SLOWEST_M_S
    return outside.is_raining(run.forcing, now, soon)


@kernel
def look_around(a: Any, b: Any, run: Any, raining: Any) -> None:
    """Choose anew what is computed."""
    spread = wetness.spread(run.units)
    if wetness.look(a.h, run.units, run.pinned, raining) or spread:
        wetness.arrange(a, b, run.units, run.outline, run.rows)


@kernel
def arrive_where_fed(h: Any, run: Any, step: Any) -> None:
    """Arrival where a step began with water let in: the step itself may have raised nothing."""
    if run.kept.arrival.size > 0:
        arrive(h, run.kept, run.forcing.row, run.forcing.col, step)
        arrive(h, run.kept, run.links.row, run.links.col, step)
        arrive(h, run.kept, run.links.row_to, run.links.col_to, step)


@kernel
def unit_of(units: Any, n: Any) -> Any:
    return (
        units.row[n], units.row_stop[n], units.col[n], units.col_stop[n], units.face[n],
        units.face_stop[n],
    )  # fmt: skip


@kernel
def fastest_wave(units: Any) -> Any:
    """Of all units, m/s."""
    top = np.float32(0.0)
    for n in range(units.total[0]):
        top = max(top, units.top[n])
    return np.float64(top)


def _digest() -> str:
    folder = Path(__file__).parent
    return hashlib.sha256(b"".join(p.read_bytes() for p in sorted(folder.glob("*.py")))).hexdigest()


@kernel
def godunov_task(a: Any, b: Any, run: Any, task: Any, step: Any) -> None:
    """One step of the units of a task. task: which, by which thread."""
    units, fixed = run.units, (run.land, run.outline, run.kept)
    t, thread = task
    for n in range(units.tasks[t], units.tasks[t + 1]):
        unit, soon = unit_of(units, n), unit_of(units, min(n + 1, units.tasks[t + 1] - 1))
        units.top[n], fresh = godunov.advance(a, b, fixed, unit, soon, step, units.strip[thread])
        units.fresh[n] = fresh and wetness.add(b.h, units, n)


@kernel
def muscl_task(a: Any, b: Any, run: Any, task: Any, step: Any) -> None:
    """One stage of the units of a task."""
    units, work = run.units, run.units.work[task[1]]
    for n in range(units.tasks[task[0]], units.tasks[task[0] + 1]):
        unit = unit_of(units, n)
        units.top[n] = muscl.advance(a, b, run.land, run.outline, unit, step, work)
        if step.stage == 2:
            record(a, run.kept, unit, step)


@kernel
def inertial_task(a: Any, b: Any, run: Any, task: Any, step: Any) -> None:
    """One step of the units of a task."""
    units, work = run.units, run.units.work[task[1]]
    fixed = run.land, run.outline, run.kept
    for n in range(units.tasks[task[0]], units.tasks[task[0] + 1]):
        units.top[n] = inertial.advance(a, b, fixed, unit_of(units, n), step, work)


def _together(task: Any) -> Any:
    """How threads go over all units with a task: (sweep, soak, help)."""

    @kernel
    def work(pair: Any, run: Any, thread: Any) -> None:
        t = team.take(run.team)
        while t >= 0:
            step = team.told_of(run.team)
            a, b = (pair[1], pair[0]) if team.is_turned(run.team) else pair
            if team.is_for_ground(run.team):
                infiltration.soak(a.h, run, (t, run.units.work[thread]), step)
            else:
                task(a, b, run, (t, thread), step)
            team.done(run.team)
            t = team.take(run.team)

    @kernel
    def sweep(pair: Any, run: Any, step: Any) -> None:
        """One pass over all units, each by some thread."""
        team.call(run.team, team.SWEEP, step)
        work(pair, run, 0)
        team.gather(run.team)

    @kernel
    def soak(pair: Any, run: Any, step: Any) -> None:
        """Let the ground take water everywhere."""
        if run.soil.kind[0] != infiltration.NONE:
            team.call(run.team, team.SOAK, step)
            work(pair, run, 0)
            team.gather(run.team)
            infiltration.account(run.soil, run.units)

    @kernel
    def help_out(pair: Any, run: Any, thread: Any) -> Any:
        """Take part in the sweeps of another thread until it dismisses its helpers."""
        sweep = team.await_call(run.team, 0)
        while sweep >= 0:
            work(pair, run, thread)
            sweep = team.await_call(run.team, sweep)
        return 0.0, 0.0, 0, 0

    return sweep, soak, help_out


godunov_sweep, godunov_soak, godunov_help = _together(godunov_task)
muscl_sweep, muscl_soak, muscl_help = _together(muscl_task)
inertial_sweep, inertial_soak, inertial_help = _together(inertial_task)


def _compile_godunov(sources: str) -> Any:
    @numba.njit(cache=True, error_model="numpy", nogil=True)
    def loop(a: Any, b: Any, run: Any, clock: Any, thread: Any) -> Any:
        pair = (a, b)
        if thread > 0:
            return godunov_help(pair, run, thread)
        now, until, top = clock
        steps, computed, size, everywhere = len(sources) * 0, 0, 0, False
        while now < until:
            raining = rains_within(run, now, 1)
            if steps % run.units.every == 0 or (raining and not everywhere):
                look_around(a, b, run, raining)
                size, everywhere = wetness.cells(run.units), raining
            elif wetness.spread(run.units):
                wetness.arrange(a, b, run.units, run.outline, run.rows)
                size = wetness.cells(run.units)
            step, then = next_step(a, run, (now, until), top)
            godunov_soak(pair, run, step)
            godunov_sweep(pair, run, step)
            arrive_where_fed(b.h, run, step)
            a, b = b, a
            team.turn(run.team)
            top = fastest_wave(run.units)
            steps += 1
            computed += size
            now = then
        return now, top, steps, computed

    return loop


def _compile_muscl(sources: str) -> Any:
    @numba.njit(cache=True, error_model="numpy", nogil=True)
    def loop(a: Any, b: Any, run: Any, clock: Any, thread: Any) -> Any:
        pair = (a, b)
        if thread > 0:
            return muscl_help(pair, run, thread)
        now, until, top = clock
        steps, computed, size = len(sources) * 0, 0, 0
        while now < until:
            if steps % run.units.every == 0:
                look_around(a, b, run, rains_within(run, now, run.units.every + 1))
                size = wetness.cells(run.units)
            step, then = next_step(a, run, (now, until), top)
            muscl_soak(pair, run, step)
            for stage in (1, 2):
                muscl_sweep(pair, run, stage_of(step, stage))
            top = fastest_wave(run.units)
            steps += 1
            computed += size
            now = then
        return now, top, steps, computed

    return loop


def _compile_inertial(sources: str) -> Any:
    @numba.njit(cache=True, error_model="numpy", nogil=True)
    def loop(a: Any, b: Any, run: Any, clock: Any, thread: Any) -> Any:
        pair = (a, b)
        if thread > 0:
            return inertial_help(pair, run, thread)
        now, until, top = clock
        steps, computed, size = len(sources) * 0, 0, 0
        while now < until:
            if steps % run.units.every == 0:
                look_around(a, b, run, rains_within(run, now, run.units.every + 1))
                size = wetness.cells(run.units)
            step, then = next_step(a, run, (now, until), top)
            inertial_soak(pair, run, step)
            inertial_sweep(pair, run, step)
            a, b = b, a
            team.turn(run.team)
            top = fastest_wave(run.units)
            steps += 1
            computed += size
            now = then
        return now, top, steps, computed

    return loop


LOOPS = {
    Scheme.GODUNOV: _compile_godunov(_digest()),
    Scheme.MUSCL: _compile_muscl(_digest()),
    Scheme.INERTIAL: _compile_inertial(_digest()),
}
