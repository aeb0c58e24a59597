"""How the maps of the stage library are made: one run of the engine that rises step by step.

One stage may come with many pairs of discharge and backwater; the library takes for each stage one
discharge, which the district's forecasts.toml states, and the backwater that goes with it.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anlan.hazards.flood.shallow_water import Outputs, simulate
from anlan.hazards.hydrology import backwater
from anlan.operations.forecasts.rules.inundation import Course, case_of, course_of
from anlan.operations.forecasts.rules.stages import PART, part_file, stages_of, write_land
from anlan.terrain.files import read_dem
from anlan.vocabulary.datum import Datum

Floats = NDArray[np.float64]
Heights = NDArray[np.float32]
Stored = NDArray[np.uint16]

# The water comes to rest before the first map; between two, it rises and comes to rest again.
REST_H, RISE_H, HOLD_H = 1.0, 1.0 / 6.0, 1.0 / 3.0
LAST_S = 300.0  # over which it is seen how far the water is from rest


def build(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Make one part of the library. Runs in the pool.

    arguments: `settings` (the reach's table), `station` {lon, lat}, `terrain` (path), `river`
    [[lon, lat]], `folder`, `first` (number of its first map). Answers first, reached_m (the stage
    of each map at the gauge), unsettled_m (its change in the last minutes), and where the maps lie:
    x0, y0, cell_m, rows, columns, corners (lon, lat).
    """
    flood, table = arguments["settings"]["flood"], arguments["settings"]["stages"]
    course = course_of(
        read_dem(arguments["terrain"], cell_m=table["cell_m"]),
        np.array(arguments["river"], dtype=np.float64),
        (arguments["station"]["lon"], arguments["station"]["lat"]), flood,
    )  # fmt: skip
    first = int(arguments["first"])
    wanted = stages_of(table)[first : first + PART]
    maps, reached, unsettled = _steady(course, flood, wanted, _discharges(table, wanted))
    folder = Path(arguments["folder"])
    folder.mkdir(parents=True, exist_ok=True)
    write_land(folder, course.grid.z, course.river)
    path = part_file(folder, first)
    draft = path.with_suffix(".draft")
    with draft.open("wb") as sink:
        np.save(sink, maps)
    draft.replace(path)
    grid = course.grid
    return {
        "first": first, "reached_m": [round(float(m), 3) for m in reached],
        "unsettled_m": round(unsettled, 3), "x0": grid.x0, "y0": grid.y0, "cell_m": grid.cell_m,
        "rows": grid.z.shape[0], "columns": grid.z.shape[1],
        "corners": [[round(lon, 6), round(lat, 6)] for lon, lat in grid.corners_lonlat()],
    }  # fmt: skip


def _discharges(table: Mapping[str, Any], stages_m: Floats) -> Floats:
    points = np.array(table["discharge"], dtype=np.float64)
    return np.asarray(np.interp(stages_m, points[:, 0], points[:, 1]))


def _steady(
    course: Course, flood: Mapping[str, Any], stages_m: Floats, discharge_m3s: Floats
) -> tuple[Stored, Floats, float]:
    """Maps one after another in one run that rises step by step."""
    surface = backwater.profile_at(
        stages_m, discharge_m3s, course.above_mouth_m, datum=Datum.YELLOW_SEA
    )
    ends = REST_H + (RISE_H + HOLD_H) * np.arange(stages_m.size)
    begins = np.append(0.0, ends[:-1] + RISE_H)
    hours = np.column_stack([begins, ends]).ravel()
    driven = (hours, np.repeat(discharge_m3s, 2), np.repeat(surface[:, -1], 2))
    result = simulate(
        case_of(course, flood, surface[0], driven), float(ends[-1] * 3600.0),
        Outputs(
            max_depth=False, gauges=(course.gauge,), gauge_every_s=LAST_S,
            snapshots_s=tuple(float(h * 3600.0) for h in ends),
        ),
        threads=1,  # nobody waits for it
    )  # fmt: skip
    at = np.searchsorted(result.gauges.t_s, ends * 3600.0)
    level = result.gauges.surface_m[:, 0]
    maps = np.stack([
        np.stack([_stored(s.depth_m), _stored(np.hypot(s.u_ms, s.v_ms))])
        for s in result.snapshots
    ])  # fmt: skip
    return maps, np.asarray(level[at]), float(np.abs(level[at] - level[at - 1]).max())


def _stored(field: Heights) -> Stored:
    """Thousandths; nothing outside."""
    thousandths = np.round(np.nan_to_num(field) * 1000.0)
    return np.clip(thousandths, 0, np.iinfo(np.uint16).max).astype(np.uint16)
