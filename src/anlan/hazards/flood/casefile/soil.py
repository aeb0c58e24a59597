"""What the ground of a case takes: [infiltration]."""

from dataclasses import replace

import numpy as np

from anlan.hazards.flood.casefile.landuse import Bounds, by_land_use, classes_of
from anlan.hazards.flood.casefile.rasters import Ground, read_field
from anlan.hazards.flood.casefile.refusals import N_, RefusedCase
from anlan.hazards.flood.casefile.sources import Heights
from anlan.hazards.flood.casefile.tables import Table
from anlan.hazards.flood.casefile.uses import Uses
from anlan.hazards.flood.shallow_water.case import (
    ConstantLoss,
    CurveNumber,
    GreenAmpt,
    Infiltration,
)

NOT_NEGATIVE, SHARE = Bounds(least=0.0), Bounds(least=0.0, most=1.0)
NUMBER = Bounds(above=0.0, most=100.0)


class Soil:
    """[infiltration] under way: its table, the land use where one is given."""

    def __init__(self, table: Table, ground: Ground, uses: Uses) -> None:
        self.table, self.ground, self.uses = table, ground, uses
        self.land_use: Heights | None = None
        if table.has("land_use"):
            self.land_use = read_field(table.path("land_use"), ground)
        self.by_use = False

    def property(self, key: str, bounds: Bounds) -> float | Heights:
        """A number, the raster of a file, or a table by land use."""
        table = self.table
        if table.holds(key, str):
            return self._raster(key, bounds)
        if not table.holds(key, dict):
            value = table.number(key, least=bounds.least, above=bounds.above, most=bounds.most)
            self.uses.tell(table.where(key), N_("{value:g} everywhere"), value=value)
            return value
        if self.land_use is None:
            raise table.refuse("land_use", N_("is needed for a table by land use"))
        self.by_use = True
        of = classes_of(table, key, bounds)
        field = by_land_use(table, key, of, self.land_use, self.ground)
        return self._told(table.where(key), field)

    def _raster(self, key: str, bounds: Bounds) -> Heights:
        path = self.table.path(key)
        field = read_field(path, self.ground)
        least = bounds.least if bounds.least is not None else -np.inf
        above = bounds.above if bounds.above is not None else -np.inf
        most = bounds.most if bounds.most is not None else np.inf
        fine = (field >= least) & (field > above) & (field <= most)
        if (wrong := np.isfinite(self.ground.z) & ~fine).any():
            row, column = (int(place) for place in np.argwhere(wrong)[0])
            raise RefusedCase(f"{path}, row {row}, column {column}",
                              N_("{value:g} cannot be {key}"), value=float(field[row, column]),
                              key=key)  # fmt: skip
        return self._told(str(path), field)

    def _told(self, where: str, field: Heights) -> Heights:
        known = np.isfinite(self.ground.z)
        self.uses.tell(where, N_("{lowest:g} to {highest:g}"), lowest=float(field[known].min()),
                       highest=float(field[known].max()))  # fmt: skip
        return np.where(known, field, np.float32(1.0)).astype(np.float32)


def infiltration_of(table: Table, ground: Ground, uses: Uses, rains: bool) -> Infiltration:
    """[infiltration]: kind constant, green-ampt or curve-number, each value a number, a raster, or
    a table by land_use."""
    kind = table.choice("kind", ("constant", "green-ampt", "curve-number"))
    soil = Soil(table, ground, uses)
    made: Infiltration
    if kind == "constant":
        made = ConstantLoss(mm_h=soil.property("mm_h", NOT_NEGATIVE))
    elif kind == "green-ampt":
        made = GreenAmpt(
            conductivity_mm_h=soil.property("conductivity_mm_h", NOT_NEGATIVE),
            suction_m=soil.property("suction_m", NOT_NEGATIVE),
            deficit=soil.property("deficit", SHARE),
        )
    else:
        if not rains:
            raise table.refuse("kind", N_("a curve number takes from rain, and there is none"))
        number = soil.property("number", NUMBER)
        made = CurveNumber(number=number)
        if table.has("abstraction"):
            made = replace(made, abstraction=table.number("abstraction", least=0.0, most=1.0))
    table.finish()
    if soil.land_use is not None and not soil.by_use:
        raise table.refuse("land_use", N_("is used for nothing: no value is a table"))
    return made
