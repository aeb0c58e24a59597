"""The ground that made-up things stand on: terrain, slope, and which community holds each cell."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio.features import rasterize
from shapely.geometry.base import BaseGeometry

from anlan.portal.loading.schematic_areas import Partition
from anlan.terrain.crs import to_geographic
from anlan.terrain.grid import Grid

Raster = NDArray[np.float32]
Cells = NDArray[np.int64]
OUTSIDE = -1


@dataclass(frozen=True, slots=True)
class Ground:
    """`community` is an index into `codes`, OUTSIDE where none; `slope` is rise over run."""

    grid: Grid
    slope: Raster
    community: NDArray[np.int32]
    codes: tuple[str, ...]
    shapes: tuple[BaseGeometry, ...]

    def position(
        self, cells: Cells, jitter: NDArray[np.float64] | None = None
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """x, y of flat cell numbers; `jitter` (n, 2), within ±0.5 of a cell, moves off centres."""
        row, column = np.divmod(cells, self.grid.z.shape[1])
        off = np.zeros((len(cells), 2)) if jitter is None else jitter
        x = self.grid.x0 + (column + 0.5 + off[:, 0]) * self.grid.cell_m
        y = self.grid.y0 - (row + 0.5 + off[:, 1]) * self.grid.cell_m
        return x, y

    def lonlat(
        self, cells: Cells, jitter: NDArray[np.float64] | None = None
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Degrees of flat cell numbers, rounded to 0.1 m."""
        lon, lat = to_geographic(*self.position(cells, jitter))
        return np.round(lon, 6), np.round(lat, 6)

    def code_of(self, cell: int) -> str:
        return self.codes[int(self.community.flat[cell])]


def lay(grid: Grid, pieces: Partition) -> Ground:
    """Terrain and borders on one raster."""
    codes = tuple(pieces.communities)
    community = rasterize(
        ((pieces.communities[code], i) for i, code in enumerate(codes)),
        out_shape=grid.z.shape, fill=OUTSIDE, transform=grid.transform, dtype=np.int32,
    )  # fmt: skip
    south, east = np.gradient(grid.z, grid.cell_m)
    shapes = tuple(pieces.communities.values())
    shapely.prepare(np.array(shapes))
    return Ground(grid, np.hypot(south, east).astype(np.float32), community, codes, shapes)


def scatter(
    weight: NDArray[np.float64], count: int, apart: int, columns: int, rng: np.random.Generator
) -> Cells:
    """`count` different cells drawn by weight, no two within `apart` cells of each other.

    Cells are numbered flat over a raster of `columns`. When the ground is too narrow the distance
    is halved until all find room. Raises `ValueError` when no cell has a weight.
    """
    usable = np.flatnonzero(weight > 0)
    if len(usable) < count:
        raise ValueError(f"{len(usable)} cells for {count} things")
    # Efraimidis and Spirakis 2006: weighted sampling without replacement by one key per cell.
    keys = np.log(rng.random(len(usable))) / weight.flat[usable]
    order = usable[np.argsort(-keys, kind="stable")]
    while True:
        chosen = _spaced(order, count, apart, columns)
        if len(chosen) == count:
            return np.array(chosen, dtype=np.int64)
        apart //= 2


def _spaced(order: Cells, count: int, apart: int, columns: int) -> list[int]:
    if apart <= 0:
        return [int(cell) for cell in order[:count]]
    taken: dict[tuple[int, int], list[tuple[int, int]]] = {}
    chosen: list[int] = []
    for cell in order.tolist():
        row, column = divmod(cell, columns)
        home = (row // apart, column // apart)
        near = (
            other
            for dr in (-1, 0, 1)
            for dc in (-1, 0, 1)
            for other in taken.get((home[0] + dr, home[1] + dc), ())
        )
        if any((row - r) ** 2 + (column - c) ** 2 < apart * apart for r, c in near):
            continue
        taken.setdefault(home, []).append((row, column))
        chosen.append(cell)
        if len(chosen) == count:
            break
    return chosen


def share_out(weights: Sequence[float] | NDArray[np.float64], total: int) -> NDArray[np.int64]:
    """Whole shares of `total` in proportion to the weights (largest remainder).

    >>> share_out([1.0, 1.0, 2.0], 5).tolist()
    [1, 1, 3]
    """
    given = np.asarray(weights, dtype=np.float64)
    exact = given / given.sum() * total
    whole = np.floor(exact).astype(np.int64)
    missing = total - int(whole.sum())
    first = np.argsort(-(exact - whole), kind="stable")[:missing]
    whole[first] += 1
    return np.asarray(whole, dtype=np.int64)
