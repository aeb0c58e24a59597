"""The water of a case: inflow over cells, and what stands at its edges."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from anlan.hazards.flood.casefile.places import SIDES, Cells, cell_at, cells_along
from anlan.hazards.flood.casefile.rasters import Ground
from anlan.hazards.flood.casefile.refusals import N_
from anlan.hazards.flood.casefile.series import ANY, Limits, Wanted, read_series
from anlan.hazards.flood.casefile.tables import Point, Table
from anlan.hazards.flood.casefile.uses import Uses
from anlan.hazards.flood.shallow_water.case import Boundary, BoundaryKind, Inflow, Scheme, Side
from anlan.hazards.flood.shallow_water.series import Given, Series

MOST_M3S = 1e8  # ten times the greatest flood known (Missoula, 1e7)
NOT_NEGATIVE = Limits(least=0.0, most=MOST_M3S)
EITHER_WAY = Limits(least=-MOST_M3S, most=MOST_M3S)
STEEPEST = 1.0  # a slope is a share; more is percent
NEAR = 1.0 + 1e-6  # cells by which the end of a boundary may miss its side


@dataclass(frozen=True, slots=True)
class Setting:
    """What every table of a case is read against."""

    ground: Ground
    until_s: float
    uses: Uses
    start: datetime | None = None
    scheme: Scheme = Scheme.GODUNOV


def given_of(
    table: Table, column: str, setting: Setting, limits: Limits = ANY, series: str = "series"
) -> Given:
    """A constant under the key `column`, or the CSV file under `series` with that column."""
    if table.one_of(column, series) == column:
        return table.number(column, least=limits.least, most=limits.most)
    wanted = Wanted(column=column, until_s=setting.until_s, start=setting.start, limits=limits)
    return Series(*read_series(table.path(series), wanted))


def inflow_of(table: Table, setting: Setting) -> Inflow:
    """[[inflow]]: at a point, in a circle round it, or along a line; discharge in m3/s."""
    name = name_of(table)
    if table.one_of("at", "line") == "line":
        cells = cells_along(table, "line", setting.ground)
    elif table.has("radius_m"):
        cells = _circle(table, setting.ground)
    else:
        cells = np.array([cell_at(table, "at", setting.ground)], dtype=np.int64)
    discharge = given_of(table, "discharge_m3s", setting, NOT_NEGATIVE)
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


def refuse_twice(tables: list[Table], told: str) -> None:
    """Refuse tables of a kind that share a name; told: the sentence that says so of {name}."""
    names: set[str] = set()
    for table in tables:
        if table.called() in names:
            raise table.refuse("name", told, name=table.called())
        names.add(table.called())


def _boundary(table: Table, setting: Setting) -> Boundary:
    name = name_of(table)
    kind = BoundaryKind(table.choice("kind", tuple(BoundaryKind)))
    side = Side(table.choice("side", SIDES))
    first, last = _stretch(table, side, setting.ground)
    value: Given | None = None
    level: Given | None = None
    if kind is BoundaryKind.STAGE:
        value = given_of(table, "stage_m", setting)
    elif kind is BoundaryKind.FLOW:
        value = given_of(table, "discharge_m3s", setting, EITHER_WAY)
        level = _level(table, setting)
    slope = None
    if kind is BoundaryKind.FREE and table.has("slope"):
        slope = table.number("slope", least=0.0, most=STEEPEST)
    table.finish()
    setting.uses.tell(table.where(), N_("{name}: {kind} on {count} rows or columns of the {side} "
                                        "side"), name=name, kind=kind.value, side=side.value,
                      count=last - first + 1)  # fmt: skip
    if inside := _inside(setting.ground, side, first, last):
        setting.uses.tell(table.where(), N_("attention: on {count} of them it stands inside the "
                                            "grid, where the ground ends"),
                          count=inside)  # fmt: skip
    return Boundary(
        kind=kind, side=side, first=first, last=last, value=value, level_m=level, slope=slope
    )


def _level(table: Table, setting: Setting) -> Given | None:
    """The surface of what comes in faster than its waves; local inertial knows no such water."""
    given = [key for key in ("level_m", "level_series") if table.has(key)]
    if not given:
        return None
    if setting.scheme is Scheme.INERTIAL:
        raise table.refuse(given[0], N_("the local inertial scheme takes no level of a discharge; "
                                        "leave it out, or take godunov or muscl"))  # fmt: skip
    return given_of(table, "level_m", setting, series="level_series")


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
    known = np.isfinite(ground.z) if along == 0 else np.isfinite(ground.z).T
    empty = ~known[first : last + 1].any(axis=1)
    if empty.any():
        raise table.refuse("between", N_("row or column {place} has no ground"),
                           place=first + int(np.argmax(empty)))  # fmt: skip
    ways = [((x - ground.x0) if along == 0 else (ground.y0 - y)) / ground.cell_m for x, y in ends]
    in_order = sorted(zip(places, ways, ends, strict=True))
    for line, (_, way, end) in zip((first, last), in_order, strict=True):
        _refuse_far(table, known[max(0, line - 1) : line + 2], side, way, end)
    return first, last


def _inside(ground: Ground, side: Side, first: int, last: int) -> int:
    """How many rows or columns of a boundary end before the grid does."""
    lines = np.isfinite(ground.z if side in (Side.WEST, Side.EAST) else ground.z.T)
    end = 0 if side in (Side.WEST, Side.NORTH) else -1
    return int((~lines[first : last + 1, end]).sum())


def _refuse_far(
    table: Table, known: NDArray[np.bool_], side: Side, way: float, end: Point
) -> None:  # fmt: skip
    """Refuse an end of a boundary that lies inside the domain, or beyond its side.

    known: which cells of the lines about it have ground; way: how far in the end lies, in cells
    from the west or the north.
    """
    far_side = side in (Side.EAST, Side.SOUTH)
    size = known.shape[1]
    inwards, outermost = (size - way, known[:, ::-1]) if far_side else (way, known)
    held = outermost[outermost.any(axis=1)]
    if inwards < -NEAR or inwards > np.argmax(held, axis=1).max() + NEAR:
        raise table.refuse(
            "between", N_("{x:.1f}, {y:.1f} does not lie on the {side} side"), x=end[0], y=end[1],
            side=side.value,
        )  # fmt: skip


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
