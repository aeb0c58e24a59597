"""Each verification case on the processor and on the GPU: run as a program, it prints JSON lines.

    NUMBA_ENABLE_CUDASIM=1 python -m tests.hazards.flood.gpu_parity [--few | --whole]

Small grids and few seconds of flow, for Numba's simulator of CUDA; `--whole` is for a real device,
`--few` for every day.
Each line: case, scheme, share of cells within 1e-4 m, front: how far the wet fronts lie apart along
the rows (m, between cells by the depths there), steps of both.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from tests.hazards.flood.truth import thacker

from anlan.hazards.flood.shallow_water import (
    Boundary,
    BoundaryKind,
    Case,
    CurveNumber,
    Device,
    Grid,
    Inflow,
    Initial,
    Levee,
    Outputs,
    Rain,
    Result,
    Scheme,
    Series,
    Side,
    simulate,
)

WITHIN_M, WET_M = 1e-4, 1e-3
EVERYTHING = Outputs(max_speed=True, max_hv=True, arrival_m=0.05, duration_m=0.05,
                     gauge_every_s=1e9)  # fmt: skip
Made = tuple[str, Case, float]


def strip(values: np.ndarray) -> np.ndarray:
    return np.tile(values, (2, 1))


def line(cells: int) -> np.ndarray:
    return (np.arange(cells) + 0.5) * 100.0 / cells


def dam_breaks(cells: int) -> Iterator[Made]:
    x = line(cells)
    for name, beyond in (("Ritter, dry dam break", 0.0), ("Stoker, wet dam break", 0.5)):
        grid = Grid(strip(np.zeros(cells)), 100.0 / cells)
        start = Initial(strip(np.where(x < 40.0, 2.0, beyond)))
        yield name, Case(grid=grid, manning=0.0, initial=start), 4.0


def bowls(cells: int) -> Iterator[Made]:
    for name, make in (
        ("Thacker, planar", thacker.Planar(a_m=1000.0, h0_m=10.0)),
        ("Thacker, radial", thacker.Radial(a_m=1000.0, h0_m=10.0, r0_m=800.0)),
    ):
        x = (np.arange(cells) + 0.5) * 4000.0 / cells - 2000.0
        east, south = np.meshgrid(x, x)
        start = Initial(*make.at(east, south, 0.0))
        grid = Grid(make.ground(east, south), 4000.0 / cells)
        yield name, Case(grid=grid, manning=0.0, initial=start), make.period_s / 16.0


def channels(cells: int) -> Iterator[Made]:
    """A discharge in, a stage or free fall out, over a bump, with friction and rain."""
    x = line(cells)
    z = 0.4 * np.exp(-(((x - 50.0) / 8.0) ** 2))
    depth = np.maximum(1.0 - z, 0.1)
    grid = Grid(strip(z), 100.0 / cells)
    came = Boundary(kind=BoundaryKind.FLOW, side=Side.WEST, value=2.0 * 2.0 * 100.0 / cells)
    ends = {
        "subcritical": Boundary(kind=BoundaryKind.STAGE, side=Side.EAST, value=1.0),
        "through critical": Boundary(kind=BoundaryKind.FREE, side=Side.EAST),
    }
    for name, end in ends.items():
        case = Case(
            grid=grid, manning=0.03, initial=Initial(strip(depth), strip(2.0 / depth)),
            boundaries=(came, end), rain=Rain(100.0),
        )  # fmt: skip
        yield f"channel over a bump, {name}", case, 8.0


def valleys(cells: int) -> Iterator[Made]:
    """Islands, rain, soil, a spring, an outlet, and a levee that breaches."""
    middle = (np.arange(cells) + 0.5) * 300.0 / cells
    x, y = np.meshgrid(middle, middle)
    z = 3.0 * (1.0 - x / 300.0) + 4.0 * ((y - 150.0) / 150.0) ** 2
    z[2, 3:5] = np.nan
    grid = Grid(z, 300.0 / cells)
    row, cut = cells // 2, cells // 2
    falls = Series(np.array([0.0, 5.0, 10.0, 1e4]), np.array([3.0, 3.0, 0.5, 0.5]))
    wall = tuple((r, cut, Side.WEST) for r in range(4, cells - 4))
    case = Case(
        grid=grid, manning=0.04, rain=Rain(80.0), infiltration=CurveNumber(number=80.0),
        initial=Initial(np.where((x < 140.0) & np.isfinite(z), np.maximum(2.5 - z, 0.0), 0.0)),
        inflows=(Inflow(cells=np.array([[row, 2], [row + 1, 2]]), discharge_m3s=8.0),),
        boundaries=(Boundary(kind=BoundaryKind.FREE, side=Side.EAST),),
        levees=(Levee(edges=wall, crest_m=falls),),
    )  # fmt: skip
    yield "valley with a breach, rain, soil and a spring", case, 20.0


def made(whole: bool, few: bool) -> Iterator[Made]:
    """The cases, small or, for a real device, whole; `few` is one of them for every day."""
    if few:
        name, case, _until = next(dam_breaks(12))
        yield name, case, 1.0
        return
    yield from dam_breaks(300 if whole else 24)
    yield from bowls(160 if whole else 16)
    yield from channels(200 if whole else 24)
    yield from valleys(120 if whole else 16)


def front(depth: np.ndarray, cell_m: float) -> np.ndarray:
    """Where the eastern edge of the water lies in each row, metres, between the cells' middles."""
    wet = depth > WET_M
    last = depth.shape[1] - 1 - np.argmax(wet[:, ::-1], axis=1)
    rows = np.arange(depth.shape[0])
    ahead = np.minimum(last + 1, depth.shape[1] - 1)
    here, there = depth[rows, last], depth[rows, ahead]
    share = np.clip((here - WET_M) / np.maximum(here - there, 1e-9), 0.0, 1.0)
    return np.where(wet.any(axis=1), (last + share) * cell_m, 0.0)


def compared(one: Result, other: Result, cell_m: float) -> dict[str, object]:
    away = [np.nan_to_num(np.abs(a - b)) for a, b in (
        (one.final.depth_m, other.final.depth_m), (one.max_depth_m, other.max_depth_m),
    )]  # fmt: skip
    fronts = [front(np.nan_to_num(run.final.depth_m), cell_m) for run in (one, other)]
    return {
        "within": float((np.maximum(*away) <= WITHIN_M).mean()),
        "front_m": float(np.abs(fronts[0] - fronts[1]).max()),
        "faster_ms": float(np.nanmax(np.abs(one.max_speed_ms - other.max_speed_ms))),
        "steps": [one.steps, other.steps],
        "mass": [one.mass.relative_error, other.mass.relative_error],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--few", action="store_true")
    given = parser.parse_args()
    for name, plain, until in made(given.whole, given.few):
        # The simulator compiles each scheme's phases anew, half a minute of work.
        for scheme in (Scheme.INERTIAL,) if given.few else (Scheme.GODUNOV, Scheme.INERTIAL):
            case = replace(plain, scheme=scheme)
            runs = [simulate(case, until, EVERYTHING, threads=t) for t in (1, Device.CUDA)]
            told = {"case": name, "scheme": scheme.value}
            print(json.dumps(told | compared(*runs, case.grid.cell_m)), flush=True)


if __name__ == "__main__":
    main()
