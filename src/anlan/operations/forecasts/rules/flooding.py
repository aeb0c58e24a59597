"""From the hydrograph to the flooded land and the people on it, with everything written down."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from anlan.impact.flood import Flooding
from anlan.operations.forecasts.rules import progress
from anlan.operations.forecasts.rules.communities import Communities
from anlan.operations.forecasts.rules.frames import FRAMES_FILE, write_frames
from anlan.operations.forecasts.rules.hit import hits
from anlan.operations.forecasts.rules.inundation import (
    Course,
    Heights,
    Water,
    course_of,
    flood,
    is_wet,
    kept_hours,
    widest,
)
from anlan.operations.forecasts.rules.products import write_products
from anlan.operations.forecasts.rules.river import Hydrograph
from anlan.operations.forecasts.rules.store import Store
from anlan.terrain.files import read_dem
from anlan.vocabulary.clock import stopwatch


def flood_of(
    arguments: Mapping[str, Any],
    found: Hydrograph,
    issued_at: datetime,
    wall: dict[str, float],
) -> dict[str, Any]:
    """Compute and write the flood of a run; `arguments` as in `reach.compute`.

    Answers frames (times), corners (lon, lat), area_m2, impact (None without an exposure file),
    schematic, cell_m, at_gauge_m, mass_error.
    """
    began = stopwatch()
    table, station = arguments["settings"]["flood"], arguments["gauges"]["station"]
    course = course_of(
        read_dem(arguments["terrain"], cell_m=arguments["cell_m"]),
        np.array(arguments["river"], dtype=np.float64),
        (station["lon"], station["lat"]), table,
    )  # fmt: skip
    folder, lead_h = Path(arguments["folder"]), kept_hours(found, table)
    store = Store(folder, course, lead_h, issued_at)
    communities = Communities(course, arguments.get("exposure"))

    def keep(depth: Heights) -> None:
        store.keep(depth)
        communities.keep(depth)

    water = flood(found, course, table, keep, wall, partial(progress.tell, folder))
    store.finish(water)
    write_frames(folder / FRAMES_FILE, np.stack(store.classes))
    communities.write(folder, [_at(issued_at, lead) for lead in lead_h])
    write_products(folder, course, water, widest(found, course, water), issued_at)
    wall["flood_s"] = round(stopwatch() - began, 3)
    return {
        "frames": [_at(issued_at, lead) for lead in lead_h],
        "corners": [[round(lon, 6), round(lat, 6)] for lon, lat in course.grid.corners_lonlat()],
        "area_m2": _area_m2(water, course.grid.cell_m),
        "impact": _impact(arguments, _flooding(course, water), folder, issued_at),
        "schematic": bool(arguments.get("schematic")),
        "at_gauge_m": round(water.at_gauge_m, 2),
        "cell_m": course.grid.cell_m,
        "mass_error": float(f"{water.mass_error:.1e}"),
    }  # fmt: skip


def _flooding(course: Course, water: Water) -> Flooding:
    return Flooding(course.grid, water.max_depth, water.arrival_h, water.max_speed, water.max_hv)


def _at(issued_at: datetime, lead_h: float) -> str:
    return (issued_at + timedelta(hours=float(lead_h))).isoformat()


def _area_m2(water: Water, cell_m: float) -> float:
    return float(is_wet(water.max_depth).sum()) * cell_m**2


def _impact(
    arguments: Mapping[str, Any], flooding: Flooding, folder: Path, issued_at: datetime
) -> dict[str, Any] | None:
    exposure = arguments.get("exposure")
    return hits(flooding, Path(exposure), folder, issued_at) if exposure else None
