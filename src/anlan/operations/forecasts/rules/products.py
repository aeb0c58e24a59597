"""What a run leaves in its folder: full depths, greatest depth and speed, arrival, outlines.

result.zarr (xarray, CF names, units, datum), max_depth.tif, max_speed.tif and arrival.tif
(cloud-optimised GeoTIFF, EPSG:4544), frames.npz (depth classes), extent.geojson, band.geojson,
households.npz.
"""

import json
import warnings
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray
from pyproj import CRS

from anlan.operations.forecasts.rules.extent import outline, polygons_by_class
from anlan.operations.forecasts.rules.frames import FRAMES_FILE, classes_of, write_frames
from anlan.operations.forecasts.rules.inundation import WET_M, Course, Water
from anlan.terrain.crs import METRIC
from anlan.terrain.files import Meaning, write_field
from anlan.terrain.grid import Grid

TERRAIN_DATUM = "Yellow Sea 1985"


def write_products(
    folder: Path, course: Course, water: Water, widest: NDArray[np.bool_], issued_at: datetime
) -> None:
    """Write everything but the households; `widest` is the 90 % possible extent."""
    write_fields(folder, course.grid, water, issued_at)
    write_frames(folder / FRAMES_FILE, classes_of(water.depth))
    greatest = classes_of(water.max_depth)
    write_json(folder / "extent.geojson", polygons_by_class(course.grid, greatest))
    write_json(folder / "band.geojson", outline(course.grid, widest, {"extent": "p90"}))


def write_fields(folder: Path, grid: Grid, water: Water, issued_at: datetime) -> None:
    """Depth over time, greatest depth and speed, and arrival as Zarr and COG."""
    fields = ("depth", "max_depth", "max_speed", "max_hazard")
    encoding = {name: {"_FillValue": np.float32(np.nan)} for name in fields}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # consolidated metadata is not yet in Zarr 3
        dataset(grid, water, issued_at).to_zarr(folder / "result.zarr", mode="w", encoding=encoding)
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


def dataset(grid: Grid, water: Water, issued_at: datetime) -> xr.Dataset:
    """The fields with CF names (CF-1.11), units and grid mapping."""
    x, y = grid.centres()
    place = {"grid_mapping": "crs"}
    flood = {"standard_name": "flood_water_thickness", "units": "m", **place}
    return xr.Dataset(
        {
            "depth": (("time", "y", "x"), water.depth, {
                **flood, "long_name": "depth of flood water above ground"}),
            "max_depth": (("y", "x"), water.max_depth, {
                **flood, "long_name": "greatest depth of flood water", "cell_methods":
                "time: maximum"}),
            "max_speed": (("y", "x"), water.max_speed, {
                "standard_name": "flood_water_speed", "units": "m s-1", "long_name":
                "greatest speed of flood water", "cell_methods": "time: maximum", **place}),
            "max_hazard": (("y", "x"), water.max_hv, {
                "units": "m2 s-1", "long_name": "greatest depth times speed of flood water",
                "cell_methods": "time: maximum", **place}),
            "arrival": (("y", "x"), water.arrival_h, {
                "long_name": "time from issue until first water", "units": "h",
                "threshold_m": WET_M, **place}),
            "ground": (("y", "x"), grid.z, {
                "standard_name": "surface_altitude", "long_name": "ground height", "units": "m",
                "vertical_datum": TERRAIN_DATUM, **place}),
            "crs": ((), np.int32(0), CRS.from_user_input(METRIC).to_cf()),
        },
        coords={
            "time": ("time", water.lead_h, {
                "standard_name": "time", "units": f"hours since {issued_at.isoformat()}",
                "calendar": "proleptic_gregorian"}),
            "y": ("y", y, {"standard_name": "projection_y_coordinate", "units": "m"}),
            "x": ("x", x, {"standard_name": "projection_x_coordinate", "units": "m"}),
        },
        attrs={
            "Conventions": "CF-1.11", "title": "Forecast inundation",
            "source": "Anlan: Muskingum, standard-step backwater, 2D shallow water (Godunov)",
            "issued_at": issued_at.isoformat(),
        },
    )  # fmt: skip


def write_json(path: Path, document: Mapping[str, Any]) -> None:
    path.write_text(
        json.dumps(document, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
    )
