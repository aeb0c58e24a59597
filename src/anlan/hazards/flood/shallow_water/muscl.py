"""Second order: limited slopes in the cells (MUSCL), two stages in time (Heun, SSP).

Surface, depth and velocities are drawn as straight lines within a cell; the bed follows from
surface less depth, which keeps water at rest (Audusse et al. 2004). Between both faces of a cell
the bed's slope pulls with g h d(surface), pressure included. Depths at faces stay between those of
the neighbours, so none is negative.
"""

from math import sqrt
from typing import Any

import numpy as np

from anlan.hazards.flood.shallow_water.compiled import greater, kernel, quick, scalar
from anlan.hazards.flood.shallow_water.fields import PAD, SCRATCH
from anlan.hazards.flood.shallow_water.flux import (
    GRAVITY,
    HALF,
    THIN_M,
    ZERO,
    friction,
    hllc,
    slope,
    speed,
)
from anlan.hazards.flood.shallow_water.godunov import INSIDE_M, row_top
from anlan.hazards.flood.shallow_water.outline import correct_row, level_at_levees
from anlan.hazards.flood.shallow_water.pores import row_net, row_rain

NEXT, TWICE = np.uint64(1), np.uint64(2)


@quick
def row_velocity(h: Any, qx: Any, qy: Any, u: Any, v: Any, cols: Any) -> None:
    """u, v of a row and of two cells on either side."""
    for j in range(cols[0] - TWICE, cols[1] + TWICE):
        u[j] = speed(h[j], qx[j])
        v[j] = speed(h[j], qy[j])


@scalar
def slopes_of(before: Any, here: Any, after: Any) -> Any:
    """Changes of depth, surface, u and v across a cell; each of the three is (h, u, v, z)."""
    h0, u0, v0, z0 = before
    h, u, v, z = here
    h1, u1, v1, z1 = after
    wet = (h0 > THIN_M) & (h > THIN_M) & (h1 > THIN_M)
    return (
        slope(h0, h, h1, wet), slope(h0 + z0, h + z, h1 + z1, wet), slope(u0, u, u1, wet),
        slope(v0, v, v1, wet),
    )  # fmt: skip


@scalar
def at_face(cell: Any, slopes: Any, away: Any) -> Any:
    """A cell (h, u, v, z) as it is drawn half a cell away: 0.5 ahead, -0.5 back."""
    h, u, v, z = cell
    dh, ds, du, dv = slopes
    return h + away * dh, u + away * du, v + away * dv, z + away * (ds - dh)


@scalar
def flux_x(left: Any, left_slopes: Any, right: Any, right_slopes: Any) -> Any:
    """Flux over the face between a western and an eastern cell."""
    return hllc(at_face(left, left_slopes, HALF), at_face(right, right_slopes, -HALF))


@scalar
def flux_y(upper: Any, upper_slopes: Any, lower: Any, lower_slopes: Any) -> Any:
    """Flux over the face between a northern and a southern cell."""
    h, u, v, z = at_face(upper, upper_slopes, HALF)
    h1, u1, v1, z1 = at_face(lower, lower_slopes, -HALF)
    return hllc((h, v, u, z), (h1, v1, u1, z1))


@scalar
def change_of(h: Any, faces: Any, pulls: Any) -> Any:
    """What the fluxes bring to depth and discharges of a cell, to be multiplied by dt/dx.

    faces: west, east, north, south, each (mass, push on this cell, momentum along the face); pulls:
    changes of the surface across the cell, eastwards and southwards.
    """
    west, east, north, south = faces
    weight = GRAVITY * h
    return (
        (west[0] - east[0]) + (north[0] - south[0]),
        ((west[1] - east[1]) - weight * pulls[0]) + (north[2] - south[2]),
        ((north[1] - south[1]) - weight * pulls[1]) + (west[2] - east[2]),
    )


@scalar
def first_stage(water: Any, ground: Any, change: Any, k: Any) -> Any:
    """A whole step: depth, discharges, compensation. ground: z, n2, rain; k: dt/dx, g dt, rain in
    metres."""
    h, qx, qy = water
    z, n2, rain = ground
    ratio, pull, rain_m = k
    gain = change[0] * ratio + (rain * rain_m if z < INSIDE_M else ZERO)
    depth = max(h + gain, ZERO)
    px, py = qx + change[1] * ratio, qy + change[2] * ratio
    kept, _ = friction(depth, px, py, pull * n2)
    return depth, px * kept, py * kept, (depth - h) - gain


