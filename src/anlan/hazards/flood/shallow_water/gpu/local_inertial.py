"""Local inertial, block by block: the phases of a step of a tile."""

from typing import Any

import numpy as np

from anlan.hazards.flood.shallow_water import inertial
from anlan.hazards.flood.shallow_water.compiled import kernel
from anlan.hazards.flood.shallow_water.flux import GRAVITY, ZERO, F, inertial_flow
from anlan.hazards.flood.shallow_water.gpu.blocks import (
    ONE_CELL,
    TALL,
    WIDE,
    first_face,
    step_of,
)
from anlan.hazards.flood.shallow_water.inertial import BESIDE, THETA
from anlan.hazards.flood.shallow_water.outline import (
    EAST,
    FREE,
    LEVEE,
    NORTH,
    SOUTH,
    WALL,
    WEST,
)
from anlan.hazards.flood.shallow_water.records import record_row

SECOND = (np.uint64(1), np.uint64(2))


@kernel
def set_flow(water: Any, run: Any, cell: Any, side: Any, flow: Any, step: Any) -> Any:
    """Flow over a cell's face where an outline or a levee is there, else `flow`."""
    land, outline, edge = run
    i, j = cell
    if edge[i, j] == 0:
        return flow
    f = first_face(outline, i, j)
    while f < outline.row.size and outline.row[f] == i and outline.col[f] == j:
        kind = outline.kind[f]
        if outline.side[f] == side and kind != WALL:
            if kind == LEVEE:
                return inertial.over_crest(water, land, cell, side, F(outline.depth[f]), step)
            if kind == FREE:
                return inertial.runs_on(water, land, outline, f, cell, step)
            return inertial.outwards(water, outline, f, cell)
        f += 1
    return flow


@kernel
def flows(t: Any, threads: Any, tile: Any, water: Any, run: Any, told: Any) -> None:
    """New flows over the west and north faces of a tile and of what lies around it.

    flows: x (TALL + 2, WIDE + 3), y (TALL + 3, WIDE + 2), both from one row and column before.
    """
    step = step_of(told)
    i0, j0 = tile
    land, outline, edge, flows = run
    x, y = flows
    h, qx, qy = water
    z, n2 = land.z, land.n2
    slope = GRAVITY * step.ratio
    fixed = (land, outline, edge)
    for n in range(t, (TALL + 2) * (WIDE + 3), threads):
        r, c = n // (WIDE + 3), n % (WIDE + 3)
        i, j = i0 + r - 1, j0 + c - 1
        mixed = THETA * qx[i, j] + BESIDE * (qx[i, j - 1] + qx[i, j + 1])
        flow = inertial_flow(
            mixed, (h[i, j - 1], h[i, j]), (z[i, j - 1], z[i, j]),
            (slope, step.pull * n2[i, j]),
        )  # fmt: skip
        flow = set_flow(water, fixed, (i, j), WEST, flow, step)
        x[r, c] = set_flow(water, fixed, (i, j - 1), EAST, flow, step)
    for n in range(t, (TALL + 3) * (WIDE + 2), threads):
        r, c = n // (WIDE + 2), n % (WIDE + 2)
        i, j = i0 + r - 1, j0 + c - 1
        mixed = THETA * qy[i, j] + BESIDE * (qy[i - 1, j] + qy[i + 1, j])
        flow = inertial_flow(
            mixed, (h[i - 1, j], h[i, j]), (z[i - 1, j], z[i, j]),
            (slope, step.pull * n2[i, j]),
        )  # fmt: skip
        flow = set_flow(water, fixed, (i, j), NORTH, flow, step)
        y[r, c] = set_flow(water, fixed, (i - 1, j), SOUTH, flow, step)


@kernel
def shares(t: Any, threads: Any, tile: Any, water: Any, run: Any, told: Any) -> None:
    """The share of what is asked of each cell, of a tile and the cells around it."""
    step = step_of(told)
    i0, j0 = tile
    z, flows, share = run
    x, y = flows
    for n in range(t, (TALL + 2) * (WIDE + 2), threads):
        r, c = n // (WIDE + 2), n % (WIDE + 2)
        i, j = i0 + r - 1, j0 + c - 1
        here = slice(j, j + 1)
        inertial.row_share(
            (x[r, c:], y[r, c:], y[r + 1, c:]), (water.h[i, here], z[i, here]), share[r, c:],
            step.ratio, ONE_CELL,
        )  # fmt: skip


@kernel
def limits(t: Any, threads: Any, run: Any) -> None:
    """Each face takes the share of the giving cell; the tile's own faces and its rims."""
    flows, share, limited = run
    x, y = flows
    own_x, own_y = limited
    for n in range(t, (TALL + 1) * (WIDE + 1), threads):
        r, c = n // (WIDE + 1), n % (WIDE + 1)
        inertial.row_limit(
            (x[r + 1, c:], y[r + 1, c:]), (share[r, c:], share[r + 1, c:]),
            (own_x[r, c:], own_y[r, c:]), SECOND,
        )  # fmt: skip


@kernel
def cells(t: Any, threads: Any, tile: Any, waters: Any, run: Any, told: Any) -> None:
    """The new water of a tile; `partial` gets each thread's greatest depth.

    limited: (TALL + 1, WIDE + 2), its columns from one before the tile.
    """
    step = step_of(told)
    i0, j0 = tile
    old, new = waters
    land, kept, edge, outline, limited, room = run
    x, y = limited
    partial, even, middle = room
    deepest = partial[t : t + 1]
    deepest[0] = ZERO
    for n in range(t, TALL * WIDE, threads):
        r, c = n // WIDE, n % WIDE + 1
        i, j = i0 + r, j0 + c - 1
        here = slice(j, j + 1)
        fall = land.rain[step.rain_map, i, here] if step.rain_map >= 0 else even
        over = (x[r, c:], y[r, c:], y[r + 1, c:])
        inertial.row_depth(
            over, (old.h[i, here], land.z[i, here], fall),
            (new.h[i, here], new.qx[i, here], new.qy[i, here], land.lost[i, here], deepest),
            (step.ratio, step.rain), ONE_CELL,
        )  # fmt: skip
        if edge[i, j] != 0:
            crossed = (x[r, c], x[r, c + 1], y[r, c], y[r + 1, c])
            account(new, outline, (i, j), crossed, step.dt)
        x_middle, y_middle = middle[0, t : t + 1], middle[1, t : t + 1]
        inertial.row_middle(over, (x_middle, y_middle), ONE_CELL)
        record_row((new.h[i, here], x_middle, y_middle), kept, (i, here), step)


@kernel
def account(new: Any, outline: Any, cell: Any, flows: Any, dt: Any) -> None:
    """Account for what crosses a cell's faces of the outline; flows: west, east, north, south."""
    i, j = cell
    west, east, north, south = flows
    f = first_face(outline, i, j)
    while f < outline.row.size and outline.row[f] == i and outline.col[f] == j:
        if outline.kind[f] not in (WALL, LEVEE):
            side = outline.side[f]
            if side == EAST:
                new.qx[i, j + 1] = east
            if side == SOUTH:
                new.qy[i + 1, j] = south
            inward = west if side == WEST else (-east if side == EAST else north)
            inward = -south if side == SOUTH else inward
            crossed = np.float64(inward) * np.float64(dt)
            outline.passed[f] += crossed
            if crossed > 0.0:
                outline.entered[f] += crossed
        f += 1
