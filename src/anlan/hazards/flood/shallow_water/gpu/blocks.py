"""What a block of threads does in each phase of a step; between phases its threads wait.

A block works out a tile of the grid, each thread several cells of it one after the other. Cells
are computed by the very row functions of the processor's loops, given rows of one cell; fluxes lie
in the block's shared memory, so that a step goes over the GPU's memory once.
"""

from math import ceil, sqrt
from typing import Any

import numpy as np

from anlan.hazards.flood.shallow_water import forcing as outside
from anlan.hazards.flood.shallow_water import godunov, infiltration, links, loops, pores
from anlan.hazards.flood.shallow_water.compiled import kernel
from anlan.hazards.flood.shallow_water.fields import PAD, Step
from anlan.hazards.flood.shallow_water.flux import GRAVITY, ZERO, F, hllc_held, speed
from anlan.hazards.flood.shallow_water.outline import SPREADING, correct_face
from anlan.hazards.flood.shallow_water.records import record

TALL, WIDE = 8, 32  # cells of a tile
NOW, UNTIL, STEPS = 0, 1, 2  # places in the clock
ONE_CELL = (np.uint64(0), np.uint64(1))


@kernel
def corner(block: Any, columns: Any) -> Any:
    """Row and column, padded, of a tile's first cell."""
    across = (columns - 2 * PAD) // WIDE
    return PAD + (block // across) * TALL, PAD + (block % across) * WIDE


@kernel
def step_of(told: Any) -> Any:
    """The step that the GPU has chosen, in single precision.

    Each phase reads it anew: through the simulator's Python a number would become a double.
    """
    beat, which = told
    return Step(
        beat[0], which[0], beat[1], beat[2], beat[3], beat[4], which[1], beat[5], beat[6], beat[7]
    )


@kernel
def keep_step(step: Any, stages: Any, beat: Any, which: Any) -> None:
    """For the phases to read; each of its stages counts alike."""
    beat[0], beat[1], beat[2], beat[3] = step.dt, step.counted / F(stages), step.ratio, step.pull
    beat[4], beat[5], beat[6], beat[7] = step.rain, step.now, step.arrival_m, step.duration_m
    which[0], which[1] = step.stage, step.rain_map


# --- Before a step: one block chooses it -----------------------------------------------------


@kernel
def seek_top(t: Any, threads: Any, water: Any, run: Any, place: Any) -> None:
    """The fastest wave of every so manyth block, and what the boundaries' faces carry."""
    tops, partial, weights = place
    top = ZERO
    for n in range(t, tops.size, threads):
        top = max(top, tops[n])
    partial[t] = top
    outline, forcing = run
    for g in range(t, forcing.level_of.size, threads):
        weights[0, g], weights[1, g] = outside.conveyance(water, outline, g)


@kernel
def set_faces(t: Any, threads: Any, water: Any, run: Any, place: Any, clock: Any) -> None:
    """Depth and share outside of the faces; they may bring faster waves."""
    partial, weights, scheme = place
    outline, forcing = run
    when = (clock[NOW], outside.latest(clock[NOW], clock[UNTIL], scheme))
    for n in range(t, outline.row.size, threads):
        g = outline.group[n]
        if g >= 0:
            given = outside.value(forcing.times[g], forcing.values[g], when[0])
            most = outside.greatest(forcing, g, when)
            group = (given, most, weights[0, g], weights[1, g])
            wave = outside.set_face(water, outline, forcing, n, group, (when, scheme[1]))
            partial[t] = max(partial[t], F(wave))


@kernel
def pour(t: Any, threads: Any, run: Any, place: Any, cell_m: Any) -> None:
    """What the boundaries let in during the step that was chosen; the clock is at its end."""
    outline, forcing = run
    clock, beat = place
    middle = clock[NOW] - 0.5 * np.float64(beat[0])
    for n in range(t, outline.row.size, threads):
        outside.pour(outline, forcing, n, middle, cell_m)


@kernel
def choose_step(threads: Any, water: Any, run: Any, partial: Any, place: Any) -> None:
    """By one thread: the step, its rain, inflow and links; the clock is moved on.

    ask: courant, cell's side, depths of arrival and duration, stages of a step.
    """
    land, forcing, joined, ask = run
    clock, beat, which = place
    now, until = clock[NOW], clock[UNTIL]
    top = 0.0
    for n in range(threads):
        top = max(top, np.float64(partial[n]))
    scheme = (ask[0], ask[1])
    links.set_rates(water, land, joined, now)
    dt = outside.longest_step(top, water, land, forcing, now, scheme)
    dt = links.longest_step(water, land, joined, dt, scheme)
    left = until - now
    dt = left / ceil(left / dt) if left < 3.0 * dt else dt
    outside.let_in(water, land, forcing, (now, dt), ask[1])
    links.carry(water, land, joined, (now, dt), ask[1])
    rain, rain_map = outside.rain_of(forcing, now, dt)
    step = loops.step_with(dt, (rain, rain_map), now, ask)
    keep_step(step, ask[4], beat, which)
    clock[NOW] = until if now + dt >= until - 1e-9 * dt else now + dt
    clock[STEPS] += 1.0


@kernel
def soak(t: Any, threads: Any, tile: Any, run: Any, room: Any, told: Any) -> None:
    """The ground takes water from a tile; `taken` by each thread, metres times cells."""
    step = step_of(told)
    i0, j0 = tile
    h, land, soil = run
    partial, even, taken = room
    rate = partial[t : t + 1]
    taken[t] = 0.0
    for n in range(t, TALL * WIDE, threads):
        i, j = i0 + n // WIDE, j0 + n % WIDE
        here = slice(j, j + 1)
        first, so_far = soil.first[i, here], soil.taken[i, here]
        if soil.kind[0] == infiltration.CONSTANT:
            infiltration.row_rate(first, rate, step.dt)
        elif soil.kind[0] == infiltration.GREEN_AMPT:
            ground = (first, soil.second[i, here], so_far)
            infiltration.row_green_ampt(ground, rate, step.dt)
        else:
            fall = land.rain[step.rain_map, i, here] if step.rain_map >= 0 else even
            if land.share.size > 0:
                pores.row_rain(fall, land.share[i, here], rate, ONE_CELL)
                fall = rate
            ground = (first, soil.second[i, here], so_far)
            infiltration.row_curve_number(ground, rate, fall, step.rain)
        infiltration.row_take(h[i, here], land.lost[i, here], so_far, rate)
        taken[t] += np.float64(rate[0]) * pores.share_at(land, i, j)


@kernel
def first_face(outline: Any, i: Any, j: Any) -> Any:
    """The first face of a cell in the sorted outline."""
    low, high = 0, outline.row.size
    while low < high:
        middle = (low + high) // 2
        row, col = outline.row[middle], outline.col[middle]
        if row < i or (row == i and col < j):
            low = middle + 1
        else:
            high = middle
    return low


@kernel
def faces_of(x: Any, y: Any, r: Any, c: Any) -> Any:
    """The fluxes over a cell's west, east, north and south face, as `pores.net` takes them."""
    return (
        (x[0, r, c], x[2, r, c], x[3, r, c]), (x[0, r, c + 1], x[1, r, c + 1], x[3, r, c + 1]),
        (y[0, r, c], y[2, r, c], y[3, r, c]), (y[0, r + 1, c], y[1, r + 1, c], y[3, r + 1, c]),
    )  # fmt: skip


@kernel
def let_through(land: Any, i: Any, j: Any) -> Any:
    """What buildings leave open of a cell's west, east, north and south face, and of the cell."""
    return (
        land.west[i, j], land.west[i, j + 1], land.north[i, j], land.north[i + 1, j],
        land.share[i, j],
    )  # fmt: skip


# --- First-order Godunov -----------------------------------------------------------------------


@kernel
def godunov_faces(t: Any, threads: Any, tile: Any, water: Any, run: Any, told: Any) -> None:
    """Fluxes over the west and north faces of a tile, and over its east and south rims."""
    i0, j0 = tile
    z, fluxes = run
    x, y = fluxes
    h, qx, qy = water
    most = SPREADING / step_of(told).ratio
    for n in range(t, TALL * (WIDE + 1), threads):
        r, c = n // (WIDE + 1), n % (WIDE + 1)
        i, j = i0 + r, j0 + c
        left, right = h[i, j - 1], h[i, j]
        x[0, r, c], x[1, r, c], x[2, r, c], x[3, r, c] = hllc_held(
            (left, speed(left, qx[i, j - 1]), speed(left, qy[i, j - 1]), z[i, j - 1]),
            (right, speed(right, qx[i, j]), speed(right, qy[i, j]), z[i, j]), most,
        )  # fmt: skip
    for n in range(t, (TALL + 1) * WIDE, threads):
        r, c = n // WIDE, n % WIDE
        i, j = i0 + r, j0 + c
        upper, lower = h[i - 1, j], h[i, j]
        y[0, r, c], y[1, r, c], y[2, r, c], y[3, r, c] = hllc_held(
            (upper, speed(upper, qy[i - 1, j]), speed(upper, qx[i - 1, j]), z[i - 1, j]),
            (lower, speed(lower, qy[i, j]), speed(lower, qx[i, j]), z[i, j]), most,
        )  # fmt: skip


@kernel
def godunov_outline(t: Any, threads: Any, tile: Any, water: Any, run: Any, told: Any) -> None:
    """The fluxes at the faces of the outline and at levees."""
    step = step_of(told)
    i0, j0 = tile
    outline, edge, z, fluxes = run
    x, y = fluxes
    for n in range(t, TALL * WIDE, threads):
        r, c = n // WIDE, n % WIDE
        i, j = i0 + r, j0 + c
        if edge[i, j] == 0:
            continue
        h = water.h[i, j]
        own = (h, speed(h, water.qx[i, j]), speed(h, water.qy[i, j]))
        rows = (
            (x[0, r], x[1, r], x[2, r], x[3, r]),
            (y[0, r], y[1, r], y[2, r], y[3, r]),
            (y[0, r + 1], y[1, r + 1], y[2, r + 1], y[3, r + 1]),
        )
        f = first_face(outline, i, j)
        while f < outline.row.size and outline.row[f] == i and outline.col[f] == j:
            correct_face(outline, f, c, own, (water, z), rows, step)
            f += 1


@kernel
def godunov_cells(t: Any, threads: Any, tile: Any, waters: Any, run: Any, told: Any) -> None:
    """The new water of a tile; `partial` gets each thread's fastest wave."""
    step = step_of(told)
    i0, j0 = tile
    old, new = waters
    land, kept, fluxes, room = run
    x, y = fluxes
    partial, even = room
    partial[t] = ZERO
    k = (step.ratio, step.pull, step.rain)
    for n in range(t, TALL * WIDE, threads):
        r, c = n // WIDE, n % WIDE
        i, j = i0 + r, j0 + c
        fall = land.rain[step.rain_map, i, j] if step.rain_map >= 0 else even[0]
        if land.share.size > 0:
            fall = fall / land.share[i, j]
            brought = pores.net(faces_of(x, y, r, c), let_through(land, i, j))
        else:
            brought = (
                (x[0, r, c] - x[0, r, c + 1]) + (y[0, r, c] - y[0, r + 1, c]),
                (x[2, r, c] - x[1, r, c + 1]) + (y[3, r, c] - y[3, r + 1, c]),
                (y[2, r, c] - y[1, r + 1, c]) + (x[3, r, c] - x[3, r, c + 1]),
            )
        ground = (land.z[i, j], land.n2[i, j], land.lost[i, j], fall)
        water = (old.h[i, j], old.qx[i, j], old.qy[i, j])
        depth, qx, qy, lost, wave, _ = godunov.after(water, ground, brought, k)
        new.h[i, j], new.qx[i, j], new.qy[i, j], land.lost[i, j] = depth, qx, qy, lost
        partial[t] = max(partial[t], wave)
        record(new, kept, (i, i + 1, j, j + 1), step)


# --- The fastest wave of a block ---------------------------------------------------------------


@kernel
def fold(t: Any, threads: Any, few: Any, partial: Any) -> None:
    """The greatest of every so manyth value, into the first few places."""
    if t < few:
        for n in range(t + few, threads, few):
            partial[t] = max(partial[t], partial[n])


@kernel
def greatest(partial: Any, few: Any) -> Any:
    top = partial[0]
    for n in range(1, few):
        top = max(top, partial[n])
    return top


@kernel
def wave_on(depth: Any) -> Any:
    """Speed of a small wave, m/s."""
    return sqrt(GRAVITY * depth)
