"""First-order Godunov: one pass over the strip of a unit, from the old water to the new.

The functions of a strip are plain loops without branches, which LLVM turns into vector code; places
are unsigned so that none can be negative. Each is short enough that a processor has several rounds
of it under way at once: one loop from the depths to the fluxes, or from there to the new water,
waits for its own roots and quotients. What they leave between the end of a row and the start of
the next has no meaning and is never read.

A step is as long as the fastest wave, whichever way, needs for up to 0.6 of a cell. The waves' own
spreading would then be too much for two axes at once, which bear half a cell a step along each: it
is held to s = 0.48 of a cell. Small waves on any stream stay small while the square of the step is
no more than 3/4 s (worked out mode by mode; the sideways momentum is spread by the stream alone).
"""

from math import sqrt
from typing import Any

import numpy as np

from anlan.hazards.flood.shallow_water import records, strip
from anlan.hazards.flood.shallow_water.compiled import address, keep_most, kernel, quick, scalar
from anlan.hazards.flood.shallow_water.fields import WALL_M
from anlan.hazards.flood.shallow_water.flux import (
    GRAVITY,
    ONE,
    WET_M,
    ZERO,
    F,
    face_of,
    flux_of,
    friction_by,
    per_depth,
    root_of,
    speed,
)
from anlan.hazards.flood.shallow_water.outline import SPREADING, correct_row
from anlan.hazards.flood.shallow_water.strip import (
    CARRIED,
    FALL,
    FAST,
    FASTEST,
    LEFT,
    LOST,
    N2,
    NEW_H,
    NEXT,
    NORTH,
    QX,
    QY,
    RIGHT,
    ROOT,
    SHARE,
    SLOW,
    SPEED,
    WAVE,
    WEST,
    X_ALONG,
    X_LEFT,
    X_MASS,
    X_RIGHT,
    Y_ALONG,
    Y_LEFT,
    Y_MASS,
    Y_RIGHT,
    H,
    U,
    V,
    Z,
    places,
)

INSIDE_M = F(0.5) * WALL_M


@scalar
def after(water: Any, ground: Any, brought: Any, k: Any) -> Any:
    """A cell after a step: depth, discharges, compensation, fastest wave, and discharge whichever
    way.

    ground: z, n2, compensation, rain; brought: to depth and discharges, to be multiplied by dt/dx;
    k: dt/dx, g dt, rain in metres.
    """
    z, n2, lost, rain = ground
    depth, px, py, lost = moved(water, (z, lost, rain), brought, k)
    px, py, wave, flow = slowed(depth, (px, py), root_of(depth), k[1] * n2)
    return depth, px, py, lost, wave, flow


@scalar
def moved(water: Any, ground: Any, brought: Any, k: Any) -> Any:
    """What came over the faces and fell, without friction: depth, discharges, compensation. Depth
    is Kahan-compensated: what rounding took, or a film that would be negative, is carried."""
    h, qx, qy = water
    z, lost, rain = ground
    ratio, _, rain_m = k
    gain = (brought[0] * ratio - lost) + rain * rain_m
    gain = gain if z < INSIDE_M else ZERO
    depth = max(h + gain, ZERO)
    return depth, qx + brought[1] * ratio, qy + brought[2] * ratio, (depth - h) - gain


@scalar
def slowed(depth: Any, discharge: Any, root: Any, pull: Any) -> Any:
    """Friction: discharges, fastest wave, discharge whichever way. pull: g dt n2."""
    px, py = discharge
    kept, inverse = friction_by(root, depth, px, py, pull)
    flow = sqrt(px * px + py * py) * kept
    return px * kept, py * kept, flow * inverse + sqrt(GRAVITY * depth), flow


@quick
def velocities(s: Any, stop: Any) -> None:
    """u, v of all cells of the strip."""
    for q in range(stop):
        per = per_depth(s[H + q])
        s[U + q] = s[QX + q] * per
        s[V + q] = s[QY + q] * per


@quick
def faces_x(s: Any, first: Any, stop: Any, most: Any) -> None:
    """The west faces of the cells from first to stop. most: as in `hllc_held`."""
    for q in range(first, stop):
        o = q - NEXT
        s[LEFT + q], s[RIGHT + q], s[SLOW + q], s[FAST + q] = face_of(
            (s[H + o], s[U + o], s[V + o], s[Z + o]), (s[H + q], s[U + q], s[V + q], s[Z + q]),
            most,
        )  # fmt: skip


@quick
def fluxes_x(s: Any, first: Any, stop: Any) -> None:
    """Flux over the west faces."""
    for q in range(first, stop):
        o = q - NEXT
        s[X_MASS + q], s[X_LEFT + q], s[X_RIGHT + q], s[X_ALONG + q] = flux_of(
            (s[H + o], s[U + o], s[V + o], s[Z + o]), (s[H + q], s[U + q], s[V + q], s[Z + q]),
            (s[LEFT + q], s[RIGHT + q], s[SLOW + q], s[FAST + q]),
        )  # fmt: skip


