"""Faces between ground and outside: walls, free outflow, stages and discharges.

A stage or a discharge outside meets the wave that runs towards the face from within (the outgoing
Riemann invariant); faster than its waves, water leaves as it comes.
"""

from math import sqrt
from typing import Any

import numpy as np

from anlan.hazards.flood.shallow_water.compiled import plain
from anlan.hazards.flood.shallow_water.flux import (
    DRY_M,
    GRAVITY,
    HALF_G,
    ONE,
    TWO,
    ZERO,
    F,
    hllc,
)

WALL, FREE, STAGE, FLOW, TORRENT = 0, 1, 2, 3, 4
WEST, EAST, NORTH, SOUTH = 0, 1, 2, 3


@plain
def _outward(h: Any, h_b: Any, u_b: Any) -> Any:
    """Mass and momentum (less the cell's own g h^2/2) of water h_b, u_b that crosses the face."""
    return h_b * u_b, h_b * u_b * u_b + HALF_G * (h_b * h_b - h * h)


@plain
def at_wall(h: Any, u: Any) -> Any:
    """Water u (outwards) against a wall: it meets its mirror image."""
    flux = hllc((h, u, ZERO, ZERO), (h, -u, ZERO, ZERO))
    return ZERO, flux[1]


@plain
def at_stage(h: Any, u: Any, h_b: Any) -> Any:
    """A depth h_b outside; u outwards."""
    c, c_b = sqrt(GRAVITY * h), sqrt(GRAVITY * h_b)
    if h_b <= DRY_M and h <= DRY_M:
        return ZERO, ZERO
    if u >= c:
        return _outward(h, h, u)
    u_b = max(u + TWO * (c - c_b), -c_b)
    if u_b > c_b:  # the water falls out: critical at the face
        c_b = (u + TWO * c) / F(3.0)
        return _outward(h, c_b * c_b / GRAVITY, c_b)
    return _outward(h, h_b, u_b)


@plain
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


@plain
def _leaving(h: Any, u: Any, outward: Any) -> Any:
    """A discharge that is taken out, not more than a critical one."""
    most = h * sqrt(GRAVITY * h)
    taken = min(outward, F(0.5) * most)
    if h <= DRY_M:
        return ZERO, ZERO
    return taken, taken * taken / h


@plain
def cross(kind: Any, h: Any, u: Any, depth: Any, inward: Any) -> Any:
    """Mass and momentum outwards over an outline face. depth: outside, over the cell's bed."""
    if kind == FREE and u > ZERO:
        return _outward(h, h, u)
    if kind == STAGE:
        return at_stage(h, u, depth)
    if kind == FLOW:
        return at_flow(h, u, inward)
    if kind == TORRENT and depth > DRY_M:
        return _outward(h, depth, -inward / depth)
    return at_wall(h, u)


@plain
def correct_row(outline: Any, place: Any, water: Any, fluxes: Any, step: Any) -> Any:
    """Overwrite the fluxes of row i at its outline faces; returns the next row's first face.

    place: face, stop, row, shift of columns, columns; water: h, u, v; fluxes: (mass, for_l, for_r,
    along) of the west faces, of the north faces and of the south faces.
    """
    face, stop, i, shift, cols = place
    h, u, v = water
    x, up, low = fluxes
    while face < stop and outline.row[face] < i:
        face += 1
    n = face
    while n < stop and outline.row[n] == i:
        j = outline.col[n] - shift
        if cols[0] <= j < cols[1]:
            side = outline.side[n]
            sign = F(1.0) if side in (EAST, SOUTH) else F(-1.0)
            across = side < NORTH
            normal, beside = (u[j], v[j]) if across else (v[j], u[j])
            mass, push = cross(
                outline.kind[n], h[j], normal * sign, F(outline.depth[n]), F(outline.inward[n])
            )
            outline.passed[n] -= np.float64(mass) * np.float64(step.counted)
            flux = x if across else (up if side == NORTH else low)
            at = j + 1 if side == EAST else j
            flux[0][at] = mass * sign
            flux[1][at] = push
            flux[2][at] = push
            flux[3][at] = mass * sign * (beside if mass > ZERO else ZERO)
        n += 1
    return n
