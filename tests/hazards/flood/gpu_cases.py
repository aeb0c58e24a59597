"""Cases that bring together what no verification case does, for `gpu_parity`."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from anlan.hazards.flood.shallow_water import (
    Boundary,
    BoundaryKind,
    Case,
    Culvert,
    CurveNumber,
    Gate,
    GreenAmpt,
    Grid,
    Inflow,
    Initial,
    Levee,
    Link,
    Porosity,
    Pump,
    PumpCurve,
    Rain,
    Scheme,
    Series,
    Side,
    Weir,
)

Made = tuple[str, Case, float]


def valley(scheme: Scheme, cells: int) -> Case:
    """Islands, rain, soil, a spring, an outlet, and a levee that breaches."""
    middle = (np.arange(cells) + 0.5) * 300.0 / cells
    x, y = np.meshgrid(middle, middle)
    z = 3.0 * (1.0 - x / 300.0) + 4.0 * ((y - 150.0) / 150.0) ** 2
    z[2, 3:5] = np.nan
    row, cut = cells // 2, cells // 2
    falls = Series(np.array([0.0, 5.0, 10.0, 1e4]), np.array([3.0, 3.0, 0.5, 0.5]))
    wall = tuple((r, cut, Side.WEST) for r in range(4, cells - 4))
    across = tuple((4, c, Side.NORTH) for c in range(cut, cells - 2))
    return Case(
        grid=Grid(z, 300.0 / cells), scheme=scheme, manning=0.04, rain=Rain(80.0),
        infiltration=CurveNumber(number=80.0),
        initial=Initial(np.where((x < 140.0) & np.isfinite(z), np.maximum(2.5 - z, 0.0), 0.0)),
        inflows=(Inflow(cells=np.array([[row, 2], [row + 1, 2]]), discharge_m3s=8.0),),
        boundaries=(Boundary(kind=BoundaryKind.FREE, side=Side.EAST),),
        levees=(Levee(edges=wall, crest_m=falls), Levee(edges=across, crest_m=2.0)),
    )  # fmt: skip


def links(cells: int) -> tuple[Link, ...]:
    """One of each kind, forwards and backwards, into cells and out of the grid."""
    near, far = cells // 2 - 3, cells // 2 + 3
    opens = Series(np.array([0.0, 4.0, 8.0, 1e4]), np.array([0.0, 0.0, 0.4, 0.4]))
    curve = PumpCurve(np.array([0.0, 2.0, 4.0]), np.array([2.0, 1.5, 0.0]))
    return (
        Weir(cell=(cells // 2, near), to=(cells // 2, far), crest_m=1.6, width_m=4.0),
        Gate(cell=(6, far), to=(6, near), sill_m=1.0, width_m=3.0, opening_m=opens),
        Culvert(cell=(7, near), to=(8, far), height_m=0.8, length_m=20.0, invert_m=1.2,
                invert_to_m=0.9, barrels=2),
        Culvert(cell=(9, near), to=(9, far), height_m=0.6, width_m=1.2, length_m=20.0,
                invert_m=1.1, invert_to_m=1.0),
        Pump(cell=(cells // 2, near), on_m=2.2, off_m=1.9, capacity=curve, outside_m=3.0),
        Pump(cell=(cells // 2 + 1, near), to=(3, cells - 3), on_m=2.3, off_m=2.0, capacity=1.5),
    )  # fmt: skip


def town(scheme: Scheme, cells: int) -> Case:
    """The valley with a town in it: porous where the scheme knows that, and linked through."""
    own = valley(scheme, cells)
    soil = GreenAmpt(conductivity_mm_h=20.0, suction_m=0.1, deficit=0.3)
    share = np.random.default_rng(5).uniform(0.3, 1.0, (cells, cells)).astype(np.float32)
    porous = None if scheme is Scheme.INERTIAL else Porosity(storage=share, passage=0.25)
    return replace(own, links=links(cells), porosity=porous, infiltration=soil)


def together(scheme: Scheme, cells: int) -> Iterator[Made]:
    yield "valley with breaches, rain, soil and a spring", valley(scheme, cells), 20.0
    yield "the same with a town and links", town(scheme, cells), 20.0
    wet = replace(town(scheme, cells), infiltration=CurveNumber(number=70.0))
    yield "the same by curve number", wet, 5.0


def few(scheme: Scheme) -> Iterator[Made]:
    """For every day: everything at once, some steps."""
    yield "valley with a town and links", town(scheme, 16), 6.0
