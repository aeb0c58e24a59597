"""A run's water as map tiles, cut out of its result store.

A tile is a PNG of 256 × 256 pixels in Web Mercator. The three upper bits of a pixel's red are what
is there: 0 dry, 1 to 5 the class of depth, 6 the river itself. Its other 21 bits are the water's
level, centimetres above a kilometre below Yellow Sea 1985: ((R mod 32) · 65536 + G · 256 + B) / 100
− 1000 m. A few pixels of dry land beside water carry its level too, so that a surface drawn over
the ground goes into the bank; dry land farther away is 0.
"""

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import zarr
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from anlan.operations.forecasts.rules.frames import classes_of
from anlan.operations.forecasts.rules.store import STORE
from anlan.terrain.grid import Grid
from anlan.terrain.tiles import TILE_PX, cells_under, frame_of, tile_frame

Heights = NDArray[np.float32]
Classes = NDArray[np.uint8]
Cells = NDArray[np.int64]

MIN_ZOOM, MAX_ZOOM = 10, 14
RIVER = 6
MARGIN_PX = 4
DEEPEST_M = 1000.0  # below the datum: where the levels begin
STORES_KEPT = 4


@dataclass(frozen=True, slots=True, eq=False)
class WaterStore:
    """A run's store, opened: `grid` says where it lies (its heights are not read)."""

    grid: Grid
    times: int
    river: Classes
    fields: Any

    def window(self, number: int | None, box: tuple[slice, slice]) -> tuple[Heights, Heights]:
        """Depth of the flood and level of the water in some rows and columns at a kept time;
        None: the greatest."""
        if number is None:
            return self.fields["max_depth"][box], self.fields["max_surface"][box]
        at = (number, *box)
        return self.fields["depth"][at], self.fields["surface"][at]


@lru_cache(maxsize=STORES_KEPT)
def open_store(folder: Path) -> WaterStore | None:
    """The store of a finished run; None when it kept no water by time."""
    path = folder / STORE
    if not (path / "max_surface").exists():
        return None
    fields = zarr.open_group(path, mode="r")
    x, y = (np.asarray(fields[name]) for name in ("x", "y"))
    cell = float(x[1] - x[0])
    flat = np.broadcast_to(np.float32(0.0), (len(y), len(x)))
    grid = Grid(flat, float(x[0]) - cell / 2, float(y[0]) + cell / 2, cell)
    names = ("depth", "surface", "max_depth", "max_surface")
    return WaterStore(
        grid, len(np.asarray(fields["time"])), np.asarray(fields["river"], dtype=np.uint8),
        {name: fields[name] for name in names},
    )  # fmt: skip


def water_png(store: WaterStore, number: int | None, z: int, x: int, y: int) -> bytes | None:
    """One tile of a kept time (None: of the greatest water); None where it is all dry."""
    frame = tile_frame(z, x, y, MARGIN_PX)
    if not frame.meets(frame_of(store.grid)):
        return None
    side = TILE_PX + 2 * MARGIN_PX
    row, column, _ = cells_under(store.grid, frame, (side, side))
    at = (np.rint(row).astype(np.int64), np.rint(column).astype(np.int64))
    found = _sampled(store, number, at, _cells_a_pixel(z, store.grid.cell_m))
    if found is None:
        return None
    inner = slice(MARGIN_PX, -MARGIN_PX)
    what, level = found[0][inner, inner], _into_the_bank(found[1])[inner, inner]
    return None if np.isnan(level).all() else encoded(what, level)


def encoded(what: Classes, level_m: Heights) -> bytes:
    """The PNG of classes and levels (metres Yellow Sea, NaN: none)."""
    raised = np.nan_to_num((level_m.astype(np.float64) + DEEPEST_M) * 100.0)
    level = np.rint(raised).astype(np.int64)
    red = what.astype(np.int64) * 32 + level // 65536
    pixels = np.stack([red, level // 256 % 256, level % 256], axis=-1).astype(np.uint8)
    sink = io.BytesIO()
    Image.fromarray(pixels, "RGB").save(sink, "PNG", compress_level=4)
    return sink.getvalue()


def _cells_a_pixel(z: int, cell_m: float) -> int:
    pixel_m = 2 * np.pi * 6_378_137.0 * np.cos(np.radians(30.0)) / 2**z / TILE_PX
    return max(1, int(pixel_m / cell_m))


def _sampled(
    store: WaterStore, number: int | None, at: tuple[Cells, Cells], block: int
) -> tuple[Classes, Heights] | None:
    """What and which level lies under each pixel; None when none of them meets water.

    block: so many cells a side share a pixel, which shows the deepest of them.
    """
    row, column = at
    rows, columns = store.grid.z.shape
    inside = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
    if not inside.any():
        return None
    top, left = (int(one[inside].min()) // block * block for one in at)
    bottom, right = ((int(one[inside].max()) // block + 1) * block for one in at)
    box = (slice(top, min(bottom, rows)), slice(left, min(right, columns)))
    depth, level = store.window(number, box)
    if np.isnan(level).all():
        return None
    what = classes_of(depth)
    what[(store.river[box] == 1) & ~np.isnan(level)] = RIVER
    if block > 1:
        what, level = _deepest(what, depth, level, block)
    under = (
        np.where(inside, (row - top) // block, 0), np.where(inside, (column - left) // block, 0),
    )  # fmt: skip
    return (
        np.where(inside, what[under], 0).astype(np.uint8),
        np.where(inside, level[under], np.float32(np.nan)),
    )


def _deepest(what: Classes, depth: Heights, level: Heights, block: int) -> tuple[Classes, Heights]:
    """Of each block of cells the one with the deepest flood, else the river, else dry land."""
    order = np.where(what == RIVER, np.float32(1e-3), np.nan_to_num(depth))
    order[np.isnan(level)] = -1.0
    more = [(0, -n % block) for n in what.shape]

    def blocks(field: NDArray[Any], beyond: float) -> NDArray[Any]:
        whole = np.pad(field, more, constant_values=beyond)
        down, across = (n // block for n in whole.shape)
        parts = whole.reshape(down, block, across, block).swapaxes(1, 2)
        return parts.reshape(down, across, block * block)

    pick = blocks(order, -1.0).argmax(axis=2)[..., None]
    found = np.take_along_axis(blocks(what, 0), pick, axis=2)[..., 0]
    return found, np.take_along_axis(blocks(level, np.nan), pick, axis=2)[..., 0]


def _into_the_bank(level: Heights) -> Heights:
    """The level carried a few pixels on into dry land."""
    dry = np.isnan(level)
    if dry.all() or not dry.any():
        return level
    far, near = ndimage.distance_transform_edt(dry, return_indices=True)
    carried = level[tuple(near)]
    return np.where(far <= MARGIN_PX, carried, np.float32(np.nan))
