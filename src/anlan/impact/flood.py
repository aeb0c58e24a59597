"""Who and what stands in the water: a flood's depth, speed and arrival laid over what is exposed.

The screening measure of Chinese practice: a place is hit where the water above its ground reaches
at least 3 cm; damage grows by the depth classes below. Whether people can still walk there depends
on depth and speed together: the six hazard classes of Smith, Davey & Cox (2014), UNSW Water
Research Laboratory TR 2014/07, as Australian Rainfall and Runoff (2019), book 6, ch. 7, takes them
over. Positions are EPSG:4544 metres, depths metres above ground, speeds m/s, arrivals hours from
the run's issue (NaN or infinite: never).
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
# Most depth (m), speed (m/s) and depth x speed (m2/s) of the hazard classes H1 to H5; beyond is H6.
HAZARDS = ((0.3, 2.0, 0.3), (0.5, 2.0, 0.6), (1.2, 2.0, 0.6), (2.0, 2.0, 1.0), (4.0, 4.0, 4.0))
# From H3 on children and the old cannot walk, from H4 on nobody; numbers count from 0.
NOT_FOR_THE_WEAK, NOT_ON_FOOT = 2, 3
# A road is taken as cut where a car no longer passes: too deep for it, or beyond H1.
ROAD_CUT_M, ROAD_CUT_MS, ROAD_CUT_M2S = HAZARDS[0]


@dataclass(frozen=True, slots=True, eq=False)
class Flooding:
    """A flood on its grid: greatest depth (m), speed (m/s) and depth x speed (m2/s), and arrival
    (h), all of the grid's shape."""

    grid: Grid
    max_depth: Depths
    arrival_h: Depths
    max_speed: Depths
    max_hv: Depths

    def __post_init__(self) -> None:
        fields = (self.max_depth, self.arrival_h, self.max_speed, self.max_hv)
        if any(field.shape != self.grid.z.shape for field in fields):
            raise ValueError("depth, speed and arrival must lie on the flood's own grid")


@dataclass(frozen=True, slots=True, eq=False)
class PointHits:
    """The points that are hit: `index` into those asked for, with depth, speed, arrival, class of
    depth 0-4 and of hazard 0-5."""

    index: Counts
    depth_m: Depths
    speed_ms: Depths
    arrival_h: Depths
    depth_class: NDArray[np.int8]
    hazard: NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class CommunityTotals:
    """By community [n]: people by class [n, 5], households, those needing help, people who cannot
    walk out through the water (`unsafe`), depth, speed, arrival."""

    people: Counts
    households: Counts
    needs_help: Counts
    unsafe: Counts
    max_depth_m: Depths
    max_speed_ms: Depths
    first_arrival_h: Depths


@dataclass(frozen=True, slots=True, eq=False)
class RoadTotals:
    """By road [n]: metres where no car passes, greatest depth there, first arrival there."""

    cut_m: Floats
    max_depth_m: Depths
    first_arrival_h: Depths


def depth_class(depth_m: NDArray[Any]) -> NDArray[np.int8]:
    """The class 0-4 of each depth; DRY below 3 cm and where nothing is known."""
    depth = np.nan_to_num(np.asarray(depth_m, dtype=np.float32), nan=0.0)
    bounds = np.asarray(CLASSES_M, dtype=np.float32)
    return (np.searchsorted(bounds, depth, side="right") - 1).astype(np.int8)


def hazard_class(
    depth_m: NDArray[Any], speed_ms: NDArray[Any], hv_m2s: NDArray[Any]
) -> NDArray[np.int8]:
    """The class 0-5 (H1-H6) of greatest depth, speed and depth x speed; DRY below 3 cm.

    The three need not have come at once: the class errs to the safe side.
    """
    depth = np.nan_to_num(np.asarray(depth_m, dtype=np.float32), nan=0.0)
    worst = np.zeros(depth.shape, dtype=np.int64)
    for number, given in enumerate((depth, speed_ms, hv_m2s)):
        bounds = np.asarray([row[number] for row in HAZARDS], dtype=np.float32)
        known = np.nan_to_num(np.asarray(given, dtype=np.float32), nan=0.0)
        # Bounds that stand twice mean the milder class.
        worst = np.maximum(worst, np.searchsorted(bounds, known, side="left"))
    return np.where(depth < np.float32(CLASSES_M[0]), DRY, worst).astype(np.int8)


def at_points(flood: Flooding, x: Floats, y: Floats) -> PointHits:
    """Which of the positions x[n], y[n] are hit, how deep, how fast and when. Outside is dry."""
    depth = flood.grid.sample(x, y, flood.max_depth)
    classes = depth_class(depth)
    hit = np.flatnonzero(classes > DRY)
    arrival, speed, hv = (
        flood.grid.sample(x[hit], y[hit], field)
        for field in (flood.arrival_h, flood.max_speed, flood.max_hv)
    )
    return PointHits(
        hit.astype(np.int64), depth[hit], speed, arrival, classes[hit],
        hazard_class(depth[hit], speed, hv),
    )  # fmt: skip


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
    weak = needs_help[hits.index]
    helped = np.bincount(where, weights=weak, minlength=communities)
    stuck = hits.hazard >= np.where(weak, NOT_FOR_THE_WEAK, NOT_ON_FOOT)
    unsafe = np.bincount(where, weights=count * stuck, minlength=communities)
    deepest, fastest = np.zeros((2, communities), dtype=np.float32)
    np.maximum.at(deepest, where, hits.depth_m)
    np.maximum.at(fastest, where, np.nan_to_num(hits.speed_ms))
    first = np.full(communities, np.inf, dtype=np.float32)
    np.minimum.at(first, where, np.nan_to_num(hits.arrival_h, nan=np.inf))
    return CommunityTotals(
        by_class,
        np.bincount(where, minlength=communities).astype(np.int64),
        helped.astype(np.int64),
        unsafe.astype(np.int64),
        deepest,
        fastest,
        first,
    )


def roads_under(flood: Flooding, x: Floats, y: Floats, start: NDArray[Any]) -> RoadTotals:
    """How much of each road is cut. Road i has the vertices start[i] to start[i + 1] of x, y.

    Each segment is measured in steps of half a cell; a step counts where no car passes its middle.
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
    depth, speed, hv = (
        np.nan_to_num(flood.grid.sample(px, py, field), nan=0.0)
        for field in (flood.max_depth, flood.max_speed, flood.max_hv)
    )
    torn = (speed > np.float32(ROAD_CUT_MS)) | (hv > np.float32(ROAD_CUT_M2S))
    wet = depth >= np.float32(CLASSES_M[0])
    cut = np.flatnonzero((depth >= np.float32(ROAD_CUT_M)) | (wet & torn))
    road = owner[segment[cut]]
    metres = np.bincount(road, weights=(length / steps)[segment[cut]], minlength=roads)
    deepest = np.zeros(roads, dtype=np.float32)
    np.maximum.at(deepest, road, depth[cut])
    soonest = np.full(roads, np.inf, dtype=np.float32)
    arrival = flood.grid.sample(px[cut], py[cut], flood.arrival_h)
    np.minimum.at(soonest, road, np.nan_to_num(arrival, nan=np.inf))
    return RoadTotals(metres.astype(np.float64), deepest, soonest)
