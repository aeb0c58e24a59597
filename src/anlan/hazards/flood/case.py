"""What a flood simulation is asked and what it answers; the same for every engine.

Heights are metres in one vertical datum of the caller's choice (in this house Yellow Sea 1985),
times are seconds from the start of the simulation, cells are (row, column) of the terrain.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Heights = NDArray[np.float32]
Floats = NDArray[np.float64]
Cells = NDArray[np.int64]


class BadCase(ValueError):
    """The case cannot be simulated: shapes, cells or series do not fit."""


class Cancelled(Exception):
    """Whoever watches the progress asked to stop."""


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """A value over time: straight lines between the points, held before and after.

    t_s: seconds from the start, strictly rising, shape (n,); value: shape (n,).
    """

    t_s: Floats
    value: Floats

    def __post_init__(self) -> None:
        if self.t_s.ndim != 1 or self.t_s.shape != self.value.shape or self.t_s.size == 0:
            raise BadCase("a series has as many values as times, at least one")
        if not (np.isfinite(self.t_s).all() and np.isfinite(self.value).all()):
            raise BadCase("a series has no gaps")
        if (np.diff(self.t_s) <= 0).any():
            raise BadCase("the times of a series rise")


@dataclass(frozen=True, slots=True, eq=False)
class StageBoundary:
    """Cells whose water surface is given: water enters or leaves there freely.

    cells: int64, shape (k, 2), rows and columns; level_m: surface over time.
    """

    cells: Cells
    level_m: Series


@dataclass(frozen=True, slots=True, eq=False)
class Inflow:
    """Water that enters over cells.

    cells: shape (k, 2); discharge_m3s: not negative; weights: share of each cell, shape (k,),
    equal if not given.
    """

    cells: Cells
    discharge_m3s: Series
    weights: Floats | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Case:
    """One flood.

    z: ground, float32 (rows, columns), NaN is outside: a wall. cell_m: metres. manning: s m^(-1/3),
    one or one a cell. initial_surface: water surface at the start where there is water, NaN or
    below the ground where there is none; None is dry everywhere. duration_s: how long.
    """

    z: Heights
    cell_m: float
    manning: float | Heights
    duration_s: float
    initial_surface: Heights | None = None
    stages: tuple[StageBoundary, ...] = ()
    inflows: tuple[Inflow, ...] = ()

    def __post_init__(self) -> None:
        if self.z.ndim != 2 or self.z.dtype != np.float32 or not np.isfinite(self.z).any():
            raise BadCase("the ground is a float32 array of rows and columns with heights in it")
        if self.cell_m <= 0 or self.duration_s <= 0:
            raise BadCase("cells and duration are positive")
        if (np.asarray(self.manning) <= 0).any():
            raise BadCase("Manning's n is positive")
        for name in ("manning", "initial_surface"):
            value = getattr(self, name)
            if isinstance(value, np.ndarray) and value.shape != self.z.shape:
                raise BadCase(f"{name} does not have the shape of the ground")
        for cells in [b.cells for b in self.stages] + [b.cells for b in self.inflows]:
            _refuse_cells(cells, self.z)
        for inflow in self.inflows:
            if (inflow.discharge_m3s.value < 0).any():
                raise BadCase("an inflow is not negative")
            if inflow.weights is not None and inflow.weights.shape != inflow.cells.shape[:1]:
                raise BadCase("an inflow has one weight a cell")


def _refuse_cells(cells: Cells, z: Heights) -> None:
    if cells.ndim != 2 or cells.shape[1] != 2 or cells.shape[0] == 0:
        raise BadCase("a boundary has at least one (row, column)")
    if (cells < 0).any() or (cells >= z.shape).any():
        raise BadCase("a boundary cell lies outside the ground")
    if np.isnan(z[cells[:, 0], cells[:, 1]]).any():
        raise BadCase("a boundary cell has no ground height")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to simulate.

    courant: share of the wave's time over a cell, at most 0.67 for theta 0.9; theta: 1 is Bates et
    al. (2010), less mixes in the neighbours' flow (de Almeida et al. 2012) and needs a smaller
    courant. threads: CPU threads; the result does not depend on them. snapshot_s: times at which
    the depths are kept. arrival_m: depths whose first time is kept. probes: (row, column) whose
    surface is kept every report_s seconds, which is also how often the progress is told.
    """

    courant: float = 0.64
    theta: float = 0.9
    threads: int = 2
    snapshot_s: tuple[float, ...] = ()
    arrival_m: tuple[float, ...] = (0.03,)
    probes: tuple[tuple[int, int], ...] = ()
    report_s: float = 600.0

    def __post_init__(self) -> None:
        if not 0.5 < self.theta <= 1.0:
            raise BadCase("theta lies in 0.5..1")
        if not 0.0 < self.courant < np.sqrt(self.theta / 2.0):
            raise BadCase("courant must stay below sqrt(theta / 2)")
        if self.threads < 1 or self.report_s <= 0 or not self.arrival_m:
            raise BadCase("threads, report_s and arrival_m are positive")


@dataclass(frozen=True, slots=True, kw_only=True)
class MassAccount:
    """Where the water came from and went, m3, counted in double precision."""

    initial_m3: float
    inflow_m3: float
    stage_m3: float
    final_m3: float

    @property
    def error_m3(self) -> float:
        """Water that came from nowhere."""
        return self.final_m3 - self.initial_m3 - self.inflow_m3 - self.stage_m3

    @property
    def relative_error(self) -> float:
        """The error as a share of all water that was there or came."""
        water = self.initial_m3 + self.inflow_m3 + max(self.stage_m3, 0.0)
        return self.error_m3 / water if water > 0 else 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Flood:
    """What happened; fields have the shape of the ground, float32.

    max_depth, depth (at the end): metres, 0 dry, NaN outside. arrival_s: for each asked depth the
    first second it was reached (0: from the start, NaN: never), to within the refresh of a few
    steps. snapshots: depths (k, rows, columns) at snapshot_s. probe_surface: (times, probes),
    metres in the case's datum, NaN while dry. cell_updates: cells computed, all steps together.
    """

    max_depth: Heights
    depth: Heights
    arrival_s: Mapping[float, Heights]
    snapshot_s: Floats
    snapshots: Heights
    probe_s: Floats
    probe_surface: Floats
    mass: MassAccount
    steps: int
    cell_updates: int
    warnings: tuple[str, ...] = field(default=())