@scalar
def second_stage(water: Any, half: Any, ground: Any, change: Any, k: Any) -> Any:
    """Another step on, then the middle between start and end: depth, discharges, compensation over
    both stages, fastest wave. ground: z, n2, compensation, that of the first stage, rain."""
    h, qx, qy = water
    h1, qx1, qy1 = half
    z, n2, lost, lost_half, rain = ground
    ratio, pull, rain_m = k
    second = change[0] * ratio + (rain * rain_m if z < INSIDE_M else ZERO)
    px, py = qx1 + change[1] * ratio, qy1 + change[2] * ratio
    kept, _ = friction(max(h1 + second, ZERO), px, py, pull * n2)
    first = (h1 - h) - lost_half
    gain = HALF * (first + second) - lost
    depth = max(h + gain, ZERO)
    px, py = HALF * (qx + px * kept), HALF * (qy + py * kept)
    still, inverse = friction(depth, px, py, ZERO)
    px, py = px * still, py * still
    wave = max(abs(px), abs(py)) * inverse + sqrt(GRAVITY * depth)
    return depth, px, py, (depth - h) - gain, wave


@quick
def row_slopes_x(own: Any, slopes: Any, cols: Any) -> None:
    """Slopes eastwards of the cells of a row and one on either side."""
    h, u, v, z = own
    dh, ds, du, dv = slopes
    for j in range(cols[0] - NEXT, cols[1] + NEXT):
        i, k = j - NEXT, j + NEXT
        dh[j], ds[j], du[j], dv[j] = slopes_of(
            (h[i], u[i], v[i], z[i]), (h[j], u[j], v[j], z[j]), (h[k], u[k], v[k], z[k])
        )


@quick
def row_slopes_y(upper: Any, own: Any, lower: Any, slopes: Any, cols: Any) -> None:
    """The same southwards; each row is (h, u, v, z)."""
    h0, u0, v0, z0 = upper
    h, u, v, z = own
    h1, u1, v1, z1 = lower
    dh, ds, du, dv = slopes
    for j in range(cols[0], cols[1]):
        dh[j], ds[j], du[j], dv[j] = slopes_of(
            (h0[j], u0[j], v0[j], z0[j]), (h[j], u[j], v[j], z[j]), (h1[j], u1[j], v1[j], z1[j])
        )


@quick
def row_flux_x(own: Any, slopes: Any, flux: Any, cols: Any) -> None:
    """Flux over the west faces, the last cell's east face included."""
    h, u, v, z = own
    dh, ds, du, dv = slopes
    mass, for_l, for_r, along = flux
    for j in range(cols[0], cols[1] + NEXT):
        i = j - NEXT
        m, a, b, t = flux_x(
            (h[i], u[i], v[i], z[i]), (dh[i], ds[i], du[i], dv[i]),
            (h[j], u[j], v[j], z[j]), (dh[j], ds[j], du[j], dv[j]),
        )  # fmt: skip
        mass[j], for_l[j], for_r[j], along[j] = m, a, b, t


@quick
def row_flux_y(rows: Any, slopes: Any, flux: Any, cols: Any) -> None:
    """Flux over the faces between an upper and a lower row, each (h, u, v, z)."""
    (h, u, v, z), (h1, u1, v1, z1) = rows
    (dh, ds, du, dv), (dh1, ds1, du1, dv1) = slopes
    mass, for_l, for_r, along = flux
    for j in range(cols[0], cols[1]):
        m, a, b, t = flux_y(
            (h[j], u[j], v[j], z[j]), (dh[j], ds[j], du[j], dv[j]),
            (h1[j], u1[j], v1[j], z1[j]), (dh1[j], ds1[j], du1[j], dv1[j]),
        )  # fmt: skip
        mass[j], for_l[j], for_r[j], along[j] = m, a, b, t


@quick
def row_change(fluxes: Any, water: Any, pulls: Any, change: Any, cols: Any) -> None:
    """What the fluxes bring to the cells of a row."""
    h, z = water
    ds_x, ds_y = pulls
    mass, left, right, along, mass_up, right_up, along_up, mass_low, left_low, along_low = fluxes
    dh, dx, dy = change
    for j in range(cols[0], cols[1]):
        e = j + NEXT
        faces = (
            (mass[j], right[j], along[j]), (mass[e], left[e], along[e]),
            (mass_up[j], right_up[j], along_up[j]), (mass_low[j], left_low[j], along_low[j]),
        )  # fmt: skip
        gain, px, py = change_of(h[j], faces, (ds_x[j], ds_y[j]))
        dh[j] = gain if z[j] < INSIDE_M else ZERO
        dx[j] = px
        dy[j] = py


@kernel
def change_row(water: Any, fluxes: Any, pulls: Any, place: Any, change: Any, cols: Any) -> None:
    """The same where buildings may stand. place: land, row, columns."""
    land, i, here = place
    if land.share.size > 0:
        faces = (
            land.west[i, here], land.north[i, here], land.north[i + 1, here],
            land.share[i, here],
        )  # fmt: skip
        row_net(fluxes, faces, water, pulls, change, cols)
    else:
        row_change(fluxes, water, pulls, change, cols)


