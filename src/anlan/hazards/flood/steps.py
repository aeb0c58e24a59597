"""The steps of the local inertial model over the strips, compiled: see `local_inertial`."""

import hashlib
from pathlib import Path
from typing import Any, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from anlan.hazards.flood.case import Floats, Heights
from anlan.hazards.flood.faces import (
    GRAVITY,
    F,
    compiled,
    row_depth,
    row_fill,
    row_flow_x,
    row_flow_y,
    row_greedy,
    row_limit,
    row_share,
)
from anlan.hazards.flood.strips import (
    BLOCK_STEPS,
    HALO,
    LEFT,
    REFRESH_STEPS,
    columns,
    exchange,
    refresh,
    span_cells,
)

_SHALLOWEST_M = 0.05  # the time step is never longer than this depth allows
_RISE = 0.25  # share of the depth that sources may add between two looks at the time step


class Edges(NamedTuple):
    """Boundary cells of all groups, one after another.

    row, column, group: (k,); inflow: whether the group lets discharge in, else it holds a level;
    weight: share of the group's discharge; ground: relative metres; added: m3 that came in.
    times, values: the groups' series, (groups, points), the last point repeated.
    """

    row: NDArray[np.int64]
    column: NDArray[np.int64]
    group: NDArray[np.int64]
    inflow: NDArray[np.bool_]
    weight: Floats
    ground: Floats
    added: Floats
    times: Floats
    values: Floats


class Scheme(NamedTuple):
    """Constants of a run; thresholds: depths whose arrival is kept, float32."""

    cell_m: float
    courant: float
    theta: float
    thresholds: Heights


@compiled
def _step(f: Any, end: Any, k: Any) -> None:
    """One step of one strip: flows, then shares where a cell is asked too much, then depths.

    f: fields of the strip as listed in the first line; end: stop of its local rows; k: g dt/dx,
    g dt, theta, (1 - theta)/2, dt/dx.
    """
    qx, qy, new_x, new_y, h, lost, z, n2, share, greedy, start, stop, count = f
    for i in range(1, end):
        for n in range(count[i]):
            cols = columns(start, stop, i, n)
            row_flow_x(qx[i], h[i], z[i], n2[i], new_x[i], cols, k)
            row_flow_y(
                (qy[i - 1], qy[i], qy[i + 1]), (h[i - 1], h[i]), (z[i - 1], z[i]), n2[i], new_y[i],
                cols, k,
            )  # fmt: skip
    new = (new_x, new_y, h, share, greedy, start, stop, count)
    _ask(new, end, k[4])
    _limit(new, end)
    for i in range(1, end):
        for n in range(count[i]):
            cols = columns(start, stop, i, n)
            row_depth(new_x[i], new_y[i], new_y[i + 1], h[i], lost[i], cols, k[4])


@compiled
def _ask(f: Any, end: Any, rate: Any) -> None:
    """Find the rows where a cell is asked for more than it has, and what it can give there."""
    qx, qy, h, share, greedy, start, stop, count = f
    for i in range(1, end):
        greedy[i] = 0
        for n in range(count[i]):
            cols = columns(start, stop, i, n)
            asked = row_greedy(qx[i], qy[i], qy[i + 1], h[i], cols, rate)
            if asked > 0:
                row_share(qx[i], qy[i], qy[i + 1], h[i], share[i], cols, rate)
            greedy[i] += asked


@compiled
def _limit(f: Any, end: Any) -> None:
    """No cell gives more than it has; rows without such a cell are left as they are."""
    qx, qy, _, share, greedy, start, stop, count = f
    for i in range(1, end):
        if greedy[i] + greedy[i - 1] > 0:
            for n in range(count[i]):
                row_limit(qx[i], qy[i], share[i - 1], share[i], columns(start, stop, i, n))
    for i in range(1, end):
        if greedy[i] > 0:
            for n in range(count[i]):
                row_fill(share[i], columns(start, stop, i, n), F(1.0))


@compiled
def _value(times: Any, values: Any, now: Any) -> Any:
    """A series at a time: straight between its points, held outside."""
    after = np.searchsorted(times, now)
    if after == 0:
        return values[0]
    if after == times.size or times[after] == times[after - 1]:
        return values[after - 1]
    share = (now - times[after - 1]) / (times[after] - times[after - 1])
    return values[after - 1] + share * (values[after] - values[after - 1])


