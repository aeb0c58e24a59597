"""Water over land by the shallow-water equations: one door behind which the schemes stand.

    dh/dt + d(hu)/dx + d(hv)/dy = rain + inflow
    d(hu)/dt + d(hu^2 + g h^2/2)/dx + d(huv)/dy = -g h dz/dx - g n^2 |u| u / h^(1/3), v alike

State is float32 relative to a local datum; depth is Kahan-compensated, so that thin rain is not
lost; the account of mass is float64. Only what is wet, and a margin, is computed. A cell's value
depends on its neighbourhood alone and sums are taken in a fixed order: any number of threads gives
the same bits.
"""

import threading
from collections.abc import Callable
from enum import StrEnum
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from anlan.hazards.flood.shallow_water import team
from anlan.hazards.flood.shallow_water.bends import bends_of
from anlan.hazards.flood.shallow_water.case import Case, Scheme
from anlan.hazards.flood.shallow_water.checkpoint import Keeper, State, belonging, refuse_other
from anlan.hazards.flood.shallow_water.crossing import crossed, discharges, owners_of
from anlan.hazards.flood.shallow_water.fields import PAD, Field, Water, bare, twin
from anlan.hazards.flood.shallow_water.flux import DRY_M
from anlan.hazards.flood.shallow_water.gpu import loop as gpu
from anlan.hazards.flood.shallow_water.loops import LOOPS
from anlan.hazards.flood.shallow_water.preparation import run_of
from anlan.hazards.flood.shallow_water.result import (
    Gauges,
    MassAccount,
    Outputs,
    Result,
    Snapshot,
)
from anlan.hazards.flood.shallow_water.series import BadCase, Cancelled, Floats

Progress = Callable[[float], bool]
Clock = tuple[float, float, float]  # now, the moment to reach, the fastest wave


class Device(StrEnum):
    """What may compute in place of the processor: an NVIDIA GPU."""

    CUDA = "cuda"


_MOST_THREADS: int = vars(numba.config)["NUMBA_NUM_THREADS"]


def simulate(
    case: Case,
    until: float,
    outputs: Outputs | None = None,
    *,
    threads: int | Device | None = None,
    progress: Progress | None = None,
    keep: Keeper | None = None,
    resume: State | None = None,
) -> Result:
    """Let the water run from 0 to `until` seconds.

    threads: of the processor, None is all; the answer does not depend on them. Or the device that
    takes their place, which answers within 0.1 mm of the processor, not to the bit. progress: told
    the share done, 0..1, at each gauge reading and snapshot; answering False raises `Cancelled`.
    keep: takes snapshots and checkpoints. resume: where an earlier run of the same case stood; the
    answer is that of the run that was never cut. Raises `BadCase` for what does not fit together.

    Stable: the names and meaning of `Case`, `Grid`, `Initial`, `Boundary`, `Rain`, `Inflow`,
    `Series`, `Outputs`, `Result` and of this call; new inputs come as further optional fields.
    """
    if not (np.isfinite(until) and until > 0):
        raise BadCase("the run ends after it starts")
    asked = outputs or Outputs()
    on_gpu = isinstance(threads, Device)
    if on_gpu:
        gpu.refuse_missing()
    cores = None if isinstance(threads, Device) else threads
    run = _Simulation(case, float(until), asked, cores)
    run.keeper = keep
    run.take_up(resume)
    if on_gpu:
        run.go_to_gpu()
    bends = bends_of(case, until)
    for moment in run.moments():
        for bend in bends[(bends > run.now) & (bends < moment)].tolist():
            run.advance(bend)
        run.advance(moment)
        run.keep()
        if progress is not None and not progress(moment / until):
            raise Cancelled(f"stopped at {moment:.0f} s of {until:.0f} s")
    return run.result()


