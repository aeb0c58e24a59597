"""What comes from outside before each step: boundary values, inflow, rain, and the time step."""

from math import sqrt
from typing import Any

import numpy as np

from anlan.hazards.flood.shallow_water.compiled import kernel
from anlan.hazards.flood.shallow_water.flux import GRAVITY, F
from anlan.hazards.flood.shallow_water.outline import LEVEE, NORTH, STAGE, TORRENT, WEST
from anlan.hazards.flood.shallow_water.pores import share_at

SLOWEST_M_S = 0.313  # the time step is never longer than a wave on 1 cm of water allows
RISE = 0.5  # share of a cell's depth that an inflow may add in a step,
LEAST_RISE_M = 0.05  # or this much


@kernel
def before(times: Any, now: Any) -> Any:
    """How many of the rising times lie before now; plain, so that it compiles for a GPU, too."""
    low, high = 0, times.size
    while low < high:
        middle = (low + high) // 2
        if times[middle] < now:
            low = middle + 1
        else:
            high = middle
    return low


@kernel
def value(times: Any, values: Any, now: Any) -> Any:
    """A series at a time: straight between its points."""
    after = before(times, now)
    if after == 0:
        return values[0]
    if after == times.size or times[after] == times[after - 1]:
        return values[after - 1]
    share = (now - times[after - 1]) / (times[after] - times[after - 1])
    return values[after - 1] + share * (values[after] - values[after - 1])


@kernel
def set_outline(water: Any, outline: Any, forcing: Any, now: Any, cell_m: Any) -> Any:
    """Depth outside and discharge of each face; returns the fastest wave they may bring, m/s.

    A discharge is spread by depth^(5/3), evenly while its cells are dry.
    """
    fastest = 0.0
    for g in range(forcing.level_of.size):
        given = value(forcing.times[g], forcing.values[g], now)
        weight, count = conveyance(water, outline, g)
        for n in range(outline.row.size):
            if outline.group[n] == g:
                wave = set_face(water, outline, forcing, n, (given, weight, count), (now, cell_m))
                fastest = max(fastest, wave)
    return fastest


@kernel
def set_face(water: Any, outline: Any, forcing: Any, n: Any, group: Any, here: Any) -> Any:
    """The same for face n. group: its value, conveyance and faces; here: now, cell's side."""
    given, weight, count = group
    now, cell_m = here
    if outline.kind[n] == LEVEE:
        outline.depth[n] = given
        return 0.0
    if outline.kind[n] == STAGE:
        outline.depth[n] = max(given - outline.bed[n], 0.0)
        return _wave_at_stage(water, outline, n)
    share = 1.0 / count
    if weight > 1e-6 * count:
        depth = np.float64(water.h[outline.row[n], outline.col[n]])
        share = depth ** (5.0 / 3.0) / weight
    outline.inward[n] = given * share / (cell_m * outline.open[n])
    fastest = 2.0 * (9.81 * abs(outline.inward[n])) ** (1.0 / 3.0)
    if outline.kind[n] == TORRENT:
        fastest = max(fastest, _torrent(outline, forcing, (n, outline.group[n]), now))
    return fastest


@kernel
def _wave_at_stage(water: Any, outline: Any, n: Any) -> Any:
    """The fastest wave on the water that a stage outside lets through its face, m/s.

    What crosses runs no faster than its own waves, and no faster than the difference in depth
    drives it (the outgoing invariant): over a dry cell twice its waves' speed, at rest once.
    """
    i, j = outline.row[n], outline.col[n]
    h = np.float64(water.h[i, j])
    outward = np.float64(water.qx[i, j] if outline.side[n] < NORTH else water.qy[i, j])
    outward = -outward if outline.side[n] in (WEST, NORTH) else outward
    c, c_out = sqrt(9.81 * h), sqrt(9.81 * outline.depth[n])
    driven = abs(outward * h / max(h * h, 1e-8) + 2.0 * (c - c_out))
    return c_out + min(c_out, driven)


@kernel
def conveyance(water: Any, outline: Any, g: Any) -> Any:
    """Sum of depth^(5/3) over the faces of a boundary, and how many there are."""
    weight, count = 0.0, 0
    for n in range(outline.row.size):
        if outline.group[n] == g:
            weight += np.float64(water.h[outline.row[n], outline.col[n]]) ** (5.0 / 3.0)
            count += 1
    return weight, count


