"""A river reach made ready to flood: where water enters, where the stage is held, what is wet.

The reach is a line along the middle of the river from its upper to its lower end over a window of
terrain. Land behind either end, seen along the river, is walled off; the river enters over the
first cells of the line and its stage is held on a bar across the lower end.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from anlan.hazards.flood.case import BadCase, Case, Floats, Heights, Inflow, Series, StageBoundary
from anlan.terrain.grid import Grid
from anlan.terrain.lines import at_place, nearest_on_line

Mask = NDArray[np.bool_]

_BAR_CELLS = 2
_MOUTH_CELLS = 4
_EIGHT = np.ones((3, 3), dtype=np.int8)


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


def case(grid: Grid, reach: Reach, roughness: Roughness, duration_s: float) -> Case:
    """The flood case of a reach on its terrain.

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
    before = _past_end(grid, line[::-1])
    behind = _past_end(grid, line)
    z = grid.z.copy()
    z[(before > 0.0) & (place <= 0.0)] = np.nan
    past = (behind > 0.0) & (place >= line.shape[0] - 1)
    z[past & (behind > _BAR_CELLS * grid.cell_m)] = np.nan
    bar = _pool(z, np.where(past, reach.stage.value.max(), -np.inf), line[-1:], grid, reach=2)
    surface = at_place(place, np.asarray(reach.surface_m, dtype=np.float64))
    wet = _pool(z, surface, line, grid)
    mouth = wet & (_chainage(line, place) <= _MOUTH_CELLS * grid.cell_m)
    if not bar.any() or not mouth.any():
        raise BadCase("no water at the upper or the lower end of the reach")
    depth = np.where(mouth, surface - z, 0.0)
    cells = np.argwhere(mouth)
    weights = depth[cells[:, 0], cells[:, 1]] ** (5.0 / 3.0)
    return Case(
        z=z,
        cell_m=grid.cell_m,
        manning=np.where(wet, roughness.channel, roughness.land).astype(np.float32),
        duration_s=duration_s,
        initial_surface=np.where(wet, surface, np.nan).astype(np.float32),
        stages=(StageBoundary(np.argwhere(bar), reach.stage),),
        inflows=(Inflow(cells, reach.inflow, weights),),
    )


def _past_end(grid: Grid, line: Floats) -> Heights:
    """How far each cell lies beyond the last vertex in the direction of the last segment, m."""
    x, y = grid.centres()
    ahead = line[-1] - line[-2]
    ahead = ahead / np.hypot(*ahead)
    past = (x[None, :] - line[-1, 0]) * ahead[0] + (y[:, None] - line[-1, 1]) * ahead[1]
    return np.asarray(past, dtype=np.float32)


def _chainage(line: Floats, place: Heights) -> Floats:
    steps = np.hypot(*np.diff(line, axis=0).T)
    return at_place(place, np.concatenate([[0.0], np.cumsum(steps)]))


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
