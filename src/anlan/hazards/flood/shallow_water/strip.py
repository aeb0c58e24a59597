"""The cells of a unit and a rim of one cell around them, row after row in one strip of memory.

All fields of a strip lie in one array at distances that the compiler knows, so that a loop goes
over all rows of a unit at once and needs no test whether two arrays overlap: along a river of a few
dozen cells those tests, made anew for each row, cost as much as the water.
"""

from typing import Any

import numpy as np

from anlan.hazards.flood.shallow_water.compiled import kernel, prefetch, quick
from anlan.hazards.flood.shallow_water.fields import LINE
from anlan.hazards.flood.shallow_water.flux import ZERO

TALL, WIDE, LONGEST = 8, 4, 128  # rows of a unit; its columns are a multiple, up to
ROOM = 1360  # cells of a strip and a little more: (8 + 2) (128 + 2)
FIELDS = 25
NEXT = np.uint64(1)

H, QX, QY, Z, N2, LOST, FALL, U, V = (np.uint64(n * ROOM) for n in range(9))
# fluxes over west faces: mass, for the left cell, for the right cell, along; then over north faces
X_MASS, X_LEFT, X_RIGHT, X_ALONG = (np.uint64(n * ROOM) for n in range(9, 13))
Y_MASS, Y_LEFT, Y_RIGHT, Y_ALONG = (np.uint64(n * ROOM) for n in range(13, 17))
WAVE, FASTEST, SPEED, CARRIED = (np.uint64(n * ROOM) for n in range(17, 21))
SHARE, WEST, NORTH = (np.uint64(n * ROOM) for n in range(21, 24))


@quick
def row_in(water: Any, land: Any, strip: Any, at: Any) -> None:
    """Lay a row of the grid into the strip from place `at`."""
    h, qx, qy = water
    z, n2, lost = land
    for j in range(np.uint64(h.size)):
        strip[H + at + j] = h[j]
        strip[QX + at + j] = qx[j]
        strip[QY + at + j] = qy[j]
        strip[Z + at + j] = z[j]
        strip[N2 + at + j] = n2[j]
        strip[LOST + at + j] = lost[j]


@quick
def row_of(field: Any, strip: Any, to: Any) -> None:
    """The same for one field; to: its place in the strip."""
    for j in range(np.uint64(field.size)):
        strip[to + j] = field[j]


@quick
def row_out(strip: Any, at: Any, water: Any, lost: Any) -> None:
    """Take a row's new water back to the grid and note its fastest waves."""
    h, qx, qy = water
    for j in range(np.uint64(h.size)):
        h[j] = strip[H + at + j]
        qx[j] = strip[QX + at + j]
        qy[j] = strip[QY + at + j]
        lost[j] = strip[LOST + at + j]
        strip[FASTEST + j] = max(strip[FASTEST + j], strip[WAVE + at + j])


@kernel
def lay_out(water: Any, land: Any, unit: Any, rain_map: Any, strip: Any) -> Any:
    """Fill the strip with a unit and its rim; returns the length of a row in it."""
    first_row, stop_row, first_col, stop_col = unit[0], unit[1], unit[2], unit[3]
    here = slice(first_col - 1, stop_col + 1)
    pitch = np.uint64(stop_col - first_col + 2)
    at = np.uint64(0)
    for i in range(first_row - 1, stop_row + 1):
        row_in(
            (water.h[i, here], water.qx[i, here], water.qy[i, here]),
            (land.z[i, here], land.n2[i, here], land.lost[i, here]), strip, at,
        )  # fmt: skip
        if rain_map >= 0:
            row_of(land.rain[rain_map, i, here], strip, FALL + at)
        if land.share.size > 0:
            row_of(land.share[i, here], strip, SHARE + at)
            row_of(land.west[i, here], strip, WEST + at)
            row_of(land.north[i, here], strip, NORTH + at)
        at += pitch
    for j in range(pitch):
        strip[FASTEST + j] = ZERO
    return pitch


@kernel
def places(field: Any, at: Any, wide: Any) -> Any:
    """Where a row of one field lies in the strip."""
    first = np.int64(field + at)
    return slice(first, first + wide)


@kernel
def fetch(field: Any, unit: Any, rim: Any) -> None:
    """Have a unit's part of a field brought near while another unit is computed. rim: cells."""
    if field.size > 0:
        for i in range(unit[0] - rim, unit[1] + rim):
            for j in range(unit[2] - rim, unit[3] + rim, LINE):
                prefetch(field, i, j)
