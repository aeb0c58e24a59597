"""The flood of a whole reach in two dimensions, from the hour of issue to the horizon.

The full shallow-water equations run over the terrain's window of the reach: the forecast discharge
enters at its upper end, the surface that the backwater gives stands at its lower end. What is wet
at the river's normal level is the river itself and counts as no flood.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from anlan.hazards.flood import reach, shallow_water
from anlan.hazards.flood.shallow_water import Initial, Outputs, Result, Series, Snapshot, State
from anlan.hazards.flood.shallow_water import simulate as run_water
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
# The water starts with the speed of its discharge; what is not in balance settles in this time,
# before anything is kept.
SETTLE_S = 1800.0
# How often the water is kept where the district does not say.
KEEP_MIN = 30.0
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
    """The flood: its greatest depth (m), speed (m/s) and depth x speed (m2/s), and its arrival
    (hours from the issue, 0: already there, NaN: never). float32, 0 dry, NaN outside or river.
    max_water: greatest depth of all water, the river's too. at_gauge_m: 2D minus 1D surface at the
    station at the crest."""

    max_depth: Heights
    max_water: Heights
    max_speed: Heights
    max_hv: Heights
    arrival_h: Heights
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


def kept_hours(found: Hydrograph, table: Mapping[str, Any]) -> Floats:
    """When the water is kept, hours from the issue: every `keep_min` minutes to the horizon."""
    step_h = float(table.get("keep_min", KEEP_MIN)) / 60.0
    return np.asarray(np.arange(0.0, found.lead_h[-1] + 1e-9, step_h))


def flood(
    found: Hydrograph,
    course: Course,
    table: Mapping[str, Any],
    keep: Callable[[Heights], None],
    wall: dict[str, float],
    tell: Callable[[float], None],
) -> Water:
    """The water to the horizon. `keep` gets the depth of all water at each of `kept_hours`, in
    their order; `wall["stepping_s"]` the time steps'; `tell` the share done, 0..1, now and then."""

    def progress(share: float) -> bool:
        tell(share)
        return True

    surface = profiles(found, course)
    prepared = case_of(
        course, table, surface[0], (found.lead_h, found.discharge_m3s, surface[:, -1])
    )
    began = stopwatch()
    threads = _threads()
    settled = run_water(
        _held(prepared, SETTLE_S), SETTLE_S, Outputs(max_depth=False), threads=threads
    ).final
    begun = replace(prepared, initial=Initial(
        np.nan_to_num(settled.depth_m), np.nan_to_num(settled.u_ms), np.nan_to_num(settled.v_ms)
    ))  # fmt: skip
    moments = tuple(float(lead * HOUR_S) for lead in kept_hours(found, table))
    result = run_water(
        begun, float(found.lead_h[-1] * HOUR_S),
        Outputs(
            max_speed=True, max_hv=True, arrival_m=WET_M, gauges=(course.gauge,),
            gauge_every_s=HOUR_S, snapshots_s=moments,
        ),
        keep=Moments(keep), threads=threads, progress=progress,
    )  # fmt: skip
    wall["stepping_s"] = round(stopwatch() - began, 3)
    depth, speed, hv = (as_flood(course, field) for field in _kept(result))
    return Water(
        depth, _kept(result)[0], speed, hv, _arrival(course, result),
        _at_gauge(found, result), result.mass.relative_error, result.cell_updates,
    )  # fmt: skip


class Moments:
    """Hands on the depths of a run as they come, so that none of them need be held."""

    def __init__(self, keep: Callable[[Heights], None]) -> None:
        self._keep = keep

    def snapshot(self, taken: Snapshot) -> None:
        self._keep(taken.depth_m)

    def moment(self, now_s: float, state: Callable[[], State]) -> None:
        """A forecast is made anew rather than resumed."""


def case_of(
    course: Course, table: Mapping[str, Any], start_m: Floats, driven: tuple[Floats, Floats, Floats]
) -> shallow_water.Case:
    """The reach as the engine takes it. start_m: surface at each vertex; driven: hours, discharge
    (m3/s) at the upper end, surface at the lower end."""
    lead_h, discharge_m3s, lower_m = driven
    t_s = lead_h * HOUR_S
    return reach.case(
        course.grid,
        reach.Reach(
            line_xy=course.line_xy, surface_m=start_m, inflow=Series(t_s, discharge_m3s),
            stage=Series(t_s, np.ascontiguousarray(lower_m)),
        ),
        reach.Roughness(channel=table["channel_n"], land=table["land_n"]),
    )  # fmt: skip


def _threads() -> int | None:
    """All, or one on a busy machine: threads that wait for each other are slower there than one.

    The water is the same to the bit.
    """
    return 1 if os.getloadavg()[0] > (os.cpu_count() or 1) else None


def _held(prepared: shallow_water.Case, until_s: float) -> shallow_water.Case:
    """The same case with everything from outside as it stands at its start."""
    now = np.array([0.0, until_s])

    def first(given: Any) -> Series:
        return Series(now, np.full(2, given.value[0]))

    return replace(
        prepared,
        boundaries=tuple(replace(b, value=first(b.value)) for b in prepared.boundaries),
        inflows=tuple(replace(i, discharge_m3s=first(i.discharge_m3s)) for i in prepared.inflows),
    )


def widest(found: Hydrograph, course: Course, water: Water) -> Mask:
    """The 90 % possible extent: the crest's surface raised by the upper band, laid on the land."""
    crest = round(found.crest[0])
    raised = profiles(found, course)[crest] + (found.ninety[1] - found.stage_m)[crest]
    return np.asarray((np.nan_to_num(laid(course, raised)) >= WET_M) | is_wet(water.max_depth))


def is_wet(depth: Heights) -> Mask:
    return np.asarray(np.nan_to_num(depth) >= WET_M)


def _kept(result: Result) -> tuple[Heights, Heights, Heights]:
    depth, speed, hv = result.max_depth_m, result.max_speed_ms, result.max_hv_m2s
    if depth is None or speed is None or hv is None:
        raise ValueError("the run was not asked for its greatest depth and speed")
    return depth, speed, hv


def _at_gauge(found: Hydrograph, result: Result) -> float:
    """2D minus 1D surface at the station at the crest, metres."""
    crest = int(np.argmax(found.stage_m))
    at = int(np.searchsorted(result.gauges.t_s, found.lead_h[crest] * HOUR_S))
    return float(result.gauges.surface_m[at, 0] - found.stage_m[crest])


def _arrival(course: Course, result: Result) -> Heights:
    """Hours from the issue until a cell is wet; the river itself never arrives."""
    if result.arrival_s is None:
        raise ValueError("the run was not asked for arrivals")
    hours = result.arrival_s / np.float32(HOUR_S)
    return np.where(course.river, np.float32(np.nan), hours).astype(np.float32)
