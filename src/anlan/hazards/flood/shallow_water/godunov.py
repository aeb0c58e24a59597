"""First-order Godunov: one pass over the rows of a unit, from the old water to the new.

Row functions are plain loops without branches, which LLVM turns into vector code; columns are
unsigned so that no index can be negative.
"""

from math import sqrt
from typing import Any

import numpy as np

from anlan.hazards.flood.shallow_water.compiled import kernel, quick
from anlan.hazards.flood.shallow_water.fields import PAD, SCRATCH, WALL_M
from anlan.hazards.flood.shallow_water.flux import (
    GRAVITY,
    ZERO,
    F,
    friction,
    hllc,
    speed,
)
from anlan.hazards.flood.shallow_water.outline import correct_row
from anlan.hazards.flood.shallow_water.pores import row_net, row_rain

NEXT, TWICE = np.uint64(1), np.uint64(2)
INSIDE_M = F(0.5) * WALL_M


@quick
def row_velocity(h: Any, qx: Any, qy: Any, u: Any, v: Any, cols: Any) -> None:
    """u, v of a row and of two cells on either side."""
    for j in range(cols[0] - TWICE, cols[1] + TWICE):
        u[j] = speed(h[j], qx[j])
        v[j] = speed(h[j], qy[j])


@quick
def row_flux_x(h: Any, u: Any, v: Any, z: Any, flux: Any, cols: Any) -> None:
    """Flux over the west faces, the last cell's east face included."""
    mass, for_l, for_r, along = flux
    for j in range(cols[0], cols[1] + NEXT):
        i = j - NEXT
        m, a, b, t = hllc((h[i], u[i], v[i], z[i]), (h[j], u[j], v[j], z[j]))
        mass[j], for_l[j], for_r[j], along[j] = m, a, b, t


@quick
def row_flux_y(upper: Any, lower: Any, flux: Any, cols: Any) -> None:
    """Flux over the faces between an upper and a lower row, each (h, u, v, z)."""
    h, u, v, z = upper
    h2, u2, v2, z2 = lower
    mass, for_l, for_r, along = flux
    for j in range(cols[0], cols[1]):
        m, a, b, t = hllc((h[j], v[j], u[j], z[j]), (h2[j], v2[j], u2[j], z2[j]))
        mass[j], for_l[j], for_r[j], along[j] = m, a, b, t


@quick
def row_update(old: Any, new: Any, land: Any, fluxes: Any, k: Any, cols: Any) -> None:
    """The new water of a row. k: dt/dx, g dt, rain in metres; new: water and fastest waves.

    Depth is Kahan-compensated: what rounding took, or a film that would be negative, is carried.
    """
    h, qx, qy = old
    h_new, qx_new, qy_new, fastest = new
    z, n2, lost, rain = land
    mass, left, right, along, mass_up, right_up, along_up, mass_low, left_low, along_low = fluxes
    ratio, pull, rain_m = k
    for j in range(cols[0], cols[1]):
        e = j + NEXT
        gain = ((mass[j] - mass[e]) + (mass_up[j] - mass_low[j])) * ratio
        gain = (gain - lost[j]) + rain[j] * rain_m
        inside = z[j] < INSIDE_M
        gain = gain if inside else ZERO
        depth = max(h[j] + gain, ZERO)
        lost[j] = (depth - h[j]) - gain
        px = qx[j] + ((right[j] - left[e]) + (along_up[j] - along_low[j])) * ratio
        py = qy[j] + ((right_up[j] - left_low[j]) + (along[j] - along[e])) * ratio
        kept, inverse = friction(depth, px, py, pull * n2[j])
        px *= kept
        py *= kept
        h_new[j] = depth
        qx_new[j] = px
        qy_new[j] = py
        wave = max(abs(px), abs(py)) * inverse + sqrt(GRAVITY * depth)
        fastest[j] = max(fastest[j], wave)


@kernel
def row_top(row: Any) -> Any:
    """The greatest value of a row."""
    top = ZERO
    for value in row:
        top = max(top, value)
    return top


@kernel
def advance(old: Any, new: Any, land: Any, outline: Any, unit: Any, step: Any, work: Any) -> Any:
    """One step of one unit (row, row_stop, col, col_stop, first, last); returns its fastest wave.

    work: scratch rows. Faces on the outline are put right after each row's fluxes.
    """
    first_row, stop_row, first_col, stop_col, face, last_face = unit
    shift = first_col - PAD
    cols = (np.uint64(PAD), np.uint64(PAD + stop_col - first_col))
    wide = stop_col - first_col + 2 * PAD
    h, qx, qy = old
    z, n2, lost, _, rain, share, west, north = land
    net, fallen, nothing = (work[17], work[18], work[19]), work[20], work[21]
    u0, v0, u1, v1 = work[0], work[1], work[2], work[3]
    x = (work[4], work[5], work[6], work[7])
    up = (work[8], work[9], work[10], work[11])
    low = (work[12], work[13], work[14], work[15])
    even = work[SCRATCH - 1]
    k = (step.ratio, step.pull, step.rain)
    here = slice(shift, shift + wide)
    i = first_row - 1
    row_velocity(h[i, here], qx[i, here], qy[i, here], u0, v0, cols)
    i = first_row
    row_velocity(h[i, here], qx[i, here], qy[i, here], u1, v1, cols)
    row_flux_y((h[i - 1, here], u0, v0, z[i - 1, here]), (h[i, here], u1, v1, z[i, here]), up, cols)
    u0, v0, u1, v1 = u1, v1, u0, v0
    fastest = work[16]
    fastest[:] = ZERO
    for i in range(first_row, stop_row):
        h0, z0 = h[i, here], z[i, here]
        h1, z1 = h[i + 1, here], z[i + 1, here]
        row_velocity(h1, qx[i + 1, here], qy[i + 1, here], u1, v1, cols)
        row_flux_x(h0, u0, v0, z0, x, cols)
        row_flux_y((h0, u0, v0, z0), (h1, u1, v1, z1), low, cols)
        face = correct_row(
            outline, (face, last_face, i, shift, cols), ((h0, u0, v0), old, z), (x, up, low), step
        )
        fall = rain[step.rain_map, i, here] if step.rain_map >= 0 else even
        if share.size > 0:
            row_rain(fall, share[i, here], fallen, cols)
            fall = fallen
        fluxes = (x[0], x[1], x[2], x[3], up[0], up[2], up[3], low[0], low[1], low[3])
        if share.size > 0:
            faces = (
                west[i, here], north[i, here], north[i + 1, here],
                share[i, here],
            )  # fmt: skip
            row_net(fluxes, faces, z0, net, cols)
            fluxes = (
                nothing, nothing, nothing, nothing, net[0], net[2], net[1], nothing, nothing,
                nothing,
            )  # fmt: skip
        row_update(
            (h0, qx[i, here], qy[i, here]),
            (new.h[i, here], new.qx[i, here], new.qy[i, here], fastest),
            (z0, n2[i, here], lost[i, here], fall),
            fluxes,
            k,
            cols,
        )
        u0, v0, u1, v1 = u1, v1, u0, v0
        up, low = low, up
    return row_top(fastest)
