"""What is kept of each step where it is asked: maxima, arrival, duration."""

from math import sqrt
from typing import Any

import numpy as np

from anlan.hazards.flood.shallow_water.compiled import greater, kernel, quick
from anlan.hazards.flood.shallow_water.flux import speed


@quick
def row_most(value: Any, kept: Any) -> None:
    for j in range(np.uint64(value.size)):
        kept[j] = greater(value[j], kept[j])


@quick
def row_speed(h: Any, qx: Any, qy: Any, kept: Any) -> None:
    for j in range(np.uint64(h.size)):
        kept[j] = greater(speed(h[j], sqrt(qx[j] * qx[j] + qy[j] * qy[j])), kept[j])


@quick
def row_hv(qx: Any, qy: Any, kept: Any) -> None:
    for j in range(np.uint64(qx.size)):
        kept[j] = greater(sqrt(qx[j] * qx[j] + qy[j] * qy[j]), kept[j])


@quick
def row_arrival(h: Any, kept: Any, now: Any, depth: Any) -> None:
    come = np.uint32(0)
    for j in range(np.uint64(h.size)):
        come |= np.uint32((h[j] >= depth) & (kept[j] > now))
    if come > 0:
        for j in range(np.uint64(h.size)):
            kept[j] = min(kept[j], now) if h[j] >= depth else kept[j]


@quick
def row_duration(h: Any, kept: Any, dt: Any, depth: Any) -> None:
    for j in range(np.uint64(h.size)):
        kept[j] += dt if h[j] >= depth else np.float32(0.0)


@kernel
def record(water: Any, kept: Any, unit: Any, step: Any) -> None:
    """Keep what a step brought to a unit, discharges in the cells."""
    here = slice(unit[2], unit[3])
    for i in range(unit[0], unit[1]):
        record_row((water.h[i, here], water.qx[i, here], water.qy[i, here]), kept, (i, here), step)


@kernel
def record_row(water: Any, kept: Any, place: Any, step: Any) -> None:
    """The same for a row; place: row, columns."""
    h, qx, qy = water
    i, here = place
    if kept.depth.size > 0:
        row_most(h, kept.depth[i, here])
    if kept.speed.size > 0:
        row_speed(h, qx, qy, kept.speed[i, here])
    if kept.hv.size > 0:
        row_hv(qx, qy, kept.hv[i, here])
    if kept.arrival.size > 0:
        row_arrival(h, kept.arrival[i, here], step.now, step.arrival_m)
    if kept.duration.size > 0:
        row_duration(h, kept.duration[i, here], step.dt, step.duration_m)


@kernel
def arrive(h: Any, kept: Any, row: Any, col: Any, step: Any) -> None:
    """Arrival in single cells; a row of -1 is outside."""
    for n in range(row.size):
        i, j = row[n], col[n]
        if i >= 0 and h[i, j] >= step.arrival_m:
            kept.arrival[i, j] = min(kept.arrival[i, j], step.now)
