"""Local inertial: momentum without advection, on faces; for rivers and plains, not for dam breaks.

A step is one pass over the rows of a unit, from the old water to the new: new flows over the faces
of a row, the share of them that its cells can give (donor cell), then the depths of the row before.
A unit works out the flows on its rim by itself, so that no other pass over memory is needed.
"""

from math import sqrt
from typing import Any

import numpy as np

from anlan.hazards.flood.shallow_water.compiled import greater, kernel, quick
from anlan.hazards.flood.shallow_water.fields import PAD, SCRATCH
from anlan.hazards.flood.shallow_water.flux import (
    GRAVITY,
    HALF,
    ONE,
    TINY,
    ZERO,
    F,
    inertial_flow,
    speed,
)
from anlan.hazards.flood.shallow_water.godunov import INSIDE_M, row_top
from anlan.hazards.flood.shallow_water.outline import (
    EAST,
    FREE,
    LEVEE,
    NORTH,
    SOUTH,
    WALL,
    WEST,
    critical,
    cross,
)
from anlan.hazards.flood.shallow_water.records import record_row

NEXT, TWICE = np.uint64(1), np.uint64(2)
THETA, BESIDE = F(0.9), F(0.05)


@quick
def row_flow_x(old: Any, land: Any, new: Any, k: Any, cols: Any) -> None:
    """New flow over the west faces. old: q, h; land: z, n2; k: g dt/dx, g dt."""
    q, h = old
    z, n2 = land
    for j in range(cols[0], cols[1]):
        i = j - NEXT
        mixed = THETA * q[j] + BESIDE * (q[i] + q[j + NEXT])
        pull = (k[0], k[1] * n2[j])
        new[j] = inertial_flow(mixed, (h[i], h[j]), (z[i], z[j]), pull)


@quick
def row_flow_y(q: Any, h: Any, land: Any, new: Any, k: Any, cols: Any) -> None:
    """The same over the north faces. q: upper, own, lower row; h: upper, own; land: z, z, n2."""
    q_up, q_own, q_low = q
    h_up, h_own = h
    z_up, z_own, n2 = land
    for j in range(cols[0], cols[1]):
        mixed = THETA * q_own[j] + BESIDE * (q_up[j] + q_low[j])
        pull = (k[0], k[1] * n2[j])
        new[j] = inertial_flow(mixed, (h_up[j], h_own[j]), (z_up[j], z_own[j]), pull)


@quick
def row_share(flow: Any, water: Any, share: Any, ratio: Any, cols: Any) -> None:
    """The share of what is asked of a cell that its water allows, 0..1.

    flow: west, north, south; water: h, z. What comes from outside is not limited.
    """
    qx, qy, qy_low = flow
    h, z = water
    for j in range(cols[0], cols[1]):
        out = max(qx[j + NEXT], ZERO) - min(qx[j], ZERO)
        out += max(qy_low[j], ZERO) - min(qy[j], ZERO)
        allowed = min(h[j] / (out * ratio + TINY), ONE)
        share[j] = allowed if z[j] < INSIDE_M else ONE


@quick
def row_limit(flow: Any, shares: Any, limited: Any, cols: Any) -> None:
    """Each west and north face takes the share of the giving cell."""
    qx, qy = flow
    upper, own = shares
    qx_new, qy_new = limited
    for j in range(cols[0], cols[1]):
        # no choice between two loads, which would not become vector code
        qx_new[j] = max(qx[j], ZERO) * own[j - NEXT] + min(qx[j], ZERO) * own[j]
        qy_new[j] = max(qy[j], ZERO) * upper[j] + min(qy[j], ZERO) * own[j]


@quick
def row_depth(flow: Any, old: Any, new: Any, k: Any, cols: Any) -> None:
    """The new water of a row, depth Kahan-compensated. old: h, z, rain; k: dt/dx, rain in metres;
    new: water, compensation in place, greatest depths."""
    qx, qy, qy_low = flow
    h, z, rain = old
    h_new, qx_new, qy_new, lost, deepest = new
    ratio, rain_m = k
    for j in range(cols[0], cols[1]):
        gain = ((qx[j] - qx[j + NEXT]) + (qy[j] - qy_low[j])) * ratio
        gain = (gain - lost[j]) + rain[j] * rain_m
        gain = gain if z[j] < INSIDE_M else ZERO
        depth = max(h[j] + gain, ZERO)
        lost[j] = (depth - h[j]) - gain
        h_new[j], qx_new[j], qy_new[j] = depth, qx[j], qy[j]
        deepest[j] = greater(depth, deepest[j])


