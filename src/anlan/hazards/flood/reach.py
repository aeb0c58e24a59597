"""A river reach made ready to flood: where water enters, where the stage is held, what moves.

The reach is a line along the middle of the river from its upper to its lower end over a window of
terrain. Land behind either end, seen along the river, is walled off; the river enters over the
first cells of the line, and its stage is held at the faces of a bar across the lower end. At the
start the water has the speed that its discharge asks for, so that no wave of a river that comes
into motion runs ahead.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from anlan.hazards.flood.shallow_water import (
    BadCase,
    Boundary,
    BoundaryKind,
    Case,
    Inflow,
    Initial,
    Series,
    Side,
)
from anlan.hazards.flood.shallow_water import Grid as Cells
from anlan.terrain.grid import Grid
from anlan.terrain.lines import at_place, chainage, nearest_on_line

Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]
Heights = NDArray[np.float32]

BAR_CELLS = 2
MOUTH_CELLS = 4
SECTION_CELLS = 5  # a cross-section is so thick when the start's speeds are found
COURANT = 0.58  # about the most that first order bears; the least steps
_EIGHT = np.ones((3, 3), dtype=np.int8)
_SIDES = ((Side.WEST, 0, -1), (Side.EAST, 0, 1), (Side.NORTH, -1, 0), (Side.SOUTH, 1, 0))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reach:
    """line_xy: (k, 2), EPSG:4544, from upstream to downstream; surface_m: water surface at the
    start at each vertex, (k,), datum of the terrain; inflow: discharge at the upper end, m3/s;
    stage: surface at the lower end, same datum; times in seconds from the start.
    """

    line_xy: Floats
    surface_m: Floats
    inflow: Series
    stage: Series


@dataclass(frozen=True, slots=True, kw_only=True)
class Roughness:
    """Manning's n where the river runs at the start, and on land."""

    channel: float = 0.030
    land: float = 0.060


def case(grid: Grid, reach: Reach, roughness: Roughness) -> Case:
    """The flood case of a reach on its terrain, first order Godunov.

    Raises `BadCase` where line, surface and terrain do not meet: the line leaves the grid, or
    there is no water at its upper or lower end.
    """
    line = np.asarray(reach.line_xy, dtype=np.float64)
    if line.shape != (reach.surface_m.size, 2):
        raise BadCase("the reach has one starting surface for each vertex")
    row, column = grid.index(line[:, 0], line[:, 1])
    if not grid.inside(row, column).all():
        raise BadCase("the river line leaves the terrain window")
    _, place = nearest_on_line(*grid.centres(), line)
    past = (_past_end(grid, line) > 0.0) & (place >= line.shape[0] - 1)
    z = _cut(grid, line, place)
    bar = _pool(z, np.where(past, reach.stage.value.max(), -np.inf), line[-1:], grid, reach=2)
    surface = at_place(place, np.asarray(reach.surface_m, dtype=np.float64))
    wet = _pool(z, surface, line, grid)
    mouth = wet & (at_place(place, chainage(line)) <= MOUTH_CELLS * grid.cell_m)
    if not bar.any() or not mouth.any():
        raise BadCase("no water at the upper or the lower end of the reach")
    depth = np.where(wet, surface - z, 0.0)
    entering = np.argwhere(mouth)
    u, v = _speeds(grid, line, place, depth, float(reach.inflow.value[0]))
    return Case(
        grid=Cells(z, grid.cell_m),
        manning=np.where(wet, roughness.channel, roughness.land).astype(np.float32),
        courant=COURANT,
        initial=Initial(depth, u, v),
        boundaries=tuple(_ends(z, np.argwhere(bar), reach.stage)),
        inflows=(
            Inflow(
                cells=entering, discharge_m3s=reach.inflow,
                weights=depth[entering[:, 0], entering[:, 1]] ** (5.0 / 3.0),
            ),
        ),
    )  # fmt: skip


def _cut(grid: Grid, line: Floats, place: Heights) -> Heights:
    """The ground, without what lies behind either end of the line."""
    z = grid.z.copy()
    z[(_past_end(grid, line[::-1]) > 0.0) & (place <= 0.0)] = np.nan
    behind = _past_end(grid, line) > BAR_CELLS * grid.cell_m
    z[behind & (place >= line.shape[0] - 1)] = np.nan
    return z


def _ends(z: Heights, bar: NDArray[np.int64], stage: Series) -> list[Boundary]:
    """The stage at every face of the bar behind which the land was cut off."""
    ground = np.pad(np.isfinite(z), 1)
    found = []
    for side, down, right in _SIDES:
        open_ = bar[~ground[bar[:, 0] + 1 + down, bar[:, 1] + 1 + right]]
        if open_.size:
            found.append(Boundary(kind=BoundaryKind.STAGE, side=side, cells=open_, value=stage))
    if not found:
        raise BadCase("the lower end of the reach is open to no side")
    return found


def _speeds(
    grid: Grid, line: Floats, place: Heights, depth: Floats, discharge_m3s: float
) -> tuple[Floats, Floats]:
    """Speeds along the line, eastward and southward: each section carries the discharge, and each
    of its cells so much of it as its depth lets through (h^(5/3), one roughness)."""
    along = at_place(place, chainage(line))
    section = (along / (SECTION_CELLS * grid.cell_m)).astype(np.int64)
    through = np.where(depth > 0.0, depth, 0.0) ** (5.0 / 3.0)
    total = np.bincount(section.ravel(), weights=through.ravel()) / SECTION_CELLS * grid.cell_m
    total = ndimage.uniform_filter1d(total, SECTION_CELLS, mode="nearest")
    share = through / np.maximum(total, 1e-9)[section]
    speed = discharge_m3s * share / np.maximum(depth, 0.5)
    step = np.diff(line, axis=0)
    step = step / np.hypot(step[:, 0], step[:, 1])[:, None]
    piece = np.clip(place.astype(np.int64), 0, step.shape[0] - 1)
    return speed * step[piece, 0], -speed * step[piece, 1]


def _past_end(grid: Grid, line: Floats) -> Heights:
    """How far each cell lies beyond the last vertex in the direction of the last segment, m."""
    x, y = grid.centres()
    ahead = line[-1] - line[-2]
    ahead = ahead / np.hypot(*ahead)
    past = (x[None, :] - line[-1, 0]) * ahead[0] + (y[:, None] - line[-1, 1]) * ahead[1]
    return np.asarray(past, dtype=np.float32)


def _pool(z: Heights, level: Floats, seeds: Floats, grid: Grid, reach: int = 1) -> Mask:
    """Cells below their level that hang together with a seed, or with a cell near it."""
    below = np.nan_to_num(z, nan=np.inf) < level
    label, _ = ndimage.label(below, structure=_EIGHT)
    row, column = grid.index(seeds[:, 0], seeds[:, 1])
    found: set[int] = set()
    for r, c in zip(row, column, strict=True):
        around = label[max(0, r - reach) : r + reach + 1, max(0, c - reach) : c + reach + 1]
        found.update(int(v) for v in np.unique(around))
    return np.isin(label, sorted(found - {0}))