@compiled
def _hold_edges(strips: Any, s: Any, edges: Any, now: Any, k: Any) -> None:
    """Let inflow in and hold the stages at the end of a step; k: dt, cell area.

    A halo cell is treated like its original; the account takes only the strip's own.
    """
    first, length = strips.first_row[s], strips.last_row[s] - strips.first_row[s]
    dt, area = k
    for e in range(edges.row.size):
        i, j = edges.row[e] - first + HALO + 1, edges.column[e] + LEFT
        if i < 1 or i > length + 2 * HALO:
            continue
        g = edges.group[e]
        value = _value(edges.times[g], edges.values[g], now - 0.5 * dt * edges.inflow[e])
        h, lost = strips.h[s, i, j], strips.lost[s, i, j]
        if edges.inflow[e]:
            rise = value * edges.weight[e] * dt / area
            gain = F(rise) - lost
            strips.h[s, i, j] = h + gain
            strips.lost[s, i, j] = (strips.h[s, i, j] - h) - gain
        else:
            strips.h[s, i, j] = F(max(value - edges.ground[e], 0.0))
            strips.lost[s, i, j] = F(0.0)
            rise = np.float64(strips.h[s, i, j]) - (np.float64(h) - np.float64(lost))
        if HALO < i <= HALO + length:
            edges.added[e] += rise * area


@compiled
def _advance(strips: Any, s: Any, edges: Any, when: Any, scheme: Any) -> Any:
    """A block of steps of one strip; when: now, dt, steps (even).

    Returns the greatest depth of its own rows at the last look, and the cells computed.
    """
    now, dt, steps = when
    end = strips.last_row[s] - strips.first_row[s] + 2 * HALO + 1
    ratio = F(dt / scheme.cell_m)
    theta = F(scheme.theta)
    k = (GRAVITY * ratio, GRAVITY * F(dt), theta, F(0.5) * (F(1.0) - theta), ratio)
    x0, y0, x1, y1 = strips.qx0[s], strips.qy0[s], strips.qx1[s], strips.qy1[s]
    rest = (
        strips.h[s], strips.lost[s], strips.z[s], strips.n2[s], strips.share[s], strips.greedy[s],
        strips.start[s], strips.stop[s], strips.spans[s],
    )  # fmt: skip
    deepest, cells = F(0.0), 0
    edge = (dt, scheme.cell_m**2)
    for step in range(steps):
        if step % REFRESH_STEPS == 0:
            deepest = refresh(strips, s, F(now), scheme.thresholds)
            visited = span_cells(strips, s)
        cells += visited
        now += dt
        _step((x0, y0, x1, y1, *rest), end, k)
        _hold_edges(strips, s, edges, now, edge)
        x0, y0, x1, y1 = x1, y1, x0, y0
    return deepest, cells


@compiled
def _longest_step(deepest: Any, edges: Any, now: Any, scheme: Any) -> Any:
    """dt = courant dx / sqrt(g h), shorter where sources are about to make the water deeper."""
    area = scheme.cell_m**2
    depth = max(np.float64(deepest), _SHALLOWEST_M)
    rate = 0.0
    for e in range(edges.row.size):
        g = edges.group[e]
        value = _value(edges.times[g], edges.values[g], now)
        if edges.inflow[e]:
            rate = max(rate, value * edges.weight[e] / area)
        else:
            depth = max(depth, value - edges.ground[e])
    dt = scheme.courant * scheme.cell_m / np.sqrt(GRAVITY * depth)
    if rate > 0.0:
        dt = min(dt, max(_RISE * depth, 0.05) / (rate * BLOCK_STEPS))
    return dt


def _compile(sources: str) -> Any:
    """The loop over blocks of steps, compiled once and kept on disk by Numba.

    Numba looks for changes in this file alone; `sources`, a digest of all that is compiled into
    the loop, is part of its key as a closure.
    """

    @numba.njit(cache=True, parallel=True, error_model="numpy")
    def run(strips: Any, edges: Any, now: Any, until: Any, scheme: Any) -> Any:
        count = strips.first_row.size if sources else 0
        deepest = strips.deepest
        cells = np.zeros(count, dtype=np.int64)
        steps = 0
        while now < until:
            dt = _longest_step(deepest.max(), edges, now, scheme)
            left = until - now
            block = min(BLOCK_STEPS, max(2, 2 * int(np.ceil(left / (2.0 * dt)))))
            dt = min(dt, left / block)
            for s in numba.prange(count):
                depth, computed = _advance(strips, s, edges, (now, dt, block), scheme)
                deepest[s] = depth
                cells[s] += computed
            exchange(strips)
            now = until if dt * block >= left * (1.0 - 1e-12) else now + dt * block
            steps += block
        return steps, cells.sum()

    return run


def _digest(*modules: str) -> str:
    folder = Path(__file__).parent
    return hashlib.sha256(b"".join((folder / name).read_bytes() for name in modules)).hexdigest()


run = _compile(_digest("faces.py", "strips.py", "steps.py"))
