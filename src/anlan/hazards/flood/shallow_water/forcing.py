"""What comes from outside before each step: boundary values, inflow, rain, and the time step."""

from math import sqrt
from typing import Any

import numpy as np

from anlan.hazards.flood.shallow_water.compiled import kernel
from anlan.hazards.flood.shallow_water.flux import GRAVITY, F
from anlan.hazards.flood.shallow_water.outline import FLOW, LEVEE, NORTH, STAGE, TORRENT, WEST
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
def latest(now: Any, until: Any, scheme: Any) -> Any:
    """When the step from now ends at the latest; scheme: courant, cell's side."""
    return min(until, now + scheme[0] * scheme[1] / SLOWEST_M_S)


@kernel
def greatest(forcing: Any, s: Any, when: Any) -> Any:
    """The greatest discharge of a series between two times, m3/s, none of its bends between."""
    first = value(forcing.times[s], forcing.values[s], when[0])
    last = value(forcing.times[s], forcing.values[s], when[1])
    return max(abs(first), abs(last))


@kernel
def set_outline(water: Any, outline: Any, forcing: Any, when: Any, cell_m: Any) -> Any:
    """Depth outside and share of each face; returns the fastest wave they may bring, m/s.

    A discharge is spread by depth^(5/3), evenly while its cells are dry; how much it is, `pour`
    says when the step is known. when: now, and the latest end of the step.
    """
    fastest = 0.0
    for g in range(forcing.level_of.size):
        given = value(forcing.times[g], forcing.values[g], when[0])
        most = greatest(forcing, g, when)
        weight, count = conveyance(water, outline, g)
        for n in outline.given:
            if outline.group[n] == g:
                group = (given, most, weight, count)
                wave = set_face(water, outline, forcing, n, group, (when, cell_m))
                fastest = max(fastest, wave)
    return fastest


@kernel
def set_face(water: Any, outline: Any, forcing: Any, n: Any, group: Any, here: Any) -> Any:
    """The same for face n. group: its value now and at most, conveyance, faces; here: when, side
    of a cell."""
    given, most, weight, count = group
    when, cell_m = here
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
    outline.inward[n] = share
    inward = most * share / (cell_m * outline.open[n])
    fastest = 2.0 * (9.81 * inward) ** (1.0 / 3.0)
    if outline.kind[n] == TORRENT:
        for moment in when:
            fastest = max(fastest, _torrent(outline, forcing, n, inward, moment))
    return fastest


@kernel
def pour(outline: Any, forcing: Any, n: Any, middle: Any, cell_m: Any) -> None:
    """Discharge of face n in a step, m2/s, and the depth of a torrent, at the step's middle.

    No step passes over a bend of its series: that discharge times the step is the very volume of
    the hydrograph in it.
    """
    if outline.kind[n] == FLOW or outline.kind[n] == TORRENT:
        g = outline.group[n]
        given = value(forcing.times[g], forcing.values[g], middle)
        outline.inward[n] = given * outline.inward[n] / (cell_m * outline.open[n])
    if outline.kind[n] == TORRENT:
        outline.depth[n] = _depth_of_torrent(outline, forcing, n, middle)


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
    for n in outline.given:
        if outline.group[n] == g:
            weight += np.float64(water.h[outline.row[n], outline.col[n]]) ** (5.0 / 3.0)
            count += 1
    return weight, count


@kernel
def _depth_of_torrent(outline: Any, forcing: Any, n: Any, moment: Any) -> Any:
    """Of water that comes in over face n faster than its waves, m."""
    s = forcing.level_of[outline.group[n]]
    return max(value(forcing.times[s], forcing.values[s], moment) - outline.bed[n], 0.0)


@kernel
def _torrent(outline: Any, forcing: Any, n: Any, inward: Any, moment: Any) -> Any:
    """The fastest wave of such water, m/s; inward: m2/s."""
    depth = _depth_of_torrent(outline, forcing, n, moment)
    return inward / depth + sqrt(9.81 * depth) if depth > 0.0 else 0.0


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
