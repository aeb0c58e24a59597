"""Rasters of a case: the ground, and fields that lie on its cells.

A ground is taken only in metres, east and north and up: degrees, feet, oblong cells and holes in
the middle are refused. A field lies on the ground's own cells, or it is refused: an engine that
resamples in silence answers another question.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from anlan.hazards.flood.casefile.coordinates import (
    crs_of,
    lies_in,
    refuse_feet,
    refuse_stretched,
)
from anlan.hazards.flood.casefile.refusals import N_, RefusedCase
from anlan.hazards.flood.casefile.sources import Heights, Source, read_source

METRES = ("", "m", "metre", "metres", "meter", "meters", "米")
LOWEST_M, HIGHEST_M = -12_000.0, 9_000.0
PIT_M = 200.0
LEAST_CELL_M = 0.01  # the finest tanks for bores; a cell of degrees counts less
_RING = np.array([[1, 1, 1], [1, 0, 1], [1, 1, 1]])
_SAME = 1e-6  # share of a cell by which two grids may differ
_ON_EDGE = 1e-6  # share of a cell by which a point may lie beyond the last one


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """z: heights, float32, rows from north to south, NaN outside; x0, y0: upper left corner, m.

    crs: well-known text or authority code of the plane coordinates, local ones included.
    """

    path: Path
    z: Heights
    x0: float
    y0: float
    cell_m: float
    crs: str

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """Row and column under a position; may lie outside. The far edges are the last cells'."""
        rows, columns = self.z.shape
        row, column = (self.y0 - y) / self.cell_m, (x - self.x0) / self.cell_m
        return _within(row, rows), _within(column, columns)

    def centre(self, row: int, column: int) -> tuple[float, float]:
        return self.x0 + (column + 0.5) * self.cell_m, self.y0 - (row + 0.5) * self.cell_m

    def has(self, row: int, column: int) -> bool:
        rows, columns = self.z.shape
        return bool(0 <= row < rows and 0 <= column < columns)


