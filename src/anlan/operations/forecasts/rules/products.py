"""What a run leaves in its folder: water over time, greatest depth and speed, arrival, outlines.

result.zarr (`store`), max_depth.tif, max_speed.tif and arrival.tif (cloud-optimised GeoTIFF,
EPSG:4544), frames.npz (depth classes), extent.geojson, band.geojson, households.npz and
communities.json.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anlan.operations.forecasts.rules.extent import outline, polygons_by_class
from anlan.operations.forecasts.rules.frames import classes_of
from anlan.operations.forecasts.rules.inundation import WET_M, Course, Water
from anlan.terrain.files import Meaning, write_field
from anlan.terrain.grid import Grid


def write_products(
    folder: Path, course: Course, water: Water, widest: NDArray[np.bool_], issued_at: datetime
) -> None:
    """Write everything but the store and the households; `widest` is the 90 % possible extent."""
    write_fields(folder, course.grid, water, issued_at)
    greatest = classes_of(water.max_depth)
    write_json(folder / "extent.geojson", polygons_by_class(course.grid, greatest))
    write_json(folder / "band.geojson", outline(course.grid, widest, {"extent": "p90"}))


def write_fields(folder: Path, grid: Grid, water: Water, issued_at: datetime) -> None:
    """Greatest depth and speed, and arrival as COG."""
    write_field(
        folder / "max_depth.tif", grid, water.max_depth,
        Meaning(description="greatest depth of water above ground", unit="m"),
    )  # fmt: skip
    write_field(
        folder / "max_speed.tif", grid, water.max_speed,
        Meaning(description="greatest speed of water", unit="m s-1"),
    )  # fmt: skip
    write_field(
        folder / "arrival.tif", grid, water.arrival_h,
        Meaning(description=f"hours from {issued_at.isoformat()} until {WET_M} m", unit="h"),
    )  # fmt: skip


def write_json(path: Path, document: Mapping[str, Any]) -> None:
    path.write_text(
        json.dumps(document, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
    )
