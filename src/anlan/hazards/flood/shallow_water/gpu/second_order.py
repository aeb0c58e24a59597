"""Second order (MUSCL), block by block: the phases of one of both stages of a tile."""

from typing import Any

from anlan.hazards.flood.shallow_water import muscl, pores
from anlan.hazards.flood.shallow_water.compiled import kernel
from anlan.hazards.flood.shallow_water.flux import ZERO, speed
from anlan.hazards.flood.shallow_water.godunov import INSIDE_M
from anlan.hazards.flood.shallow_water.gpu.blocks import (
    TALL,
    WIDE,
    faces_of,
    let_through,
    step_of,
)
from anlan.hazards.flood.shallow_water.records import record

RIM = 2  # cells around a tile that its slopes look at
LEVEE_ACROSS, LEVEE_ALONG = 2, 4  # marks of a cell: a levee on its west or east, north or south


@kernel
def lay(t: Any, threads: Any, tile: Any, water: Any, z: Any, laid: Any) -> None:
    """Depth, velocities and ground of a tile and its rim.

    laid: (4, TALL + 4, WIDE + 4), from two rows and columns before the tile.
    """
    i0, j0 = tile
    h, qx, qy = water
    wide = WIDE + 2 * RIM
    for n in range(t, (TALL + 2 * RIM) * wide, threads):
        r, c = n // wide, n % wide
        i, j = i0 + r - RIM, j0 + c - RIM
        depth = h[i, j]
        laid[0, r, c], laid[3, r, c] = depth, z[i, j]
        laid[1, r, c], laid[2, r, c] = speed(depth, qx[i, j]), speed(depth, qy[i, j])


@kernel
def cell_of(laid: Any, r: Any, c: Any) -> Any:
    return laid[0, r, c], laid[1, r, c], laid[2, r, c], laid[3, r, c]


@kernel
def put(field: Any, r: Any, c: Any, values: Any) -> None:
    field[0, r, c], field[1, r, c], field[2, r, c], field[3, r, c] = values


@kernel
def slopes(t: Any, threads: Any, tile: Any, edge: Any, room: Any) -> None:
    """Slopes of a tile's cells and of one on either side, in which none looks over a levee.

    room: as laid; eastwards (4, TALL, WIDE + 2), southwards (4, TALL + 2, WIDE).
    """
    i0, j0 = tile
    laid, across, along = room
    none = (ZERO, ZERO, ZERO, ZERO)
    for n in range(t, TALL * (WIDE + 2), threads):
        r, c = n // (WIDE + 2), n % (WIDE + 2)
        i, j = r + RIM, c + 1
        found = muscl.slopes_of(
            cell_of(laid, i, j - 1), cell_of(laid, i, j), cell_of(laid, i, j + 1)
        )
        free = edge[i0 + r, j0 + c - 1] & LEVEE_ACROSS == 0
        put(across, r, c, found if free else none)
    for n in range(t, (TALL + 2) * WIDE, threads):
        r, c = n // WIDE, n % WIDE
        i, j = r + 1, c + RIM
        found = muscl.slopes_of(
            cell_of(laid, i - 1, j), cell_of(laid, i, j), cell_of(laid, i + 1, j)
        )
        free = edge[i0 + r - 1, j0 + c] & LEVEE_ALONG == 0
        put(along, r, c, found if free else none)


@kernel
def fluxes(t: Any, threads: Any, room: Any, flux: Any) -> None:
    """Fluxes over the west and north faces of a tile, and over its east and south rims."""
    laid, across, along = room
    x, y = flux
    for n in range(t, TALL * (WIDE + 1), threads):
        r, c = n // (WIDE + 1), n % (WIDE + 1)
        i, j = r + RIM, c + RIM
        over = muscl.flux_x(
            cell_of(laid, i, j - 1), cell_of(across, r, c),
            cell_of(laid, i, j), cell_of(across, r, c + 1),
        )  # fmt: skip
        put(x, r, c, over)
    for n in range(t, (TALL + 1) * WIDE, threads):
        r, c = n // WIDE, n % WIDE
        i, j = r + RIM, c + RIM
        over = muscl.flux_y(
            cell_of(laid, i - 1, j), cell_of(along, r, c),
            cell_of(laid, i, j), cell_of(along, r + 1, c),
        )  # fmt: skip
        put(y, r, c, over)


