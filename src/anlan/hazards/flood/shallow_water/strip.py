"""The cells of a unit and a rim of one cell around them, row after row in one strip of memory.

All fields of a strip lie in one array at distances that the compiler knows, so that a loop goes
over all rows of a unit at once and needs no test whether two arrays overlap: along a river of a few
dozen cells those tests, made anew for each row, cost as much as the water. Rows come in and go out
by `move`, for the same reason.
"""

from typing import Any

import numpy as np

from anlan.hazards.flood.shallow_water.compiled import address, keep_most, kernel, move, prefetch
from anlan.hazards.flood.shallow_water.fields import LINE
from anlan.hazards.flood.shallow_water.flux import ZERO

TALL, WIDE, LONGEST = 8, 4, 128  # rows of a unit; its columns are a multiple, as `move` asks, up to
ROOM = 1360  # cells of a strip and some lines more: (8 + 2) (128 + 2)
FIELDS = 25
NEXT = np.uint64(1)

H, QX, QY, Z, N2, LOST, FALL, U, V = (np.uint64(n * ROOM) for n in range(9))
# fluxes over west faces: mass, for the left cell, for the right cell, along; then over north faces
X_MASS, X_LEFT, X_RIGHT, X_ALONG = (np.uint64(n * ROOM) for n in range(9, 13))
Y_MASS, Y_LEFT, Y_RIGHT, Y_ALONG = (np.uint64(n * ROOM) for n in range(13, 17))
WAVE, FASTEST, SPEED, CARRIED = (np.uint64(n * ROOM) for n in range(17, 21))
NEW_H = U  # once the fluxes are known, velocities are no longer needed
SHARE, WEST, NORTH, ROOT = (np.uint64(n * ROOM) for n in range(21, 25))
LEFT, RIGHT, SLOW, FAST = WAVE, SPEED, CARRIED, ROOT  # of faces, until there is new water


@kernel
def place(strip: Any, field: Any, at: Any) -> Any:
    """Where in memory a value of the strip lies."""
    return np.uintp(strip.ctypes.data) + np.uintp(4) * np.uintp(field + at)


@kernel
def row_in(field: Any, i: Any, left: Any, strip: Any, to: Any, cells: Any) -> None:
    """Lay a row of the grid into the strip."""
    move(place(strip, to, np.uint64(0)), address(field, i, left), cells)


@kernel
def row_out(strip: Any, at: Any, water: Any, lost: Any, where: Any) -> None:
    """Take a row's new water back to the grid and note its fastest waves. where: row, columns."""
    i, left, wide = where
    move(address(water.h, i, left), place(strip, NEW_H, at), wide)
    move(address(water.qx, i, left), place(strip, QX, at), wide)
    move(address(water.qy, i, left), place(strip, QY, at), wide)
    move(address(lost, i, left), place(strip, LOST, at), wide)
    keep_most(place(strip, FASTEST, np.uint64(0)), place(strip, WAVE, at), wide)


@kernel
def lay_out(water: Any, land: Any, unit: Any, rain_map: Any, strip: Any) -> Any:
    """Fill the strip with a unit and its rim; returns the length of a row in it."""
    left = unit[2] - 1
    pitch = np.uint64(unit[3] - left + 1)
    cells = (np.int64(pitch) + LINE - 1) // LINE * LINE  # what is too much lies under the next row
    at = np.uint64(0)
    for i in range(unit[0] - 1, unit[1] + 1):
        row_in(water.h, i, left, strip, H + at, cells)
        row_in(water.qx, i, left, strip, QX + at, cells)
        row_in(water.qy, i, left, strip, QY + at, cells)
        row_in(land.z, i, left, strip, Z + at, cells)
        if unit[0] <= i < unit[1]:
            row_in(land.n2, i, left, strip, N2 + at, cells)
            row_in(land.lost, i, left, strip, LOST + at, cells)
        if rain_map >= 0:
            row_in(land.rain[rain_map], i, left, strip, FALL + at, cells)
        if land.share.size > 0:
            row_in(land.share, i, left, strip, SHARE + at, cells)
            row_in(land.west, i, left, strip, WEST + at, cells)
            row_in(land.north, i, left, strip, NORTH + at, cells)
        at += pitch
    for j in range(pitch):
        strip[FASTEST + j] = ZERO
    return pitch


@kernel
def whole(cells: Any) -> Any:
    """So many cells up to whole lines, so that vector code leaves none over for single ones."""
    line = np.uint64(LINE)
    return (cells + line - NEXT) // line * line


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
