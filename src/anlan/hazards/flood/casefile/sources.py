"""The numbers of a raster file as they are meant: counted by its scale, placed by its coordinates.

GeoTIFF, Esri ASCII and what else GDAL knows are taken by their transform. A NetCDF file is taken by
the values of its coordinate variables, whatever the order of its axes and however little it says.
"""

import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.errors import NotGeoreferencedWarning, RasterioError

from anlan.hazards.flood.casefile.netcdf import Axes, Clock, axes_of, clock_of
from anlan.hazards.flood.casefile.refusals import N_, RefusedCase

Heights = NDArray[np.float32]
_UNTURNED = 1e-6  # share of a cell by which rounding may turn a whole raster
HUGE = 1e19  # only a no-data value is so great: 3.4e38, 1e20, 9.97e36
NEVER = (-9999.0, -99999.0, -32768.0)  # nothing that is counted in a case
UNSCALED = (9999.0, 99999.0, 32767.0, -32767.0, 65535.0)  # nor these, unless they are tenths


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Source:
    """A file's bands, float32, (bands, rows, columns), rows from north to south, NaN no data.

    x0, y0: upper left corner; wide, high: a cell; crs, unit: what the file says; clock: the times
    of the bands, where it has an axis for them.
    """

    path: Path
    bands: Heights
    x0: float
    y0: float
    wide: float
    high: float
    crs: CRS | None
    unit: str
    clock: Clock | None = None

    def only(self) -> Heights:
        """The band of a file that is to have no more."""
        if len(self.bands) != 1:
            raise RefusedCase(self.path, N_("holds {count} bands; keep the one that is meant"),
                              count=len(self.bands))  # fmt: skip
        band: Heights = self.bands[0]
        return band


def read_source(path: Path) -> Source:
    """All that a raster file holds. Raises `RefusedCase`."""
    with warnings.catch_warnings(), rasterio.Env(GDAL_NETCDF_BOTTOMUP="NO"):
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        try:
            with rasterio.open(path) as file:
                if file.count == 0:
                    raise RefusedCase(
                        path, N_("holds several variables or none; keep the one that is meant")
                    )
                if file.driver == "netCDF":
                    return _placed(path, file, axes_of(path, file))
                return _turned(path, file)
        except (RasterioError, OSError) as fault:
            raise RefusedCase(path, N_("cannot be read as a raster")) from fault


def _turned(path: Path, file: "rasterio.DatasetReader") -> Source:
    t = file.transform
    if t.is_identity:
        raise RefusedCase(path, N_("does not say where it lies: neither its corner nor the side of "
                                   "its cells"))  # fmt: skip
    if not (t.a > 0 > t.e and max(abs(t.b), abs(t.d)) * max(file.shape) <= _UNTURNED * t.a):
        raise RefusedCase(path, N_("the raster is turned; rows are to run from north to south"))
    return Source(path=path, bands=_bands(path, file), x0=float(t.c), y0=float(t.f),
                  wide=float(t.a), high=float(-t.e), crs=file.crs,
                  unit=file.units[0] or "")  # fmt: skip


def _placed(path: Path, file: "rasterio.DatasetReader", axes: Axes) -> Source:
    bands = _bands(path, file)
    if axes.x_first:
        bands = bands.transpose(0, 2, 1)
    bands = bands[:, :: (1 if axes.y[0] > axes.y[-1] else -1), :: (1 if axes.x[0] < axes.x[-1]
                                                                    else -1)]  # fmt: skip
    wide, high = axes.side(axes.x, "x", path), axes.side(axes.y, "y", path)
    return Source(
        path=path, bands=np.ascontiguousarray(bands), x0=float(axes.x.min() - wide / 2.0),
        y0=float(axes.y.max() + high / 2.0), wide=wide, high=high, crs=file.crs,
        unit=file.units[0] or "", clock=clock_of(path, file),
    )  # fmt: skip


def _bands(path: Path, file: "rasterio.DatasetReader") -> Heights:
    made = np.empty((file.count, *file.shape), dtype=np.float32)
    for place, band in enumerate(file.indexes):
        scale, offset = file.scales[place], file.offsets[place]
        if not (np.isfinite([scale, offset]).all() and scale != 0):
            raise RefusedCase(path, N_("counts with a scale of {scale:g} and an offset of "
                                       "{offset:g}"), scale=scale, offset=offset)  # fmt: skip
        plain = scale == 1.0 and offset == 0.0
        raw = file.read(band, masked=True)
        _refuse_undeclared(path, raw, plain)
        if not plain:
            raw = raw.astype(np.float64) * scale + offset
        made[place] = np.ma.filled(raw.astype(np.float32), np.nan)
    return made


def _refuse_undeclared(path: Path, raw: "np.ma.MaskedArray[tuple[int, ...], np.dtype[np.generic]]",
                       plain: bool) -> None:  # fmt: skip
    """Refuse what others write where there is no data, if the file does not say that it does."""
    values = raw.data
    with np.errstate(invalid="ignore"):
        odd = np.isin(values, NEVER + UNSCALED if plain else NEVER)
        odd |= np.abs(values.astype(np.float64)) > HUGE
    odd &= ~np.ma.getmaskarray(raw)
    if odd.any():
        row, column = (int(place) for place in np.argwhere(odd)[0])
        raise RefusedCase(
            f"{path}, row {row}, column {column}",
            N_("{value:g} is a no-data value that the file does not declare"),
            value=float(values[row, column]),
        )  # fmt: skip
