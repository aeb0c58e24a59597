"""The result store of a run: its water at every kept time, written while it runs, read by the tile.

result.zarr: xarray, CF names, units and datum. `depth` is flood water on land, NaN in the river
itself; `surface` is the water's level above Yellow Sea 1985, river and all, NaN where it is dry. A
time is one file of squares of 128 cells, so that a tile reads the squares under it and no more.
Once the run is done its coarser levels (`pyramid`) lie beside it, `level1` and so on, each with
depth, surface and the greatest of both.
"""

import warnings
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
import zarr
from numpy.typing import NDArray
from pyproj import CRS

from anlan.operations.forecasts.rules.frames import classes_of
from anlan.operations.forecasts.rules.inundation import WET_M, Course, Water, as_flood
from anlan.operations.forecasts.rules.pyramid import MIN_ZOOM, coarser, lasting, level_at
from anlan.terrain.crs import METRIC
from anlan.terrain.grid import Grid

Heights = NDArray[np.float32]

STORE = "result.zarr"
TERRAIN_DATUM = "Yellow Sea 1985"
SQUARE = 128
PLACE = {"grid_mapping": "crs"}
NORTH = {"standard_name": "projection_y_coordinate", "units": "m"}
EAST = {"standard_name": "projection_x_coordinate", "units": "m"}
FLOOD = {"standard_name": "flood_water_thickness", "units": "m", **PLACE}
LEVEL = {
    "standard_name": "water_surface_height_above_reference_datum", "units": "m",
    "vertical_datum": TERRAIN_DATUM, **PLACE,
}  # fmt: skip
DEPTHS = {**FLOOD, "long_name": "depth of flood water above ground"}
SURFACES = {**LEVEL, "long_name": "level of the water's surface"}
MOST = {"cell_methods": "time: maximum"}
MOST_DEPTH = {**FLOOD, **MOST, "long_name": "greatest depth of flood water"}
MOST_SURFACE = {**LEVEL, **MOST, "long_name": "highest level of the water's surface"}


class Store:
    """Takes the water of a run, moment by moment, in the order of `lead_h`."""

    def __init__(
        self, folder: Path, course: Course, lead_h: NDArray[np.float64], issued_at: datetime
    ) -> None:
        self._course, self._path = course, folder / STORE
        self.classes: list[NDArray[np.uint8]] = []
        _write(self._path, _ground(course, lead_h, issued_at), "w")
        group = zarr.open_group(self._path, mode="r+")
        size = (len(lead_h), *course.grid.z.shape)
        self._depth = _over_time(group, "depth", size, DEPTHS)
        self._surface = _over_time(group, "surface", size, SURFACES)

    def keep(self, depth: Heights) -> None:
        """Depth of all water above ground, metres, at the next moment."""
        number, flood = len(self.classes), as_flood(self._course, depth)
        self._depth[number] = flood
        self._surface[number] = _level(self._course.grid, depth)
        self.classes.append(classes_of(flood))

    def finish(self, water: Water) -> None:
        """The greatest values, the arrival and the coarser levels beside what was kept."""
        highest = _level(self._course.grid, water.max_water)
        fields = {
            "max_depth": (water.max_depth, MOST_DEPTH),
            "max_surface": (highest, MOST_SURFACE),
            "max_speed": (water.max_speed, {
                "standard_name": "flood_water_speed", "units": "m s-1", **MOST, **PLACE,
                "long_name": "greatest speed of flood water"}),
            "max_hazard": (water.max_hv, {
                "units": "m2 s-1", **MOST, **PLACE,
                "long_name": "greatest depth times speed of flood water"}),
            "arrival": (water.arrival_h, {
                "long_name": "time from issue until first water", "units": "h",
                "threshold_m": WET_M, **PLACE}),
        }  # fmt: skip
        _write(self._path, xr.Dataset({
            name: (("y", "x"), field, attributes) for name, (field, attributes) in fields.items()
        }), "a")  # fmt: skip
        for level in range(1, level_at(MIN_ZOOM, self._course.grid.cell_m) + 1):
            self._coarsen(level, water.max_depth, highest)

    def _coarsen(self, level: int, deepest: Heights, highest: Heights) -> None:
        """One level of the pyramid, time by time, so that no more than one is held."""
        lasts = lasting(~np.isnan(highest), level)
        depth, surface = coarser(deepest, highest, lasts, level)
        side = 2**level
        grid, step = self._course.grid, self._course.grid.cell_m * side
        rows, columns = depth.shape
        _write(self._path, xr.Dataset(
            {
                "max_depth": (("y", "x"), depth, MOST_DEPTH),
                "max_surface": (("y", "x"), surface, MOST_SURFACE),
            },
            coords={
                "y": ("y", grid.y0 - step * (np.arange(rows) + 0.5), NORTH),
                "x": ("x", grid.x0 + step * (np.arange(columns) + 0.5), EAST),
            },
        ), "a", f"level{level}")  # fmt: skip
        group = zarr.open_group(self._path / f"level{level}", mode="r+")
        size = (len(self.classes), rows, columns)
        depths = _over_time(group, "depth", size, DEPTHS)
        surfaces = _over_time(group, "surface", size, SURFACES)
        for number in range(len(self.classes)):
            depths[number], surfaces[number] = coarser(
                self._depth[number], self._surface[number], lasts, level
            )


