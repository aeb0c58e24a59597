"""Flood over land by the local inertial approximation of the shallow-water equations.

Bates, Horritt & Fewtrell (2010), J. Hydrology 387, 33-45, with the neighbour weighting of de
Almeida, Bates, Freer & Souvignet (2012), WRR 48, W05528. For each face between two cells

    hf = max(h1 + z1, h2 + z2) - max(z1, z2)
    q' = (q* - g hf dt d(h + z)/dx) / (1 + g dt n2 |q| / hf^(7/3)),
    q* = theta q + (1 - theta)/2 (q of the two faces before and behind),

and for each cell h' = h + dt/dx (sum of q in - sum of q out). Two guards keep it sound where the
plain scheme fails: |q| is capped at Froude number one, and a cell gives no more water than it has
(donor-cell limiter). Steep fast flow is outside the equations; rivers and flood plains are inside.

The grid is cut into strips of rows, one a thread (`strips`); each strip makes eight steps alone
over a halo that shrinks by two rows a step, then the strips exchange. Only spans of wet cells and
a margin are visited, so cost follows water. Every value depends on its own neighbourhood only:
any number of threads gives the same bits. Depth is float32 with Kahan's compensation; the mass
account is float64.
"""

import threading
from collections.abc import Callable

import numba
import numpy as np

from anlan.hazards.flood.case import (
    BadCase,
    Cancelled,
    Case,
    Cells,
    Floats,
    Flood,
    Heights,
    Inflow,
    MassAccount,
    Series,
    Settings,
    StageBoundary,
)
from anlan.hazards.flood.faces import DRY_M
from anlan.hazards.flood.steps import Edges, Scheme, run
from anlan.hazards.flood.strips import WALL_M, Whole, arrange, collect, depths, imbalance
from anlan.vocabulary import clock

__all__ = [
    "BadCase", "Cancelled", "Case", "Cells", "Flood", "Heights", "Inflow", "MassAccount", "Series",
    "Settings", "StageBoundary", "simulate",
]  # fmt: skip

Progress = Callable[[float], bool]

_LOPSIDED = 1.3  # busiest strip over the mean, beyond which the grid is cut anew
_STRETCH_S = 300.0  # between two choices of the number of threads
_TRY_AGAIN = 10  # every so many stretches the other number of threads is tried

# This layer waits asleep; OpenMP spins, which on a busy host makes two threads slower than one.
vars(numba.config)["THREADING_LAYER"] = "workqueue"
_one_at_a_time = threading.Lock()  # as that layer asks
_MOST_THREADS = numba.get_num_threads()


def simulate(
    case: Case, settings: Settings | None = None, progress: Progress | None = None
) -> Flood:
    """Let the water run.

    progress: called now and then with the share done, 0..1; answering False raises `Cancelled`.
    Raises `BadCase` for what does not fit together. Deterministic for a given case and settings,
    whatever the number of threads.
    """
    run = _Run(case, settings or Settings())
    for until in run.stations():
        run.advance(until)
        if progress is not None and not progress(until / case.duration_s):
            raise Cancelled(f"stopped at {until:.0f} s of {case.duration_s:.0f} s")
    return run.flood()


class _Pace:
    """How many threads to use: as many as allowed, unless a busy host makes fewer faster.

    Only the wall time depends on it, never a result.
    """

    def __init__(self, most: int) -> None:
        self._choices = [min(most, _MOST_THREADS), 1]
        self._rates: dict[int, float] = {}
        self._turn = 0

    def threads(self) -> int:
        self._turn += 1
        if self._turn <= len(self._choices):
            return int(self._choices[self._turn - 1])
        best = max(self._rates, key=lambda choice: self._rates[choice])
        if self._turn % _TRY_AGAIN == 0:
            return next((c for c in self._choices if c != best), best)
        return best

    def note(self, threads: int, cells: int, seconds: float) -> None:
        self._rates[threads] = cells / max(seconds, 1e-9)


