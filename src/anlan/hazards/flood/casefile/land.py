"""The land of a case: ground and roughness."""

import numpy as np

from anlan.hazards.flood.casefile.buildings import covered
from anlan.hazards.flood.casefile.landuse import Bounds, by_land_use, classes_of
from anlan.hazards.flood.casefile.rasters import (
    Ground,
    read_field,
    read_ground,
)
from anlan.hazards.flood.casefile.refusals import N_, RefusedCase
from anlan.hazards.flood.casefile.sources import Heights
from anlan.hazards.flood.casefile.tables import Table
from anlan.hazards.flood.casefile.uses import Uses

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

    n is Manning's, s m^(-1/3); nothing where it is written as a number is no friction, in a raster
    it is a gap.
    """
    if table.one_of("n", "file") == "n":
        n: float | Heights = table.number("n", least=0.0, most=HIGHEST_N)
        uses.tell(table.where("n"), N_("Manning's n = {n:g}"), n=n)
    else:
        n = _rough_raster(table, ground, uses)
    for area in table.tables("area"):
        path, own = area.path("file"), area.number("n", least=0.0, most=HIGHEST_N)
        area.finish()
        inside = covered(path, ground)
        n = np.where(inside, np.float32(own), np.asarray(n, dtype=np.float32)).astype(np.float32)
        uses.tell(path, N_("Manning's n = {n:g} on {cells} cells"), n=own, cells=int(inside.sum()))
    table.finish()
    return n


def _rough_raster(table: Table, ground: Ground, uses: Uses) -> Heights:
    path = table.path("file")
    if table.has("table"):
        of = classes_of(table, "table", Bounds(least=0.0, most=HIGHEST_N))
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
