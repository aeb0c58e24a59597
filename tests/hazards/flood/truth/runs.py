"""The engine let loose on each closed solution: how far it is off on a grid of so many cells.

Each run takes a scheme and a number of cells along the channel or the bowl and answers the L1 error
of the depth as a share of the exact depth's L1 norm.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from tests.hazards.flood.truth import bumps, channels, dam_breaks, published, shores, thacker

from anlan.hazards.flood.shallow_water import (
    Boundary,
    BoundaryKind,
    Case,
    Grid,
    Inflow,
    Initial,
    Outputs,
    Rain,
    Result,
    Scheme,
    Series,
    Side,
    simulate,
)

ROWS = 2
Run = Callable[[Scheme, int], float]
LEAST = Outputs(max_depth=False, gauge_every_s=1e9)


def middles(start: float, stop: float, cells: int) -> tuple[np.ndarray, float]:
    width = (stop - start) / cells
    return start + (np.arange(cells) + 0.5) * width, width


def off(found: np.ndarray, exact: np.ndarray) -> float:
    return float(np.abs(found - exact).sum() / exact.sum())


def strip(values: np.ndarray) -> np.ndarray:
    """A channel of a few rows."""
    return np.tile(values, (ROWS, 1))


def dam_break(solution: Callable[[np.ndarray], np.ndarray], start: tuple[float, float]) -> Run:
    def run(scheme: Scheme, cells: int) -> float:
        x, width = middles(-60.0, 90.0, cells)
        case = Case(
            grid=Grid(strip(np.zeros(cells)), width), scheme=scheme, manning=0.0,
            initial=Initial(strip(np.where(x < 0.0, *start))),
        )  # fmt: skip
        return off(simulate(case, 6.0, LEAST, threads=1).final.depth_m[0], solution(x))

    return run


ritter = dam_break(lambda x: dam_breaks.ritter(x, 6.0, 2.0)[0], (2.0, 0.0))
stoker = dam_break(lambda x: dam_breaks.stoker(x, 6.0, 2.0, 0.5)[0], (2.0, 0.5))


def dressler(scheme: Scheme, cells: int) -> float:
    """Behind the tip, in which friction is no small thing any more."""
    x, width = middles(-500.0, 500.0, cells)
    case = Case(
        grid=Grid(strip(np.zeros(cells)), width), scheme=scheme, manning=0.02,
        initial=Initial(strip(np.where(x < 0.0, 6.0, 0.0))),
    )  # fmt: skip
    exact, _, tip = dam_breaks.dressler(x, 20.0, 6.0, 0.02)
    found = simulate(case, 20.0, LEAST, threads=1).final.depth_m[0]
    return off(found[x < tip], exact[x < tip])


def beach(scheme: Scheme, cells: int) -> float:
    """A wave of nine tenths of what breaks, until it has run down to its lowest, up and half down
    again; near the shore, which the wall at sea does not reach until then."""
    x, width = middles(-9.0, 0.5, cells)
    high = shores.SLOPE * shores.LENGTH_M
    start, _ = shores.standing(x, shores.AT_REST, 0.9)
    case = Case(
        grid=Grid(strip(high * x), shores.LENGTH_M * width), scheme=scheme, manning=0.0,
        initial=Initial(strip(high * start)),
    )  # fmt: skip
    near, worst = x > -1.0, 0.0
    times = np.pi * np.array([0.25, 0.5, 0.75, 1.0])
    asked = Outputs(max_depth=False, gauge_every_s=1e9, snapshots_s=tuple(times * shores.TIME_S))
    found = simulate(case, float(times[-1]) * shores.TIME_S, asked, threads=1)
    for t, snapshot in zip(times, found.snapshots, strict=True):
        exact, _ = shores.standing(x, shores.AT_REST + float(t), 0.9)
        worst = max(worst, off(snapshot.depth_m[0][near] / high, exact[near]))
    return worst


def bowl(make: thacker.Planar | thacker.Radial, periods: float = 3.0) -> Run:
    def run(scheme: Scheme, cells: int) -> float:
        x, width = middles(-2.0 * make.a_m, 2.0 * make.a_m, cells)
        east, south = np.meshgrid(x, x)
        h, u, v = make.at(east, south, 0.0)
        case = Case(
            grid=Grid(make.ground(east, south), width), scheme=scheme, manning=0.0,
            initial=Initial(h, u, v),
        )  # fmt: skip
        until = periods * make.period_s
        return off(simulate(case, until, LEAST).final.depth_m, make.at(east, south, until)[0])

    return run


planar = bowl(thacker.Planar(a_m=1000.0, h0_m=10.0))
radial = bowl(thacker.Radial(a_m=1000.0, h0_m=10.0, r0_m=800.0))


def channel(make: channels.Channel, until: float = 3000.0) -> Run:
    def run(scheme: Scheme, cells: int) -> float:
        x, width = middles(0.0, make.length_m, cells)
        z, h, q = make.ground(x), make.depth(x), make.discharge(x)
        wide = ROWS * width
        ends = np.array([0.0, make.length_m])
        depth, bed = make.depth(ends), make.ground(ends)
        quick = make.discharge(ends) > np.sqrt(9.81 * depth**3)
        level = float(bed[0] + depth[0]) if quick[0] else None
        upper = Boundary(
            kind=BoundaryKind.FLOW, side=Side.WEST, value=make.q0 * wide, level_m=level
        )
        lower = (
            Boundary(kind=BoundaryKind.FREE, side=Side.EAST)
            if quick[1]
            else Boundary(kind=BoundaryKind.STAGE, side=Side.EAST, value=float(bed[1] + depth[1]))
        )
        case = Case(
            grid=Grid(strip(z), width), scheme=scheme, manning=make.manning,
            initial=Initial(strip(h), strip(q / h)), boundaries=(upper, lower),
            rain=Rain(make.rain * 3.6e6) if make.rain else None,
        )  # fmt: skip
        return off(simulate(case, until, LEAST, threads=1).final.depth_m[0], h)

    return run


def bump(make: bumps.Bump, until: float = 60.0) -> Run:
    def run(scheme: Scheme, cells: int) -> float:
        x, width = middles(0.0, bumps.LENGTH_M, cells)
        z, h = bumps.ground(x), make.depth(x)
        lower = (
            Boundary(kind=BoundaryKind.FREE, side=Side.EAST)
            if np.isinf(make.jump_m)
            else Boundary(kind=BoundaryKind.STAGE, side=Side.EAST, value=make.outlet_m)
        )
        upper = Boundary(kind=BoundaryKind.FLOW, side=Side.WEST, value=make.q * ROWS * width)
        case = Case(
            grid=Grid(strip(z), width), scheme=scheme, manning=0.0,
            initial=Initial(strip(h), strip(make.q / h)), boundaries=(upper, lower),
        )  # fmt: skip
        return off(simulate(case, until, LEAST, threads=1).final.depth_m[0], h)

    return run


@dataclass(frozen=True)
class Truth:
    """name and source as the table prints them; cells: three grids; most: error on the finest grid
    that is still right, by scheme; order: least observed order between the outer grids."""

    name: str
    run: Run
    cells: tuple[int, int, int]
    most: dict[Scheme, float]
    order: dict[Scheme, float]


def plain(scheme: Scheme, cell_m: float, until: float) -> Result:
    """Test 4 of the Environment Agency, a quarter of an hour before the water meets any side."""
    columns, rows = (int(size / cell_m) for size in published.PLAIN_M)
    half = 10.0 / cell_m
    middle = rows / 2.0
    inlet = Boundary(
        kind=BoundaryKind.FLOW, side=Side.WEST, first=int(middle - half),
        last=int(middle + half) - 1,
        value=Series(published.PLAIN_FLOW_S, published.PLAIN_FLOW),
    )  # fmt: skip
    open_sides = [
        Boundary(kind=BoundaryKind.FREE, side=s) for s in (Side.EAST, Side.NORTH, Side.SOUTH)
    ]
    gauges = tuple(
        (int((published.PLAIN_M[1] - y) / cell_m), int(x / cell_m))
        for x, y in published.PLAIN_POINTS
    )
    case = Case(
        grid=Grid(np.zeros((rows, columns), dtype=np.float32), cell_m), scheme=scheme,
        manning=published.PLAIN_N, boundaries=(inlet, *open_sides),
    )  # fmt: skip
    return simulate(case, until, Outputs(gauges=gauges, gauge_every_s=30.0))


def merewether(scheme: Scheme, place: published.Merewether, until: float = 1000.0) -> Result:
    """The flood of June 2007 as it stood: water leaves over the northern and the eastern side."""
    case = Case(
        grid=Grid(place.z, place.cell_m), scheme=scheme, manning=place.manning,
        inflows=(Inflow(cells=place.inlet, discharge_m3s=published.MEREWETHER_FLOW),),
        boundaries=(
            Boundary(kind=BoundaryKind.FREE, side=Side.NORTH),
            Boundary(kind=BoundaryKind.FREE, side=Side.EAST),
        ),
    )  # fmt: skip
    return simulate(case, until, Outputs(gauges=tuple(place.points.values())))
