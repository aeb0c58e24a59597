"""Faces that are not land to land: walls, free outflow, stages, discharges, and levees within.

A stage or a discharge outside meets the wave that runs towards the face from within (the outgoing
Riemann invariant); faster than its waves, water leaves as it comes.
"""

from math import sqrt
from typing import Any

import numpy as np

from anlan.hazards.flood.shallow_water.compiled import kernel
from anlan.hazards.flood.shallow_water.flux import (
    DRY_M,
    GRAVITY,
    HALF_G,
    ONE,
    TWO,
    ZERO,
    F,
    hllc,
    hllc_held,
    speed,
)

SPREADING = F(0.48)  # of a cell a step along an axis: half would be too much for both
TWO_THIRDS = F(2.0 / 3.0)
WALL, FREE, STAGE, FLOW, TORRENT, LEVEE = 0, 1, 2, 3, 4, 5
WEST, EAST, NORTH, SOUTH = 0, 1, 2, 3


@kernel
def _outward(h: Any, h_b: Any, u_b: Any) -> Any:
    """Mass and momentum (less the cell's own g h^2/2) of water h_b, u_b that crosses the face."""
    return h_b * u_b, h_b * u_b * u_b + HALF_G * (h_b * h_b - h * h)


@kernel
def at_wall(h: Any, u: Any) -> Any:
    """Water u (outwards) against a wall: it meets its mirror image."""
    flux = hllc((h, u, ZERO, ZERO), (h, -u, ZERO, ZERO))
    return ZERO, flux[1]


@kernel
def at_free(h: Any, u: Any, fall: Any) -> Any:
    """The same water on ground that goes on falling by `fall` a cell; nothing comes in."""
    flux = hllc((h, u, ZERO, ZERO), (h, u, ZERO, -fall))
    if flux[0] <= ZERO:
        return at_wall(h, u)
    return flux[0], flux[1]


@kernel
def at_stage(h: Any, u: Any, h_b: Any) -> Any:
    """A depth h_b outside; u outwards."""
    c, c_b = sqrt(GRAVITY * h), sqrt(GRAVITY * h_b)
    if h_b <= DRY_M and h <= DRY_M:
        return ZERO, ZERO
    if u >= c and h > DRY_M:
        return _outward(h, h, u)
    u_b = max(u + TWO * (c - c_b), -c_b)
    if u_b > c_b:  # the water falls out: critical at the face
        c_b = (u + TWO * c) / F(3.0)
        return _outward(h, c_b * c_b / GRAVITY, c_b)
    return _outward(h, h_b, u_b)


@kernel
def at_flow(h: Any, u: Any, inward: Any) -> Any:
    """A discharge inwards, m2/s; the depth at the face follows from the outgoing wave."""
    if inward <= ZERO:
        return _leaving(h, u, -inward)
    invariant = u + TWO * sqrt(GRAVITY * h)
    critical = (inward * inward / GRAVITY) ** F(1.0 / 3.0)
    low, high = critical, max(TWO * critical, F(4.0) * h + ONE)
    for _ in range(30):  # -q/h + 2 sqrt(g h) rises with h
        h_b = F(0.5) * (low + high)
        if TWO * sqrt(GRAVITY * h_b) - inward / h_b < invariant:
            low = h_b
        else:
            high = h_b
    h_b = F(0.5) * (low + high)
    return _outward(h, h_b, -inward / h_b)


@kernel
def _leaving(h: Any, u: Any, outward: Any) -> Any:
    """A discharge that is taken out, not more than a critical one."""
    most = h * sqrt(GRAVITY * h)
    taken = min(outward, F(0.5) * most)
    if h <= DRY_M:
        return ZERO, ZERO
    return taken, taken * taken / h


@kernel
def cross(kind: Any, h: Any, u: Any, depth: Any, inward: Any) -> Any:
    """Mass and momentum outwards over an outline face. depth: outside, over the cell's bed; of a
    free face, by how much the ground falls from cell to cell towards it."""
    if kind == FREE:
        return at_free(h, u, depth)
    if kind == STAGE:
        return at_stage(h, u, depth)
    if kind == FLOW:
        return at_flow(h, u, inward)
    if kind == TORRENT and depth > DRY_M:
        return _outward(h, depth, -inward / depth)
    return at_wall(h, u)


@kernel
def over_levee(own: Any, other: Any, crest: Any, sign: Any, most: Any) -> Any:
    """Mass and momentum outwards over a crest (m, relative), which only water above it crosses, no
    more than critical.

    own, other: (h, u outwards, z). Below the crest both sides meet a wall. sign: 1 where outwards
    is east or south; both cells compute the flux in that direction, so that they agree to the bit.
    most: as in `hllc_held`.
    """
    h, u, z = own
    h_b, u_b, z_b = other
    bed = max(z, z_b, crest)
    above, above_b = max(h + z - bed, ZERO), max(h_b + z_b - bed, ZERO)
    if max(above, above_b) <= DRY_M:
        return at_wall(h, u)
    if sign > ZERO:
        flux = _held_critical((above, u), (above_b, u_b), most)
        return flux[0], flux[1]
    flux = _held_critical((above_b, -u_b), (above, -u), most)
    return -flux[0], flux[2]


