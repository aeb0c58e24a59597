"""Terrain in and out of files: GeoTIFF and whatever else GDAL reads; cloud-optimised GeoTIFF out.

A height model is believed only if it says where it lies and in which unit it counts. The four
ways to be wrong are four answers: no CRS, heights in feet, nothing but no-data, not readable.
"""

import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.errors import CRSError, NotGeoreferencedWarning, RasterioError
from rasterio.warp import Resampling, calculate_default_transform, reproject

from anlan.terrain.crs import METRIC
from anlan.terrain.grid import Grid

LOWEST_M, HIGHEST_M = -500.0, 9000.0
NODATA = -9999.0
_FEET = ("ft", "foot", "feet")


class BadDem(ValueError):
    """The file cannot be used as terrain."""


class UnreadableDem(BadDem):
    """The file is missing, damaged or no raster."""


class DemWithoutCrs(BadDem):
    """The file does not say in which coordinates it lies."""


class DemInFeet(BadDem):
    """Heights are counted in feet."""


class EmptyDem(BadDem):
    """Every cell is without data."""


class UndeclaredNodata(BadDem):
    """Heights beyond anything on Earth, and no no-data value declared that would explain them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What the numbers of a raster are, kept in the file."""

    description: str
    unit: str
    datum: str = ""


def read_dem(path: Path | str, *, crs: str | None = None, cell_m: float | None = None) -> Grid:
    """A height model as a grid in EPSG:4544, metres.

    crs: said by the person who loads a file that does not say it itself. cell_m: wanted cell size,
    the file's own if not given. Other coordinates are reprojected (bilinear); a file already on
    square EPSG:4544 cells is taken cell by cell. Heights are taken as Yellow Sea 1985.
    Raises `UnreadableDem`, `DemWithoutCrs`, `DemInFeet`, `EmptyDem`, `UndeclaredNodata`.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            with rasterio.open(path) as source:
                return _grid(source, _source_crs(source, crs), cell_m)
    except (RasterioError, CRSError, OSError) as error:
        raise UnreadableDem(f"{Path(path).name} cannot be read as a raster: {error}") from error


def _source_crs(source: "rasterio.DatasetReader", stated: str | None) -> CRS:
    if stated is not None:
        return CRS.from_user_input(stated)
    if source.crs is None:
        raise DemWithoutCrs("the height model does not say its coordinate system; state it")
    return source.crs


def _heights(source: "rasterio.DatasetReader", crs: CRS) -> NDArray[np.float32]:
    """Band 1 with NaN where there are no data, or the reason why not."""
    unit = (source.units[0] or "").lower()
    wkt = crs.to_wkt().lower()
    vertical = wkt[wkt.find("vert") :] if "vert" in wkt else ""
    if any(word in unit for word in _FEET) or any(f'"{w}' in vertical for w in ("foot", "us surv")):
        raise DemInFeet("heights are counted in feet; convert them to metres first")
    band = source.read(1, masked=True)
    z = np.ma.filled(band.astype(np.float32), np.nan)
    known = np.isfinite(z)
    if not known.any():
        raise EmptyDem("every cell of the height model is without data")
    lowest, highest = float(np.nanmin(z)), float(np.nanmax(z))
    if lowest < LOWEST_M or highest > HIGHEST_M:
        raise UndeclaredNodata(
            f"heights from {lowest:g} to {highest:g} m; declare the no-data value of the file"
        )
    return z


def _grid(source: "rasterio.DatasetReader", crs: CRS, cell_m: float | None) -> Grid:
    z = _heights(source, crs)
    own = source.transform
    target = CRS.from_string(METRIC)
    square = own.b == own.d == 0 and own.a > 0 and np.isclose(own.a, -own.e)
    if crs == target and square and cell_m in (None, own.a):
        return Grid(z, float(own.c), float(own.f), float(own.a))
    transform, columns, rows = calculate_default_transform(
        crs, target, source.width, source.height, *source.bounds, resolution=cell_m
    )
    result = np.full((rows, columns), np.nan, dtype=np.float32)
    reproject(
        z,
        result,
        src_transform=own,
        src_crs=crs,
        src_nodata=np.nan,
        dst_transform=transform,
        dst_crs=target,
        dst_nodata=np.nan,
        resampling=Resampling.bilinear,
    )
    if not np.isfinite(result).any():
        raise EmptyDem("nothing of the height model falls into the metric grid")
    return Grid(result, float(transform.c), float(transform.f), float(transform.a))


def write_dem(path: Path | str, grid: Grid) -> None:
    """Terrain as a cloud-optimised GeoTIFF, EPSG:4544, its datum written in its tags."""
    meaning = Meaning(
        description="ground height", unit="m", datum="Yellow Sea 1985 (1985国家高程基准)"
    )
    write_field(path, grid, grid.z, meaning)


def write_field(path: Path | str, grid: Grid, field: NDArray[np.float32], meaning: Meaning) -> None:
    """Any field on a grid (depth, arrival) as a cloud-optimised GeoTIFF; NaN becomes no-data."""
    if field.shape != grid.z.shape:
        raise ValueError("the field does not lie on this grid")
    with rasterio.open(
        path,
        "w",
        driver="COG",
        width=field.shape[1],
        height=field.shape[0],
        count=1,
        dtype="float32",
        crs=METRIC,
        transform=grid.transform,
        nodata=NODATA,
        compress="deflate",
        predictor="yes",
    ) as sink:
        sink.write(np.where(np.isnan(field), np.float32(NODATA), field).astype(np.float32), 1)
        sink.set_band_description(1, meaning.description)
        sink.set_band_unit(1, meaning.unit)
        if meaning.datum:
            sink.update_tags(VERTICAL_DATUM=meaning.datum)
