"""Local inertial: momentum without advection, on faces; for rivers and plains, not for dam breaks.

A step is two passes with all flows between them: new flows over the faces, then depths. A cell
gives no more than it has (donor cell): each face takes the share that the giving cell allows.
"""

from math import sqrt
from typing import Any

import numpy as np

from anlan.hazards.flood.shallow_water.compiled import kernel, quick
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
from anlan.hazards.flood.shallow_water.godunov import INSIDE_M, NEXT, row_top
from anlan.hazards.flood.shallow_water.outline import EAST, LEVEE, NORTH, SOUTH, WALL, WEST, cross
from anlan.hazards.flood.shallow_water.records import record_row

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
        new[j] = inertial_flow(q[j], mixed, (h[i], h[j]), (z[i], z[j]), pull)


@quick
def row_flow_y(q: Any, h: Any, land: Any, new: Any, k: Any, cols: Any) -> None:
    """The same over the north faces. q: upper, own, lower row; h: upper, own; land: z, z, n2."""
    q_up, q_own, q_low = q
    h_up, h_own = h
    z_up, z_own, n2 = land
    for j in range(cols[0], cols[1]):
        mixed = THETA * q_own[j] + BESIDE * (q_up[j] + q_low[j])
        pull = (k[0], k[1] * n2[j])
        new[j] = inertial_flow(q_own[j], mixed, (h_up[j], h_own[j]), (z_up[j], z_own[j]), pull)


@quick
def row_share(flow: Any, water: Any, share: Any, ratio: Any, cols: Any) -> None:
    """The share of what is asked of a cell that its water allows, 0..1.

    flow: west, north, south; water: h, z. What comes from outside is not limited.
    """
    qx, qy, qy_low = flow
    h, z = water
    for j in range(cols[0] - NEXT, cols[1] + NEXT):
        out = max(qx[j + NEXT], ZERO) - min(qx[j], ZERO)
        out += max(qy_low[j], ZERO) - min(qy[j], ZERO)
        allowed = min(h[j] / (out * ratio + TINY), ONE)
        share[j] = allowed if z[j] < INSIDE_M else ONE


@quick
def row_limit(flow: Any, shares: Any, limited: Any, cols: Any) -> None:
    """Each west and north face takes the share of the giving cell; one column more eastwards."""
    qx, qy = flow
    upper, own = shares
    qx_new, qy_new = limited
    for j in range(cols[0], cols[1] + NEXT):
        qx_new[j] = qx[j] * (own[j - NEXT] if qx[j] > ZERO else own[j])
        qy_new[j] = qy[j] * (upper[j] if qy[j] > ZERO else own[j])


@quick
def row_depth(flow: Any, water: Any, land: Any, k: Any, cols: Any) -> None:
    """New depth in place, Kahan-compensated. k: dt/dx, rain in metres; land: z, lost, rain."""
    qx, qy, qy_low = flow
    h, fastest = water
    z, lost, rain = land
    ratio, rain_m = k
    for j in range(cols[0], cols[1]):
        gain = ((qx[j] - qx[j + NEXT]) + (qy[j] - qy_low[j])) * ratio
        gain = (gain - lost[j]) + rain[j] * rain_m
        gain = gain if z[j] < INSIDE_M else ZERO
        depth = max(h[j] + gain, ZERO)
        lost[j] = (depth - h[j]) - gain
        h[j] = depth
        fastest[j] = max(fastest[j], depth)


@quick
def row_middle(flow: Any, middle: Any, cols: Any) -> None:
    """Discharge in the cells, between their faces."""
    qx, qy, qy_low = flow
    middle_x, middle_y = middle
    for j in range(cols[0], cols[1]):
        middle_x[j] = HALF * (qx[j] + qx[j + NEXT])
        middle_y[j] = HALF * (qy[j] + qy_low[j])


@quick
def row_keep(row: Any, kept: Any, cols: Any) -> None:
    for j in range(cols[0], cols[1]):
        kept[j] = row[j]


@kernel
def flow(a: Any, b: Any, land: Any, unit: Any, step: Any) -> None:
    """First pass: the new flows of a unit, from the water `a` to `b`."""
    first_row, stop_row, first_col, stop_col = unit[0], unit[1], unit[2], unit[3]
    cols = (np.uint64(PAD), np.uint64(PAD + stop_col - first_col))
    here = slice(first_col - PAD, stop_col + PAD)
    k = (GRAVITY * step.ratio, step.pull)
    h, qx, qy = a
    z, n2 = land.z, land.n2
    for i in range(first_row, stop_row):
        h0, z0, n0 = h[i, here], z[i, here], n2[i, here]
        row_keep(h0, b.h[i, here], cols)
        row_flow_x((qx[i, here], h0), (z0, n0), b.qx[i, here], k, cols)
        row_flow_y(
            (qy[i - 1, here], qy[i, here], qy[i + 1, here]), (h[i - 1, here], h0),
            (z[i - 1, here], z0, n0), b.qy[i, here], k, cols,
        )  # fmt: skip