class _Run:
    """A simulation under way: its strips, its account, what it has kept so far."""

    def __init__(self, case: Case, settings: Settings) -> None:
        self.case, self.settings = case, settings
        self.datum_m = _datum(case)
        self.whole = _whole(case, settings, self.datum_m)
        self.edges = _edges(case, self.datum_m)
        self.strips = arrange(self.whole, settings.threads)
        self.scheme = Scheme(
            float(case.cell_m), settings.courant, settings.theta,
            np.array(settings.arrival_m, dtype=np.float32),
        )  # fmt: skip
        self.pace = _Pace(settings.threads)
        self.now, self.steps, self.cells = 0.0, 0, 0
        self.initial_m3 = self._volume()
        self.snapshots: list[Heights] = []
        self.probe_s: list[float] = []
        self.probed: list[list[float]] = []
        self._keep()

    def stations(self) -> list[float]:
        """The times at which something is kept or told, rising, the end last."""
        end = self.case.duration_s
        reports = np.arange(self.settings.report_s, end, self.settings.report_s)
        asked = [t for t in self.settings.snapshot_s if 0.0 < t < end]
        return [float(t) for t in np.unique(np.concatenate([reports, asked, [end]]))]

    def advance(self, until: float) -> None:
        while self.now < until:
            self._stretch(min(until, self.now + _STRETCH_S))
        self._keep()

    def _stretch(self, until: float) -> None:
        threads, start = self.pace.threads(), clock.stopwatch()
        with _one_at_a_time:
            numba.set_num_threads(threads)
            steps, cells = run(self.strips, self.edges, self.now, until, self.scheme)
            numba.set_num_threads(_MOST_THREADS)
        self.pace.note(threads, int(cells), clock.stopwatch() - start)
        self.steps += int(steps)
        self.cells += int(cells)
        self.now = until
        if imbalance(self.strips) > _LOPSIDED:
            collect(self.strips, self.whole)
            self.strips = arrange(self.whole, self.settings.threads)

    def _keep(self) -> None:
        depth = depths(self.strips, self.case.z.shape)
        if not np.isfinite(depth).all():
            raise FloatingPointError("the flood simulation lost its numbers")
        if self.now in self.settings.snapshot_s:
            self.snapshots.append(self._shown(depth))
        self.probe_s.append(self.now)
        self.probed.append(
            [
                float(self.case.z[cell]) + float(depth[cell]) if depth[cell] > DRY_M else np.nan
                for cell in self.settings.probes
            ]
        )

    def _volume(self) -> float:
        collect(self.strips, self.whole)
        water = self.whole.h.sum(dtype=np.float64) - self.whole.lost.sum(dtype=np.float64)
        return float(water) * self.case.cell_m**2

    def _shown(self, depth: Heights) -> Heights:
        """Rounding's negative films are dry; outside is no number."""
        shown = np.maximum(depth, np.float32(0.0))
        return np.where(np.isnan(self.case.z), np.float32(np.nan), shown)

    def flood(self) -> Flood:
        """What there is to tell; the last look included."""
        final_m3 = self._volume()
        depth = self.whole.h
        arrival = {}
        for first, level in zip(self.whole.arrival, self.settings.arrival_m, strict=True):
            late = np.isinf(first) & (depth >= np.float32(level))
            when = np.where(late, np.float32(self.now), first)
            arrival[level] = np.where(np.isinf(when), np.float32(np.nan), when)
        let_in = float(self.edges.added[self.edges.inflow].sum())
        none = np.empty((0, *depth.shape), dtype=np.float32)
        return Flood(
            max_depth=self._shown(np.maximum(self.whole.highest, depth)),
            depth=self._shown(depth),
            arrival_s=arrival,
            snapshot_s=np.array(
                [t for t in sorted(self.settings.snapshot_s) if 0.0 <= t <= self.now]
            ),
            snapshots=np.stack(self.snapshots) if self.snapshots else none,
            probe_s=np.array(self.probe_s),
            probe_surface=np.array(self.probed, dtype=np.float64),
            mass=MassAccount(
                initial_m3=self.initial_m3,
                inflow_m3=let_in,
                stage_m3=float(self.edges.added.sum()) - let_in,
                final_m3=final_m3,
            ),
            steps=self.steps,
            cell_updates=self.cells,
        )


