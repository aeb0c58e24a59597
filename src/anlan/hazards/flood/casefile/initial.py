"""The water of a case at its start: [initial], how deep it stands and how fast it runs.

Speeds are east and north, as in the results; the engine counts its second one southwards.
"""

import numpy as np
from numpy.typing import NDArray

from anlan.hazards.flood.casefile.heights import DEEPEST_SEA_M
from anlan.hazards.flood.casefile.rasters import Ground, read_laid, refuse_negative
from anlan.hazards.flood.casefile.refusals import N_, RefusedCase
from anlan.hazards.flood.casefile.sources import Heights
from anlan.hazards.flood.casefile.tables import Table
from anlan.hazards.flood.casefile.uses import Uses
from anlan.hazards.flood.shallow_water.case import Initial

Floats = NDArray[np.float64]
FASTEST_MS = 100.0  # twice the fastest flood known


def initial_of(table: Table, ground: Ground, uses: Uses) -> Initial:
    """[initial]: the water surface (surface_m, or file) or depth_m; no data is dry; speeds."""
    depth, where = _depth(table, ground)
    if not (depth > 0.0).any():
        raise RefusedCase(where, N_("lies below all ground: no water"))
    if (deepest := float(depth.max())) > DEEPEST_SEA_M:
        raise RefusedCase(where, N_("stands {deep:.1f} m above the ground of its stretch"),
                          deep=deepest)  # fmt: skip
    east = _speed(table, "eastward_ms", ground, depth)
    north = _speed(table, "northward_ms", ground, depth)
    table.finish()
    uses.tell(where, N_("water at the start on {cells} cells, {deepest:.2f} m at the deepest"),
              cells=int((depth > 0.0).sum()), deepest=deepest)  # fmt: skip
    if east is not None or north is not None:
        speed = np.hypot(east if east is not None else 0.0, north if north is not None else 0.0)
        uses.tell(table.where(), N_("it runs with up to {speed:.2f} m/s"),
                  speed=float(speed.max()))  # fmt: skip
    return Initial(depth, u_ms=east, v_ms=None if north is None else -north)


def _depth(table: Table, ground: Ground) -> tuple[Floats, str]:
    """How deep water stands, and where the file says so."""
    key = table.one_of("surface_m", "file", "depth_m")
    known, where = np.isfinite(ground.z), table.where(key)
    if key == "depth_m" and not table.holds(key, str):
        return np.where(known, table.number(key, least=0.0), 0.0), where
    if key == "surface_m":
        level: float | Heights = table.number(key)
    else:
        path = table.path(key)
        level, where = read_laid(path, ground).only(), str(path)
        if key == "depth_m":
            refuse_negative(path, ground, level)
            return np.where(known, np.nan_to_num(level, nan=0.0), 0.0).astype(np.float64), where
    deep = np.asarray(level, dtype=np.float64) - ground.z
    return np.where(deep > 0.0, deep, 0.0), where


def _speed(table: Table, key: str, ground: Ground, depth: Floats) -> Floats | None:
    """A speed of the water there is; none where it is dry."""
    if not table.has(key):
        return None
    if not table.holds(key, str):
        speed = table.number(key, least=-FASTEST_MS, most=FASTEST_MS)
        return np.where(depth > 0.0, speed, 0.0)
    path = table.path(key)
    field = read_laid(path, ground).only()
    wrong = (depth > 0.0) & ~(np.abs(field) <= FASTEST_MS)
    if wrong.any():
        row, column = (int(place) for place in np.argwhere(wrong)[0])
        raise RefusedCase(f"{path}, row {row}, column {column}",
                          N_("{value:g} is no speed of the water there, m/s"),
                          value=float(field[row, column]))  # fmt: skip
    return np.where(depth > 0.0, field, 0.0).astype(np.float64)
