"""The land of a case: ground, roughness, and what is wet at the start."""

import numpy as np
from numpy.typing import NDArray

from anlan.hazards.flood.casefile.buildings import covered
from anlan.hazards.flood.casefile.landuse import Bounds, by_land_use, classes_of
from anlan.hazards.flood.casefile.rasters import (
    Ground,
    read_field,
    read_ground,
    read_laid,
)
from anlan.hazards.flood.casefile.refusals import N_, RefusedCase
from anlan.hazards.flood.casefile.sources import Heights
from anlan.hazards.flood.casefile.tables import Table
from anlan.hazards.flood.casefile.uses import Uses
from anlan.hazards.flood.shallow_water.case import Initial

HIGHEST_N = 1.0  # more is a slip of the pen (Chow 1959, table 5-6, ends at 0.2)


def ground_of(table: Table, uses: Uses) -> Ground:
    """[grid]: dem, crs where the file does not say it, holes."""
    path = table.path("dem")
    crs = table.text("crs") if table.has("crs") else None
    holes = table.has("holes") and table.choice("holes", ("refuse", "walls")) == "walls"
    table.finish()
    ground = read_ground(path, crs, holes)
    rows, columns = ground.z.shape
    uses.tell(path, N_("ground: {rows} × {columns} cells of {cell:g} m, {lowest:.2f} to "
                       "{highest:.2f} m, {outside} cells outside; {crs}"),
              rows=rows, columns=columns, cell=ground.cell_m,
              lowest=float(np.nanmin(ground.z)), highest=float(np.nanmax(ground.z)),
              outside=int(np.isnan(ground.z).sum()), crs=ground.crs)  # fmt: skip
    return ground


def roughness_of(table: Table, ground: Ground, uses: Uses) -> float | Heights:
    """[roughness]: n, or a raster of n, or of land use with a table; then areas with their own n.

    n is Manning's, s m^(-1/3).
    """
    if table.one_of("n", "file") == "n":
        n: float | Heights = table.number("n", above=0.0, most=HIGHEST_N)
        uses.tell(table.where("n"), N_("Manning's n = {n:g}"), n=n)
    else:
        n = _rough_raster(table, ground, uses)
    for area in table.tables("area"):
        path, own = area.path("file"), area.number("n", above=0.0, most=HIGHEST_N)
        area.finish()
        inside = covered(path, ground)
        n = np.where(inside, np.float32(own), np.asarray(n, dtype=np.float32)).astype(np.float32)
        uses.tell(path, N_("Manning's n = {n:g} on {cells} cells"), n=own, cells=int(inside.sum()))
    table.finish()
    return n


def initial_of(table: Table, ground: Ground, uses: Uses) -> Initial:
    """[initial]: the water surface at the start, one level or a raster; no data is dry."""
    surface: NDArray[np.float32]
    if table.one_of("surface_m", "file") == "surface_m":
        level = table.number("surface_m")
        where = table.where("surface_m")
        surface = np.full(ground.z.shape, level, dtype=np.float32)
    else:
        path = table.path("file")
        surface, where = read_laid(path, ground).only(), str(path)
    table.finish()
    wet = surface > ground.z
    if not wet.any():
        raise RefusedCase(where, N_("lies below all ground: no water"))
    uses.tell(where, N_("water at the start on {cells} cells"), cells=int(wet.sum()))
    depth = np.where(wet, surface.astype(np.float64) - ground.z, 0.0)
    return Initial(depth)


def _rough_raster(table: Table, ground: Ground, uses: Uses) -> Heights:
    path = table.path("file")
    if table.has("table"):
        of = classes_of(table, "table", Bounds(above=0.0, most=HIGHEST_N))
        field = by_land_use(table, "table", of, read_field(path, ground), ground)
    else:
        field = read_field(path, ground, above=0.0)
        steep = np.isfinite(ground.z) & (field > HIGHEST_N)
        if steep.any():
            row, column = (int(place) for place in np.argwhere(steep)[0])
            raise RefusedCase(f"{path}, row {row}, column {column}", N_("{n:g} is no Manning's n"),
                              n=float(field[row, column]))  # fmt: skip
    known = np.isfinite(ground.z)
    uses.tell(path, N_("Manning's n = {lowest:g} to {highest:g}"),
              lowest=float(field[known].min()), highest=float(field[known].max()))  # fmt: skip
    return np.where(known, field, np.float32(1.0)).astype(np.float32)
