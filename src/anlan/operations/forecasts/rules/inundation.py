"""The flood of a whole reach: 2D around the crest, the river's surface laid on the land elsewhere.

Around the crest the water is computed in two dimensions (local inertial, discharge above, stage
below). Hours further off, where the water stands in nearly the same surface as the river beside
it, take the backwater's profile laid on the terrain, only where it hangs together with the river.
What is wet at the river's normal level is the river itself and counts as no flood.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from anlan.hazards.flood import local_inertial, reach
from anlan.hazards.hydrology import backwater
from anlan.operations.forecasts.rules.river import Hydrograph
from anlan.terrain.crs import to_metric
from anlan.terrain.grid import Grid
from anlan.terrain.lines import at_place, chainage, nearest_on_line
from anlan.vocabulary.clock import stopwatch
from anlan.vocabulary.datum import Datum

Floats = NDArray[np.float64]
Heights = NDArray[np.float32]
Mask = NDArray[np.bool_]

WET_M = 0.03
HOUR_S = 3600.0
# The discharge is at rest at the start: it takes two hours until the surface at the gauge is right
# within two decimetres, three until it is within one.
SPIN_UP_H, SETTLE_H = 2.0, 3.0
# Land past an end of the reach is no part of it; the stage is held on a few cells there.
END_CELLS = 3
EIGHT = np.ones((3, 3), dtype=np.int8)


class ReachOffTerrain(ValueError):
    """The river line and the terrain do not meet."""


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """The reach on its terrain window.

    line_xy: EPSG:4544, downstream, (k, 2); above_mouth_m: of each vertex, (k,); place: of each cell
    along the line (vertex number with fraction); river: cells wet at the normal level; gauge: the
    (row, column) of the river at the station.
    """

    grid: Grid
    line_xy: Floats
    above_mouth_m: Floats
    place: Heights
    river: Mask
    gauge: tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Water:
    """The flood: depth at each hour of `lead_h`, (n, rows, columns), its greatest and its arrival
    (hours from the issue, 0: already there, NaN: never); metres, float32, 0 dry, NaN outside or
    river. at_gauge_m: 2D minus 1D surface at the station at the crest."""

    lead_h: Floats
    depth: Heights
    max_depth: Heights
    arrival_h: Heights
    computed_h: tuple[float, float]
    at_gauge_m: float
    mass_error: float
    cell_updates: int


def course_of(
    grid: Grid, river_lonlat: Floats, station: tuple[float, float], table: Mapping[str, Any]
) -> Course:
    """The reach's window of the terrain; `table` is the [reach.flood] of forecasts.toml.

    Raises `ReachOffTerrain` where the line leaves the terrain.
    """
    x, y = to_metric(river_lonlat[:, 0], river_lonlat[:, 1])
    line = np.column_stack([x, y])
    row, column = grid.index(x, y)
    if not grid.inside(row, column).all():
        raise ReachOffTerrain("the river line leaves the terrain")
    margin = float(table["margin_m"])
    window = grid.window(x.min() - margin, y.min() - margin, x.max() + margin, y.max() + margin)
    _, place = nearest_on_line(*window.centres(), line)
    window = replace(
        window, z=np.where(_past_ends(window, line, place), np.float32(np.nan), window.z)
    )
    along = chainage(line)
    here = np.column_stack(to_metric([station[0]], [station[1]]))
    _, at_station = nearest_on_line(here[:, 0], here[:, 1], line)
    gauge_along = float(np.ravel(at_place(at_station, along))[0])
    beside = int(np.argmin(np.abs(along - gauge_along)))
    cell = window.index(x[beside], y[beside])
    return Course(
        window, line, float(table["gauge_chainage_m"]) + gauge_along - along, place,
        joined(window.z, np.full(place.shape, float(table["normal_m"])), window, line),
        (int(cell[0]), int(cell[1])),
    )  # fmt: skip


def _past_ends(grid: Grid, line: Floats, place: Heights) -> Mask:
    """Cells beside no part of the line, but ahead of its upper or lower end."""
    x, y = grid.centres()
    past = np.zeros(place.shape, dtype=np.bool_)
    for end, before, nearest in ((0, 1, place <= 0.0), (-1, -2, place >= line.shape[0] - 1)):
        ahead = (line[end] - line[before]) / np.hypot(*(line[end] - line[before]))
        along = (x[None, :] - line[end, 0]) * ahead[0] + (y[:, None] - line[end, 1]) * ahead[1]
        past |= nearest & (along > END_CELLS * grid.cell_m)
    return past


def joined(z: Heights, surface: Floats, grid: Grid, line: Floats) -> Mask:
    """Cells below a surface that hang together with the river line."""
    below = np.nan_to_num(z, nan=np.inf) < surface
    label, _ = ndimage.label(below, structure=EIGHT)
    row, column = grid.index(line[:, 0], line[:, 1])
    touched = np.unique(label[row, column])
    return np.asarray(np.isin(label, touched[touched > 0]))


def profiles(found: Hydrograph, course: Course) -> Floats:
    """The river's surface at each lead and vertex, metres Yellow Sea, (n, k).

    The backwater's profile, moved by what was added at the gauge for its error there.
    """
    surface = backwater.profile(
        found.discharge_m3s, found.lower_m, course.above_mouth_m, datum=Datum.YELLOW_SEA
    )
    return np.asarray(surface + found.added_m[:, None])


def laid(course: Course, surface_m: Floats) -> Heights:
    """Depth where a river surface (one value a vertex) lies on the land and hangs together."""
    surface = at_place(course.place, surface_m)
    wet = joined(course.grid.z, surface, course.grid, course.line_xy)
    depth = np.where(wet, surface - course.grid.z, 0.0).astype(np.float32)
    return as_flood(course, depth)


def as_flood(course: Course, depth: Heights) -> Heights:
    """Without the river itself: NaN there and outside the terrain."""
    outside = course.river | np.isnan(course.grid.z)
    return np.where(outside, np.float32(np.nan), np.nan_to_num(depth)).astype(np.float32)


def flood(
    found: Hydrograph, course: Course, table: Mapping[str, Any], wall: dict[str, float]
) -> Water:
    """The water at every hour of the forecast. `wall["stepping_s"]` gets the 2D time steps'.

    The greatest depth is that of the hours, not of the time steps: while the discharge comes into
    motion a wave runs ahead that no river has.
    """
    surface = profiles(found, course)
    hours = _hours(found, table)
    first, last = hours.first, hours.last
    began = stopwatch()
    result = _simulate(found, course, surface, hours, table)
    wall["stepping_s"] = round(stopwatch() - began, 3)
    moved = _moved(course, surface, result, round(first))
    leads = found.lead_h
    depth = np.empty((leads.size, *course.grid.z.shape), dtype=np.float32)
    for hour, lead in enumerate(leads):
        if first <= lead <= last:
            depth[hour] = as_flood(course, result.snapshots[round(lead - first)])
        else:
            depth[hour] = laid(course, surface[hour] + moved[0 if lead < first else -1])
    beside = int(np.argmin(np.abs(course.above_mouth_m - table["gauge_chainage_m"])))
    crest = round(min(max(found.crest[0], first), last) - first)
    return Water(
        leads, depth, as_flood(course, depth.max(axis=0)),
        _arrival(course, depth, leads, result, hours), (first, last),
        float(moved[crest, beside]), result.mass.relative_error, result.cell_updates,
    )  # fmt: skip


def widest(found: Hydrograph, course: Course, water: Water) -> Mask:
    """The 90 % possible extent: the crest's surface raised by the upper band, laid on the land."""
    crest = round(found.crest[0])
    raised = profiles(found, course)[crest] + (found.ninety[1] - found.stage_m)[crest]
    return np.asarray((np.nan_to_num(laid(course, raised)) >= WET_M) | is_wet(water.max_depth))


