"""Heights on squares: the one form of terrain inside the house.

Rows run south from the upper left corner, columns east; EPSG:4544 metres; heights are metres
Yellow Sea 1985, NaN where nobody knows. Any field on the same squares (depth, arrival) is an array
of the same shape.
"""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from anlan.terrain.crs import to_geographic

Heights = NDArray[np.float32]
Floats = NDArray[np.float64]
Cells = NDArray[np.int64]


class OutsideGrid(ValueError):
    """A window asked for lies wholly outside the grid."""


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """z: float32, shape (rows, columns); x0, y0: upper left corner of the upper left cell."""

    z: Heights
    x0: float
    y0: float
    cell_m: float

    def __post_init__(self) -> None:
        if self.z.ndim != 2 or self.z.size == 0 or self.z.dtype != np.float32:
            raise ValueError("a grid is a float32 array of rows and columns")
        if not self.cell_m > 0:
            raise ValueError("cells have a positive size")

    @property
    def transform(self) -> Any:
        """Column, row to x, y, as raster files keep it: an `Affine`."""
        from rasterio import Affine  # GDAL is slow to start; only files need this

        return Affine(self.cell_m, 0.0, self.x0, 0.0, -self.cell_m, self.y0)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """xmin, ymin, xmax, ymax, EPSG:4544."""
        rows, columns = self.z.shape
        return (
            self.x0,
            self.y0 - rows * self.cell_m,
            self.x0 + columns * self.cell_m,
            self.y0,
        )

    def corners_lonlat(self) -> list[tuple[float, float]]:
        """Upper left, upper right, lower right, lower left: what a map needs to lay an image."""
        xmin, ymin, xmax, ymax = self.bounds
        lon, lat = to_geographic([xmin, xmax, xmax, xmin], [ymax, ymax, ymin, ymin])
        return [(float(a), float(b)) for a, b in zip(lon, lat, strict=True)]

    def centres(self) -> tuple[Floats, Floats]:
        """x of the columns' and y of the rows' centres."""
        rows, columns = self.z.shape
        x = self.x0 + (np.arange(columns, dtype=np.float64) + 0.5) * self.cell_m
        y = self.y0 - (np.arange(rows, dtype=np.float64) + 0.5) * self.cell_m
        return np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)

    def index(self, x: ArrayLike, y: ArrayLike) -> tuple[Cells, Cells]:
        """Row and column of the cell that holds each position; may lie outside the grid."""
        column = np.floor((np.asarray(x, dtype=np.float64) - self.x0) / self.cell_m)
        row = np.floor((self.y0 - np.asarray(y, dtype=np.float64)) / self.cell_m)
        return row.astype(np.int64), column.astype(np.int64)

    def inside(self, row: Cells, column: Cells) -> NDArray[np.bool_]:
        """Which cells exist."""
        rows, columns = self.z.shape
        return np.asarray((row >= 0) & (row < rows) & (column >= 0) & (column < columns))

    def sample(
        self, x: ArrayLike, y: ArrayLike, field: NDArray[np.float32] | None = None
    ) -> Heights:
        """Value of the cell under each position, NaN outside; of `field` if given, else height."""
        values = self.z if field is None else field
        if values.shape != self.z.shape:
            raise ValueError("the field does not lie on this grid")
        row, column = self.index(x, y)
        found = self.inside(row, column)
        taken = values[np.where(found, row, 0), np.where(found, column, 0)]
        return np.asarray(np.where(found, taken, np.float32(np.nan)), dtype=np.float32)

    def window(self, xmin: float, ymin: float, xmax: float, ymax: float) -> Self:
        """The whole cells that touch a rectangle, as a grid of its own (a view, not a copy)."""
        rows, columns = self.z.shape
        left = max(0, int(np.floor((xmin - self.x0) / self.cell_m)))
        right = min(columns, int(np.ceil((xmax - self.x0) / self.cell_m)))
        top = max(0, int(np.floor((self.y0 - ymax) / self.cell_m)))
        bottom = min(rows, int(np.ceil((self.y0 - ymin) / self.cell_m)))
        if left >= right or top >= bottom:
            raise OutsideGrid("the window and the grid do not meet")
        return type(self)(
            self.z[top:bottom, left:right],
            self.x0 + left * self.cell_m,
            self.y0 - top * self.cell_m,
            self.cell_m,
        )
