"""Made-up roads: between neighbouring communities by the easiest ground, and along the river.

One search (Dijkstra, many sources at once) over 100 m cells gives every cell its nearest community
by effort; where two communities' cells meet most cheaply, their road runs. Effort grows with the
square of the slope; rivers cannot be crossed.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import dijkstra
from shapely.geometry import LineString
from shapely.ops import substring

from anlan.operations.territory.actions import NewRoad
from anlan.portal.loading.folder import District, Water
from anlan.portal.loading.schematic_areas import Partition, geographic, metric
from anlan.portal.loading.schematic_ground import OUTSIDE, Ground

Line = tuple[str, str, LineString]
Edges = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]
COARSE = 5
EASY_SLOPE = 0.10
PIECE_M = 400.0
RIVER_ROAD_M = 186.0
STEPS = ((0, 1), (1, 0), (1, 1), (1, -1))


@dataclass(frozen=True, slots=True)
class Lattice:
    """The ground in 100 m cells: height, whether a road may stand there, and its transform."""

    z: NDArray[np.float64]
    passable: NDArray[np.bool_]
    x0: float
    y0: float
    cell_m: float

    def nodes(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.int64]:
        row = ((self.y0 - y) / self.cell_m).astype(np.int64)
        column = ((x - self.x0) / self.cell_m).astype(np.int64)
        return np.asarray(row * self.z.shape[1] + column, dtype=np.int64)

    def places(self, nodes: list[int]) -> NDArray[np.float64]:
        row, column = np.divmod(np.array(nodes), self.z.shape[1])
        return np.column_stack(
            [self.x0 + (column + 0.5) * self.cell_m, self.y0 - (row + 0.5) * self.cell_m]
        )


def made_up_roads(district: District, ground: Ground, pieces: Partition) -> list[NewRoad]:
    """Segments of at most 400 m, each in the area that holds its middle."""
    lattice = _lattice(ground, float(district.made_up["lowest_home_m"]))
    codes = list(pieces.communities)
    lines: list[Line] = []
    for first, second, line in _between(lattice, codes, pieces):
        rural = codes[first][9] == "2" and codes[second][9] == "2"
        same = codes[first][:9] == codes[second][:9]
        grade = "lane" if rural else "street" if same else "main"
        lines.append((f"road-{first:03d}-{second:03d}", grade, line))
    for water in district.waters:
        if water.kind == "river":
            lines += _along(ground, water)
    return _segments(district, ground, lines)


def _lattice(ground: Ground, lowest: float) -> Lattice:
    grid = ground.grid
    rows, columns = (n // COARSE * COARSE for n in grid.z.shape)
    blocks = grid.z[:rows, :columns].reshape(rows // COARSE, COARSE, columns // COARSE, COARSE)
    z = blocks.mean(axis=(1, 3), dtype=np.float64)
    inside = (ground.community[:rows, :columns] != OUTSIDE).reshape(blocks.shape).any(axis=(1, 3))
    dry = blocks.min(axis=(1, 3)) > lowest
    return Lattice(z, inside & dry, grid.x0, grid.y0, grid.cell_m * COARSE)


def _between(
    lattice: Lattice, codes: list[str], pieces: Partition
) -> list[tuple[int, int, LineString]]:
    """Pairs of neighbouring communities (index order) with the easiest line between them."""
    centres = np.array([pieces.centres[code] for code in codes])
    starts = lattice.nodes(centres[:, 0], centres[:, 1])
    graph, edges = _effort(lattice)
    owner_of = {int(node): i for i, node in reversed(list(enumerate(starts.tolist())))}
    effort, before, source = dijkstra(
        graph, directed=False, indices=starts, min_only=True, return_predecessors=True
    )
    best: dict[tuple[int, int], tuple[float, int, int]] = {}
    a, b, cost = edges
    reached = np.isfinite(effort[a]) & np.isfinite(effort[b]) & (source[a] != source[b])
    total = effort[a] + cost + effort[b]
    for i in np.flatnonzero(reached)[np.argsort(total[reached], kind="stable")].tolist():
        one, two = owner_of[int(source[a[i]])], owner_of[int(source[b[i]])]
        pair = (min(one, two), max(one, two))
        best.setdefault(pair, (float(total[i]), int(a[i]), int(b[i])))
    found = []
    for (one, two), (_, left, right) in sorted(best.items()):
        nodes = _trail(before, left)[::-1] + _trail(before, right)
        if len(nodes) > 1:
            line = _eased(lattice.places(nodes), 40.0)
            found.append((one, two, line))
    return found


def _effort(
    lattice: Lattice,
) -> tuple[csr_matrix, Edges]:
    """Edges between passable neighbours (eight directions), effort in metres of level road."""
    rows, columns = lattice.z.shape
    node = np.arange(rows * columns).reshape(rows, columns)
    parts = []
    for down, across in STEPS:
        here = (slice(0, rows - down), slice(max(0, -across), columns - max(0, across)))
        there = (slice(down, rows), slice(max(0, across), columns - max(0, -across)))
        length = lattice.cell_m * np.hypot(down, across)
        slope = np.abs(lattice.z[there] - lattice.z[here]) / length
        open_ = lattice.passable[here] & lattice.passable[there]
        effort = length * (1.0 + (slope / EASY_SLOPE) ** 2)
        parts.append((node[here][open_], node[there][open_], effort[open_]))
    a, b, cost = (np.concatenate(column) for column in zip(*parts, strict=True))
    size = rows * columns
    return coo_matrix((cost, (a, b)), shape=(size, size)).tocsr(), (a, b, cost)


def _trail(before: NDArray[np.int32], node: int) -> list[int]:
    """Nodes from `node` back to its community's centre."""
    trail = [node]
    while before[node] >= 0:
        node = int(before[node])
        trail.append(node)
    return trail


