"""Properties of the ground by land use: a raster of whole numbers and a table beside it."""

import re
from dataclasses import dataclass

import numpy as np

from anlan.hazards.flood.casefile.rasters import Ground
from anlan.hazards.flood.casefile.refusals import N_
from anlan.hazards.flood.casefile.sources import Heights
from anlan.hazards.flood.casefile.tables import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a property may be: at least, more than, at most."""

    least: float | None = None
    above: float | None = None
    most: float | None = None


def classes_of(table: Table, key: str, bounds: Bounds) -> dict[int, float]:
    """The table under `key`: a value for each land use."""
    found: dict[int, float] = {}
    inner = table.table(key)
    for name in inner.names():
        if re.fullmatch(r"-?[0-9]+", name) is None:
            raise inner.refuse(name, N_("a land use is a whole number"))
        found[int(name)] = inner.number(
            name, least=bounds.least, above=bounds.above, most=bounds.most
        )
    return found


def by_land_use(
    table: Table, key: str, of: dict[int, float], uses: Heights, ground: Ground
) -> Heights:
    """The value of each cell. Refuses a land use without value, and a value without land use."""
    found = {int(use) for use in np.unique(uses[np.isfinite(ground.z)])}
    if missing := sorted(found - set(of)):
        row, column = np.argwhere((uses == missing[0]) & np.isfinite(ground.z))[0]
        raise table.refuse(key, N_("land use {use} (row {row}, column {column}) has no value"),
                           use=missing[0], row=row, column=column)  # fmt: skip
    if unused := sorted(set(of) - found):
        raise table.refuse(f"{key}.{unused[0]}", N_("no cell has this land use"))
    field = np.full(uses.shape, np.nan, dtype=np.float32)
    for use, value in of.items():
        field[uses == use] = value
    return field
