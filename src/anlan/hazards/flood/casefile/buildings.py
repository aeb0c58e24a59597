"""Buildings of a case: walls, raised ground, or ground of which a share is open."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
from numpy.typing import NDArray
from rasterio import Affine
from rasterio.features import rasterize
from shapely import from_wkb

from anlan.hazards.flood.casefile.coordinates import is_local, lies_in
from anlan.hazards.flood.casefile.rasters import Ground
from anlan.hazards.flood.casefile.refusals import N_, RefusedCase
from anlan.hazards.flood.casefile.sources import Heights
from anlan.hazards.flood.casefile.tables import Table
from anlan.hazards.flood.casefile.uses import Uses
from anlan.hazards.flood.shallow_water.case import Porosity

FINE = 8  # a cell is looked at in so many parts by so many
BUILT_UP = 0.1  # a cell with less open ground is a wall
BAND = 256  # rows of cells looked at together
_SAYS_NOTHING = (".geojson", ".json")  # of its coordinates, since RFC 7946


def built_on(top: Table, ground: Ground, uses: Uses) -> tuple[Ground, Porosity | None]:
    """[buildings], or several as [[buildings]]: polygons that block the water, raise the ground by
    height_m, or are porous: water stands and passes beside them in every cell."""
    tables = (
        list(top.tables("buildings")) if top.holds("buildings", list) else [top.table("buildings")]
    )
    porosity: Porosity | None = None
    for table in tables:
        path = table.path("file")
        kind = table.choice("as", ("blocked", "raised", "porous"))
        if kind == "porous":
            ground, porosity = _porous(table, path, (ground, porosity), uses)
            continue
        height = table.number("height_m", above=0.0) if kind == "raised" else np.nan
        table.finish()
        inside = covered(path, ground)
        uses.tell(path, N_("buildings on {cells} cells"), cells=int(inside.sum()))
        z = np.where(inside, ground.z + np.float32(height), ground.z).astype(np.float32)
        ground = replace(ground, z=z)
    return ground, porosity


def covered(path: Path, ground: Ground) -> NDArray[np.bool_]:
    """The cells whose middle lies in the polygons of a file; a file that covers none is refused."""
    polygons = _polygons(path, ground)
    inside = _drawn(polygons, ground, (0, ground.z.shape[0]), 1).astype(np.bool_)
    if not inside.any():
        raise RefusedCase(path, N_("covers the middle of no cell"))
    return np.asarray(inside)


def _porous(
    table: Table, path: Path, before: tuple[Ground, Porosity | None], uses: Uses
) -> tuple[Ground, Porosity]:
    """What is left open; passage: which part of it the faces of a cell let pass."""
    ground, others = before
    part = table.number("passage", above=0.0, most=1.0) if table.has("passage") else 1.0
    table.finish()
    open_ = 1.0 - _share(path, ground)
    partly = (open_ < 1.0) & np.isfinite(ground.z)
    if not partly.any():
        raise RefusedCase(path, N_("covers no cell, not even in part"))
    walls = partly & (open_ < BUILT_UP)
    passage = np.where(partly, open_ * np.float32(part), open_)
    uses.tell(path, N_("porous buildings on {cells} cells, {share:.0%} of them open; {walls} cells "
                       "are built up and closed"), cells=int(partly.sum()),
              share=float(open_[partly].mean()), walls=int(walls.sum()))  # fmt: skip
    ground = replace(ground, z=np.where(walls, np.float32(np.nan), ground.z))
    if others is not None and others.passage is not None:
        open_, passage = open_ * others.storage, passage * others.passage
    return ground, Porosity(storage=open_, passage=passage)


def _share(path: Path, ground: Ground) -> Heights:
    """The share of each cell that the polygons cover, to a part in FINE by FINE."""
    polygons = _polygons(path, ground)
    rows, columns = ground.z.shape
    share = np.zeros(ground.z.shape, dtype=np.float32)
    for first in range(0, rows, BAND):
        last = min(first + BAND, rows)
        drawn = _drawn(polygons, ground, (first, last), FINE)
        share[first:last] = drawn.reshape(last - first, FINE, columns, FINE).mean(axis=(1, 3))
    return share


def _drawn(
    polygons: list[Any], ground: Ground, rows: tuple[int, int], parts: int
) -> NDArray[np.uint8]:
    """Where the polygons are, in some rows of cells, each cell in parts by parts."""
    shape = ((rows[1] - rows[0]) * parts, ground.z.shape[1] * parts)
    if not polygons:
        return np.zeros(shape, dtype=np.uint8)
    side, top = ground.cell_m / parts, ground.y0 - rows[0] * ground.cell_m
    transform = Affine(side, 0.0, ground.x0, 0.0, -side, top)
    return np.asarray(rasterize(polygons, out_shape=shape, transform=transform, dtype="uint8"))


def _polygons(path: Path, ground: Ground) -> list[Any]:
    try:
        meta, _, shapes, _ = pyogrio.raw.read(path, columns=[])
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as fault:
        raise RefusedCase(path, N_("cannot be read as polygons")) from fault
    said = meta["crs"]
    if is_local(ground.crs) and (said is None or path.suffix.lower() in _SAYS_NOTHING):
        said = ground.crs  # neither can name local coordinates
    if said is None:
        raise RefusedCase(path, N_("does not say its coordinates"))
    if not lies_in(said, ground.crs):
        raise RefusedCase(path, N_("lies in {crs}, the ground in {ground}; mixed coordinates"),
                          crs=said, ground=ground.crs)  # fmt: skip
    return [shape for shape in from_wkb(shapes) if shape is not None and shape.area > 0]