@quick
def faces_y(s: Any, pitch: Any, first: Any, stop: Any, most: Any) -> None:
    """The north faces. pitch: length of a row."""
    for q in range(first, stop):
        o = q - pitch
        s[LEFT + q], s[RIGHT + q], s[SLOW + q], s[FAST + q] = face_of(
            (s[H + o], s[V + o], s[U + o], s[Z + o]), (s[H + q], s[V + q], s[U + q], s[Z + q]),
            most,
        )  # fmt: skip


@quick
def fluxes_y(s: Any, pitch: Any, first: Any, stop: Any) -> None:
    """Flux over the north faces."""
    for q in range(first, stop):
        o = q - pitch
        s[Y_MASS + q], s[Y_LEFT + q], s[Y_RIGHT + q], s[Y_ALONG + q] = flux_of(
            (s[H + o], s[V + o], s[U + o], s[Z + o]), (s[H + q], s[V + q], s[U + q], s[Z + q]),
            (s[LEFT + q], s[RIGHT + q], s[SLOW + q], s[FAST + q]),
        )  # fmt: skip


@quick
def bring(s: Any, pitch: Any, first: Any, stop: Any, k: Any) -> None:
    """What crossed the faces: discharges in place of the old, depth beside it."""
    for q in range(first, stop):
        e, d = q + NEXT, q + pitch
        brought = (
            (s[X_MASS + q] - s[X_MASS + e]) + (s[Y_MASS + q] - s[Y_MASS + d]),
            (s[X_RIGHT + q] - s[X_LEFT + e]) + (s[Y_ALONG + q] - s[Y_ALONG + d]),
            (s[Y_RIGHT + q] - s[Y_LEFT + d]) + (s[X_ALONG + q] - s[X_ALONG + e]),
        )
        s[NEW_H + q], s[QX + q], s[QY + q], s[LOST + q] = moved(
            (s[H + q], s[QX + q], s[QY + q]), (s[Z + q], s[LOST + q], s[FALL + q]), brought, k
        )


@quick
def bring_porous(s: Any, pitch: Any, first: Any, stop: Any, k: Any) -> None:
    """The same among buildings; rain falls on the whole cell, over the open share of it."""
    for q in range(first, stop):
        e, d = q + NEXT, q + pitch
        part = ONE / s[SHARE + q]
        west, east = s[WEST + q] * part, s[WEST + e] * part
        north, south = s[NORTH + q] * part, s[NORTH + d] * part
        brought = (
            (s[X_MASS + q] * west - s[X_MASS + e] * east)
            + (s[Y_MASS + q] * north - s[Y_MASS + d] * south),
            (s[X_RIGHT + q] * west - s[X_LEFT + e] * east)
            + (s[Y_ALONG + q] * north - s[Y_ALONG + d] * south),
            (s[Y_RIGHT + q] * north - s[Y_LEFT + d] * south)
            + (s[X_ALONG + q] * west - s[X_ALONG + e] * east),
        )
        s[NEW_H + q], s[QX + q], s[QY + q], s[LOST + q] = moved(
            (s[H + q], s[QX + q], s[QY + q]),
            (s[Z + q], s[LOST + q], s[FALL + q] / s[SHARE + q]), brought, k,
        )  # fmt: skip


@quick
def roots(s: Any, first: Any, stop: Any) -> None:
    """What friction needs of the new depths."""
    for q in range(first, stop):
        s[ROOT + q] = root_of(s[NEW_H + q])


@quick
def slow_down(s: Any, first: Any, stop: Any, pull: Any) -> None:
    """Friction on the new discharges. pull: g dt."""
    for q in range(first, stop):
        s[QX + q], s[QY + q], s[WAVE + q], s[CARRIED + q] = slowed(
            s[NEW_H + q], (s[QX + q], s[QY + q]), s[ROOT + q], pull * s[N2 + q]
        )


@quick
def speeds(s: Any, first: Any, stop: Any) -> None:
    """Speed, whichever way."""
    for q in range(first, stop):
        s[SPEED + q] = speed(s[NEW_H + q], s[CARRIED + q])


@quick
def rises_to(s: Any, first: Any, stop: Any, depth: Any) -> Any:
    """Whether any cell may have come to a depth; true at times for what lies between rows."""
    come = np.uint32(0)
    for q in range(first, stop):
        come |= np.uint32((s[NEW_H + q] >= depth) & (s[H + q] < depth))
    return come > 0