@quick
def row_middle(flow: Any, middle: Any, cols: Any) -> None:
    """Discharge in the cells, between their faces."""
    qx, qy, qy_low = flow
    middle_x, middle_y = middle
    for j in range(cols[0], cols[1]):
        middle_x[j] = HALF * (qx[j] + qx[j + NEXT])
        middle_y[j] = HALF * (qy[j] + qy_low[j])


@kernel
def cross_row(a: Any, land: Any, outline: Any, place: Any, flows: Any, step: Any) -> Any:
    """Flows of row i over faces of the outline and over levees; returns the next row's first face.

    place: face, row, shift of columns, columns; flows: over its west, north and south faces. A
    levee's face is set from either of its cells, to the same bits.
    """
    n, i, shift, cols = place
    while n < outline.row.size and outline.row[n] == i:
        j, side, kind = outline.col[n] - shift, outline.side[n], outline.kind[n]
        if kind != WALL and cols[0] - 1 <= j <= cols[1]:
            if kind == LEVEE:
                mass = over_crest(a, land, (i, j + shift), side, F(outline.depth[n]), step)
            elif kind == FREE:
                mass = runs_on(a, land, outline, n, (i, j + shift), step)
            else:
                mass = outwards(a, outline, n, (i, j + shift))
            if side in (WEST, EAST):
                flows[0][j + (side == EAST)] = mass
            else:
                flows[2 if side == SOUTH else 1][j] = mass
        n += 1
    return n


@kernel
def runs_on(water: Any, land: Any, outline: Any, n: Any, cell: Any, step: Any) -> Any:
    """Flow over a free face: the same water on ground that goes on falling; nothing comes in."""
    h = water.h[cell[0], cell[1]]
    q, sign = towards(water, outline.side[n], cell)
    k = (GRAVITY * step.ratio, step.pull * land.n2[cell[0], cell[1]])
    mass = inertial_flow(q, (h, h), (ZERO, -F(outline.depth[n])), k)
    return max(mass, ZERO) * sign


@kernel
def towards(water: Any, side: Any, cell: Any) -> Any:
    """Flow over the face behind, towards a side, m2/s; and 1 where that is east or south, or -1."""
    i, j = cell
    sign = F(1.0) if side in (EAST, SOUTH) else F(-1.0)
    q = (
        water.qx[i, j + (side == WEST)]
        if side in (WEST, EAST)
        else water.qy[i + (side == NORTH), j]
    )
    return q * sign, sign


@kernel
def outwards(water: Any, outline: Any, n: Any, cell: Any) -> Any:
    """Flow over a face of the outline, m2/s, positive to the east or south."""
    h = water.h[cell[0], cell[1]]
    q, sign = towards(water, outline.side[n], cell)
    depth, inward = F(outline.depth[n]), F(outline.inward[n])
    mass, _ = cross(outline.kind[n], h, speed(h, q), depth, inward)
    return mass * sign


@kernel
def over_crest(water: Any, land: Any, cell: Any, side: Any, crest: Any, step: Any) -> Any:
    """Flow over a levee: as over ground as high as its crest, m relative, no more than critical."""
    i, j = cell[0] + (side == SOUTH), cell[1] + (side == EAST)
    across = side in (WEST, EAST)
    q, i0, j0 = (water.qx[i, j], i, j - 1) if across else (water.qy[i, j], i - 1, j)
    z, z0 = land.z[i, j], land.z[i0, j0]
    top, top0 = max(z, crest), max(z0, crest)
    h, h0 = max(water.h[i, j] + z - top, ZERO), max(water.h[i0, j0] + z0 - top0, ZERO)
    k = (GRAVITY * step.ratio, step.pull * land.n2[i, j])
    flow = inertial_flow(q, (h0, h), (top0, top), k)
    deep, over = (water.h[i0, j0], h0) if flow > ZERO else (water.h[i, j], h)
    greatest, _ = critical(over, speed(deep, q))
    return max(min(flow, greatest), -greatest)