@quick
def row_first(old: Any, new: Any, land: Any, change: Any, k: Any, cols: Any) -> None:
    """First stage of a row, from the old water to the new."""
    h, qx, qy = old
    h_new, qx_new, qy_new = new
    z, n2, lost, rain = land
    dh, dx, dy = change
    for j in range(cols[0], cols[1]):
        depth, px, py, rest = first_stage(
            (h[j], qx[j], qy[j]), (z[j], n2[j], rain[j]), (dh[j], dx[j], dy[j]), k
        )
        h_new[j], qx_new[j], qy_new[j], lost[j] = depth, px, py, rest


@quick
def row_second(old: Any, half: Any, land: Any, change: Any, k: Any, cols: Any) -> None:
    """Second stage of a row, in place of the start."""
    h, qx, qy, fastest = old
    h1, qx1, qy1 = half
    z, n2, lost, lost_half, rain = land
    dh, dx, dy = change
    for j in range(cols[0], cols[1]):
        depth, px, py, rest, wave = second_stage(
            (h[j], qx[j], qy[j]), (h1[j], qx1[j], qy1[j]),
            (z[j], n2[j], lost[j], lost_half[j], rain[j]), (dh[j], dx[j], dy[j]), k,
        )  # fmt: skip
        h[j], qx[j], qy[j], lost[j] = depth, px, py, rest
        fastest[j] = greater(wave, fastest[j])


@kernel
def advance(a: Any, b: Any, land: Any, outline: Any, unit: Any, step: Any, work: Any) -> Any:
    """A stage of one unit: the first from `a` to `b`, the second (step.stage 2) back to `a`.

    Returns the fastest wave after the second.
    """
    first_row, stop_row, first_col, stop_col, face, last_face = unit
    shift = first_col - PAD
    cols = (np.uint64(PAD), np.uint64(PAD + stop_col - first_col))
    here = slice(shift, stop_col + PAD)
    second = step.stage == 2
    water = b if second else a
    h, qx, qy = water
    z, n2, lost, lost_half, rain, open_, _, _ = land
    v0, v1, v2 = (work[0], work[1]), (work[2], work[3]), (work[4], work[5])
    slopes_x, slopes_0, slopes_1 = (
        (work[6], work[7], work[8], work[9]), (work[10], work[11], work[12], work[13]),
        (work[14], work[15], work[16], work[17]),
    )  # fmt: skip
    x, up, low = (
        (work[18], work[19], work[20], work[21]), (work[22], work[23], work[24], work[25]),
        (work[26], work[27], work[28], work[29]),
    )  # fmt: skip
    change = (work[30], work[31], work[33])
    fastest, fallen, even = work[32], work[34], work[SCRATCH - 1]
    k = (step.ratio, step.pull, step.rain)
    fastest[:] = ZERO
    for i, v in ((first_row - 2, v0), (first_row - 1, v1)):
        row_velocity(h[i, here], qx[i, here], qy[i, here], v[0], v[1], cols)
    for i in range(first_row - 2, stop_row):
        row_velocity(h[i + 2, here], qx[i + 2, here], qy[i + 2, here], v2[0], v2[1], cols)
        h2, z2 = h[i + 2, here], z[i + 2, here]
        h1, z1 = h[i + 1, here], z[i + 1, here]
        h0, z0 = h[i, here], z[i, here]
        own, below = (h0, v0[0], v0[1], z0), (h1, v1[0], v1[1], z1)
        row_slopes_y(own, below, (h2, v2[0], v2[1], z2), slopes_1, cols)
        level_at_levees(outline, (i + 1, shift, cols), slopes_1, False)
        row_flux_y((own, below), (slopes_0, slopes_1), low, cols)
        if i >= first_row:
            row_slopes_x(own, slopes_x, cols)
            level_at_levees(outline, (i, shift, cols), slopes_x, True)
            row_flux_x(own, slopes_x, x, cols)
            place = (face, last_face, i, shift, cols)
            state = ((h0, v0[0], v0[1]), water, z)
            face = correct_row(outline, place, state, (x, up, low), step)
            fluxes = (x[0], x[1], x[2], x[3], up[0], up[2], up[3], low[0], low[1], low[3])
            change_row((h0, z0), fluxes, (slopes_x[1], slopes_0[1]), (land, i, here), change, cols)
            fall = rain[step.rain_map, i, here] if step.rain_map >= 0 else even
            if open_.size > 0:
                row_rain(fall, open_[i, here], fallen, cols)
                fall = fallen
            old = (a.h[i, here], a.qx[i, here], a.qy[i, here])
            new = (b.h[i, here], b.qx[i, here], b.qy[i, here])
            if second:
                ground = (z0, n2[i, here], lost[i, here], lost_half[i, here], fall)
                row_second((old[0], old[1], old[2], fastest), new, ground, change, k, cols)
            else:
                row_first(old, new, (z0, n2[i, here], lost_half[i, here], fall), change, k, cols)
        v0, v1, v2 = v1, v2, v0
        slopes_0, slopes_1 = slopes_1, slopes_0
        up, low = low, up
    return row_top(fastest)