class _Simulation:
    """A simulation under way: its water, its account, what it has kept so far."""

    def __init__(self, case: Case, until: float, outputs: Outputs, threads: int | None) -> None:
        self.case, self.until, self.outputs = case, until, outputs
        self.threads = min(threads or _MOST_THREADS, _MOST_THREADS)
        for row, column in outputs.gauges:
            rows, columns = case.grid.shape
            if not (0 <= row < rows and 0 <= column < columns):
                raise BadCase(f"the gauge ({row}, {column}) lies outside the grid")
        if any(not 0 <= t <= until for t in outputs.snapshots_s):
            raise BadCase("a snapshot lies outside the run")
        self.water, self.run, self.datum_m = run_of(case, until, outputs, self.threads)
        self.other = Water(*(twin(field) for field in self.water))
        self.now, self.steps, self.cells = 0.0, 0, 0
        self.top = self._fastest()
        self.initial_m3 = self._volume()
        self.snapshots: list[Snapshot] = []
        self.read_s: list[float] = []
        self.read: list[list[tuple[float, float, float, float]]] = []
        self.owners = owners_of(case, self.run.outline)
        self.passed: list[list[float]] = []  # m3 so far, over each boundary, then each link
        self.keeper: Keeper | None = None
        self.gpu: gpu.Loop | None = None

    def take_up(self, state: State | None) -> None:
        """Stand where a run was cut, or at the start."""
        if state is None:
            self.keep()
            return
        refuse_other(state, self.case, self.outputs)
        saved = state.arrays
        for name in ("counts", "read_s", "read", "passed_m3"):
            if name not in saved:
                raise BadCase("the state is damaged")
        for name, field in self._fields().items():
            if name not in saved or saved[name].shape != field.shape:
                raise BadCase(f"the state does not fit: {name}")
            field[...] = saved[name]
        for own, other in zip(self.water, self.other, strict=True):
            other[...] = own
        self.now, self.top, self.initial_m3 = (float(value) for value in saved["numbers"])
        self.steps, self.cells = (int(value) for value in saved["counts"])
        self.read_s = saved["read_s"].tolist()
        self.read = [[tuple(gauge) for gauge in moment] for moment in saved["read"].tolist()]
        self.passed = saved["passed_m3"].tolist()

    def go_to_gpu(self) -> None:
        """Move the water to where it is to run."""
        self.gpu = gpu.Loop(self.case.scheme, self.water, self.other, self.run)

    def state(self) -> State:
        """Everything that changes while the water runs, copied."""
        arrays = {name: field.copy() for name, field in self._fields().items()}
        arrays["shape"] = np.array(self.case.grid.shape)
        arrays["numbers"] = np.array([self.now, self.top, self.initial_m3])
        arrays["counts"] = np.array([self.steps, self.cells])
        arrays["read_s"] = np.array(self.read_s)
        arrays["read"] = np.array(self.read).reshape(len(self.read_s), -1, 4)
        arrays["passed_m3"] = np.array(self.passed).reshape(len(self.read_s), -1)
        return State(belonging(self.case, self.outputs), arrays)

    def _fields(self) -> dict[str, NDArray[Any]]:
        run = self.run
        return {
            "h": self.water.h, "qx": self.water.qx, "qy": self.water.qy, "lost": run.land.lost,
            "passed": run.outline.passed, "entered": run.outline.entered,
            "taken": run.soil.taken, "soaked": run.soil.sum,
            "came": run.forcing.came, "rained": run.forcing.rained,
            "links_running": run.links.running, "links_passed": run.links.passed,
            "links_came": run.links.came, "links_went": run.links.went,
            **{f"kept_{name}": field for name, field in run.kept._asdict().items()},
        }  # fmt: skip

    def moments(self) -> list[float]:
        """The times at which something is kept or told, rising, the end last."""
        every = np.arange(self.outputs.gauge_every_s, self.until, self.outputs.gauge_every_s)
        asked = [t for t in self.outputs.snapshots_s if 0.0 < t < self.until]
        all_of_them = np.unique(np.concatenate([every, asked, [self.until]]))
        return [float(t) for t in all_of_them if t > self.now]

    def advance(self, moment: float) -> None:
        clock = (self.now, moment, self.top)
        go = self._on_processor if self.gpu is None else self.gpu.go
        now, top, steps, cells = go(self.water, clock)
        self.now, self.top = float(now), float(top)
        self.steps += int(steps)
        self.cells += int(cells)
        if not np.isfinite(self.top + self._volume()):  # a maximum may pass over what is no number
            raise FloatingPointError("the flood simulation lost its numbers")

    def _on_processor(self, water: Water, clock: Clock) -> tuple[float, float, int, int]:
        loop, given = LOOPS[self.case.scheme], (water, self.other, self.run, clock)
        team.assemble(self.run.team)
        helpers = [threading.Thread(target=loop, args=(*given, n)) for n in range(1, self.threads)]
        try:
            for helper in helpers:
                helper.start()
            now, top, steps, cells = loop(*given, 0)
        finally:
            team.dismiss(self.run.team)
            for helper in helpers:
                if helper.ident is not None:
                    helper.join()
        if steps % 2 and self.case.scheme is not Scheme.MUSCL:  # which ends where it began
            self.water, self.other = self.other, self.water
        return now, top, steps, cells

    def _fastest(self) -> float:
        h = np.maximum(self.water.h, np.float32(1e-4)).astype(np.float64)
        quickest = np.hypot(self.water.qx, self.water.qy) / h
        return float((quickest + np.sqrt(9.81 * h)).max())

    def _volume(self) -> float:
        h, lost, share = self.water.h, self.run.land.lost, self.run.land.share
        if share.size > 0:
            depth = np.vdot(share.astype(np.float64), h.astype(np.float64) - lost)
        else:
            depth = h.sum(dtype=np.float64) - lost.sum(dtype=np.float64)
        return float(depth) * self.case.grid.cell_m**2

    def keep(self) -> None:
        """Keep what is asked of this moment."""
        if self.now in self.outputs.snapshots_s:
            if self.keeper is None:
                self.snapshots.append(self._snapshot())
            else:
                self.keeper.snapshot(self._snapshot())
        self.read_s.append(self.now)
        self.read.append([self._gauge(row, column) for row, column in self.outputs.gauges])
        self.passed.append([*self._crossed(), *self.run.links.passed])
        if self.keeper is not None:
            self.keeper.moment(self.now, self.state)

    def _crossed(self) -> Floats:
        """What came in over each boundary so far, m3."""
        passed = self.run.outline.passed * self.case.grid.cell_m
        return crossed(passed, self.owners, len(self.case.boundaries))

    def _gauge(self, row: int, column: int) -> tuple[float, float, float, float]:
        i, j = row + PAD, column + PAD
        h, qx, qy = (float(field[i, j]) for field in self.water)
        if self.case.scheme is Scheme.INERTIAL:
            qx = 0.5 * (qx + float(self.water.qx[i, j + 1]))
            qy = 0.5 * (qy + float(self.water.qy[i + 1, j]))
        ground = float(self.case.grid.z[row, column])
        wet = h > DRY_M
        inverse = h / max(h * h, 1e-8)
        return h, ground + h if wet else np.nan, qx * inverse, qy * inverse

    def _snapshot(self) -> Snapshot:
        h = bare(self.water.h, self.case.grid.shape)
        inverse = h / np.maximum(h * h, np.float32(1e-8))
        in_x, in_y = self.water.qx, self.water.qy
        if self.case.scheme is Scheme.INERTIAL:
            in_x = np.float32(0.5) * (in_x + np.roll(in_x, -1, axis=1))
            in_y = np.float32(0.5) * (in_y + np.roll(in_y, -1, axis=0))
        qx, qy = (bare(field, self.case.grid.shape) for field in (in_x, in_y))
        return Snapshot(
            t_s=self.now, depth_m=self._outside(h), u_ms=self._outside(qx * inverse),
            v_ms=self._outside(qy * inverse),
        )  # fmt: skip

    def _outside(self, field: Field) -> Field:
        return np.where(np.isnan(self.case.grid.z), np.float32(np.nan), field)

    def _kept(self, field: Field) -> Field | None:
        if field.size == 0:
            return None
        own = bare(field, self.case.grid.shape)
        return self._outside(np.where(np.isinf(own), np.float32(np.nan), own))

    def result(self) -> Result:
        kept, cell = self.run.kept, self.case.grid.cell_m
        outline = self.run.outline
        entered = float(outline.entered.sum()) * cell
        read = np.array(self.read, dtype=np.float64).reshape(len(self.read_s), -1, 4)
        so_far = np.array(self.passed, dtype=np.float64).reshape(len(self.read_s), -1)
        edges = len(self.case.boundaries)
        return Result(
            final=self._snapshot(),
            max_depth_m=self._kept(kept.depth), max_speed_ms=self._kept(kept.speed),
            max_hv_m2s=self._kept(kept.hv), arrival_s=self._kept(kept.arrival),
            duration_s=self._kept(kept.duration),
            gauges=Gauges(
                t_s=np.array(self.read_s), depth_m=read[:, :, 0], surface_m=read[:, :, 1],
                u_ms=read[:, :, 2], v_ms=read[:, :, 3],
            ),
            snapshots=tuple(self.snapshots),
            mass=MassAccount(
                initial_m3=self.initial_m3,
                rain_m3=float(self.run.forcing.rained[0]) * cell**2,
                inflow_m3=float(self.run.forcing.came.sum()),
                infiltration_m3=float(self.run.soil.sum[0]) * cell**2,
                boundary_in_m3=entered,
                boundary_out_m3=float((outline.entered - outline.passed).sum()) * cell,
                final_m3=self._volume(),
                links_in_m3=float(self.run.links.came[0]),
                links_out_m3=float(self.run.links.went[0]),
            ),
            links_m3=self.run.links.passed.copy(),
            discharges=discharges(np.array(self.read_s), so_far[:, :edges], so_far[:, edges:]),
            steps=self.steps, cell_updates=self.cells,
        )  # fmt: skip
