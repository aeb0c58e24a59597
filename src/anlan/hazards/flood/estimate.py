"""What a case will cost, told before it runs: memory, and time on this machine at most."""

from dataclasses import dataclass, replace

import numpy as np

from anlan.hazards.flood.casefile import CaseFile
from anlan.hazards.flood.shallow_water import (
    BoundaryKind,
    Case,
    Grid,
    Initial,
    Outputs,
    Series,
    simulate,
)
from anlan.hazards.flood.shallow_water.outline import FREE, STAGE
from anlan.hazards.flood.shallow_water.preparation import COURANT, outline_of
from anlan.hazards.flood.shallow_water.series import Given, RainRaster
from anlan.vocabulary import clock

GRAVITY = 9.81
MM_H = 3.6e6  # millimetres an hour in a metre a second
LEAST_DEPTH_M = 1.0  # where nothing says how deep the water will stand
_STATE_B, _CASE_B, _FIELD_B, _TAKEN_B = (
    36,
    20,
    4,
    12,
)  # bytes a cell: engine, case, output, snapshot
_TRIAL, _TRIAL_S = 300, 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """cells: with ground; memory_b: bytes; deepest_m: as deep as what is given can make it, or
    `LEAST_DEPTH_M`; steps, seconds: if every cell stood so deep all the time; rate: cells computed
    a second in a trial of one second."""

    cells: int
    memory_b: float
    deepest_m: float
    steps: int
    rate: float

    @property
    def seconds(self) -> float:
        return self.cells * self.steps / self.rate


def estimate(asked: CaseFile) -> Estimate:
    """Runs a small lake for the rate; everything else is counted."""
    case = asked.case
    cells = int(np.isfinite(case.grid.z).sum())
    deepest = max(LEAST_DEPTH_M, *_depths(case), _pooled_m(case, asked.until_s))
    wave = 2.0 * np.sqrt(GRAVITY * deepest)  # as fast as its waves, and these on top
    step = (case.courant or COURANT[case.scheme]) * case.grid.cell_m / wave
    kept = asked.outputs
    outputs = 3 + (kept.arrival_m is not None) + (kept.duration_m is not None)
    own = 3 * ((case.infiltration is not None) + (case.porosity is not None))
    a_cell = _STATE_B + _CASE_B + _FIELD_B * (outputs + own) + _TAKEN_B
    return Estimate(
        cells=cells, memory_b=float(case.grid.z.size * a_cell), deepest_m=deepest,
        steps=int(np.ceil(asked.until_s / step)), rate=_rate(case),
    )  # fmt: skip


def _depths(case: Case) -> list[float]:
    """How deep the water is said to be at the start and at the stages."""
    lowest = float(np.nanmin(case.grid.z))
    stages = [
        _most(b.value) - lowest
        for b in case.boundaries
        if b.kind is BoundaryKind.STAGE and b.value is not None
    ]
    return [float(case.initial.depth_m.max()), *stages] if case.initial else stages


def _pooled_m(case: Case, until_s: float) -> float:
    """How deep all water that comes would stand over the lowest ground, did it pool there; where
    there is a way out, no more than `LEAST_DEPTH_M` above its bed."""
    z = np.sort(case.grid.z[np.isfinite(case.grid.z)].astype(np.float64))
    count = np.arange(1, z.size + 1)
    room_m = count * z - np.cumsum(z)  # what lies below each height, in depths of one cell
    poured_m = _poured_m3(case, until_s) / case.grid.cell_m**2
    last = int(np.searchsorted(room_m, poured_m, side="right")) - 1
    level = z[last] + (poured_m - room_m[last]) / count[last]
    outline = outline_of(case, 0.0)
    ways_out = outline.bed[np.isin(outline.kind, (FREE, STAGE))]
    if ways_out.size:
        level = min(level, float(ways_out.min()) + LEAST_DEPTH_M)
    return float(level - z[0])


def _poured_m3(case: Case, until_s: float) -> float:
    """All that is there and comes from above and over the edges, nothing lost."""
    edges = [
        b.value for b in case.boundaries if b.kind is BoundaryKind.FLOW and b.value is not None
    ]
    came = sum(_sum(one, until_s) for one in (*(i.discharge_m3s for i in case.inflows), *edges))
    ground = np.isfinite(case.grid.z)
    depth_m = float(case.initial.depth_m[ground].sum()) if case.initial else 0.0
    rain = case.rain.mm_h if case.rain else 0.0
    if isinstance(rain, RainRaster):
        spans = np.diff(np.append(rain.t_s, rain.until_s).clip(0.0, until_s))
        depth_m += float((rain.mm_h[:, ground].sum(axis=1) * spans).sum()) / MM_H
    else:
        depth_m += _sum(rain, until_s) / MM_H * int(ground.sum())
    return came + depth_m * case.grid.cell_m**2


def _sum(given: Given, until_s: float) -> float:
    """A rate a second over the time of the run."""
    if not isinstance(given, Series):
        return given * until_s
    t = np.unique(np.append(given.t_s.clip(0.0, until_s), (0.0, until_s)))
    return float(np.trapezoid(np.interp(t, given.t_s, given.value), t))


def _most(given: Given) -> float:
    return float(given.value.max()) if isinstance(given, Series) else given


def _rate(case: Case) -> float:
    """Cells a second on a lake with waves, after a first run that loads the kernels."""
    x = np.linspace(0.0, 6.0 * np.pi, _TRIAL)
    depth = np.tile(2.0 + 0.5 * np.sin(x), (_TRIAL, 1))
    lake = replace(
        case, grid=Grid(np.zeros((_TRIAL, _TRIAL), dtype=np.float32), 10.0), manning=0.03,
        initial=Initial(depth), rain=None, infiltration=None, inflows=(), boundaries=(), levees=(),
        links=(), porosity=None,
    )  # fmt: skip
    simulate(lake, 1.0, Outputs())
    start = clock.stopwatch()
    trial = simulate(lake, _TRIAL_S, Outputs())
    return trial.cell_updates / max(clock.stopwatch() - start, 1e-9)
