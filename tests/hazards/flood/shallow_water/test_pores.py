"""Porous buildings: uniform ones change the volume or the pace alone; any keep a lake still."""

from dataclasses import replace

import numpy as np
import pytest
from tests.hazards.flood.truth import dam_breaks

from anlan.hazards.flood.shallow_water import (
    BadCase,
    Boundary,
    BoundaryKind,
    Case,
    ConstantLoss,
    Grid,
    Inflow,
    Initial,
    Outputs,
    Porosity,
    Rain,
    Scheme,
    Side,
    Weir,
    simulate,
)

FULL = [Scheme.GODUNOV, Scheme.MUSCL]
ENDS = Outputs(gauge_every_s=1e9)


def town(rows: int, columns: int) -> np.ndarray:
    """Shares of open ground between 0.2 and 1, rough from cell to cell."""
    return np.random.default_rng(5).uniform(0.2, 1.0, (rows, columns)).astype(np.float32)


@pytest.mark.parametrize("scheme", FULL)
def test_a_lake_in_a_town_stays_at_rest(scheme: Scheme) -> None:
    y, x = np.mgrid[:40, :70]
    ground = (430.0 + 1.5 * np.sin(x / 7.0) * np.cos(y / 5.0)).astype(np.float32)
    grid = Grid(ground, 10.0)
    lake = Case(grid=grid, scheme=scheme, initial=Initial.surface(grid, 430.2), manning=0.0,
                porosity=Porosity(storage=town(40, 70)))  # fmt: skip
    end = simulate(lake, 300.0, ENDS).final
    wet = ground < 430.2
    assert np.abs(end.depth_m + ground - 430.2)[wet].max() < 1e-4
    assert np.hypot(end.u_ms, end.v_ms).max() < 1e-3
    assert (end.depth_m[~wet] == 0).all()


def dam(scheme: Scheme, until: float, porosity: Porosity | None) -> np.ndarray:
    x = -60.0 + (np.arange(300) + 0.5) * 0.5
    case = Case(
        grid=Grid(np.zeros((2, 300), dtype=np.float32), 0.5), scheme=scheme, manning=0.0,
        initial=Initial(np.tile(np.where(x < 0.0, 2.0, 0.5), (2, 1))), porosity=porosity,
    )  # fmt: skip
    return simulate(case, until, ENDS, threads=1).final.depth_m[0]


@pytest.mark.parametrize("scheme", FULL)
def test_a_dam_breaks_in_a_uniform_town_as_in_the_open_or_slower(scheme: Scheme, table) -> None:
    """As much storage as passage: Stoker's solution; passage half of storage: at half the pace."""
    x = -60.0 + (np.arange(300) + 0.5) * 0.5
    truth = dam_breaks.stoker(x, 6.0, 2.0, 0.5)[0]
    alike = dam(scheme, 6.0, Porosity(storage=0.4))
    half = dam(scheme, 12.0, Porosity(storage=0.6, passage=0.3))
    off = [float(np.abs(found - truth).sum() / truth.sum()) for found in (alike, half)]
    table("Stoker among porous buildings", scheme.value,
          f"{off[0]:.2%} with equal shares, {off[1]:.2%} at half the pace; 300 cells",
          "1.2%")  # fmt: skip
    assert np.abs(alike - dam(scheme, 6.0, None)).max() < 1e-4
    assert max(off) < 0.012


@pytest.mark.parametrize("scheme", FULL)
def test_water_among_buildings_is_accounted_for(scheme: Scheme, table) -> None:
    """Rain on the whole ground, soil between the buildings, open edges, an inflow and a link."""
    y, x = np.mgrid[:40, :60]
    ground = (430.0 + 0.02 * x + 0.5 * np.sin(x / 7.0) * np.cos(y / 5.0)).astype(np.float32)
    share = town(40, 60)
    case = Case(
        grid=Grid(ground, 10.0), scheme=scheme, rain=Rain(60.0),
        initial=Initial(np.full((40, 60), 0.1)),
        porosity=Porosity(storage=share, passage=0.2), infiltration=ConstantLoss(mm_h=5.0),
        inflows=(Inflow(cells=np.array([[20, 50]]), discharge_m3s=3.0),),
        boundaries=(
            Boundary(kind=BoundaryKind.FREE, side=Side.WEST),
            Boundary(kind=BoundaryKind.FLOW, side=Side.EAST, first=10, last=19, value=2.0),
        ),
        links=(Weir(cell=(5, 5), to=(30, 30), crest_m=429.0, width_m=3.0),),
    )  # fmt: skip
    flood = simulate(case, 1200.0, ENDS)
    mass = flood.mass
    table("rain, inflow and outflow among porous buildings", scheme.value,
          f"mass error {abs(mass.relative_error):.0e}", "1e-6")  # fmt: skip
    assert mass.initial_m3 == pytest.approx(float(share.sum()) * 0.1 * 100.0, rel=1e-5)
    assert mass.rain_m3 == pytest.approx(0.02 * 2400 * 100.0, rel=1e-6)
    assert mass.boundary_in_m3 == pytest.approx(2.0 * 1200.0, rel=1e-3)
    assert mass.boundary_out_m3 > 0.0
    assert 0.0 < mass.infiltration_m3 <= 5e-3 / 3.0 * float(share.sum()) * 100.0 * (1.0 + 1e-6)
    assert abs(mass.relative_error) < 1e-6


def test_porosities_that_cannot_be_meant_are_refused() -> None:
    open_ground = Case(grid=Grid(np.zeros((4, 4), dtype=np.float32), 10.0))
    for porosity in (Porosity(storage=0.0), Porosity(storage=1.2), Porosity(storage=np.nan)):
        with pytest.raises(BadCase, match="above 0, up to 1"):
            replace(open_ground, porosity=porosity)
    with pytest.raises(BadCase, match="no greater share"):
        replace(open_ground, porosity=Porosity(storage=0.4, passage=0.5))
    with pytest.raises(BadCase, match="shape of the ground"):
        replace(open_ground, porosity=Porosity(storage=np.ones((3, 4))))
    with pytest.raises(BadCase, match="knows no porous buildings"):
        replace(open_ground, porosity=Porosity(storage=0.4), scheme=Scheme.INERTIAL)