@kernel
def _torrent(outline: Any, forcing: Any, face: Any, now: Any) -> Any:
    """Set the depth of water that comes in faster than its waves; returns its fastest wave."""
    n, g = face
    s = forcing.level_of[g]
    level = value(forcing.times[s], forcing.values[s], now)
    depth = max(level - outline.bed[n], 0.0)
    outline.depth[n] = depth
    return abs(outline.inward[n]) / depth + sqrt(9.81 * depth) if depth > 0.0 else 0.0


@kernel
def longest_step(top: Any, water: Any, land: Any, forcing: Any, now: Any, scheme: Any) -> Any:
    """courant dx / fastest wave, less where an inflow fills its cell; scheme: courant, dx.

    The fastest wave may be one on the water that the step itself lets in; over a dry bed its front
    runs at twice sqrt(g h).
    """
    courant, cell_m = scheme
    dt = courant * cell_m / max(top, SLOWEST_M_S)
    for n in range(forcing.row.size):
        s = forcing.series[n]
        room = cell_m**2 * share_at(land, forcing.row[n], forcing.col[n])
        rate = value(forcing.times[s], forcing.values[s], now) * forcing.share[n] / room
        if rate > 0.0:
            depth = np.float64(water.h[forcing.row[n], forcing.col[n]])
            dt = filling(depth, rate, scheme, dt)
    return dt


@kernel
def filling(depth: Any, rate: Any, scheme: Any, dt: Any) -> Any:
    """A step, shortened where a cell fills at a rate, m/s; scheme: courant, dx."""
    courant, cell_m = scheme
    dt = min(dt, max(RISE * depth, LEAST_RISE_M) / rate)
    wave = sqrt(np.float64(GRAVITY) * (depth + rate * dt)) * (2.0 if depth < LEAST_RISE_M else 1.0)
    return min(dt, courant * cell_m / wave)


@kernel
def let_in(water: Any, land: Any, forcing: Any, when: Any, cell_m: Any) -> None:
    """Add the inflow of a step (now, dt) to its cells, at the step's middle."""
    now, dt = when
    for n in range(forcing.row.size):
        i, j, s = forcing.row[n], forcing.col[n], forcing.series[n]
        volume = value(forcing.times[s], forcing.values[s], now + 0.5 * dt) * forcing.share[n] * dt
        forcing.came[n] += volume
        gain = F(volume / (cell_m**2 * share_at(land, i, j))) - land.lost[i, j]
        h = water.h[i, j]
        water.h[i, j] = h + gain
        land.lost[i, j] = (water.h[i, j] - h) - gain


@kernel
def rain_of(forcing: Any, now: Any, dt: Any) -> Any:
    """Rain of a step: metres on every cell (or seconds, of a map), which map (-1: none)."""
    if forcing.map_times.size > 0:
        middle = now + 0.5 * dt
        which = before(forcing.map_times, middle)
        if which == forcing.map_times.size or forcing.map_times[which] > middle:
            which = max(0, which - 1)
        forcing.rained[0] += forcing.map_sums[which] * dt
        return dt, which
    if forcing.rain_times.size == 0:
        return 0.0, -1
    metres = value(forcing.rain_times, forcing.rain_m_s, now + 0.5 * dt) * dt
    forcing.rained[0] += metres * forcing.inside[0]
    return metres, -1


@kernel
def is_raining(forcing: Any, now: Any, soon: Any) -> Any:
    """Whether any rain may fall from now until soon."""
    if forcing.map_times.size > 0:
        for n in range(forcing.map_times.size):
            end = forcing.map_times[n + 1] if n + 1 < forcing.map_times.size else soon
            if forcing.map_sums[n] > 0.0 and forcing.map_times[n] <= soon and end >= now:
                return True
        return False
    if forcing.rain_times.size == 0:
        return False
    raining = value(forcing.rain_times, forcing.rain_m_s, now) > 0.0
    raining |= value(forcing.rain_times, forcing.rain_m_s, soon) > 0.0
    for n in range(forcing.rain_times.size):
        if now <= forcing.rain_times[n] <= soon and forcing.rain_m_s[n] > 0.0:
            raining = True
    return raining