@kernel
def row_top(row: Any) -> Any:
    """The greatest value of a row."""
    top = ZERO
    for value in row:
        top = max(top, value)
    return top


@kernel
def outlined(s: Any, pitch: Any, water: Any, fixed: Any, unit: Any, step: Any) -> None:
    """Put the fluxes right at the faces of the outline and at levees."""
    land, outline = fixed
    first_row, _, first_col, stop_col, face, stop = unit
    shift, wide = first_col - 1, stop_col - first_col + 2
    cols = (np.uint64(1), np.uint64(wide - 1))
    while face < stop:
        i = outline.row[face]
        at = np.uint64(i - first_row + 1) * pitch
        low = at + pitch
        state = (s[places(H, at, wide)], s[places(U, at, wide)], s[places(V, at, wide)])
        x = (
            s[places(X_MASS, at, wide)], s[places(X_LEFT, at, wide)],
            s[places(X_RIGHT, at, wide)], s[places(X_ALONG, at, wide)],
        )  # fmt: skip
        y = (
            s[places(Y_MASS, at, wide)], s[places(Y_LEFT, at, wide)],
            s[places(Y_RIGHT, at, wide)], s[places(Y_ALONG, at, wide)],
        )  # fmt: skip
        y_low = (
            s[places(Y_MASS, low, wide)], s[places(Y_LEFT, low, wide)],
            s[places(Y_RIGHT, low, wide)], s[places(Y_ALONG, low, wide)],
        )  # fmt: skip
        place = (face, stop, i, shift, cols)
        face = correct_row(outline, place, (state, water, land.z), (x, y, y_low), step)


@kernel
def advance(old: Any, new: Any, fixed: Any, unit: Any, soon: Any, step: Any, s: Any) -> Any:
    """One step of one unit (row, row_stop, col, col_stop, first, last); returns its fastest wave
    and whether any of its cells may have become wet.

    fixed: land, outline, what is kept; s: the strip.
    """
    land, outline, kept = fixed
    pitch = strip.lay_out(old, land, unit, step.rain_map, s)
    first, cells = pitch + NEXT, pitch * np.uint64(unit[1] - unit[0]) - NEXT - NEXT
    stop, x_stop = first + strip.whole(cells), first + strip.whole(cells + NEXT)
    y_stop = first + strip.whole(cells + pitch)
    k, most = (step.ratio, step.pull, step.rain), SPREADING / step.ratio
    for field in old:
        strip.fetch(field, soon, 1)
    velocities(s, y_stop)
    for field in (land.z, land.n2, land.lost):
        strip.fetch(field, soon, 1)
    faces_x(s, first, x_stop, most)
    fluxes_x(s, first, x_stop)
    for field in new:
        strip.fetch(field, soon, 0)
    faces_y(s, pitch, first, y_stop, most)
    fluxes_y(s, pitch, first, y_stop)
    if unit[4] < unit[5]:
        outlined(s, pitch, old, (land, outline), unit, step)
    for field in (kept.depth, kept.speed, kept.hv, kept.duration):
        strip.fetch(field, soon, 0)
    if land.share.size > 0:
        bring_porous(s, pitch, first, stop, k)
    else:
        bring(s, pitch, first, stop, k)
    roots(s, first, stop)
    slow_down(s, first, stop, step.pull)
    fresh = rises_to(s, first, stop, WET_M)
    come = kept.arrival.size > 0 and rises_to(s, first, stop, step.arrival_m)
    if kept.speed.size > 0:
        speeds(s, first, stop)
    at, left, wide = first, unit[2], unit[3] - unit[2]
    for i in range(unit[0], unit[1]):
        strip.row_out(s, at, new, land.lost, (i, left, wide))
        keep_row(s, at, kept, (i, left, wide), (step, come))
        at += pitch
    return row_top(s[places(FASTEST, np.uint64(0), wide)]), fresh


@kernel
def keep_row(s: Any, at: Any, kept: Any, where: Any, told: Any) -> None:
    """Keep what a step brought to a row. where: row, columns; told: step, and whether any cell may
    have come to the depth of arrival in it."""
    i, left, wide = where
    step, come = told
    own, depth = slice(left, left + wide), s[places(NEW_H, at, wide)]
    if kept.depth.size > 0:
        keep_most(address(kept.depth, i, left), strip.place(s, NEW_H, at), wide)
    if kept.speed.size > 0:
        keep_most(address(kept.speed, i, left), strip.place(s, SPEED, at), wide)
    if kept.hv.size > 0:
        keep_most(address(kept.hv, i, left), strip.place(s, CARRIED, at), wide)
    if come:
        records.row_arrival(depth, kept.arrival[i, own], step.now, step.arrival_m)
    if kept.duration.size > 0:
        records.row_duration(depth, kept.duration[i, own], step.dt, step.duration_m)
