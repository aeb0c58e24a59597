"""The coarser levels of a run's water, for maps that see it from far: made once, with the result.

A cell of level n stands for 2ⁿ × 2ⁿ of the computed cells, level 0. What it says:

- A pool (wet cells that touch, diagonally too) that never covers half a cell of the level is left
  out at every time. Its greatest extent decides, so that no lone cell comes and goes.
- Of the rest a cell is wet where at least half of it is, so that areas stay true; and where less is
  wet but no neighbour is half wet either, so that a channel narrower than a cell does not vanish.
- Its depth is the greatest of its flooded cells, its level the mean of all its wet ones; it is
  river where more of them are river than flood.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from anlan.terrain.tiles import TILE_PX

Heights = NDArray[np.float32]
Mask = NDArray[np.bool_]

MIN_ZOOM, MAX_ZOOM = 8, 14
# Ground under a pixel of a tile is narrower than at the equator; every district lies near here.
LATITUDE_DEG = 30.0
ROUND_M = 2.0 * math.pi * 6_378_137.0
TOUCHING = np.ones((3, 3), dtype=np.int8)


def level_at(zoom: int, cell_m: float) -> int:
    """The first level whose cells are no narrower than a pixel of the zoom, so that none is
    passed over."""
    pixel_m = ROUND_M * math.cos(math.radians(LATITUDE_DEG)) / 2**zoom / TILE_PX
    return max(0, math.ceil(math.log2(pixel_m / cell_m)))


def lasting(most_wet: Mask, level: int) -> Mask:
    """Where the greatest water belongs to a pool of half a cell of the level or more."""
    pool, _ = ndimage.label(most_wet, structure=TOUCHING)
    cells = np.bincount(pool.ravel())
    cells[0] = 0
    return np.asarray((2 * cells >= 4**level)[pool])


def coarser(depth: Heights, surface: Heights, lasts: Mask, level: int) -> tuple[Heights, Heights]:
    """Depth (metres; 0 dry, NaN river) and surface (metres Yellow Sea 1985; NaN dry) at a level.

    depth: NaN in the river; surface: NaN where it is dry; lasts: of `lasting`.
    """
    wet = lasts & ~np.isnan(surface)
    flooded = wet & ~np.isnan(depth)
    wet_cells = _blocks(wet, level).sum(axis=(1, 3))
    river = wet_cells > 2 * _blocks(flooded, level).sum(axis=(1, 3))
    deepest = _blocks(np.where(flooded, depth, np.float32(0.0)), level).max(axis=(1, 3))
    heights = _blocks(np.where(wet, surface, np.float32(0.0)), level)
    mean = heights.sum(axis=(1, 3), dtype=np.float64) / np.maximum(wet_cells, 1)
    shown, nothing = _shown(wet_cells, 4**level), np.float32(np.nan)
    return (
        np.where(shown, np.where(river, nothing, deepest), np.float32(0.0)).astype(np.float32),
        np.where(shown, mean, nothing).astype(np.float32),
    )


def _shown(wet_cells: NDArray[np.int64], most: int) -> Mask:
    half = 2 * wet_cells >= most
    some = (wet_cells > 0) & ~half
    thread = some & ~ndimage.binary_dilation(half, TOUCHING)
    # A thread reaches up to the wide water that it comes from.
    return np.asarray(half | (some & ndimage.binary_dilation(thread, TOUCHING)))


def _blocks(field: NDArray[Any], level: int) -> NDArray[Any]:
    """The field as (rows, side, columns, side); beyond its lower and right edge it is dry."""
    side = 2**level
    whole = np.pad(field, [(0, -n % side) for n in field.shape])
    down, across = (n // side for n in whole.shape)
    return whole.reshape(down, side, across, side)
