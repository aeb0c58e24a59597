"""Ground on which the end is known whatever happens between: ridges, hollows, an obstruction.

In the manner of tests 1 to 3 of the Environment Agency (Neelz & Pender 2013, SC120002), whose own
ground is in `agency.py`: these are smaller and steeper, and each end is known to millimetres.
"""

import numpy as np

from anlan.hazards.flood.shallow_water import (
    Boundary,
    BoundaryKind,
    Case,
    Grid,
    Inflow,
    Initial,
    Scheme,
    Series,
    Side,
)

SEA_M, CREST_M = 9.7, 10.1


def ridge(scheme: Scheme) -> tuple[Case, np.ndarray, slice]:
    """A shore that rises to a ridge with a pool behind it; the sea comes over it and goes again.

    Answers the case, the ground along it, and the columns of the pool, which is dry at first.
    """
    x = (np.arange(70) + 0.5) * 10.0
    bed = np.interp(x, [0.0, 300.0, 320.0, 450.0, 550.0, 700.0],
                    [8.5, CREST_M, CREST_M, 9.75, 9.75, 10.6])  # fmt: skip
    grid = Grid(np.tile(bed, (3, 1)), 10.0)
    sea = Series(np.array([0.0, 1800.0, 7200.0, 9000.0, 1e5]),
                 np.array([SEA_M, 10.35, 10.35, SEA_M, SEA_M]))  # fmt: skip
    start = np.where(x < 310.0, SEA_M, 0.0)
    case = Case(
        grid=grid, scheme=scheme, manning=0.03, initial=Initial.surface(grid, start),
        boundaries=(Boundary(kind=BoundaryKind.STAGE, side=Side.WEST, value=sea),),
    )  # fmt: skip
    return case, bed, slice(32, 70)


def hollows(scheme: Scheme, rows: int = 30, cell_m: float = 40.0) -> Case:
    """Nine hollows 0.5 m deep on a slope of 1 in 1500 and 1 in 3000, filled from one corner."""
    middle = (np.arange(rows) + 0.5) * cell_m
    x, y = np.meshgrid(middle, middle)
    part = rows * cell_m / 3.0
    z = 0.5 * (1.0 - np.sin(np.pi * x / part) ** 2 * np.sin(np.pi * y / part) ** 2)
    z = z - x / 3000.0 - y / 1500.0
    flow = Series(
        np.array([0.0, 600.0, 3600.0, 5100.0, 1e6]), np.array([0.0, 20.0, 20.0, 0.0, 0.0])
    )
    corner = np.array([[row, 0] for row in range(5)])
    return Case(
        grid=Grid(z, cell_m), scheme=scheme, manning=0.03,
        inflows=(Inflow(cells=corner, discharge_m3s=flow),),
    )  # fmt: skip


def obstruction(scheme: Scheme, cell_m: float) -> tuple[Case, slice]:
    """A wave that runs down 1 in 200 into a hollow that just holds it, up to a step of 0.25 m.

    Answers the case and the columns beyond the step.
    """
    x = (np.arange(round(300.0 / cell_m)) + 0.5) * cell_m
    bed = np.interp(x, [0.0, 100.0, 110.0, 190.0, 200.0, 210.0, 240.0, 300.0],
                    [0.5, 0.0, -0.2, -0.2, 0.05, -0.2, -0.2, 0.1])  # fmt: skip
    hold = float(np.maximum(0.05 - bed[x < 200.0], 0.0).sum() * cell_m)  # m2 to the step's height
    pulse = np.array([0.0, 0.0, 1.0, 1.0, 0.0, 0.0])
    times = np.array([0.0, 1.0, 5.0, 20.0, 24.0, 1e5])
    volume = float(np.trapezoid(pulse, times))
    rows = 3
    flow = Series(times, pulse * hold * rows * cell_m / volume)
    case = Case(
        grid=Grid(np.tile(bed, (rows, 1)), cell_m), scheme=scheme, manning=0.01,
        boundaries=(Boundary(kind=BoundaryKind.FLOW, side=Side.WEST, value=flow),),
    )  # fmt: skip
    return case, slice(int(np.searchsorted(x, 200.0)), None)
