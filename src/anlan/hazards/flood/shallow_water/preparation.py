"""A case as the loops take it: padded arrays, outline faces, series one below the other."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from anlan.hazards.flood.shallow_water import infiltration
from anlan.hazards.flood.shallow_water import outline as faces
from anlan.hazards.flood.shallow_water.case import (
    Boundary,
    BoundaryKind,
    Case,
    ConstantLoss,
    GreenAmpt,
    Heights,
    Scheme,
    Side,
)
from anlan.hazards.flood.shallow_water.fields import (
    NOTHING,
    PAD,
    WALL_M,
    Field,
    Forcing,
    Kept,
    Land,
    Outline,
    Run,
    Soil,
    Water,
    aligned,
    padded,
    twin,
)
from anlan.hazards.flood.shallow_water.links import links_of
from anlan.hazards.flood.shallow_water.result import Outputs
from anlan.hazards.flood.shallow_water.series import (
    BadCase,
    Floats,
    RainRaster,
    Series,
    as_series,
    refuse_gap,
)
from anlan.hazards.flood.shallow_water.team import team_of
from anlan.hazards.flood.shallow_water.units import units_of

Cells = NDArray[np.int64]
MM_H = 1e-3 / 3600.0
COURANT = {Scheme.INERTIAL: 0.64, Scheme.GODUNOV: 0.5, Scheme.MUSCL: 0.4}
KINDS = {
    BoundaryKind.WALL: faces.WALL, BoundaryKind.FREE: faces.FREE, BoundaryKind.STAGE: faces.STAGE,
    BoundaryKind.FLOW: faces.FLOW,
}  # fmt: skip
SIDES = {
    Side.WEST: (faces.WEST, 0, -1), Side.EAST: (faces.EAST, 0, 1),
    Side.NORTH: (faces.NORTH, -1, 0), Side.SOUTH: (faces.SOUTH, 1, 0),
}  # fmt: skip


def datum_of(case: Case) -> float:
    """A height near the water, so that float32 keeps its digits: the middle of what is wet."""
    ground = np.asarray(case.grid.z, dtype=np.float64)
    if case.initial is not None:
        wet = (case.initial.depth_m > 0) & np.isfinite(ground)
        if wet.any():
            return float(np.median((ground + case.initial.depth_m)[wet]))
    return float(np.nanmin(ground))


def water_of(case: Case, datum_m: float) -> tuple[Water, Field]:
    """The water at the start and the rounding that it lost; discharge in the cell."""
    shape, start = case.grid.shape, case.initial
    inside = np.isfinite(case.grid.z)
    exact = np.zeros(shape)
    u = v = np.zeros(shape)
    if start is not None:
        exact = np.where(inside, start.depth_m, 0.0).astype(np.float64)
        u = u if start.u_ms is None else np.where(inside, start.u_ms, 0.0)
        v = v if start.v_ms is None else np.where(inside, start.v_ms, 0.0)
    h = exact.astype(np.float32)
    qx, qy = padded(exact * u, 0.0), padded(exact * v, 0.0)
    if case.scheme is Scheme.INERTIAL:
        qx[:, 1:] = np.float32(0.5) * (qx[:, 1:] + qx[:, :-1])
        qy[1:] = np.float32(0.5) * (qy[1:] + qy[:-1])
    water = Water(padded(h, 0.0), qx, qy)
    return water, padded(h - exact, 0.0)


def land_of(case: Case, lost: Field, datum_m: float) -> Land:
    inside = np.isfinite(case.grid.z)
    relative = np.where(inside, np.asarray(case.grid.z, dtype=np.float64) - datum_m, float(WALL_M))
    manning = np.where(inside, np.asarray(case.manning, dtype=np.float64), 0.0)
    rain = np.zeros((0, 0, 0), dtype=np.float32)
    if case.rain is not None and isinstance(case.rain.mm_h, RainRaster):
        maps = case.rain.mm_h.mm_h
        rain = np.stack([padded(m * np.float32(MM_H), 0.0) for m in maps])
    second = case.scheme is Scheme.MUSCL
    half = aligned(lost.shape, 0.0) if second else NOTHING
    z, n2 = padded(relative, float(WALL_M)), padded(manning**2, 0.0)
    return Land(z, n2, lost, half, rain, *pores_of(case))


def pores_of(case: Case) -> tuple[Field, Field, Field]:
    """Share of the cells, passage of west and of north faces; nothing without buildings."""
    if case.porosity is None:
        return NOTHING, NOTHING, NOTHING
    rows, columns = case.grid.shape
    inside = np.isfinite(case.grid.z)
    share = padded(np.where(inside, case.porosity.storage, 1.0), 1.0)
    passage = np.full((rows + 2, columns + 2), np.inf)
    passage[1:-1, 1:-1] = np.where(inside, passage_of(case), np.inf)
    west = np.minimum(passage[1:-1, :-1], passage[1:-1, 1:])
    north = np.minimum(passage[:-1, 1:-1], passage[1:, 1:-1])
    over, down = aligned(share.shape, 1.0), aligned(share.shape, 1.0)
    over[PAD : PAD + rows, PAD : PAD + columns + 1] = np.minimum(west, 1.0)
    down[PAD : PAD + rows + 1, PAD : PAD + columns] = np.minimum(north, 1.0)
    return share, over, down


def passage_of(case: Case) -> Floats:
    """The share that the faces of each cell let pass."""
    one: float | Heights = 1.0
    if case.porosity is not None:
        asked = case.porosity
        one = asked.storage if asked.passage is None else asked.passage
    return np.broadcast_to(np.asarray(one, dtype=np.float64), case.grid.shape)


def outline_of(case: Case, datum_m: float) -> Outline:
    """Every face between ground and outside; walls where no boundary is given."""
    inside = np.pad(np.isfinite(case.grid.z), 1)
    own = inside[1:-1, 1:-1]
    rows: list[NDArray[np.int64]] = []
    for code, down, right in SIDES.values():
        beyond = inside[1 + down : inside.shape[0] - 1 + down, :]
        beyond = beyond[:, 1 + right : inside.shape[1] - 1 + right]
        row, col = np.nonzero(own & ~beyond)
        nothing = np.full(row.size, -1)
        rows.append(np.stack([row, col, np.full(row.size, code), nothing, nothing], axis=1))
    table = np.concatenate(rows)
    table[:, 3] = faces.WALL
    groups = [b for b in case.boundaries if b.value is not None]
    stated = np.full(len(table), np.nan)
    for boundary in case.boundaries:
        mine = faces_of(case, boundary, table)
        stated[mine] = np.nan if boundary.slope is None else boundary.slope * case.grid.cell_m
        torrent = boundary.level_m is not None
        table[mine, 3] = faces.TORRENT if torrent else KINDS[boundary.kind]
        table[mine, 4] = groups.index(boundary) if boundary in groups else -1
    levees = _levee_faces(case, len(groups))
    table, stated = np.concatenate([table, levees]), np.append(stated, np.zeros(len(levees)))
    order = np.lexsort((table[:, 1], table[:, 0]))
    table, stated = table[order], stated[order]
    row, col, side, kind, group = (np.ascontiguousarray(c) for c in table.T)
    zero = np.zeros(row.size)
    bed = np.asarray(case.grid.z, dtype=np.float64)[row, col] - datum_m
    falls = np.where(np.isnan(stated), _falls(case, row, col, side), stated)
    depth = np.where(kind == faces.FREE, falls, zero)
    return Outline(
        row + PAD, col + PAD, side, kind, group, bed, passage_of(case)[row, col], depth,
        zero.copy(), zero.copy(), zero.copy(), np.flatnonzero(group >= 0),
    )  # fmt: skip


def _falls(case: Case, row: Cells, col: Cells, side: Cells) -> Floats:
    """By how much the ground falls towards each face, from the cell behind; never less than 0."""
    z = np.pad(np.asarray(case.grid.z, dtype=np.float64), 1, constant_values=np.nan)
    down = np.select([side == faces.NORTH, side == faces.SOUTH], [1, -1], 0)
    right = np.select([side == faces.WEST, side == faces.EAST], [1, -1], 0)
    falls: Floats = z[row + 1 + down, col + 1 + right] - z[row + 1, col + 1]
    return np.where(falls > 0.0, falls, 0.0)


def _levee_faces(case: Case, before: int) -> NDArray[np.int64]:
    """Each edge of a levee twice, once for each of its cells; `before`: groups before levees."""
    inside = np.isfinite(case.grid.z)
    across = {faces.WEST: faces.EAST, faces.EAST: faces.WEST, faces.NORTH: faces.SOUTH,
              faces.SOUTH: faces.NORTH}  # fmt: skip
    found: dict[tuple[int, int, int], int] = {}
    for number, levee in enumerate(case.levees):
        for row, column, side in levee.edges:
            code, down, right = SIDES[side]
            for i, j in ((row, column), (row + down, column + right)):
                if not (0 <= i < inside.shape[0] and 0 <= j < inside.shape[1] and inside[i, j]):
                    raise BadCase(
                        f"the levee's edge ({row}, {column}, {side}) has no ground behind"
                    )
            if found.setdefault((row, column, code), number) != number:
                raise BadCase(f"two levees stand on the edge ({row}, {column}, {side})")
            found[(row + down, column + right, across[code])] = number
    rows = [(i, j, code, faces.LEVEE, before + number) for (i, j, code), number in found.items()]
    return np.array(rows, dtype=np.int64).reshape(-1, 5)


def faces_of(case: Case, boundary: Boundary, table: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which faces of the table a boundary takes: the outermost of each of its rows or columns."""
    code, down, right = SIDES[boundary.side]
    if boundary.cells is not None:
        mine = _faces_at(case, boundary.cells, table) & (table[:, 2] == code)
        return _refuse_taken(boundary, table, mine)
    inside = np.isfinite(case.grid.z)
    lines = case.grid.shape[0] if right else case.grid.shape[1]
    last = lines - 1 if boundary.last is None else boundary.last
    if not 0 <= boundary.first <= last < lines:
        raise BadCase(f"a boundary on the {boundary.side} lies outside the grid")
    along, across = (table[:, 0], table[:, 1]) if right else (table[:, 1], table[:, 0])
    view = inside if right else inside.T
    view = view if down + right < 0 else view[:, ::-1]
    outermost = np.argmax(view, axis=1)
    outermost = outermost if down + right < 0 else view.shape[1] - 1 - outermost
    mine = (table[:, 2] == code) & (along >= boundary.first) & (along <= last)
    mine &= across == outermost[along]
    return _refuse_taken(boundary, table, mine)


