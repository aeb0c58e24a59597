"""What the axes of a NetCDF file say: where its cells lie, and when its maps begin.

GDAL reads the numbers; where an axis is not called as the CF conventions ask, it knows neither its
place nor its time, so both are taken from the coordinate variables.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
import xarray as xr
from numpy.typing import NDArray
from rasterio.errors import RasterioError
from scipy.io import netcdf_file

from anlan.hazards.flood.casefile.refusals import N_, RefusedCase

Floats = NDArray[np.float64]
_NAMED = {"x": ("x", "X", "easting", "Easting", "E"), "y": ("y", "Y", "northing", "Northing", "N")}
_DEGREES = ("lon", "longitude", "lat", "latitude")
_EVEN = 1e-3  # share of a cell by which coordinates kept in float32 may be off
_SECONDS = {"s": 1.0, "sec": 1.0, "second": 1.0, "min": 60.0, "minute": 60.0, "h": 3600.0,
            "hr": 3600.0, "hour": 3600.0, "d": 86400.0, "day": 86400.0}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Axes:
    """x, y: middles of the cells as the file orders them; x_first: x is the slower axis."""

    x: Floats
    y: Floats
    x_first: bool

    def side(self, along: Floats, name: str, path: Path) -> float:
        """The side of a cell; uneven coordinates are refused."""
        steps = np.diff(along)
        mean = float((along[-1] - along[0]) / steps.size)
        if mean == 0.0 or np.abs(steps - mean).max() > _EVEN * abs(mean):
            raise RefusedCase(path, N_("its {axis} coordinates are not evenly spaced"), axis=name)
        return abs(round(mean, 6))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Clock:
    """begins: when each map begins, datetime64 (UTC) or, where the file names no
    day, seconds; dated: which; ends: when the last one ends, if the file says it."""

    begins: NDArray[np.generic]
    ends: np.generic | None
    dated: bool


def axes_of(path: Path, file: "rasterio.DatasetReader") -> Axes:
    """The plane axes of the one variable of an open file."""
    tags = file.tags()
    x, y = (_axis(path, tags, axis) for axis in "xy")
    if min(x.size, y.size) < 2:
        raise RefusedCase(path, N_("one row or column: its cells have no size"))
    rows, columns = file.shape
    if (y.size, x.size) == (rows, columns) and rows != columns:
        return Axes(x, y, x_first=False)
    if (x.size, y.size) == (rows, columns) and rows != columns:
        return Axes(x, y, x_first=True)
    if x.size != rows or y.size != rows:
        raise RefusedCase(path, N_("has no coordinates for its rows and columns"))
    return Axes(x, y, x_first=_x_first(path, file, x, y))


def _x_first(path: Path, file: "rasterio.DatasetReader", x: Floats, y: Floats) -> bool:
    """Which is the slower axis of as many rows as columns."""
    if not file.transform.is_identity:  # GDAL placed the faster axis by its coordinates
        half = abs(x[1] - x[0])
        on_x = abs(file.transform.c - x.min()) <= half
        if on_x != (abs(file.transform.c - y.min()) <= half):
            return not on_x
    try:
        with netcdf_file(path, "r", mmap=False) as plain:
            dimensions = plain.variables[file.tags(1)["NETCDF_VARNAME"]].dimensions
            return str(dimensions[-1]) in _NAMED["y"]
    except (OSError, TypeError, ValueError, KeyError) as fault:
        raise RefusedCase(
            path, N_("as many rows as columns, and nothing says which is which; give x and y their "
                     "standard_name")
        ) from fault  # fmt: skip


def _axis(path: Path, tags: dict[str, str], axis: str) -> Floats:
    """The coordinates of one axis: the variable that says it is it, or is called so."""
    meant = f"projection_{axis}_coordinate"
    said = [key.partition("#")[0] for key, value in tags.items()
            if (key.endswith("#standard_name") and value == meant)
            or (key.endswith("#axis") and value.lower() == axis)]  # fmt: skip
    for name in (*said, *_NAMED[axis]):
        found = _variable(path, name)
        if found is not None and found.shape[0] == 1:
            _refuse_unit(path, name, tags)
            return found.ravel()
    if any(_variable(path, name) is not None for name in _DEGREES):
        raise RefusedCase(path, N_("lies in degrees ({crs}); project it to metres first"),
                          crs="lon, lat")  # fmt: skip
    raise RefusedCase(path, N_("has no coordinates along {axis}"), axis=axis)


def _refuse_unit(path: Path, name: str, tags: dict[str, str]) -> None:
    unit = tags.get(f"{name}#units", "m")
    if unit not in ("m", "metre", "metres", "meter", "meters", "1", ""):
        raise RefusedCase(path, N_("lies in {unit}, not in metres; project it first"), unit=unit)


def _variable(path: Path, name: str) -> Floats | None:
    try:
        with rasterio.open(f'NETCDF:"{path}":{name}') as file:
            read: Floats = file.read(1).astype(np.float64)
    except RasterioError:
        return None
    return read


def clock_of(path: Path, file: "rasterio.DatasetReader") -> Clock | None:
    """The axis along the bands; None where the variable has none."""
    tags = file.tags()
    extra = tags.get("NETCDF_DIM_EXTRA", "").strip("{}")
    if not extra:
        return None
    if "," in extra:
        raise RefusedCase(path, N_("has more axes than time, y and x: {axes}"), axes=extra)
    begins = _variable(path, extra)
    if begins is None:
        return None
    begin, end = begins[0], None
    bounds = tags.get(f"{extra}#bounds")
    if bounds is not None:
        begin, end = _between(path, bounds, begin)
    return _clock(path, extra, (begin, end), tags)


def _between(path: Path, bounds: str, at: Floats) -> tuple[Floats, np.float64]:
    """When each map begins, and the last one ends, of a variable of bounds."""
    both = _variable(path, bounds)
    if both is None or both.shape != (at.size, 2) or (both[1:, 0] != both[:-1, 1]).any():
        raise RefusedCase(path, N_("{bounds} does not bound one map after the other"),
                          bounds=bounds)  # fmt: skip
    return both[:, 0], both[-1, 1]


def _clock(
    path: Path, axis: str, when: tuple[Floats, np.float64 | None], tags: dict[str, str]
) -> Clock | None:
    unit = tags.get(f"{axis}#units", "")
    begin, end = when
    if " since " not in unit:
        counted = _SECONDS.get(unit.strip().lower()) or _SECONDS.get(unit.strip().lower()[:-1])
        if counted is None:
            return None
        return Clock(begins=begin * counted, dated=False,
                     ends=None if end is None else end * counted)  # fmt: skip
    values = begin if end is None else np.append(begin, end)
    about = {"units": unit, "calendar": tags.get(f"{axis}#calendar", "standard")}
    try:
        dates = xr.decode_cf(xr.Dataset({"time": ("time", values, about)}))["time"].values
    except (ValueError, ImportError) as fault:
        raise _no_time(path, about) from fault
    if not np.issubdtype(dates.dtype, np.datetime64):
        raise _no_time(path, about)
    return Clock(begins=dates[: begin.size], dated=True,
                 ends=None if end is None else dates[-1])  # fmt: skip


def _no_time(path: Path, about: dict[str, str]) -> RefusedCase:
    return RefusedCase(path, N_("{unit} is no time in the calendar {calendar}; it takes standard"),
                       unit=about["units"], calendar=about["calendar"])  # fmt: skip