def _over_time(
    group: zarr.Group, name: str, size: tuple[int, ...], attributes: dict[str, Any]
) -> Any:
    file = tuple(-(-n // SQUARE) * SQUARE for n in size[1:])
    return group.create_array(
        name, shape=size, dtype="float32", chunks=(1, SQUARE, SQUARE), shards=(1, *file),
        fill_value=float("nan"), dimension_names=("time", "y", "x"), attributes=attributes,
    )  # fmt: skip


def _level(grid: Grid, depth: Heights) -> Heights:
    wet = np.nan_to_num(depth) >= WET_M
    return np.where(wet, grid.z + depth, np.float32(np.nan)).astype(np.float32)


def _write(path: Path, part: xr.Dataset, mode: str, group: str | None = None) -> None:
    squares = {
        str(name): {"_FillValue": np.float32(np.nan), "chunks": (SQUARE, SQUARE)}
        for name, field in part.data_vars.items()
        if field.dtype == np.float32
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # consolidated metadata is not yet in Zarr 3
        part.to_zarr(path, mode=mode, group=group, consolidated=False, encoding=squares)  # type: ignore[call-overload]


def _ground(course: Course, lead_h: NDArray[np.float64], issued_at: datetime) -> xr.Dataset:
    """What does not change: where and when (CF-1.11), the ground, and where the river itself is."""
    x, y = course.grid.centres()
    return xr.Dataset(
        {
            "ground": (("y", "x"), course.grid.z, {
                "standard_name": "surface_altitude", "long_name": "ground height", "units": "m",
                "vertical_datum": TERRAIN_DATUM, **PLACE}),
            "river": (("y", "x"), course.river.astype(np.int8), {
                "long_name": "1 where the river itself is, which is no flood", **PLACE}),
            "crs": ((), np.int32(0), CRS.from_user_input(METRIC).to_cf()),
        },
        coords={
            "time": ("time", lead_h, {
                "standard_name": "time", "units": f"hours since {issued_at.isoformat()}",
                "calendar": "proleptic_gregorian"}),
            "y": ("y", y, NORTH),
            "x": ("x", x, EAST),
        },
        attrs={
            "Conventions": "CF-1.11", "title": "Forecast inundation",
            "source": "Anlan: Muskingum, standard-step backwater, 2D shallow water (Godunov)",
            "issued_at": issued_at.isoformat(),
        },
    )  # fmt: skip
