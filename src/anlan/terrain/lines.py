"""How far from a line, and where along it: for every cell of a grid at once."""

import numba
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Lines32 = NDArray[np.float32]


@numba.njit(cache=True)
def _nearest(
    x: Floats, y: Floats, line: Floats, distance: Lines32, position: Lines32
) -> None:  # pragma: no cover - compiled
    for row in range(y.size):
        for column in range(x.size):
            best, place = np.inf, 0.0
            for k in range(line.shape[0] - 1):
                ax, ay = line[k, 0], line[k, 1]
                dx, dy = line[k + 1, 0] - ax, line[k + 1, 1] - ay
                length2 = dx * dx + dy * dy
                t = 0.0
                if length2 > 0.0:
                    t = ((x[column] - ax) * dx + (y[row] - ay) * dy) / length2
                    t = min(max(t, 0.0), 1.0)
                ex, ey = x[column] - ax - t * dx, y[row] - ay - t * dy
                d2 = ex * ex + ey * ey
                if d2 < best:
                    best, place = d2, k + t
            distance[row, column] = np.sqrt(best)
            position[row, column] = place


def nearest_on_line(x: Floats, y: Floats, line: Floats) -> tuple[Lines32, Lines32]:
    """Distance to a line and the place on it that is nearest, for each cell.

    x: centres of the columns, shape (columns,); y: of the rows, shape (rows,); line: its vertices,
    shape (k, 2), k >= 2; metres. Returns two float32 arrays of shape (rows, columns): distance in
    metres, and place counted in vertices (2.25: a quarter of the way from vertex 2 to 3), so that
    anything known at the vertices can be interpolated to the cells.
    """
    if line.ndim != 2 or line.shape[0] < 2 or line.shape[1] != 2:
        raise ValueError("a line has at least two vertices of x and y")
    distance = np.empty((y.size, x.size), dtype=np.float32)
    position = np.empty_like(distance)
    _nearest(
        np.ascontiguousarray(x, dtype=np.float64),
        np.ascontiguousarray(y, dtype=np.float64),
        np.ascontiguousarray(line, dtype=np.float64),
        distance,
        position,
    )
    return distance, position


def at_place(position: Lines32, values: Floats) -> Floats:
    """What is known at the vertices of a line, at places on it."""
    return np.asarray(np.interp(position, np.arange(values.size), values))


def chainage(line: Floats) -> Floats:
    """Metres along the line from its first vertex, at each vertex."""
    steps = np.hypot(np.diff(line[:, 0]), np.diff(line[:, 1]))
    return np.concatenate([[0.0], np.cumsum(steps)])