@kernel
def cross_outline(a: Any, b: Any, land: Any, outline: Any, step: Any) -> None:
    """Between the passes: flows over the faces of the outline and over levees, into `b`."""
    for n in range(outline.row.size):
        kind, side = outline.kind[n], outline.side[n]
        if kind == WALL or (kind == LEVEE and side in (EAST, SOUTH)):
            continue
        i, j = outline.row[n], outline.col[n]
        across = side in (WEST, EAST)
        if kind == LEVEE:
            if across:
                b.qx[i, j] = over_crest(
                    a.qx[i, j], a, land, (i, j, i, j - 1, outline.depth[n]), step
                )
            else:
                b.qy[i, j] = over_crest(
                    a.qy[i, j], a, land, (i, j, i - 1, j, outline.depth[n]), step
                )
            continue
        sign = F(1.0) if side in (EAST, SOUTH) else F(-1.0)
        q = a.qx[i, j + (side == WEST)] if across else a.qy[i + (side == NORTH), j]
        h = a.h[i, j]
        normal = speed(h, q) * sign
        mass, _ = cross(kind, h, normal, F(outline.depth[n]), F(outline.inward[n]))
        if across:
            b.qx[i, j + 1 if side == EAST else j] = mass * sign
        else:
            b.qy[i + 1 if side == SOUTH else i, j] = mass * sign


@kernel
def over_crest(q: Any, water: Any, land: Any, place: Any, step: Any) -> Any:
    """Flow over a levee: as over ground as high as its crest. place: cell, cell before, crest."""
    i, j, i0, j0, crest = place
    z, z0 = land.z[i, j], land.z[i0, j0]
    top, top0 = max(z, F(crest)), max(z0, F(crest))
    h, h0 = max(water.h[i, j] + z - top, ZERO), max(water.h[i0, j0] + z0 - top0, ZERO)
    k = (GRAVITY * step.ratio, step.pull * land.n2[i, j])
    return inertial_flow(q, q, (h0, h), (top0, top), k)


@kernel
def count_row(outline: Any, place: Any, flows: Any, dt: Any) -> Any:
    """Account for what crosses the outline in row i; returns the next row's first face.

    place: face, stop, row, shift of columns, columns; flows: west, north and south, as limited.
    """
    face, stop, i, shift, cols = place
    while face < stop and outline.row[face] < i:
        face += 1
    n = face
    while n < stop and outline.row[n] == i:
        j = outline.col[n] - shift
        if cols[0] <= j < cols[1] and outline.kind[n] not in (WALL, LEVEE):
            side = outline.side[n]
            if side in (WEST, EAST):
                q = flows[0][j + 1 if side == EAST else j]
            else:
                q = flows[2][j] if side == SOUTH else flows[1][j]
            inward = -np.float64(q) if side in (EAST, SOUTH) else np.float64(q)
            outline.passed[n] += inward * np.float64(dt)
        n += 1
    return n


@kernel
def depth(a: Any, b: Any, fixed: Any, unit: Any, step: Any, work: Any) -> Any:
    """Second pass: limited flows of a unit, from `b` to `a`, and its new depths in place.

    The depth of a neighbouring unit's cells may be new already: shares are taken from `b.h`, where
    the first pass left the old ones. Returns the fastest wave.
    """
    land, outline, kept = fixed
    first_row, stop_row, first_col, stop_col, face, last_face = unit
    cols = (np.uint64(PAD), np.uint64(PAD + stop_col - first_col))
    here, own = slice(first_col - PAD, stop_col + PAD), slice(first_col, stop_col)
    inner = slice(PAD, PAD + stop_col - first_col)
    share_up, share = work[0], work[1]
    qx, qy, qy_low, qx_low = work[3], work[4], work[5], work[6]
    middle = (work[7], work[8])
    fastest, even = work[9], work[SCRATCH - 1]
    fastest[:] = ZERO
    for i in range(first_row - 2, stop_row):
        flows = (b.qx[i + 1, here], b.qy[i + 1, here], b.qy[i + 2, here])
        row_share(flows, (b.h[i + 1, here], land.z[i + 1, here]), share, step.ratio, cols)
        row_limit((flows[0], flows[1]), (share_up, share), (qx_low, qy_low), cols)
        if i >= first_row:
            limited = (qx, qy, qy_low)
            place = (face, last_face, i, first_col - PAD, cols)
            face = count_row(outline, place, limited, step.dt)
            fall = land.rain[step.rain_map, i, here] if step.rain_map >= 0 else even
            ground = (land.z[i, here], land.lost[i, here], fall)
            row_depth(limited, (a.h[i, here], fastest), ground, (step.ratio, step.rain), cols)
            row_middle(limited, middle, cols)
            water = (a.h[i, own], middle[0][inner], middle[1][inner])
            record_row(water, kept, (i, own), step)
            row_keep(qx, a.qx[i, here], cols)
            row_keep(qy, a.qy[i, here], cols)
        share_up, share = share, share_up
        qx, qx_low = qx_low, qx
        qy, qy_low = qy_low, qy
    return sqrt(GRAVITY * row_top(fastest))
