"""Where on the grid a point or a line lies; a place outside is refused, not moved."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from anlan.hazards.flood.casefile.rasters import Ground
from anlan.hazards.flood.casefile.refusals import N_
from anlan.hazards.flood.casefile.sources import Heights
from anlan.hazards.flood.casefile.tables import Point, Table
from anlan.hazards.flood.shallow_water.case import Side

Cells = NDArray[np.int64]
SIDES = ("west", "east", "north", "south")


def cell_at(table: Table, key: str, ground: Ground) -> tuple[int, int]:
    """The cell under the point `key`."""
    return _checked(table, key, ground, [table.point(key)])[0]


def cells_along(table: Table, key: str, ground: Ground) -> Cells:
    """The cells that the line `key` passes, in its order, each once."""
    cells = _checked(table, key, ground, along(table.points(key), ground.cell_m / 8.0))
    return np.array(list(dict.fromkeys(cells)), dtype=np.int64)


def outermost(ground: Ground, side: Side, first: int, last: int) -> Heights:
    """The ground of the outermost cells of some rows or columns on a side; each has ground."""
    lines = ground.z if side in (Side.WEST, Side.EAST) else ground.z.T
    lines = lines[first : last + 1]
    lines = lines if side in (Side.WEST, Side.NORTH) else lines[:, ::-1]
    found: Heights = lines[np.arange(len(lines)), np.argmax(np.isfinite(lines), axis=1)]
    return found


def along(line: Sequence[Point], step_m: float) -> list[Point]:
    """Points on a line, not farther than `step_m` from each other, both ends among them."""
    places: list[Point] = []
    for (xa, ya), (xb, yb) in pairwise(line):
        parts = max(1, int(np.ceil(np.hypot(xb - xa, yb - ya) / step_m)))
        share = np.linspace(0.0, 1.0, parts + 1)
        x, y = xa + share * (xb - xa), ya + share * (yb - ya)
        places += zip(x.tolist(), y.tolist(), strict=True)
    return places


def _checked(
    table: Table, key: str, ground: Ground, points: Sequence[Point]
) -> list[tuple[int, int]]:
    cells = [ground.cell(x, y) for x, y in points]
    for (row, column), (x, y) in zip(cells, points, strict=True):
        if not ground.has(row, column):
            raise table.refuse(key, N_("{x:.1f}, {y:.1f} lies outside the grid"), x=x, y=y)
        if np.isnan(ground.z[row, column]):
            raise table.refuse(
                key, N_("{x:.1f}, {y:.1f} has no ground (row {row}, column {column})"),
                x=x, y=y, row=row, column=column,
            )  # fmt: skip
    return cells
