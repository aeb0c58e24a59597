"""Water carried past the ground by structures, before each step of any scheme.

All discharges follow from the water at the start of the step; then each link in its turn carries
what it can: not more than its cell has above the sill, nor more than makes both levels equal.
Depths change in float64, the rounding to float32 is kept in their compensation, so that what one
cell loses the other gains. One thread, in the order given: the bits do not depend on threads.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anlan.hazards.flood.shallow_water.compiled import kernel
from anlan.hazards.flood.shallow_water.discharge import over_weir, through_culvert, under_gate
from anlan.hazards.flood.shallow_water.fields import PAD, Links
from anlan.hazards.flood.shallow_water.flux import DRY_M, F
from anlan.hazards.flood.shallow_water.forcing import filling, value
from anlan.hazards.flood.shallow_water.pores import share_at
from anlan.hazards.flood.shallow_water.series import Floats, Given, Series, as_series, refuse_gap
from anlan.hazards.flood.shallow_water.structures import Culvert, Gate, Link, Pump, PumpCurve, Weir

WEIR, GATE, CULVERT, PUMP = 0, 1, 2, 3
NUMBERS = 9
FAR_BELOW_M = -1e9  # outside where nothing stands


def links_of(
    links: tuple[Link, ...], datum_m: float, span_s: tuple[float, float], centred: bool
) -> Links:
    """Raises `BadCase` where a series does not cover the run, from the first to the second time."""
    series: list[Series] = []

    def placed(given: Given | None, shift: float, what: str) -> int:
        if given is None:
            return -1
        one = as_series(given)
        refuse_gap(one, *span_s, what)
        series.append(Series(one.t_s, one.value - shift))
        return len(series) - 1

    opening = [placed(getattr(x, "opening_m", None), 0.0, "the opening of a gate") for x in links]
    outside = [placed(x.outside_m, datum_m, "the level behind a link") for x in links]
    curves = [_curve(x) for x in links]
    stops = _whole(np.cumsum([0, *(heads.size for heads, _ in curves)]))
    ends = [(*x.cell, *(x.to or (-1 - PAD, -1 - PAD))) for x in links]
    cells = np.array(ends, dtype=np.int64).reshape(-1, 4) + PAD
    row, col, row_to, col_to = (np.ascontiguousarray(column) for column in cells.T)
    none = np.zeros(len(links))
    return Links(
        kind=_whole(_KINDS[type(x)] for x in links), row=row, col=col, row_to=row_to, col_to=col_to,
        way=_whole(int(getattr(x, "one_way", True)) for x in links),
        numbers=np.array([_numbers_of(x, datum_m) for x in links]).reshape(-1, NUMBERS),
        opening=_whole(opening), outside=_whole(outside),
        times=_below([one.t_s for one in series]), values=_below([one.value for one in series]),
        curve=stops[:-1].copy(), curve_stop=stops[1:].copy(),
        heads=np.concatenate([np.zeros(0), *(heads for heads, _ in curves)]),
        flows=np.concatenate([np.zeros(0), *(flows for _, flows in curves)]),
        running=_whole(none), rate=none.copy(), passed=none.copy(), came=np.zeros(1),
        went=np.zeros(1), centred=_whole([centred]),
    )  # fmt: skip


def _curve(link: Link) -> tuple[Floats, Floats]:
    """Heads and discharges of a pump that has a curve."""
    curve = link.capacity if isinstance(link, Pump) else None
    if isinstance(curve, PumpCurve):
        return curve.head_m, curve.discharge_m3s
    return np.zeros(0), np.zeros(0)


def _below(rows: list[Floats]) -> Floats:
    """Series one below the other, padded to one length by their last point."""
    points = max((row.size for row in rows), default=1)
    padded = [np.pad(row, (0, points - row.size), mode="edge") for row in rows]
    return np.array(padded).reshape(len(rows), points)


_KINDS = {Weir: WEIR, Gate: GATE, Culvert: CULVERT, Pump: PUMP}


def _whole(values: Any) -> NDArray[np.int64]:
    return np.array(list(values), dtype=np.int64)


def _numbers_of(link: Link, datum_m: float) -> list[float]:
    return [*_numbers(link, datum_m), *np.zeros(NUMBERS)][:NUMBERS]


def _numbers(link: Link, datum_m: float) -> Iterator[float]:
    """First the sill below which no water is taken, at the cell and at the other end."""
    if isinstance(link, Weir):
        yield from (link.crest_m - datum_m, link.crest_m - datum_m, link.width_m, link.coefficient)
    elif isinstance(link, Gate):
        yield from (link.sill_m - datum_m, link.sill_m - datum_m, link.width_m, link.coefficient)
    elif isinstance(link, Culvert):
        yield from (link.invert_m - datum_m, link.invert_to_m - datum_m, link.width_m or 0.0,
                    link.height_m, link.length_m, link.manning, link.entry_loss,
                    float(link.barrels))  # fmt: skip
    else:
        outlet = FAR_BELOW_M if link.outlet_m is None else link.outlet_m - datum_m
        flow = 0.0 if isinstance(link.capacity, PumpCurve) else link.capacity
        yield from (FAR_BELOW_M, FAR_BELOW_M, link.on_m - datum_m, link.off_m - datum_m, outlet,
                    flow)  # fmt: skip


@kernel
def set_rates(water: Any, land: Any, links: Any, now: Any) -> None:
    """The discharge of each link, from the water as it stands; a dry cell gives none."""
    for n in range(links.kind.size):
        here = level(water, land, links.row[n], links.col[n])
        there = _beyond(water, land, links, n, now)
        if links.kind[n] == PUMP:
            rate = _pumped(links, n, here, there)
        elif here >= there:
            rate = _driven(links, n, (here, there, 0, 1), now)
        elif links.way[n] == 0:
            rate = -_driven(links, n, (there, here, 1, 0), now)
        else:
            rate = 0.0
        if rate > 0.0 and water.h[links.row[n], links.col[n]] <= DRY_M:
            rate = 0.0
        if rate < 0.0 and links.row_to[n] >= 0:
            rate = rate if water.h[links.row_to[n], links.col_to[n]] > DRY_M else 0.0
        links.rate[n] = rate


@kernel
def level(water: Any, land: Any, i: Any, j: Any) -> Any:
    """The water surface of a cell, or its ground; relative metres."""
    return np.float64(land.z[i, j]) + (np.float64(water.h[i, j]) - np.float64(land.lost[i, j]))


@kernel
def _beyond(water: Any, land: Any, links: Any, n: Any, now: Any) -> Any:
    if links.row_to[n] >= 0:
        return level(water, land, links.row_to[n], links.col_to[n])
    s = links.outside[n]
    return value(links.times[s], links.values[s], now) if s >= 0 else FAR_BELOW_M


@kernel
def _driven(links: Any, n: Any, ends: Any, now: Any) -> Any:
    """By the difference of the levels. ends: above, below, which sill is the upper, the lower."""
    above, below, upper, lower = ends
    a = links.numbers[n]
    if links.kind[n] == WEIR:
        return over_weir(above, below, a[0], a[2], a[3])
    if links.kind[n] == GATE:
        s = links.opening[n]
        opening = value(links.times[s], links.values[s], now)
        return under_gate(above, below, (a[0], a[2], a[3]), opening)
    barrel = (a[2], a[3], a[4], a[5], a[6])
    return a[7] * through_culvert(above, below, (a[upper], a[lower]), barrel)


@kernel
def _pumped(links: Any, n: Any, here: Any, there: Any) -> Any:
    """Starts and stops the pump by the level in its cell; its discharge."""
    on, off, outlet, capacity = links.numbers[n, 2:6]
    if here >= on:
        links.running[n] = 1
    elif here <= off:
        links.running[n] = 0
    if links.running[n] == 0:
        return 0.0
    first, stop = links.curve[n], links.curve_stop[n]
    if stop == first:
        return capacity
    lift = max(there, outlet) - here
    if lift > links.heads[stop - 1]:
        return 0.0
    return value(links.heads[first:stop], links.flows[first:stop], lift)


@kernel
def longest_step(water: Any, land: Any, links: Any, dt: Any, scheme: Any) -> Any:
    """A step, shortened where a link fills its cell; scheme: courant, dx."""
    for n in range(links.kind.size):
        i = links.row_to[n] if links.rate[n] > 0.0 else links.row[n]
        j = links.col_to[n] if links.rate[n] > 0.0 else links.col[n]
        if i >= 0 and links.rate[n] != 0.0:
            rate = abs(links.rate[n]) / (scheme[1] ** 2 * share_at(land, i, j))
            dt = filling(np.float64(water.h[i, j]), rate, scheme, dt)
    return dt


@kernel
def carry(water: Any, land: Any, links: Any, when: Any, cell_m: Any) -> None:
    """Carry the water of a step (now, dt) through every link."""
    for n in range(links.kind.size):
        if links.rate[n] == 0.0:
            continue
        volume = _carried(water, land, links, n, (when[0], when[1], cell_m))
        signed = volume if links.rate[n] > 0.0 else -volume
        links.passed[n] += signed
        _add(water, land, (links.row[n], links.col[n]), -signed / cell_m**2, links.centred[0])
        if links.row_to[n] >= 0:
            to = (links.row_to[n], links.col_to[n])
            _add(water, land, to, signed / cell_m**2, links.centred[0])
        elif signed > 0.0:
            links.went[0] += signed
        else:
            links.came[0] -= signed


@kernel
def _carried(water: Any, land: Any, links: Any, n: Any, when: Any) -> Any:
    """The volume that a link carries in a step (now, dt, side of a cell), m3."""
    now, dt, cell_m = when
    forwards = links.rate[n] > 0.0
    i, j, k, m = links.row[n], links.col[n], links.row_to[n], links.col_to[n]
    above, below = level(water, land, i, j), _beyond(water, land, links, n, now)
    room = cell_m**2 * share_at(land, i, j)
    other = cell_m**2 * share_at(land, k, m) if k >= 0 else np.inf
    if not forwards:
        i, j, above, below, room, other = k, m, below, above, other, room
    most = np.inf
    if i >= 0:
        depth = np.float64(water.h[i, j]) - np.float64(land.lost[i, j])
        sill = links.numbers[n, 0 if forwards else 1]
        most = max(min(depth, above - sill), 0.0) * room
    if links.kind[n] != PUMP:
        most = min(most, max(above - below, 0.0) / (1.0 / room + 1.0 / other))
    return min(abs(links.rate[n]) * dt, most)


@kernel
def _add(water: Any, land: Any, cell: Any, metres: Any, centred: Any) -> None:
    """Add metres over the whole of a cell; one that loses water keeps its speed."""
    i, j = cell
    h = water.h[i, j]
    gain = metres / share_at(land, i, j)
    exact = max(np.float64(h) - np.float64(land.lost[i, j]) + gain, 0.0)
    water.h[i, j] = F(exact)
    land.lost[i, j] = F(np.float64(water.h[i, j]) - exact)
    if metres < 0.0 and centred == 1 and h > F(0.0):
        share = water.h[i, j] / h
        water.qx[i, j] *= share
        water.qy[i, j] *= share
