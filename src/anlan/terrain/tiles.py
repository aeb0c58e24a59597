"""Map tiles over a grid: which rectangle a tile covers, which cell lies under each of its pixels.

Tiles lie in Web Mercator (EPSG:3857) because the browser's map does; grids are EPSG:4544. Both are
smooth at this scale, so positions are computed on a coarse lattice and interpolated between (below
0.2 m at district size).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from anlan.terrain.crs import to_metric
from anlan.terrain.grid import Grid

Floats = NDArray[np.float64]

TILE_PX = 256
_LATTICE = 33


@dataclass(frozen=True, slots=True)
class Frame:
    """A north-up rectangle in lon/lat, square in Web Mercator."""

    west: float
    south: float
    east: float
    north: float

    @property
    def corners(self) -> list[list[float]]:
        """Upper left, upper right, lower right, lower left."""
        return [
            [self.west, self.north], [self.east, self.north],
            [self.east, self.south], [self.west, self.south],
        ]  # fmt: skip

    def meets(self, other: "Frame") -> bool:
        across = self.west <= other.east and self.east >= other.west
        return across and self.south <= other.north and self.north >= other.south


def frame_of(grid: Grid) -> Frame:
    """The rectangle that holds a whole grid."""
    corners = np.array(grid.corners_lonlat())
    west, south = corners.min(axis=0)
    east, north = corners.max(axis=0)
    return Frame(float(west), float(south), float(east), float(north))


def tile_frame(z: int, x: int, y: int, margin_px: int = 0) -> Frame:
    """The rectangle of a map tile, with so many of its pixels more on each side."""
    n, more = 2.0**z, margin_px / TILE_PX
    west, east = ((column / n) * 360.0 - 180.0 for column in (x - more, x + 1 + more))
    north, south = (
        float(latitude(np.pi * (1.0 - 2.0 * row / n))) for row in (y - more, y + 1 + more)
    )
    return Frame(west, south, east, north)


def cells_under(grid: Grid, frame: Frame, shape: tuple[int, int]) -> tuple[Floats, Floats, Floats]:
    """Row and column of the grid under each pixel (whole at a cell's centre), and how far outside
    the grid it lies, metres."""
    lon = np.linspace(frame.west, frame.east, _LATTICE)
    top, bottom = mercator(frame.north), mercator(frame.south)
    lat = latitude(np.linspace(top, bottom, _LATTICE))
    x, y = to_metric(*np.meshgrid(lon, lat))
    down = (np.arange(shape[0]) + 0.5) / shape[0] * (_LATTICE - 1)
    across = (np.arange(shape[1]) + 0.5) / shape[1] * (_LATTICE - 1)
    at = np.meshgrid(down, across, indexing="ij")
    x = ndimage.map_coordinates(np.asarray(x, np.float64), at, order=1, mode="nearest")
    y = ndimage.map_coordinates(np.asarray(y, np.float64), at, order=1, mode="nearest")
    xmin, ymin, xmax, ymax = grid.bounds
    outside = np.hypot(
        np.maximum(np.maximum(xmin - x, x - xmax), 0), np.maximum(np.maximum(ymin - y, y - ymax), 0)
    )
    return (grid.y0 - y) / grid.cell_m - 0.5, (x - grid.x0) / grid.cell_m - 0.5, outside


def mercator(lat: float) -> float:
    return float(np.log(np.tan(np.pi / 4 + np.radians(lat) / 2)))


def latitude(up: Floats | float) -> Floats:
    return np.asarray(np.degrees(2 * np.arctan(np.exp(up)) - np.pi / 2), dtype=np.float64)
