"""The grid cut into strips of rows, one a thread, and the spans of columns that hold water.

A strip is a private copy of its rows with `HALO` rows above and below, a wall around, and room for
spans to be rounded up to whole vectors. Within a strip only spans are visited: runs of cells that
are wet, or within a margin that water cannot cross before the spans are looked at again.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from anlan.hazards.flood.faces import DRY_M, F, compiled, row_arrival, row_record, row_top

BLOCK_STEPS = 8  # steps a strip makes between exchanges
REFRESH_STEPS = 4  # steps between looks at the spans; the margin is as many cells
HALO = 2 * BLOCK_STEPS  # a step reaches two rows: a flow, and the share of the cell that gives it
SPAN = 16  # spans are whole multiples of this many cells
FOUR = 4  # the spans are found by fours of cells
LEFT = 2 * FOUR  # columns of wall on the left
WALL_M = F(1e5)

Field = NDArray[np.float32]


class Strips(NamedTuple):
    """All strips; first axis strip, then local row, then column. Local row 0 is a wall.

    first_row, last_row: own rows, as rows of the whole grid; local row of grid row r is
    r - first_row + HALO + 1. qx0, qy0 hold the flow; qx1, qy1 the next one. lost: Kahan's
    compensation. arrival has an axis of thresholds after the strip. start, stop, spans: spans of a
    row. pinned: fours of cells that are always visited (boundaries). deepest: of each strip's own
    rows. wet, near, greedy: scratch.
    """

    first_row: NDArray[np.int64]
    last_row: NDArray[np.int64]
    h: Field
    lost: Field
    z: Field
    n2: Field
    qx0: Field
    qy0: Field
    qx1: Field
    qy1: Field
    share: Field
    highest: Field
    arrival: Field
    start: NDArray[np.int64]
    stop: NDArray[np.int64]
    spans: NDArray[np.int32]
    pinned: NDArray[np.uint8]
    wet: NDArray[np.uint8]
    near: NDArray[np.uint8]
    greedy: NDArray[np.int32]
    deepest: Field


class Whole(NamedTuple):
    """The same fields over the whole grid, float32 (rows, columns); z is relative, walls high."""

    h: Field
    lost: Field
    z: Field
    n2: Field
    qx: Field
    qy: Field
    highest: Field
    arrival: Field
    pinned: NDArray[np.bool_]


def cut(weight: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Rows at which to cut so that strips weigh alike, each at least a halo long; (strips + 1,)."""
    rows = weight.size
    strips = max(1, min(most, rows // HALO))
    total = np.cumsum(weight + 1)
    cuts = [0]
    for index in range(1, strips):
        wish = int(np.searchsorted(total, total[-1] * index / strips))
        cuts.append(min(max(wish, cuts[-1] + HALO), rows - HALO * (strips - index)))
    return np.array([*cuts, rows], dtype=np.int64)


def arrange(whole: Whole, threads: int) -> Strips:
    """Copy the whole grid into strips of about as much water each; spans are still whole rows."""
    rows, columns = whole.h.shape
    cuts = cut((whole.h > DRY_M).sum(axis=1).astype(np.int64), threads)
    strips = cuts.size - 1
    tall = int(np.diff(cuts).max()) + 2 * HALO + 2
    wide = -(-(columns + LEFT) // 32) * 32 + 2 * SPAN
    wide = -(-wide // 32) * 32
    slots = wide // SPAN + 1

    def empty(value: float = 0.0, *extra: int) -> Field:
        return np.full((strips, *extra, tall, wide), value, dtype=np.float32)

    made = Strips(
        cuts[:-1], cuts[1:], empty(), empty(), empty(float(WALL_M)), empty(1.0),
        empty(), empty(), empty(), empty(), empty(1.0), empty(),
        empty(np.inf, whole.arrival.shape[0]),
        np.zeros((strips, tall, slots), dtype=np.int64),
        np.zeros((strips, tall, slots), dtype=np.int64),
        np.zeros((strips, tall), dtype=np.int32),
        np.zeros((strips, tall, wide // FOUR), dtype=np.uint8),
        np.zeros((strips, tall, wide // FOUR), dtype=np.uint8),
        np.zeros((strips, wide // FOUR), dtype=np.uint8),
        np.zeros((strips, tall), dtype=np.int32),
        np.full(strips, whole.h.max(), dtype=np.float32),
    )  # fmt: skip
    for s in range(strips):
        top, bottom = max(0, int(cuts[s]) - HALO), min(rows, int(cuts[s + 1]) + HALO)
        offset = HALO + 1 - int(cuts[s])
        here = np.s_[top + offset : bottom + offset, LEFT : columns + LEFT]
        there = np.s_[top:bottom]
        for to, source in (
            (made.h, whole.h), (made.lost, whole.lost), (made.z, whole.z), (made.n2, whole.n2),
            (made.qx0, whole.qx), (made.qy0, whole.qy), (made.highest, whole.highest),
        ):  # fmt: skip
            to[s][here] = source[there]
        made.arrival[s][:, here[0], here[1]] = whole.arrival[:, there]
        rows_pinned, columns_pinned = np.nonzero(whole.pinned[there])
        made.pinned[s][rows_pinned + top + offset, (columns_pinned + LEFT) // FOUR] = 1
        made.start[s, top + offset : bottom + offset, 0] = FOUR
        made.stop[s, top + offset : bottom + offset, 0] = wide - SPAN + FOUR
        made.spans[s, top + offset : bottom + offset] = 1
    return made


def collect(strips: Strips, whole: Whole) -> None:
    """Copy the own rows of all strips back."""
    columns = whole.h.shape[1]
    for s in range(strips.first_row.size):
        first, last = int(strips.first_row[s]), int(strips.last_row[s])
        here = np.s_[HALO + 1 : HALO + 1 + last - first, LEFT : columns + LEFT]
        for source, to in (
            (strips.h, whole.h), (strips.lost, whole.lost), (strips.qx0, whole.qx),
            (strips.qy0, whole.qy), (strips.highest, whole.highest),
        ):  # fmt: skip
            to[first:last] = source[s][here]
        whole.arrival[:, first:last] = strips.arrival[s][:, here[0], here[1]]


def depths(strips: Strips, shape: tuple[int, int]) -> Field:
    """The depth of every cell of the whole grid."""
    result = np.empty(shape, dtype=np.float32)
    for s in range(strips.first_row.size):
        first, last = int(strips.first_row[s]), int(strips.last_row[s])
        own = strips.h[s, HALO + 1 : HALO + 1 + last - first, LEFT : shape[1] + LEFT]
        result[first:last] = own
    return result


def imbalance(strips: Strips) -> float:
    """Cells of the busiest strip over the mean of all; 1 is perfect."""
    slot = np.arange(strips.start.shape[2])
    used = slot < strips.spans[:, :, None]
    busy = np.where(used, strips.stop - strips.start, 0).sum(axis=(1, 2)).tolist()
    return float(max(busy) * len(busy) / max(1, sum(busy)))


@compiled
def exchange(strips: Any) -> None:
    """Fill each strip's halo from its neighbours' own rows."""
    for s in range(strips.first_row.size - 1):
        length = strips.last_row[s] - strips.first_row[s]
        for k in range(HALO):
            _copy_row(strips, s, HALO + 1 + length - HALO + k, s + 1, 1 + k)
            _copy_row(strips, s + 1, HALO + 1 + k, s, HALO + 1 + length + k)


@compiled
def _copy_row(strips: Any, source: Any, i: Any, target: Any, j: Any) -> None:
    _copy(strips.h[source, i], strips.h[target, j])
    _copy(strips.lost[source, i], strips.lost[target, j])
    _copy(strips.qx0[source, i], strips.qx0[target, j])
    _copy(strips.qy0[source, i], strips.qy0[target, j])
    _copy(strips.qx1[source, i], strips.qx1[target, j])
    _copy(strips.qy1[source, i], strips.qy1[target, j])
    _copy(strips.start[source, i], strips.start[target, j])
    _copy(strips.stop[source, i], strips.stop[target, j])
    strips.spans[target, j] = strips.spans[source, i]


@compiled
def _copy(source: Any, target: Any) -> None:
    for j in range(source.size):
        target[j] = source[j]


@compiled
def columns(start: Any, stop: Any, i: Any, k: Any) -> Any:
    """First column and stop of the k-th span of a row, as the row functions take them."""
    return np.uint64(start[i, k]), np.uint64(stop[i, k])


@compiled
def refresh(strips: Any, s: Any, now: Any, thresholds: Any) -> Any:
    """Record depths and arrivals, find the spans anew; returns the greatest depth of own rows."""
    own, end = HALO + 1, HALO + 1 + strips.last_row[s] - strips.first_row[s]
    rows = end + HALO
    start, stop, count = strips.start[s], strips.stop[s], strips.spans[s]
    wet, near, words = strips.wet[s], strips.near[s], strips.near[s].view(np.uint64)
    deepest = np.int32(0)
    for i in range(1, rows):
        _copy(strips.pinned[s, i], wet[i])
        h = strips.h[s, i]
        for k in range(count[i]):
            cols = columns(start, stop, i, k)
            row_record(h, strips.highest[s, i], cols)
            for level in range(thresholds.size):
                row_arrival(h, strips.arrival[s, level, i], cols, thresholds[level], now)
            _mark_wet(h, wet[i], cols)
            if own <= i < end:
                deepest = row_top(h.view(np.int32), cols, deepest)
    _clear(near)
    for i in range(1 - REFRESH_STEPS, rows):
        if i + REFRESH_STEPS < rows:
            _add(near, wet[i + REFRESH_STEPS])
        if i - REFRESH_STEPS > 1:
            _subtract(near, wet[i - REFRESH_STEPS - 1])
        if i >= 1:
            flows = (strips.qx0[s, i], strips.qy0[s, i], strips.qx1[s, i], strips.qy1[s, i])
            for k in range(count[i]):
                _clear_left(flows, near, (start[i, k], stop[i, k]))
            count[i] = _find_spans(near, words, start[i], stop[i])
    return np.int32(deepest).view(np.float32)


@compiled
def _mark_wet(h: Any, wet: Any, cols: Any) -> None:
    for four in range(np.int64(cols[0]) // FOUR, np.int64(cols[1]) // FOUR):
        j = four * FOUR
        here = (h[j] > DRY_M) | (h[j + 1] > DRY_M) | (h[j + 2] > DRY_M) | (h[j + 3] > DRY_M)
        wet[four] |= np.uint8(here)


@compiled
def _clear(near: Any) -> None:
    for four in range(near.size):
        near[four] = 0


@compiled
def _add(near: Any, wet: Any) -> None:
    for four in range(near.size):
        near[four] += wet[four]


@compiled
def _subtract(near: Any, wet: Any) -> None:
    for four in range(near.size):
        near[four] -= wet[four]


@compiled
def _clear_left(flows: Any, near: Any, cols: Any) -> None:
    """No flow is left behind where a span draws back."""
    for four in range(cols[0] // FOUR, cols[1] // FOUR):
        if near[four] == 0:
            for j in range(four * FOUR, (four + 1) * FOUR):
                flows[0][j] = flows[1][j] = flows[2][j] = flows[3][j] = F(0.0)


@compiled
def _find_spans(near: Any, words: Any, start: Any, stop: Any) -> Any:
    """Runs of fours near water, one four more on each side, rounded up to SPAN cells, disjoint."""
    count, four = 0, 0
    fours = near.size - SPAN // FOUR
    while four < fours:
        if near[four] == 0:
            four += 8 if four % 8 == 0 and words[four // 8] == 0 else 1
            continue
        begin = (four - 1) * FOUR
        while four < fours and near[four] != 0:
            four += 1
        end = min(four + 1, fours) * FOUR
        if count > 0 and begin < stop[count - 1]:
            count -= 1
            begin = start[count]
        start[count] = begin
        stop[count] = begin + (end - begin + SPAN - 1) // SPAN * SPAN
        count += 1
    return count


@compiled
def span_cells(strips: Any, s: Any) -> Any:
    """Cells inside the spans of all local rows."""
    cells = 0
    for i in range(strips.spans.shape[1]):
        for k in range(strips.spans[s, i]):
            cells += strips.stop[s, i, k] - strips.start[s, i, k]
    return cells