@kernel
def critical(depth: Any, u: Any) -> Any:
    """The greatest discharge that water of a depth and speed can carry over a crest, m2/s, and its
    depth there: two thirds of its energy. That of a broad-crested weir, C = 1.705."""
    there = TWO_THIRDS * (depth + u * u / (TWO * GRAVITY))
    return there * sqrt(GRAVITY * there), there


@kernel
def _held_critical(left: Any, right: Any, most: Any) -> Any:
    """The flux of two waters (h, u) on level ground, not more than critical. Beyond a crest the
    ground may stay dry for ever; there HLLC lets too much through, as it does for the first steps
    of a dam break.
    """
    (h_l, u_l), (h_r, u_r) = left, right
    mass, for_l, for_r, _ = hllc_held((h_l, u_l, ZERO, ZERO), (h_r, u_r, ZERO, ZERO), most)
    greatest, there = critical(h_l, u_l) if mass > ZERO else critical(h_r, u_r)
    if abs(mass) <= greatest:
        return mass, for_l, for_r
    push = F(1.5) * GRAVITY * there * there
    held = greatest if mass > ZERO else -greatest
    return held, push - HALF_G * h_l * h_l, push - HALF_G * h_r * h_r


@kernel
def beyond(water: Any, z: Any, place: Any, side: Any) -> Any:
    """The cell behind a face: (h, u outwards, z), and its velocity along the face."""
    i, j = place
    down = 1 if side == SOUTH else (-1 if side == NORTH else 0)
    right = 1 if side == EAST else (-1 if side == WEST else 0)
    h = water.h[i + down, j + right]
    u, v = speed(h, water.qx[i + down, j + right]), speed(h, water.qy[i + down, j + right])
    sign = F(down + right)
    if right != 0:
        return (h, u * sign, z[i, j + right]), v
    return (h, v * sign, z[i + down, j]), u


@kernel
def level_at_levees(outline: Any, place: Any, slopes: Any, across: Any) -> None:
    """No slope in a cell that would look over its levee: what stands behind is not felt.

    place: row, shift of columns, columns; across: whether the slopes run eastwards.
    """
    i, shift, cols = place
    first, last = np.int64(cols[0]) - 1, np.int64(cols[1])
    n = np.searchsorted(outline.row, i)
    while n < outline.row.size and outline.row[n] == i:
        j = outline.col[n] - shift
        if outline.kind[n] == LEVEE and (outline.side[n] < NORTH) == across and first <= j <= last:
            for change in slopes:
                change[j] = ZERO
        n += 1


@kernel
def correct_row(outline: Any, place: Any, state: Any, fluxes: Any, step: Any) -> Any:
    """Overwrite the fluxes of row i at its outline faces; returns the next row's first face.

    place: face, stop, row, shift of columns, columns; state: h, u, v of the row, all water, ground;
    fluxes: (mass, for_l, for_r, along) of the west, of the north and of the south faces.
    """
    face, stop, i, shift, cols = place
    (h, u, v), water, z = state
    x, up, low = fluxes
    while face < stop and outline.row[face] < i:
        face += 1
    n = face
    while n < stop and outline.row[n] == i:
        j = outline.col[n] - shift
        if cols[0] <= j < cols[1]:
            correct_face(outline, n, j, (h[j], u[j], v[j]), (water, z), (x, up, low), step)
        n += 1
    return n


@kernel
def correct_face(
    outline: Any, n: Any, j: Any, own: Any, behind: Any, fluxes: Any, step: Any
) -> None:
    """Overwrite the flux over face n of the outline, of the cell `own` at place j of its row.

    own: h, u, v; behind: all water, ground; fluxes: as in `correct_row`.
    """
    h, u, v = own
    water, z = behind
    x, up, low = fluxes
    i, side = outline.row[n], outline.side[n]
    sign = F(1.0) if side in (EAST, SOUTH) else F(-1.0)
    across = side < NORTH
    normal, beside = (u, v) if across else (v, u)
    if outline.kind[n] == LEVEE:
        other, its = beyond(water, z, (i, outline.col[n]), side)
        mine = (h, normal * sign, z[i, outline.col[n]])
        most = SPREADING / step.ratio
        mass, push = over_levee(mine, other, F(outline.depth[n]), sign, most)
        beside = beside if mass > ZERO else its
    else:
        mass, push = cross(
            outline.kind[n], h, normal * sign, F(outline.depth[n]), F(outline.inward[n])
        )
        crossed = np.float64(mass) * outline.open[n] * np.float64(step.counted)
        outline.passed[n] -= crossed
        if crossed < 0.0:
            outline.entered[n] -= crossed
        beside = beside if mass > ZERO else ZERO
    flux = x if across else (up if side == NORTH else low)
    at = j + 1 if side == EAST else j
    flux[0][at] = mass * sign
    felt = flux[1] if sign > ZERO else flux[2]
    felt[at] = push
    flux[3][at] = mass * sign * beside