@kernel
def change_at(land: Any, h: Any, room: Any, flux: Any, place: Any) -> Any:
    """What the fluxes bring to a cell. place: row and column in the tile and in the grid."""
    r, c, i, j = place
    across, along = room
    x, y = flux
    faces = faces_of(x, y, r, c)
    pulls = (across[1, r, c + 1], along[1, r + 1, c])
    if land.share.size > 0:
        let = let_through(land, i, j)
        gain, px, py = pores.net(faces, let)
        back_x, back_y = pores.pulled(h, pulls, let)
        return gain, px - back_x, py - back_y
    return muscl.change_of(h, faces, pulls)


@kernel
def rain_at(land: Any, even: Any, rain_map: Any, i: Any, j: Any) -> Any:
    """Rain over the open share of a cell."""
    fall = land.rain[rain_map, i, j] if rain_map >= 0 else even[0]
    return fall / land.share[i, j] if land.share.size > 0 else fall


@kernel
def first(t: Any, threads: Any, tile: Any, waters: Any, run: Any, told: Any) -> None:
    """The first stage of a tile, from the old water to the new."""
    step = step_of(told)
    i0, j0 = tile
    old, new = waters
    land, room, flux, even = run
    k = (step.ratio, step.pull, step.rain)
    for n in range(t, TALL * WIDE, threads):
        r, c = n // WIDE, n % WIDE
        i, j = i0 + r, j0 + c
        water = (old.h[i, j], old.qx[i, j], old.qy[i, j])
        change = inside(land.z[i, j], change_at(land, water[0], room, flux, (r, c, i, j)))
        ground = (land.z[i, j], land.n2[i, j], rain_at(land, even, step.rain_map, i, j))
        depth, qx, qy, lost = muscl.first_stage(water, ground, change, k)
        new.h[i, j], new.qx[i, j], new.qy[i, j], land.lost_half[i, j] = depth, qx, qy, lost


@kernel
def second(t: Any, threads: Any, tile: Any, waters: Any, run: Any, told: Any) -> None:
    """The second stage of a tile, in place of the start; `partial` gets each thread's fastest wave.

    waters: the start, and what the first stage left.
    """
    step = step_of(told)
    i0, j0 = tile
    start, half = waters
    land, kept, room, flux, (partial, even) = run
    partial[t] = ZERO
    k = (step.ratio, step.pull, step.rain)
    for n in range(t, TALL * WIDE, threads):
        r, c = n // WIDE, n % WIDE
        i, j = i0 + r, j0 + c
        water = (start.h[i, j], start.qx[i, j], start.qy[i, j])
        on = (half.h[i, j], half.qx[i, j], half.qy[i, j])
        change = inside(land.z[i, j], change_at(land, on[0], room, flux, (r, c, i, j)))
        ground = (
            land.z[i, j], land.n2[i, j], land.lost[i, j], land.lost_half[i, j],
            rain_at(land, even, step.rain_map, i, j),
        )  # fmt: skip
        depth, qx, qy, lost, wave = muscl.second_stage(water, on, ground, change, k)
        start.h[i, j], start.qx[i, j], start.qy[i, j], land.lost[i, j] = depth, qx, qy, lost
        partial[t] = max(partial[t], wave)
        record(start, kept, (i, i + 1, j, j + 1), step)


@kernel
def inside(z: Any, change: Any) -> Any:
    """No water comes to where no ground is."""
    return change[0] if z < INSIDE_M else ZERO, change[1], change[2]
