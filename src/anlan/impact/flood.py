"""Who and what stands in the water: a flood's depth and arrival laid over what is exposed.

The screening measure of Chinese practice: a place is hit where the water above its ground reaches
at least 3 cm; damage and danger grow by the depth classes below. Positions are EPSG:4544 metres,
depths metres above ground, arrivals hours from the run's issue (NaN or infinite: never).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anlan.terrain.grid import Grid

Depths = NDArray[np.float32]
Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

# Lower bounds of the five classes in metres (`ui.md` 6): 0.03-0.3, 0.3-0.5, 0.5-1, 1-2, 2 and more.
CLASSES_M = (0.03, 0.3, 0.5, 1.0, 2.0)
DRY = -1
# A road is taken as cut where a car no longer passes.
ROAD_CUT_M = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Flooding:
    """A flood on its grid: greatest depth (m) and arrival (h), both of the grid's shape."""

    grid: Grid
    max_depth: Depths
    arrival_h: Depths

    def __post_init__(self) -> None:
        if not self.max_depth.shape == self.arrival_h.shape == self.grid.z.shape:
            raise ValueError("depth and arrival must lie on the flood's own grid")


@dataclass(frozen=True, slots=True, eq=False)
class PointHits:
    """The points that are hit: `index` into those asked for, with depth, arrival and class 0-4."""

    index: Counts
    depth_m: Depths
    arrival_h: Depths
    depth_class: NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class CommunityTotals:
    """By community [n]: people by class [n, 5], households, those needing help, depth, arrival."""

    people: Counts
    households: Counts
    needs_help: Counts
    max_depth_m: Depths
    first_arrival_h: Depths


@dataclass(frozen=True, slots=True, eq=False)
class RoadTotals:
    """By road [n]: metres under ROAD_CUT_M or more, greatest depth there, first arrival there."""

    cut_m: Floats
    max_depth_m: Depths
    first_arrival_h: Depths


def depth_class(depth_m: NDArray[Any]) -> NDArray[np.int8]:
    """The class 0-4 of each depth; DRY below 3 cm and where nothing is known."""
    depth = np.nan_to_num(np.asarray(depth_m, dtype=np.float32), nan=0.0)
    bounds = np.asarray(CLASSES_M, dtype=np.float32)
    return (np.searchsorted(bounds, depth, side="right") - 1).astype(np.int8)


def at_points(flood: Flooding, x: Floats, y: Floats) -> PointHits:
    """Which of the positions x[n], y[n] are hit, how deep and when. Outside the grid is dry."""
    depth = flood.grid.sample(x, y, flood.max_depth)
    classes = depth_class(depth)
    hit = np.flatnonzero(classes > DRY)
    arrival = flood.grid.sample(x[hit], y[hit], flood.arrival_h)
    return PointHits(hit.astype(np.int64), depth[hit], arrival, classes[hit])


def by_community(
    hits: PointHits,
    people: NDArray[Any],
    needs_help: NDArray[np.bool_],
    community: NDArray[Any],
    communities: int,
) -> CommunityTotals:
    """Sum the hit households of `communities` communities.

    people, needs_help, community: of all households asked for; `community` numbers 0..n-1.
    """
    where = np.asarray(community)[hits.index].astype(np.int64)
    count = np.asarray(people)[hits.index].astype(np.int64)
    by_class = np.zeros((communities, len(CLASSES_M)), dtype=np.int64)
    np.add.at(by_class, (where, hits.depth_class.astype(np.int64)), count)
    helped = np.bincount(where, weights=needs_help[hits.index], minlength=communities)
    deepest = np.zeros(communities, dtype=np.float32)
    np.maximum.at(deepest, where, hits.depth_m)
    first = np.full(communities, np.inf, dtype=np.float32)
    np.minimum.at(first, where, np.nan_to_num(hits.arrival_h, nan=np.inf))
    return CommunityTotals(
        by_class,
        np.bincount(where, minlength=communities).astype(np.int64),
        helped.astype(np.int64),
        deepest,
        first,
    )


def roads_under(flood: Flooding, x: Floats, y: Floats, start: NDArray[Any]) -> RoadTotals:
    """How much of each road is cut. Road i has the vertices start[i] to start[i + 1] of x, y.

    Each segment is measured in steps of half a cell; a step counts where its middle is under
    ROAD_CUT_M or more.
    """
    roads = len(start) - 1
    begins = np.asarray(start, dtype=np.int64)
    first = np.setdiff1d(np.arange(len(x) - 1), begins[1:-1] - 1)
    owner = np.repeat(np.arange(roads), begins[1:] - begins[:-1])[first]
    dx, dy = x[first + 1] - x[first], y[first + 1] - y[first]
    length = np.hypot(dx, dy)
    steps = np.maximum(1, np.ceil(length / (flood.grid.cell_m / 2))).astype(np.int64)
    segment = np.repeat(np.arange(len(first)), steps)
    place = np.arange(len(segment)) - np.repeat(np.cumsum(steps) - steps, steps)
    along = (place + 0.5) / steps[segment]
    px = x[first][segment] + along * dx[segment]
    py = y[first][segment] + along * dy[segment]
    depth = np.nan_to_num(flood.grid.sample(px, py, flood.max_depth), nan=0.0)
    cut = np.flatnonzero(depth >= np.float32(ROAD_CUT_M))
    road = owner[segment[cut]]
    metres = np.bincount(road, weights=(length / steps)[segment[cut]], minlength=roads)
    deepest = np.zeros(roads, dtype=np.float32)
    np.maximum.at(deepest, road, depth[cut])
    soonest = np.full(roads, np.inf, dtype=np.float32)
    arrival = flood.grid.sample(px[cut], py[cut], flood.arrival_h)
    np.minimum.at(soonest, road, np.nan_to_num(arrival, nan=np.inf))
    return RoadTotals(metres.astype(np.float64), deepest, soonest)