@kernel
def count_row(outline: Any, place: Any, flows: Any, new: Any, dt: Any) -> Any:
    """Account for what crosses the outline in row i; returns the next row's first face.

    place: face, stop, row, shift of columns, columns; flows: west, north and south, as limited.
    What crosses to the east or south is kept where no cell of this unit keeps it.
    """
    face, stop, i, shift, cols = place
    while face < stop and outline.row[face] < i:
        face += 1
    n = face
    while n < stop and outline.row[n] == i:
        j = outline.col[n] - shift
        if cols[0] <= j < cols[1] and outline.kind[n] not in (WALL, LEVEE):
            side = outline.side[n]
            if side == EAST:
                q = -flows[0][j + 1]
                new.qx[i, outline.col[n] + 1] = -q
            elif side == SOUTH:
                q = -flows[2][j]
                new.qy[i + 1, outline.col[n]] = -q
            else:
                q = flows[0][j] if side == WEST else flows[1][j]
            crossed = np.float64(q) * np.float64(dt)
            outline.passed[n] += crossed
            if crossed > 0.0:
                outline.entered[n] += crossed
        n += 1
    return n


@kernel
def advance(old: Any, new: Any, fixed: Any, unit: Any, step: Any, work: Any) -> Any:
    """One step of one unit (row, row_stop, col, col_stop, first, last); returns its fastest wave.

    fixed: land, outline, what is kept; work: scratch rows.
    """
    land, outline, kept = fixed
    first_row, stop_row, first_col, stop_col, face, last_face = unit
    shift = first_col - PAD
    cols = (np.uint64(PAD), np.uint64(PAD + stop_col - first_col))
    rim = (cols[0] - NEXT, cols[1] + NEXT)  # a cell on either side; behind it, its eastern face
    behind, last_face_too = (cols[0] - NEXT, cols[1] + TWICE), (cols[0], cols[1] + NEXT)
    here, own = slice(shift, stop_col + PAD), slice(first_col, stop_col)
    inner = slice(PAD, PAD + stop_col - first_col)
    h, qx, qy = old
    z, n2 = land.z, land.n2
    k = (GRAVITY * step.ratio, step.pull)
    x, y, y_low = work[0], work[1], work[2]
    share_up, share = work[3], work[4]
    limited_x, limited_x_low = work[5], work[6]
    limited_y, limited_y_low = work[7], work[8]
    middle = (work[9], work[10])
    deepest, even = work[11], work[SCRATCH - 1]
    deepest[:] = ZERO
    edge = face
    while edge > 0 and outline.row[edge - 1] >= first_row - 1:
        edge -= 1
    i = first_row - 1
    row_flow_y(
        (qy[i - 1, here], qy[i, here], qy[i + 1, here]), (h[i - 1, here], h[i, here]),
        (z[i - 1, here], z[i, here], n2[i, here]), y, k, rim,
    )  # fmt: skip
    for i in range(first_row - 1, stop_row + 1):
        h0, z0 = h[i, here], z[i, here]
        row_flow_x((qx[i, here], h0), (z0, n2[i, here]), x, k, behind)
        row_flow_y(
            (qy[i, here], qy[i + 1, here], qy[i + 2, here]), (h0, h[i + 1, here]),
            (z0, z[i + 1, here], n2[i + 1, here]), y_low, k, rim,
        )  # fmt: skip
        edge = cross_row(old, land, outline, (edge, i, shift, cols), (x, y, y_low), step)
        row_share((x, y, y_low), (h0, z0), share, step.ratio, rim)
        row_limit((x, y), (share_up, share), (limited_x_low, limited_y_low), last_face_too)
        r = i - 1  # all that it gives and takes is known now
        if r >= first_row:
            flows = (limited_x, limited_y, limited_y_low)
            fall = land.rain[step.rain_map, r, here] if step.rain_map >= 0 else even
            row_depth(
                flows, (h[r, here], z[r, here], fall),
                (new.h[r, here], new.qx[r, here], new.qy[r, here], land.lost[r, here], deepest),
                (step.ratio, step.rain), cols,
            )  # fmt: skip
            face = count_row(outline, (face, last_face, r, shift, cols), flows, new, step.dt)
            if kept.speed.size + kept.hv.size > 0:
                row_middle(flows, middle, cols)
            record_row((new.h[r, own], middle[0][inner], middle[1][inner]), kept, (r, own), step)
        y, y_low = y_low, y
        share_up, share = share, share_up
        limited_x, limited_x_low = limited_x_low, limited_x
        limited_y, limited_y_low = limited_y_low, limited_y
    return sqrt(GRAVITY * row_top(deepest))
