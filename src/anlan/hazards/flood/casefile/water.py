"""The water of a case: rain, inflow over cells, and what stands at its edges."""

from dataclasses import dataclass

import numpy as np

from anlan.hazards.flood.casefile.places import SIDES, Cells, cell_at, cells_along
from anlan.hazards.flood.casefile.rasters import (
    Ground,
    read_laid,
    refuse_missing,
    refuse_negative,
)
from anlan.hazards.flood.casefile.refusals import N_
from anlan.hazards.flood.casefile.series import Wanted, read_series
from anlan.hazards.flood.casefile.tables import Table
from anlan.hazards.flood.casefile.uses import Uses
from anlan.hazards.flood.shallow_water.case import Boundary, BoundaryKind, Inflow, Rain, Side
from anlan.hazards.flood.shallow_water.series import Given, RainRaster, Series

RAIN_UNITS = ("mm/h", "mm h-1", "mm h^-1", "mm/hr", "mm hr-1")


@dataclass(frozen=True, slots=True)
class Setting:
    """What every table of a case is read against."""

    ground: Ground
    until_s: float
    uses: Uses


def given_of(
    table: Table, column: str, until_s: float, negative: bool = True, series: str = "series"
) -> Given:
    """A constant under the key `column`, or the CSV file under `series` with that column."""
    if table.one_of(column, series) == column:
        return table.number(column) if negative else table.number(column, least=0.0)
    wanted = Wanted(column=column, until_s=until_s, negative=negative)
    return Series(*read_series(table.path(series), wanted))


def rain_of(table: Table, setting: Setting) -> Rain:
    """[rain]: one rate, a series (column rain_mm_h), or maps in the bands of a raster."""
    uses = setting.uses
    if table.one_of("rain_mm_h", "series", "maps") != "maps":
        given = given_of(table, "rain_mm_h", setting.until_s, negative=False)
        table.finish()
        depth = total(given, setting.until_s) / 3600.0
        uses.tell(table.where(), N_("{depth:.1f} mm of rain everywhere"), depth=depth)
        return Rain(given)
    path, every = table.path("maps"), table.seconds("every")
    table.finish()
    maps = read_laid(path, setting.ground, RAIN_UNITS).bands
    for band in maps:
        refuse_missing(path, setting.ground, band)
        refuse_negative(path, setting.ground, band)
    if every <= 0 or len(maps) * every < setting.until_s:
        raise table.refuse(
            "maps", N_("{count} maps of {every:g} s end at {last:g} s, the run at {until:g} s"),
            count=len(maps), every=every, last=len(maps) * every, until=setting.until_s,
        )  # fmt: skip
    uses.tell(path, N_("{count} maps of rain, {most:.1f} mm/h at most"), count=len(maps),
              most=float(np.nanmax(maps)))  # fmt: skip
    times = np.arange(len(maps), dtype=np.float64) * every
    outside_dry = np.nan_to_num(maps, nan=0.0).astype(np.float32)
    return Rain(RainRaster(times, outside_dry, len(maps) * every))


def inflow_of(table: Table, setting: Setting) -> Inflow:
    """[[inflow]]: at a point, in a circle round it, or along a line; discharge in m3/s."""
    name = name_of(table)
    if table.one_of("at", "line") == "line":
        cells = cells_along(table, "line", setting.ground)
    elif table.has("radius_m"):
        cells = _circle(table, setting.ground)
    else:
        cells = np.array([cell_at(table, "at", setting.ground)], dtype=np.int64)
    discharge = given_of(table, "discharge_m3s", setting.until_s, negative=False)
    table.finish()
    setting.uses.tell(table.where(), N_("{name}: {volume:,.0f} m³ into {cells} cells"), name=name,
                      volume=total(discharge, setting.until_s), cells=len(cells))  # fmt: skip
    return Inflow(cells=cells, discharge_m3s=discharge)


