"""Water as map tiles, cut out of a run's result store or made of a map of the stage library.

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
from anlan.operations.forecasts.rules.pyramid import MIN_ZOOM, coarser, lasting, level_at
from anlan.operations.forecasts.rules.stages import Still
from anlan.operations.forecasts.rules.store import STORE
from anlan.terrain.grid import Grid
from anlan.terrain.tiles import TILE_PX, cells_under, frame_of, tile_frame

Heights = NDArray[np.float32]
Classes = NDArray[np.uint8]
Cells = NDArray[np.int64]

FORM = 2  # of the tiles: browsers keep them for a year
RIVER = 6
MARGIN_PX = 4
DEEPEST_M = 1000.0  # below the datum: where the levels begin
STORES_KEPT = 4


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """The water at one size of cells: `grid` says where it lies (its heights are not read)."""

    grid: Grid
    fields: Any

    def window(self, number: int | None, box: tuple[slice, slice]) -> tuple[Heights, Heights]:
        """Depth of the flood (NaN in the river) and level of the water (NaN where it is dry) in
        some rows and columns at a kept time; None: the greatest."""
        if number is None:
            return self.fields["max_depth"][box], self.fields["max_surface"][box]
        at = (number, *box)
        return self.fields["depth"][at], self.fields["surface"][at]


@dataclass(frozen=True, slots=True, eq=False)
class WaterStore:
    """A run's store, opened, or still water; levels: the computed cells, then the coarser ones."""

    times: int
    levels: tuple[Level, ...]

    def level(self, zoom: int) -> Level:
        """The cells that a tile of this zoom shows."""
        return self.levels[min(level_at(zoom, self.levels[0].grid.cell_m), len(self.levels) - 1)]


@lru_cache(maxsize=STORES_KEPT)
def open_store(folder: Path) -> WaterStore | None:
    """The store of a finished run; None when it kept no water by time."""
    path = folder / STORE
    if not (path / "max_surface").exists():
        return None
    levels = [_level(zarr.open_group(path, mode="r"))]
    while (there := path / f"level{len(levels)}").exists():
        levels.append(_level(zarr.open_group(there, mode="r")))
    return WaterStore(levels[0].fields["depth"].shape[0], tuple(levels))


def _level(fields: zarr.Group) -> Level:
    x, y = (np.asarray(fields[name]) for name in ("x", "y"))
    names = ("depth", "surface", "max_depth", "max_surface")
    found: dict[str, Any] = {name: fields[name] for name in names}
    cell = float(x[1] - x[0])
    flat = np.broadcast_to(np.float32(0.0), (len(y), len(x)))
    return Level(Grid(flat, float(x[0]) - cell / 2, float(y[0]) + cell / 2, cell), found)


def still_store(grid: Grid, still: Still, most_surface: Heights) -> WaterStore:
    """Water at rest, with coarser levels made at once: it has no times, only a greatest water.

    most_surface: where the highest water of its kind stands, so that pools do not blink from one
    stage to the next.
    """
    found = [(still.depth, still.surface)]
    for number in range(1, level_at(MIN_ZOOM, grid.cell_m) + 1):
        lasts = lasting(~np.isnan(most_surface), number)
        found.append(coarser(still.depth, still.surface, lasts, number))
    return WaterStore(0, tuple(
        Level(
            Grid(surface, grid.x0, grid.y0, grid.cell_m * 2**number),
            {"max_depth": depth, "max_surface": surface},
        )
        for number, (depth, surface) in enumerate(found)
    ))  # fmt: skip


def water_png(store: WaterStore, number: int | None, z: int, x: int, y: int) -> bytes | None:
    """One tile of a kept time (None: of the greatest water); None where it is all dry."""
    frame, level = tile_frame(z, x, y, MARGIN_PX), store.level(z)
    if not frame.meets(frame_of(level.grid)):
        return None
    side = TILE_PX + 2 * MARGIN_PX
    row, column, _ = cells_under(level.grid, frame, (side, side))
    at = (np.rint(row).astype(np.int64), np.rint(column).astype(np.int64))
    found = _sampled(level, number, at)
    if found is None:
        return None
    inner = slice(MARGIN_PX, -MARGIN_PX)
    what, surface = found[0][inner, inner], _into_the_bank(found[1])[inner, inner]
    return None if np.isnan(surface).all() else encoded(what, surface)


def encoded(what: Classes, level_m: Heights) -> bytes:
    """The PNG of classes and levels (metres Yellow Sea, NaN: none)."""
    raised = np.nan_to_num((level_m.astype(np.float64) + DEEPEST_M) * 100.0)
    level = np.rint(raised).astype(np.int64)
    red = what.astype(np.int64) * 32 + level // 65536
    pixels = np.stack([red, level // 256 % 256, level % 256], axis=-1).astype(np.uint8)
    sink = io.BytesIO()
    Image.fromarray(pixels, "RGB").save(sink, "PNG", compress_level=4)
    return sink.getvalue()


def _sampled(
    water: Level, number: int | None, at: tuple[Cells, Cells]
) -> tuple[Classes, Heights] | None:
    """What and which level lies under each pixel; None when none of them meets water."""
    row, column = at
    rows, columns = water.grid.z.shape
    inside = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
    if not inside.any():
        return None
    (top, bottom), (left, right) = ((one[inside].min(), one[inside].max()) for one in at)
    depth, surface = water.window(number, (slice(top, bottom + 1), slice(left, right + 1)))
    if np.isnan(surface).all():
        return None
    what = classes_of(depth)
    what[np.isnan(depth) & ~np.isnan(surface)] = RIVER
    under = (np.where(inside, row - top, 0), np.where(inside, column - left, 0))
    return (
        np.where(inside, what[under], 0).astype(np.uint8),
        np.where(inside, surface[under], np.float32(np.nan)),
    )


def _into_the_bank(level: Heights) -> Heights:
    """The level carried a few pixels on into dry land."""
    dry = np.isnan(level)
    if dry.all() or not dry.any():
        return level
    far, near = ndimage.distance_transform_edt(dry, return_indices=True)
    carried = level[tuple(near)]
    return np.where(far <= MARGIN_PX, carried, np.float32(np.nan))