def _faces_at(case: Case, cells: NDArray[np.int64], table: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which faces of the table belong to these cells."""
    asked = np.zeros(case.grid.shape, dtype=np.bool_)
    if (cells < 0).any() or (cells >= case.grid.shape).any():
        raise BadCase("a boundary lies outside the grid")
    asked[cells[:, 0], cells[:, 1]] = True
    return np.asarray(asked[table[:, 0], table[:, 1]])


def _refuse_taken(
    boundary: Boundary, table: NDArray[np.int64], mine: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    if not mine.any():
        raise BadCase(f"a boundary on the {boundary.side} has no ground")
    if (table[mine, 4] >= 0).any():
        raise BadCase(f"two boundaries on the {boundary.side} overlap")
    return mine


def _all_series(case: Case, datum_m: float) -> Iterator[tuple[str, Series]]:
    """In the order of `Forcing`; stages become relative."""
    given = [b for b in case.boundaries if b.value is not None]
    for b in given:
        series = as_series(b.value if b.value is not None else 0.0)
        shift = datum_m if b.kind is BoundaryKind.STAGE else 0.0
        yield f"a {b.kind} boundary", Series(series.t_s, series.value - shift)
    for levee in case.levees:
        series = as_series(levee.crest_m)
        yield "the crest of a levee", Series(series.t_s, series.value - datum_m)
    for b in given:
        if b.level_m is not None:
            series = as_series(b.level_m)
            yield "the level of a flow boundary", Series(series.t_s, series.value - datum_m)
    for inflow in case.inflows:
        yield "an inflow", as_series(inflow.discharge_m3s)


def forcing_of(case: Case, datum_m: float, start_s: float, until_s: float) -> Forcing:
    """Raises `BadCase` where a series does not cover the run."""
    named = list(_all_series(case, datum_m))
    for name, one in named:
        refuse_gap(one, start_s, until_s, name)
    points = max((s.t_s.size for _, s in named), default=1)
    times, values = np.zeros((len(named), points)), np.zeros((len(named), points))
    for g, (_, one) in enumerate(named):
        times[g] = np.pad(one.t_s, (0, points - one.t_s.size), mode="edge")
        values[g] = np.pad(one.value, (0, points - one.value.size), mode="edge")
    given = [b for b in case.boundaries if b.value is not None]
    groups = len(given) + len(case.levees)
    torrents = np.cumsum([b.level_m is not None for b in given]) + groups - 1
    level_of = [
        int(t) if b.level_m is not None else -1 for t, b in zip(torrents, given, strict=True)
    ]
    level_of += [-1] * len(case.levees)
    before = len(named) - len(case.inflows)
    cells = np.concatenate([np.zeros((0, 2), np.int64), *(i.cells for i in case.inflows)])
    shares = [np.ones(len(i.cells)) if i.weights is None else i.weights for i in case.inflows]
    sizes = [len(i.cells) for i in case.inflows]
    return Forcing(
        times, values, np.array(level_of, dtype=np.int64),
        cells[:, 0].astype(np.int64) + PAD, cells[:, 1].astype(np.int64) + PAD,
        np.concatenate([np.zeros(0), *(s / s.sum() for s in shares)]),
        np.repeat(np.arange(len(sizes)) + before, sizes).astype(np.int64),
        np.zeros(len(cells)), *_rain(case, start_s, until_s), np.zeros(1),
        np.array([np.isfinite(case.grid.z).sum()], dtype=np.int64),
    )  # fmt: skip


def _rain(case: Case, start_s: float, until_s: float) -> tuple[Floats, Floats, Floats, Floats]:
    none = np.zeros(0)
    if case.rain is None:
        return none, none, none, none
    rain = case.rain.mm_h
    if isinstance(rain, RainRaster):
        ends = Series(np.append(rain.t_s, rain.until_s), np.zeros(rain.t_s.size + 1))
        refuse_gap(ends, start_s, until_s, "rain")
        inside = np.isfinite(case.grid.z)
        sums = [(m * np.float32(MM_H))[inside].sum(dtype=np.float64) for m in rain.mm_h]
        return none, none, rain.t_s.astype(np.float64), np.array(sums)
    series = as_series(rain)
    refuse_gap(series, start_s, until_s, "rain")
    return series.t_s.astype(np.float64), series.value * MM_H, none, none


def soil_of(case: Case) -> Soil:
    """What the ground takes; raises `BadCase` for what no soil is."""
    asked = case.infiltration
    first: Field = NOTHING
    second: Field = NOTHING
    if asked is None:
        kind = infiltration.NONE
    elif isinstance(asked, ConstantLoss):
        kind, first = infiltration.CONSTANT, _rate(case, asked.mm_h)
    elif isinstance(asked, GreenAmpt):
        kind, first = (
            infiltration.GREEN_AMPT,
            _rate(case, asked.conductivity_mm_h),
        )
        second = _ground(case, asked.suction_m) * _ground(case, asked.deficit, most=1.0)
    else:
        number = _ground(case, asked.number, most=100.0)
        if not (np.asarray(asked.number) > 0).all():
            raise BadCase("a curve number lies above 0, up to 100")
        kind = infiltration.CURVE_NUMBER
        first = np.asarray(25.4 / np.maximum(number, 1e-3) - 0.254, dtype=np.float32)
        second = np.asarray(first * asked.abstraction, dtype=np.float32)
    taken = np.zeros_like(first)
    return Soil(np.array([kind], dtype=np.int64), first, second, taken, np.zeros(1))


def _rate(case: Case, mm_h: float | Heights) -> Field:
    """In m/s."""
    return np.asarray(_ground(case, mm_h) * MM_H, dtype=np.float32)


def _ground(case: Case, value: float | Heights, most: float = np.inf) -> Field:
    """A property of the ground, padded; outside it is nothing."""
    one = np.broadcast_to(np.asarray(value, dtype=np.float64), case.grid.shape)
    inside = np.isfinite(case.grid.z)
    if not ((one >= 0) & (one <= most) | ~inside).all():
        raise BadCase("a value of the infiltration is missing, negative or too great")
    return padded(np.where(inside, one, 0.0), 0.0)


def kept_of(outputs: Outputs, water: Water) -> Kept:
    """Room for what is asked; what the start brings is counted."""
    h = water.h
    discharge = np.hypot(water.qx, water.qy)
    quick = discharge * h / np.maximum(h * h, np.float32(1e-8))
    arrival = NOTHING
    if outputs.arrival_m is not None:
        there = h >= np.float32(outputs.arrival_m)
        arrival = np.where(there, np.float32(0.0), np.float32(np.inf))
    return Kept(
        twin(h) if outputs.max_depth else NOTHING,
        quick.astype(np.float32) if outputs.max_speed else NOTHING,
        discharge.astype(np.float32) if outputs.max_hv else NOTHING,
        arrival,
        np.zeros_like(h) if outputs.duration_m is not None else NOTHING,
    )


def run_of(case: Case, until_s: float, outputs: Outputs, threads: int) -> tuple[Water, Run, float]:
    """The water at the start, all that the loop needs, and the datum that heights relate to."""
    datum_m = datum_of(case)
    water, lost = water_of(case, datum_m)
    outline = outline_of(case, datum_m)
    forcing = forcing_of(case, datum_m, 0.0, until_s)
    inner = (water.h.shape[0] - 2 * PAD, water.h.shape[1] - 2 * PAD)
    units = units_of(inner, threads, case.scheme)
    pinned = np.zeros_like(units.wet)
    driven = (outline.group >= 0) & (outline.kind != faces.LEVEE)
    links = links_of(case.links, datum_m, (0.0, until_s), case.scheme is not Scheme.INERTIAL)
    for row, col in (
        (outline.row[driven], outline.col[driven]), (forcing.row, forcing.col),
        (links.row, links.col), (links.row_to[links.row_to >= 0], links.col_to[links.row_to >= 0]),
    ):  # fmt: skip
        pinned[(row - PAD) // units.patch, (col - PAD) // units.patch] = 1
    run = Run(
        land_of(case, lost, datum_m), soil_of(case), outline, forcing, units, pinned,
        kept_of(outputs, water), case.grid.shape[0], float(case.grid.cell_m),
        case.courant or COURANT[case.scheme], outputs.arrival_m or 0.0, outputs.duration_m or 0.0,
        links, team_of(units.tasks.size - 1),
    )  # fmt: skip
    return water, run, datum_m
