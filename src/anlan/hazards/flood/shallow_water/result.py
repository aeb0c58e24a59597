"""What a simulation is asked to keep, and what it answers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anlan.hazards.flood.shallow_water.series import BadCase, Floats

Field = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """What to keep; each costs 4 B a cell, only when asked.

    max_depth: metres; max_speed: m/s; max_hv: greatest depth x speed, m2/s; arrival_m: depth whose
    first time is kept; duration_m: depth whose time above is kept; both in seconds. gauges: (row,
    column), read every gauge_every_s and at start and end. snapshots_s: times of whole fields.
    """

    max_depth: bool = True
    max_speed: bool = False
    max_hv: bool = False
    arrival_m: float | None = None
    duration_m: float | None = None
    gauges: tuple[tuple[int, int], ...] = ()
    gauge_every_s: float = 60.0
    snapshots_s: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if not self.gauge_every_s > 0:
            raise BadCase("gauges are read at intervals longer than nothing")
        for depth in (self.arrival_m, self.duration_m):
            if depth is not None and not depth > 0:
                raise BadCase("the depth of arrival or duration is positive")


@dataclass(frozen=True, slots=True, kw_only=True)
class MassAccount:
    """Where the water came from and went, m3, counted in double precision.

    boundary_in_m3, boundary_out_m3: through the outline, face by face and step by step: a tide
    counts in both. links_in_m3, links_out_m3: through links that end outside. None is negative.
    """

    initial_m3: float
    rain_m3: float
    inflow_m3: float
    infiltration_m3: float
    boundary_in_m3: float
    boundary_out_m3: float
    final_m3: float
    links_in_m3: float = 0.0
    links_out_m3: float = 0.0

    @property
    def error_m3(self) -> float:
        """Water that came from nowhere."""
        went = self.infiltration_m3 + self.boundary_out_m3 + self.links_out_m3
        return self.final_m3 - self.initial_m3 - self._came_m3 + went

    @property
    def _came_m3(self) -> float:
        return self.rain_m3 + self.inflow_m3 + self.boundary_in_m3 + self.links_in_m3

    @property
    def relative_error(self) -> float:
        """The error as a share of all water that was there or came."""
        water = self.initial_m3 + self._came_m3
        return 0.0 if water <= 0 else self.error_m3 / water  # NaN stays NaN


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Gauges:
    """Series at the gauges, each value (times, gauges): depth m; surface m in the case's datum,
    NaN while dry; u, v m/s. t_s (times,)."""

    t_s: Floats
    depth_m: Floats
    surface_m: Floats
    u_ms: Floats
    v_ms: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Discharges:
    """Mean discharges since the reading before, m3/s, at the times of the gauges; NaN at the first.

    boundaries_m3s (times, boundaries): positive comes in; times the seconds between, they add up to
    the account of mass. links_m3s (times, links): positive runs from the link's first cell.
    """

    boundaries_m3s: Floats
    links_m3s: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Snapshot:
    """Fields at a time, (rows, columns): depth m, speeds m/s; NaN outside."""

    t_s: float
    depth_m: Field
    u_ms: Field
    v_ms: Field


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Result:
    """What happened; fields are float32 (rows, columns), NaN outside the ground, None if not asked.

    final: the state at the end. arrival_s: first time the asked depth was reached, NaN never.
    duration_s: time above the asked depth. cell_updates: cells computed, all steps together.
    links_m3: what each link carried from its cell, net, (links,).
    """

    final: Snapshot
    max_depth_m: Field | None
    max_speed_ms: Field | None
    max_hv_m2s: Field | None
    arrival_s: Field | None
    duration_s: Field | None
    gauges: Gauges
    snapshots: tuple[Snapshot, ...]
    mass: MassAccount
    steps: int
    cell_updates: int
    links_m3: Floats
    discharges: Discharges