def read_ground(path: Path, crs: str | None = None, holes_are_walls: bool = False) -> Ground:
    """The ground of a case. crs: stated by the case where the file does not say it."""
    source = read_source(path)
    plane = crs_of(path, source.crs, crs)
    if source.unit.lower() not in METRES:
        raise RefusedCase(path, N_("heights are counted in {unit}, not in metres"),
                          unit=source.unit)  # fmt: skip
    refuse_feet(path, source.crs)
    if abs(source.wide - source.high) > _SAME * source.wide:
        raise RefusedCase(path, N_("cells of {a:g} by {b:g} m; they are to be square"),
                          a=source.wide, b=source.high)  # fmt: skip
    _refuse_degrees(path, source)
    ground = Ground(path, source.only(), source.x0, source.y0, source.wide, plane)
    refuse_stretched(path, plane, *ground.centre(ground.z.shape[0] // 2, ground.z.shape[1] // 2))
    _refuse_heights(ground)
    _refuse_pits(ground)
    if not holes_are_walls:
        _refuse_holes(ground)
    return ground


def read_field(path: Path, ground: Ground, *, above: float | None = None) -> Heights:
    """A field on the cells of the ground: a number wherever there is ground; more than `above`."""
    values = read_laid(path, ground).only()
    refuse_missing(path, ground, values)
    if above is not None:
        _refuse_cells(path, ground, values <= above, values, N_("{value:g} is not above {above:g}"),
                      above=above)  # fmt: skip
    return values


def read_laid(path: Path, ground: Ground, units: tuple[str, ...] = ()) -> Source:
    """A raster that lies on the cells of the ground.

    units: which the raster may say, if it says one.
    """
    source = read_source(path)
    if source.crs is not None and not lies_in(source.crs, ground.crs):
        raise RefusedCase(
            path, N_("lies in {crs}, the ground in {ground}; mixed coordinates"),
            crs=source.crs.to_string(), ground=ground.crs,
        )  # fmt: skip
    _refuse_other_cells(source, ground)
    if units and source.unit not in ("", *units):
        raise RefusedCase(path, N_("counts in {unit}, not in {units}"), unit=source.unit,
                          units=units[0])  # fmt: skip
    return source


def refuse_missing(path: Path | str, ground: Ground, values: Heights) -> None:
    """Refuse a field that has no number somewhere on the ground, naming the cell."""
    _refuse_cells(path, ground, np.isnan(values), values, N_("no value where there is ground"))


def refuse_negative(path: Path | str, ground: Ground, values: Heights) -> None:
    _refuse_cells(path, ground, values < 0, values, N_("{value:g} is negative"))


def _refuse_degrees(path: Path, source: Source) -> None:
    """Refuse a grid whose numbers are degrees, whatever metres the case states of it."""
    if source.wide < LEAST_CELL_M * (1.0 - _SAME):
        raise RefusedCase(path, N_("cells of {cell:g} m from {x:g}, {y:g}; are these degrees? "
                                   "project it to metres first"),
                          cell=source.wide, x=source.x0, y=source.y0)  # fmt: skip


def _refuse_heights(ground: Ground) -> None:
    known = np.isfinite(ground.z)
    if not known.any():
        raise RefusedCase(ground.path, N_("every cell is without data"))
    strange = known & ((ground.z < LOWEST_M) | (ground.z > HIGHEST_M))
    _refuse_cells(ground.path, ground, strange | np.isinf(ground.z), ground.z,
                  N_("a height of {value:g} m; is a no-data value not declared?"))  # fmt: skip


def _refuse_pits(ground: Ground) -> None:
    """No ground falls so far to a single cell on all its sides, nor to all cells of its lowest
    height; a gap does."""
    filled = np.where(np.isfinite(ground.z), ground.z, np.float32(np.inf))
    around = ndimage.minimum_filter(filled, footprint=_RING, mode="constant", cval=np.inf)
    pits = np.isfinite(around) & (filled < around - PIT_M)
    lowest = ground.z == np.nanmin(ground.z)
    beside = (
        ndimage.binary_dilation(lowest, np.ones((3, 3), dtype=np.bool_))
        & ~lowest
        & np.isfinite(ground.z)
    )
    if beside.any() and ground.z[beside].min() > ground.z[lowest][0] + PIT_M:
        pits |= lowest
    _refuse_cells(ground.path, ground, pits, ground.z,
                  N_("{value:g} m lies more than {pit:g} m below all cells around it; is a no-data "
                     "value not declared?"), pit=PIT_M)  # fmt: skip


def _refuse_holes(ground: Ground) -> None:
    holes, count = ndimage.label(np.isnan(ground.z))
    outer = np.unique(np.concatenate([holes[0], holes[-1], holes[:, 0], holes[:, -1]]))
    inner = np.setdiff1d(np.arange(1, count + 1), outer)
    if inner.size:
        _refuse_cells(
            ground.path, ground, np.isin(holes, inner), ground.z,
            N_("no data inside the domain; fill it, or say grid.holes = \"walls\""),
        )  # fmt: skip


def _refuse_other_cells(source: Source, ground: Ground) -> None:
    wanted = (ground.cell_m, ground.cell_m, ground.x0, ground.y0)
    found = (source.wide, source.high, source.x0, source.y0)
    far = max(abs(a - b) for a, b in zip(found, wanted, strict=True)) > _SAME * ground.cell_m
    rows, columns = source.bands.shape[1:]
    if far or (rows, columns) != ground.z.shape:
        raise RefusedCase(
            source.path, N_("does not lie on the cells of {ground}: {rows} × {columns} of "
                            "{cell:g} m from {x:.2f}, {y:.2f}"),
            ground=ground.path.name, rows=rows, columns=columns, cell=source.wide,
            x=source.x0, y=source.y0,
        )  # fmt: skip


def _refuse_cells(
    path: Path | str, ground: Ground, bad: NDArray[np.bool_], values: Heights, why: str,
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


def _within(place: float, count: int) -> int:
    if -_ON_EDGE <= place <= count + _ON_EDGE:
        return min(max(int(np.floor(place)), 0), count - 1)
    return int(np.floor(place))
