"""Rasters of a case: the ground, and fields that lie on its cells.

A ground is taken only in metres, east and north and up: degrees, feet, oblong cells and holes in
the middle are refused. A field lies on the ground's own cells, or it is refused: an engine that
resamples in silence answers another question.
"""

import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.errors import CRSError, NotGeoreferencedWarning, RasterioError
from scipy import ndimage

from anlan.hazards.flood.casefile.refusals import N_, RefusedCase

Heights = NDArray[np.float32]
LOWEST_M, HIGHEST_M = -12_000.0, 9_000.0
_SAME = 1e-6  # share of a cell by which two grids may differ


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """z: heights, float32, rows from north to south, NaN outside; x0, y0: upper left corner, m.

    crs: well-known text or authority code of the plane coordinates.
    """

    path: Path
    z: Heights
    x0: float
    y0: float
    cell_m: float
    crs: str

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """Row and column under a position; may lie outside."""
        row, column = (self.y0 - y) / self.cell_m, (x - self.x0) / self.cell_m
        return int(np.floor(row)), int(np.floor(column))

    def centre(self, row: int, column: int) -> tuple[float, float]:
        return self.x0 + (column + 0.5) * self.cell_m, self.y0 - (row + 0.5) * self.cell_m

    def has(self, row: int, column: int) -> bool:
        rows, columns = self.z.shape
        return bool(0 <= row < rows and 0 <= column < columns)


def read_ground(path: Path, crs: str | None = None, holes_are_walls: bool = False) -> Ground:
    """The ground of a case. crs: stated by the case where the file does not say it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        try:
            with rasterio.open(path) as source:
                _refuse_variables(path, source)
                own = _plane(path, _crs(path, source.crs, crs))
                _refuse_feet(path, source)
                transform = source.transform
                z = _band(source, 1)
        except (RasterioError, OSError) as fault:
            raise RefusedCase(path, N_("cannot be read as a raster")) from fault
    if not (transform.b == transform.d == 0 and transform.a > 0 > transform.e):
        raise RefusedCase(path, N_("the raster is turned; rows are to run from north to south"))
    if abs(transform.a + transform.e) > _SAME * transform.a:
        raise RefusedCase(path, N_("cells of {a:g} by {b:g} m; they are to be square"),
                          a=transform.a, b=-transform.e)  # fmt: skip
    ground = Ground(path, z, float(transform.c), float(transform.f), float(transform.a),
                    own.to_string())  # fmt: skip
    _refuse_heights(ground)
    if not holes_are_walls:
        _refuse_holes(ground)
    return ground


def read_field(path: Path, ground: Ground, *, above: float | None = None) -> Heights:
    """A field on the cells of the ground: a number wherever there is ground; more than `above`."""
    values: Heights = read_bands(path, ground)[0]
    _refuse_cells(path, ground, np.isnan(values), values, N_("no value where there is ground"))
    if above is not None:
        _refuse_cells(path, ground, values <= above, values, N_("{value:g} is not above {above:g}"),
                      above=above)  # fmt: skip
    return values


def read_bands(path: Path, ground: Ground, units: tuple[str, ...] = ()) -> Heights:
    """All bands of a raster (bands, rows, columns) that lies on the cells of the ground.

    units: which the raster may say, if it says one.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        try:
            with rasterio.open(path) as source:
                if source.crs is not None and source.crs != CRS.from_user_input(ground.crs):
                    raise RefusedCase(
                        path, N_("lies in {crs}, the ground in {ground}; mixed coordinates"),
                        crs=source.crs.to_string(), ground=ground.crs,
                    )  # fmt: skip
                _refuse_variables(path, source)
                _refuse_other_cells(path, source, ground)
                unit = source.units[0] or ""
                if units and unit not in ("", *units):
                    raise RefusedCase(path, N_("counts in {unit}, not in {units}"), unit=unit,
                                      units=units[0])  # fmt: skip
                return np.stack([_band(source, band) for band in source.indexes])
        except (RasterioError, OSError) as fault:
            raise RefusedCase(path, N_("cannot be read as a raster")) from fault


def refuse_missing(path: Path, ground: Ground, values: Heights) -> None:
    """Refuse a field that has no number somewhere on the ground, naming the cell."""
    _refuse_cells(path, ground, np.isnan(values), values, N_("no value where there is ground"))


def refuse_negative(path: Path, ground: Ground, values: Heights) -> None:
    _refuse_cells(path, ground, values < 0, values, N_("{value:g} is negative"))