def _datum(case: Case) -> float:
    """A height near the water, so that float32 keeps its digits."""
    if case.initial_surface is not None:
        wet = case.initial_surface > case.z
        if wet.any():
            return float(np.round(np.median(case.initial_surface[wet])))
    if case.stages:
        return float(np.round(case.stages[0].level_m.value[0]))
    return float(np.floor(np.nanmin(case.z)))


def _whole(case: Case, settings: Settings, datum_m: float) -> Whole:
    ground = case.z.astype(np.float64)
    outside = np.isnan(ground)
    depth = np.zeros(ground.shape, dtype=np.float64)
    if case.initial_surface is not None:
        depth = np.nan_to_num(np.maximum(case.initial_surface - ground, 0.0), nan=0.0)
    pinned = np.zeros(ground.shape, dtype=np.bool_)
    for cells in [b.cells for b in case.stages] + [b.cells for b in case.inflows]:
        pinned[cells[:, 0], cells[:, 1]] = True
    manning = np.broadcast_to(np.asarray(case.manning, dtype=np.float64), ground.shape)
    zero = np.zeros(ground.shape, dtype=np.float32)
    return Whole(
        h=depth.astype(np.float32),
        lost=zero.copy(),
        z=np.where(outside, float(WALL_M), ground - datum_m).astype(np.float32),
        n2=(manning**2).astype(np.float32),
        qx=zero.copy(),
        qy=zero.copy(),
        highest=zero.copy(),
        arrival=np.full((len(settings.arrival_m), *ground.shape), np.inf, dtype=np.float32),
        pinned=pinned,
    )


def _edges(case: Case, datum_m: float) -> Edges:
    """Boundary cells and series as the kernels take them, levels relative to the datum."""
    groups: list[tuple[Cells, Series, Floats | None, float]] = [
        (b.cells, b.level_m, None, datum_m) for b in case.stages
    ]
    for b in case.inflows:
        count = b.cells.shape[0]
        share = np.ones(count) if b.weights is None else b.weights
        groups.append((b.cells, b.discharge_m3s, share / share.sum(), 0.0))
    points = max((series.t_s.size for _, series, _, _ in groups), default=1)
    times, values = np.zeros((len(groups), points)), np.zeros((len(groups), points))
    for g, (_, series, _, shift) in enumerate(groups):
        times[g] = np.pad(series.t_s, (0, points - series.t_s.size), mode="edge")
        values[g] = np.pad(series.value, (0, points - series.value.size), mode="edge") - shift
    none = np.empty((0, 2), dtype=np.int64)
    cells = np.concatenate([none, *(cells for cells, _, _, _ in groups)]).astype(np.int64)
    sizes = [cells.shape[0] for cells, _, _, _ in groups]
    return Edges(
        row=np.ascontiguousarray(cells[:, 0]),
        column=np.ascontiguousarray(cells[:, 1]),
        group=np.repeat(np.arange(len(groups)), sizes).astype(np.int64),
        inflow=np.repeat([share is not None for _, _, share, _ in groups], sizes).astype(np.bool_),
        weight=np.concatenate(
            [np.empty(0)]
            + [np.zeros(c.shape[0]) if share is None else share for c, _, share, _ in groups]
        ),
        ground=case.z[cells[:, 0], cells[:, 1]].astype(np.float64) - datum_m,
        added=np.zeros(cells.shape[0]),
        times=times,
        values=values,
    )
