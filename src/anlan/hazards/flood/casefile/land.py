"""The land of a case: ground, buildings, roughness, and what is wet at the start."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyogrio
from numpy.typing import NDArray
from rasterio import Affine
from rasterio.crs import CRS
from rasterio.features import rasterize
from shapely import from_wkb

from anlan.hazards.flood.casefile.rasters import (
    Ground,
    Heights,
    read_bands,
    read_field,
    read_ground,
)
from anlan.hazards.flood.casefile.refusals import N_, RefusedCase
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


def built_on(table: Table, ground: Ground, uses: Uses) -> Ground:
    """[buildings]: polygons that block the water, or raise the ground by height_m."""
    path = table.path("file")
    raised = table.choice("as", ("blocked", "raised")) == "raised"
    height = table.number("height_m", above=0.0) if raised else np.nan
    table.finish()
    inside = _covered(path, ground)
    uses.tell(path, N_("buildings on {cells} cells"), cells=int(inside.sum()))
    z = np.where(inside, ground.z + np.float32(height), ground.z).astype(np.float32)
    return replace(ground, z=z)


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
        inside = _covered(path, ground)
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
        surface, where = read_bands(path, ground)[0], str(path)
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
        of = {_class(table, name): n for name, n in table.pairs("table").items()}
        field = _by_land_use(table, read_field(path, ground), ground, of)
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


def _class(table: Table, name: str) -> int:
    if not name.lstrip("-").isdigit():
        raise table.refuse(f"table.{name}", N_("a land use is a whole number"))
    return int(name)


def _by_land_use(table: Table, uses: Heights, ground: Ground, of: dict[int, float]) -> Heights:
    for use, n in of.items():
        if not 0.0 < n <= HIGHEST_N:
            raise table.refuse(f"table.{use}", N_("{n:g} is no Manning's n"), n=n)
    found = {int(use) for use in np.unique(uses[np.isfinite(ground.z)])}
    if missing := sorted(found - set(of)):
        row, column = np.argwhere((uses == missing[0]) & np.isfinite(ground.z))[0]
        raise table.refuse("table", N_("land use {use} (row {row}, column {column}) has no n"),
                           use=missing[0], row=row, column=column)  # fmt: skip
    if unused := sorted(set(of) - found):
        raise table.refuse(f"table.{unused[0]}", N_("no cell has this land use"))
    field = np.full(uses.shape, np.nan, dtype=np.float32)
    for use, n in of.items():
        field[uses == use] = n
    return field


def _covered(path: Path, ground: Ground) -> NDArray[np.bool_]:
    """The cells whose middle lies in the polygons of a file; a file that covers none is refused."""
    try:
        meta, _, shapes, _ = pyogrio.raw.read(path, columns=[])
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as fault:
        raise RefusedCase(path, N_("cannot be read as polygons")) from fault
    if meta["crs"] is None:
        raise RefusedCase(path, N_("does not say its coordinates"))
    if CRS.from_user_input(meta["crs"]) != CRS.from_user_input(ground.crs):
        raise RefusedCase(path, N_("lies in {crs}, the ground in {ground}; mixed coordinates"),
                          crs=meta["crs"], ground=ground.crs)  # fmt: skip
    polygons = [shape for shape in from_wkb(shapes) if shape is not None and shape.area > 0]
    transform = Affine(ground.cell_m, 0.0, ground.x0, 0.0, -ground.cell_m, ground.y0)
    inside = (
        rasterize(polygons, out_shape=ground.z.shape, transform=transform).astype(np.bool_)
        if polygons
        else np.zeros(ground.z.shape, dtype=np.bool_)
    )
    if not inside.any():
        raise RefusedCase(path, N_("covers the middle of no cell"))
    return np.asarray(inside)