def _crs(path: Path, own: CRS | None, stated: str | None) -> CRS:
    try:
        said = CRS.from_user_input(stated) if stated is not None else None
    except CRSError as fault:
        raise RefusedCase(path, N_("{crs} names no coordinates"), crs=stated) from fault
    if own is None and said is None:
        raise RefusedCase(path, N_("does not say its coordinates; state them as grid.crs"))
    if own is not None and said is not None and own != said:
        raise RefusedCase(path, N_("lies in {own}, but grid.crs says {said}"),
                          own=own.to_string(), said=said.to_string())  # fmt: skip
    return own if own is not None else said


def _plane(path: Path, crs: CRS) -> CRS:
    if crs.is_geographic:
        raise RefusedCase(path, N_("lies in degrees ({crs}); project it to metres first"),
                          crs=crs.to_string())  # fmt: skip
    unit, factor = crs.linear_units_factor
    if abs(factor - 1.0) > 1e-9:
        raise RefusedCase(path, N_("lies in {unit}, not in metres; project it first"), unit=unit)
    return crs


def _refuse_feet(path: Path, source: "rasterio.DatasetReader") -> None:
    unit = (source.units[0] or "").lower()
    wkt = source.crs.to_wkt().lower() if source.crs is not None else ""
    vertical = wkt[wkt.find("vert") :] if "vert" in wkt else ""
    if unit not in ("", "m", "metre", "metres", "meter", "meters", "米"):
        raise RefusedCase(path, N_("heights are counted in {unit}, not in metres"), unit=unit)
    if '"foot' in vertical or '"us survey' in vertical:
        raise RefusedCase(path, N_("heights are counted in {unit}, not in metres"), unit="feet")


def _refuse_variables(path: Path, source: "rasterio.DatasetReader") -> None:
    """A NetCDF file of several variables has no bands of its own."""
    if source.count == 0:
        raise RefusedCase(path, N_("holds several variables or none; keep the one that is meant"))


def _band(source: "rasterio.DatasetReader", band: int) -> Heights:
    values = source.read(band, masked=True)
    return np.asarray(np.ma.filled(values.astype(np.float32), np.nan), dtype=np.float32)


def _refuse_heights(ground: Ground) -> None:
    known = np.isfinite(ground.z)
    if not known.any():
        raise RefusedCase(ground.path, N_("every cell is without data"))
    strange = known & ((ground.z < LOWEST_M) | (ground.z > HIGHEST_M))
    _refuse_cells(ground.path, ground, strange | np.isinf(ground.z), ground.z,
                  N_("a height of {value:g} m; is a no-data value not declared?"))  # fmt: skip


def _refuse_holes(ground: Ground) -> None:
    holes, count = ndimage.label(np.isnan(ground.z))
    outer = np.unique(np.concatenate([holes[0], holes[-1], holes[:, 0], holes[:, -1]]))
    inner = np.setdiff1d(np.arange(1, count + 1), outer)
    if inner.size:
        _refuse_cells(
            ground.path, ground, np.isin(holes, inner), ground.z,
            N_("no data inside the domain; fill it, or say grid.holes = \"walls\""),
        )  # fmt: skip


def _refuse_other_cells(path: Path, source: "rasterio.DatasetReader", ground: Ground) -> None:
    own = source.transform
    wanted = (ground.cell_m, 0.0, ground.x0, 0.0, -ground.cell_m, ground.y0)
    found = (own.a, own.b, own.c, own.d, own.e, own.f)
    far = max(abs(a - b) for a, b in zip(found, wanted, strict=True)) > _SAME * ground.cell_m
    if far or source.shape != ground.z.shape:
        raise RefusedCase(
            path, N_("does not lie on the cells of {ground}: {rows} × {columns} of {cell:g} m from "
                     "{x:.2f}, {y:.2f}"),
            ground=ground.path.name, rows=source.height, columns=source.width, cell=own.a,
            x=own.c, y=own.f,
        )  # fmt: skip


def _refuse_cells(
    path: Path, ground: Ground, bad: NDArray[np.bool_], values: Heights, why: str,
    **facts: object,
) -> None:  # fmt: skip
    """Name the first bad cell that has ground (or is asked about the ground itself)."""
    if values is not ground.z:
        bad = bad & np.isfinite(ground.z)
    if not bad.any():
        return
    row, column = (int(place) for place in np.argwhere(bad)[0])
    x, y = ground.centre(row, column)
    where = f"{path}, row {row}, column {column} ({x:.1f}, {y:.1f})"
    raise RefusedCase(where, why, value=float(values[row, column]), **facts)