def _along(ground: Ground, river: Water) -> list[Line]:
    """The river road: where the right bank first reaches its height, followed downstream."""
    course = LineString(shapely.get_coordinates(metric(river.line)))
    stations = np.arange(0.0, course.length, 80.0)
    here = shapely.get_coordinates(shapely.line_interpolate_point(course, stations))
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(course, stations + 20.0))
    along = (ahead - here) / np.maximum(np.hypot(*(ahead - here).T), 1e-9)[:, None]
    right = np.column_stack([along[:, 1], -along[:, 0]])
    reach = np.arange(150.0, 700.0, 10.0)
    x = here[:, :1] + right[:, :1] * reach
    y = here[:, 1:] + right[:, 1:] * reach
    high = ground.grid.sample(x, y) >= RIVER_ROAD_M
    found = high.any(axis=1)
    first = high.argmax(axis=1)
    at = np.column_stack([x[np.arange(len(x)), first], y[np.arange(len(y)), first]])[found]
    if len(at) < 2:
        return []
    return [(f"road-{river.code}", "trunk", _eased(at, 15.0))]


def _eased(places: NDArray[np.float64], tolerance_m: float) -> LineString:
    """A line near places: fewer vertices, corners cut (Chaikin 1974), the ends kept."""
    at = shapely.get_coordinates(LineString(places).simplify(tolerance_m))
    for _ in range(2 if len(at) > 2 else 0):
        cut = np.stack([0.75 * at[:-1] + 0.25 * at[1:], 0.25 * at[:-1] + 0.75 * at[1:]], axis=1)
        at = np.concatenate([at[:1], cut.reshape(-1, 2), at[-1:]])
    return LineString(at)


def _segments(district: District, ground: Ground, lines: list[Line]) -> list[NewRoad]:
    words = {"trunk": "沿江路", "main": "干道", "street": "街道", "lane": "村道"}
    names = {c.code: c.name.removesuffix("社区").removesuffix("村") for c in district.communities}
    roads = []
    for key, grade, line in lines:
        count = max(1, int(np.ceil(line.length / PIECE_M)))
        for i in range(count):
            part = substring(line, i / count, (i + 1) / count, normalized=True)
            middle = part.interpolate(0.5, normalized=True)
            row, column = ground.grid.index(middle.x, middle.y)
            where = int(ground.community[int(row), int(column)])
            if where == OUTSIDE:
                continue
            code = ground.codes[where]
            roads.append(
                NewRoad(
                    code=f"{key}-{i + 1:02d}", name=f"{names[code]}{words[grade]}", grade=grade,
                    area_code=code, geometry=geographic(part), length_m=round(part.length, 1),
                    schematic=True, source=str(district.made_up["note"]),
                )
            )  # fmt: skip
    return roads
