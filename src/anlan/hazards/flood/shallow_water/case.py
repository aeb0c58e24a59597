"""What a flood is: ground, water at the start, rain, inflow, boundaries; the same for each scheme.

Heights are metres in one vertical datum of the caller's choice (in this house Yellow Sea 1985),
lengths metres, times seconds from the start of the simulation. Cells are square; (row, column) with
row 0 in the north: u is positive towards higher columns, v towards higher rows (southwards).
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from anlan.hazards.flood.shallow_water.series import (
    BadCase,
    Floats,
    Given,
    RainRaster,
    as_series,
)
from anlan.hazards.flood.shallow_water.structures import Link, refuse_links

Heights = NDArray[np.float32] | Floats


class Scheme(StrEnum):
    """How the equations are solved.

    INERTIAL: local inertial, no advection; fast, for rivers and plains. GODUNOV: full equations,
    first order. MUSCL: full equations, second order in space and time.
    """

    INERTIAL = "inertial"
    GODUNOV = "godunov"
    MUSCL = "muscl"


class Side(StrEnum):
    """A side of a cell or of the grid; row 0 is north, column 0 is west."""

    WEST = "west"
    EAST = "east"
    NORTH = "north"
    SOUTH = "south"


class BoundaryKind(StrEnum):
    """WALL reflects. FREE lets water leave as if the land went on; nothing comes in. STAGE holds
    a water surface outside (m, datum of the ground). FLOW lets a discharge in (m3/s, negative
    takes it out), spread over the segment by depth^(5/3)."""

    WALL = "wall"
    FREE = "free"
    STAGE = "stage"
    FLOW = "flow"


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """z: ground, metres, shape (rows, columns), north first; NaN is outside, a wall around it.
    cell_m: side of a cell."""

    z: Heights
    cell_m: float

    def __post_init__(self) -> None:
        if self.z.ndim != 2 or self.z.size == 0 or not np.isfinite(self.z).any():
            raise BadCase("the ground is an array of rows and columns with heights in it")
        if np.isinf(self.z).any():
            raise BadCase("the ground has an infinite height")
        if not self.cell_m > 0:
            raise BadCase("the side of a cell is positive")

    @property
    def shape(self) -> tuple[int, int]:
        return self.z.shape[0], self.z.shape[1]


@dataclass(frozen=True, slots=True, eq=False)
class Initial:
    """Water at the start: depth (m) and speeds (m/s), each (rows, columns); None is no motion.

    Depth outside the ground is ignored.
    """

    depth_m: Heights
    u_ms: Heights | None = None
    v_ms: Heights | None = None

    @classmethod
    def surface(cls, grid: Grid, level_m: ArrayLike) -> "Initial":
        """Water at rest up to a surface, one or one a cell; NaN or below the ground is dry."""
        level = np.broadcast_to(np.asarray(level_m, dtype=np.float64), grid.shape)
        depth = np.asarray(level - grid.z, dtype=np.float64)
        return cls(np.nan_to_num(np.maximum(depth, 0.0), nan=0.0))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Boundary:
    """What stands at a segment of the outline; where nothing is said there is a wall.

    side: which way out. first, last: rows (west, east) or columns (north, south), last included,
    None is the last of the grid. The boundary is at the outermost cell of each row or column that
    has ground; or, where `cells` ((k, 2) rows and columns) are given, at those of their faces on
    that side behind which there is no ground: the end of a river cut off aslant. value: stage in
    metres or discharge in m3/s. level_m: only FLOW, and not of local inertial, for water
    that comes in faster than its waves: the surface there, metres. slope: only FREE, by how much
    the land falls outside, m a metre; as it falls to the last cell if not given.
    """

    kind: BoundaryKind
    side: Side
    first: int = 0
    last: int | None = None
    value: Given | None = None
    level_m: Given | None = None
    cells: NDArray[np.int64] | None = None
    slope: float | None = None

    def __post_init__(self) -> None:
        asked = self.kind in {BoundaryKind.STAGE, BoundaryKind.FLOW}
        if asked != (self.value is not None):
            raise BadCase(f"a {self.kind} boundary {'needs' if asked else 'takes no'} value")
        if self.level_m is not None and self.kind is not BoundaryKind.FLOW:
            raise BadCase("only a flow boundary takes a level beside its value")
        if self.slope is not None and self.kind is not BoundaryKind.FREE:
            raise BadCase("only a free boundary takes a slope")
        if self.slope is not None and not 0.0 <= self.slope < np.inf:
            raise BadCase("a slope is a number and not negative")
        if self.cells is not None and (self.first, self.last) != (0, None):
            raise BadCase("a boundary takes rows or columns, or cells")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Levee:
    """A wall on the edges of cells: water crosses only above its crest.

    edges: (cell's row and column, which side), ground on both sides. crest_m: datum of the ground;
    a breach is a piece of its own whose crest falls over time.
    """

    edges: tuple[tuple[int, int, Side], ...]
    crest_m: Given

    def __post_init__(self) -> None:
        if not self.edges:
            raise BadCase("a levee has at least one edge")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Inflow:
    """Water that enters from above over cells, without momentum (a spring, a sewer, a river).

    cells: (k, 2) rows and columns, one is a point, more a line; discharge_m3s: not negative;
    weights: share of each cell, (k,), equal if not given.
    """

    cells: NDArray[np.int64]
    discharge_m3s: Given
    weights: Floats | None = None

    def __post_init__(self) -> None:
        if self.cells.ndim != 2 or self.cells.shape[1] != 2 or self.cells.shape[0] == 0:
            raise BadCase("an inflow has at least one (row, column)")
        if not (as_series(self.discharge_m3s).value >= 0).all():
            raise BadCase("an inflow is not negative")
        if self.weights is None:
            return
        if self.weights.shape != self.cells.shape[:1]:
            raise BadCase("an inflow has one weight a cell")
        if not (self.weights >= 0).all() or not self.weights.sum() > 0:
            raise BadCase("the weights of an inflow are not negative and not all nothing")


@dataclass(frozen=True, slots=True, eq=False)
class Rain:
    """Rain in mm/h: one number, a `Series` over time (straight between its points), or a
    `RainRaster` (each map holds until the next)."""

    mm_h: Given | RainRaster

    def __post_init__(self) -> None:
        values = getattr(self.mm_h, "value", getattr(self.mm_h, "mm_h", self.mm_h))
        if not (np.asarray(values) >= 0).all():
            raise BadCase("rain is a number and not negative")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ConstantLoss:
    """The ground takes up to so much, mm/h, one or one a cell."""

    mm_h: float | Heights


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GreenAmpt:
    """Saturated conductivity mm/h, suction head at the front m, moisture deficit (0..1); one or one
    a cell each. The depth of ponded water is not added to the head."""

    conductivity_mm_h: float | Heights
    suction_m: float | Heights
    deficit: float | Heights


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CurveNumber:
    """Curve number, above 0 to 100, one or one a cell; abstraction: its share of the retention.

    It takes from rain, not from water that runs on.
    """

    number: float | Heights
    abstraction: float = 0.2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Porosity:
    """Ground that is partly built, one or one a cell. storage: share of a cell in which water
    stands, above 0 to 1; passage: share of its faces that lets pass, as much if not given, never
    more. A face lets pass the lesser of its two cells'; the same whichever way the water runs."""

    storage: float | Heights
    passage: float | Heights | None = None

    def refuse(self, inside: NDArray[np.bool_]) -> None:
        """Refuse shares that are none."""
        storage = np.asarray(self.storage)
        passage = storage if self.passage is None else np.asarray(self.passage)
        for share in (storage, passage):
            if share.ndim and share.shape != inside.shape:
                raise BadCase("porosity does not have the shape of the ground")
            if not (((share > 0) & (share <= 1)) | ~inside).all():
                raise BadCase("a porosity lies above 0, up to 1")
        if not ((passage <= storage) | ~inside).all():
            raise BadCase("the faces of a cell let pass no greater share than the cell stores")


Infiltration = ConstantLoss | GreenAmpt | CurveNumber


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Case:
    """One flood. manning: s m^(-1/3), one or one a cell, 0 is no friction. courant: None is the
    scheme's own. No boundaries: walls all around. No initial: dry."""

    grid: Grid
    scheme: Scheme = Scheme.GODUNOV
    manning: float | Heights = 0.03
    courant: float | None = None
    initial: Initial | None = None
    rain: Rain | None = None
    infiltration: Infiltration | None = None
    inflows: tuple[Inflow, ...] = ()
    boundaries: tuple[Boundary, ...] = ()
    levees: tuple[Levee, ...] = ()
    links: tuple[Link, ...] = ()
    porosity: Porosity | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.scheme, Scheme):
            raise BadCase(f"{self.scheme!r} is no scheme")
        inside = np.isfinite(self.grid.z)
        n = np.asarray(self.manning)
        if n.ndim and n.shape != self.grid.shape:
            raise BadCase("manning does not have the shape of the ground")
        if not ((n >= 0) | ~inside).all():
            raise BadCase("Manning's n is a number and not negative")
        most = {Scheme.INERTIAL: 0.67, Scheme.GODUNOV: 0.6, Scheme.MUSCL: 0.5}[self.scheme]
        if self.courant is not None and not 0 < self.courant <= most:
            raise BadCase(f"courant lies in 0..{most}")
        self._refuse_initial(inside)
        refuse_links(self.links, inside)
        self._refuse_porosity(inside)
        self._refuse_torrents()
        for inflow in self.inflows:
            row, column = inflow.cells[:, 0], inflow.cells[:, 1]
            if (inflow.cells < 0).any() or (inflow.cells >= self.grid.shape).any():
                raise BadCase("an inflow lies outside the grid")
            if not inside[row, column].all():
                raise BadCase("an inflow lies where there is no ground")
        raster = self.rain.mm_h if self.rain is not None else None
        if isinstance(raster, RainRaster) and raster.mm_h.shape[1:] != self.grid.shape:
            raise BadCase("rain does not have the shape of the ground")

    def _refuse_porosity(self, inside: NDArray[np.bool_]) -> None:
        if self.porosity is None:
            return
        self.porosity.refuse(inside)
        if self.scheme is Scheme.INERTIAL:
            raise BadCase("the local inertial scheme knows no porous buildings")

    def _refuse_torrents(self) -> None:
        if self.scheme is Scheme.INERTIAL and any(b.level_m is not None for b in self.boundaries):
            raise BadCase("the local inertial scheme takes no level of a flow boundary")

    def _refuse_initial(self, inside: NDArray[np.bool_]) -> None:
        if self.initial is None:
            return
        for name in ("depth_m", "u_ms", "v_ms"):
            field = getattr(self.initial, name)
            if field is None:
                continue
            if field.shape != self.grid.shape:
                raise BadCase(f"{name} at the start does not have the shape of the ground")
            if not np.isfinite(field[inside]).all():
                raise BadCase(f"{name} at the start has gaps")
        if (self.initial.depth_m[inside] < 0).any():
            raise BadCase("a depth at the start is negative")