def boundaries_of(tables: list[Table], setting: Setting) -> tuple[Boundary, ...]:
    """[[boundary]]: kind, side, between two points of it; no two on the same stretch."""
    taken: dict[Side, list[range]] = {side: [] for side in Side}
    made: list[Boundary] = []
    for table in tables:
        boundary = _boundary(table, setting)
        last = boundary.last if boundary.last is not None else boundary.first
        here = range(boundary.first, last + 1)
        if any(
            here.start < other.stop and other.start < here.stop for other in taken[boundary.side]
        ):
            raise table.refuse("", N_("another boundary stands on the same stretch"))
        taken[boundary.side].append(here)
        made.append(boundary)
    return tuple(made)


def total(given: Given, until_s: float) -> float:
    """The integral of a rate over the run."""
    if not isinstance(given, Series):
        return given * until_s
    inner = given.t_s[(given.t_s > 0.0) & (given.t_s < until_s)]
    t = np.concatenate([[0.0], inner, [until_s]])
    return float(np.trapezoid(np.interp(t, given.t_s, given.value), t))


def name_of(table: Table) -> str:
    return table.text("name") if table.has("name") else table.key


def _boundary(table: Table, setting: Setting) -> Boundary:
    name = name_of(table)
    kind = BoundaryKind(table.choice("kind", tuple(BoundaryKind)))
    side = Side(table.choice("side", SIDES))
    first, last = _stretch(table, side, setting.ground)
    value: Given | None = None
    level: Given | None = None
    if kind is BoundaryKind.STAGE:
        value = given_of(table, "stage_m", setting.until_s)
    elif kind is BoundaryKind.FLOW:
        value = given_of(table, "discharge_m3s", setting.until_s)
        level = table.number("level_m") if table.has("level_m") else None
    table.finish()
    setting.uses.tell(table.where(), N_("{name}: {kind} on {count} rows or columns of the {side} "
                                        "side"), name=name, kind=kind.value, side=side.value,
                      count=last - first + 1)  # fmt: skip
    return Boundary(kind=kind, side=side, first=first, last=last, value=value, level_m=level)


def _stretch(table: Table, side: Side, ground: Ground) -> tuple[int, int]:
    """First and last row or column of a boundary."""
    along = 0 if side in (Side.WEST, Side.EAST) else 1
    size = ground.z.shape[along]
    if not table.has("between"):
        return 0, size - 1
    ends = table.points("between")
    if len(ends) != 2:
        raise table.refuse("between", N_("{count} points; it takes two"), count=len(ends))
    places = [((ground.y0 - y) if along == 0 else (x - ground.x0)) / ground.cell_m for x, y in ends]
    low, high = min(places), max(places)
    if low < -1e-6 or high > size + 1e-6:
        raise table.refuse("between", N_("reaches outside the grid"))
    # a cell belongs to the stretch when its middle does
    first, last = int(np.ceil(low - 0.5 - 1e-6)), int(np.floor(high - 0.5 + 1e-6))
    if last < first:
        raise table.refuse("between", N_("holds the middle of no cell"))
    lines = ground.z[first : last + 1] if along == 0 else ground.z[:, first : last + 1].T
    empty = ~np.isfinite(lines).any(axis=1)
    if empty.any():
        raise table.refuse("between", N_("row or column {place} has no ground"),
                           place=first + int(np.argmax(empty)))  # fmt: skip
    return first, last


def _circle(table: Table, ground: Ground) -> Cells:
    row, column = cell_at(table, "at", ground)
    x0, y0 = ground.centre(row, column)
    radius = table.number("radius_m", above=0.0)
    rows, columns = ground.z.shape
    x = ground.x0 + (np.arange(columns) + 0.5) * ground.cell_m
    y = ground.y0 - (np.arange(rows) + 0.5) * ground.cell_m
    near = (x[None, :] - x0) ** 2 + (y[:, None] - y0) ** 2 <= radius**2
    cells = np.argwhere(near & np.isfinite(ground.z))
    if not near[0].any() and not near[-1].any() and not near[:, 0].any() and not near[:, -1].any():
        return cells.astype(np.int64)
    raise table.refuse("radius_m", N_("the circle reaches the edge of the grid"))