def is_wet(depth: Heights) -> Mask:
    return np.asarray(np.nan_to_num(depth) >= WET_M)


def _moved(course: Course, surface: Floats, result: local_inertial.Flood, first: int) -> Floats:
    """2D minus 1D surface at each vertex and 2D hour, metres, (hours, k).

    The hours laid before and after are moved by it, so that the water does not jump between them.
    """
    row, column = course.grid.index(course.line_xy[:, 0], course.line_xy[:, 1])
    depth = result.snapshots[:, row, column].astype(np.float64)
    seen = np.where(depth > 0.0, depth + course.grid.z[row, column], np.nan)
    moved = seen - surface[first : first + seen.shape[0]]
    place = np.arange(moved.shape[1], dtype=np.float64)
    for hour in moved:
        known = np.isfinite(hour)
        hour[~known] = np.interp(place[~known], place[known], hour[known]) if known.any() else 0.0
    return np.asarray(moved)


@dataclass(frozen=True, slots=True)
class Hours:
    """Leads of the 2D computation: frames are kept from `first` to `last`, it starts before."""

    start: float
    first: float
    last: float


def _hours(found: Hydrograph, table: Mapping[str, Any]) -> Hours:
    """Some hours before the crest and after it, whole, within the horizon."""
    crest_h = float(round(found.crest[0]))
    first = max(0.0, crest_h - float(table["before_h"]))
    last = min(float(found.lead_h[-1]), crest_h + float(table["after_h"]))
    return Hours(min(first - SPIN_UP_H, crest_h - SETTLE_H), first, last)


def _simulate(
    found: Hydrograph,
    course: Course,
    surface: Floats,
    hours: Hours,
    table: Mapping[str, Any],
) -> local_inertial.Flood:
    """The 2D hours, after those in which the discharge comes into motion."""
    t_s = (found.lead_h - hours.start) * HOUR_S
    inside = t_s >= 0.0

    def series(values: Floats) -> local_inertial.Series:
        return local_inertial.Series(t_s[inside], np.ascontiguousarray(values[inside]))

    at_start = surface[max(0, round(hours.start))]
    prepared = reach.case(
        course.grid,
        reach.Reach(
            line_xy=course.line_xy, surface_m=at_start, inflow=series(found.discharge_m3s),
            stage=series(surface[:, -1]),
        ),
        reach.Roughness(channel=table["channel_n"], land=table["land_n"]),
        (hours.last - hours.start) * HOUR_S,
    )  # fmt: skip
    moments = (np.arange(hours.first, hours.last + 1.0) - hours.start) * HOUR_S
    return local_inertial.simulate(
        prepared,
        local_inertial.Settings(
            snapshot_s=tuple(float(t) for t in moments), arrival_m=(WET_M,), report_s=HOUR_S
        ),
    )


def _arrival(
    course: Course, depth: Heights, leads: Floats, result: local_inertial.Flood, hours: Hours
) -> Heights:
    """Hours from the issue until a cell is wet; hourly from the frames, finer inside the 2D."""
    wet = np.nan_to_num(depth) >= WET_M
    ever = wet.any(axis=0)
    hourly = np.where(ever, leads[np.argmax(wet, axis=0)], np.nan)
    fine = result.arrival_s[WET_M] / HOUR_S + hours.start
    exact = np.where((fine > hours.first) & (fine <= hourly), fine, hourly)
    return exact.astype(np.float32)
