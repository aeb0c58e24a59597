"""What a discharge boundary lets in is its hydrograph, to rounding."""

import numpy as np
import pytest

from anlan.hazards.flood.shallow_water import (
    BadCase,
    Boundary,
    BoundaryKind,
    Case,
    Grid,
    Outputs,
    Porosity,
    Scheme,
    Series,
    Side,
    simulate,
)

RISE = Series(
    np.array([0.0, 500.0, 1100.0, 1130.0, 2000.0, 4000.0]),
    np.array([0.0, 3.0, 40.0, 12.0, 90.0, 0.0]),
)  # m3/s; steep and slow limbs, a burst, a fall
SPREAD = Boundary(kind=BoundaryKind.FLOW, side=Side.WEST, first=5, last=14, value=RISE)


def valley(rows=20, columns=60):
    """A gentle slope between two hills, ending at a wall."""
    y, x = np.mgrid[:rows, :columns]
    return (10.0 - 0.01 * x + 0.02 * np.abs(y - rows / 2)).astype(np.float32)


def came_by(seconds):
    """The hydrograph's integral up to then, m3, each trapezoid by itself."""
    t = np.append(RISE.t_s[RISE.t_s < seconds], seconds)
    q = np.interp(t, RISE.t_s, RISE.value)
    return sum((b - a) * (p + r) / 2 for a, b, p, r in zip(t, t[1:], q, q[1:], strict=False))


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("seconds", [700.0, 1115.0, 3000.0])
def test_a_rising_flood_lets_in_the_volume_of_its_hydrograph(scheme, seconds):
    """The water is counted in single precision over each face: some 1e-7 of it may be lost."""
    case = Case(grid=Grid(valley(), 10.0), manning=0.05, scheme=scheme, boundaries=(SPREAD,))
    mass = simulate(case, seconds).mass
    assert mass.boundary_in_m3 == pytest.approx(came_by(seconds), rel=2e-7)
    assert mass.boundary_out_m3 == 0.0
    assert abs(mass.relative_error) < 1e-6


@pytest.mark.parametrize("scheme", [Scheme.GODUNOV, Scheme.MUSCL])
def test_a_torrent_and_a_porous_edge_let_it_in_too(scheme):
    """level_m: a metre of water over the ground behind the boundary, however much comes."""
    torrent = Boundary(kind=BoundaryKind.FLOW, side=Side.WEST, first=9, last=10, value=RISE,
                       level_m=11.0)  # fmt: skip
    case = Case(grid=Grid(valley(), 10.0), manning=0.05, scheme=scheme, boundaries=(torrent,))
    mass = simulate(case, 1500.0).mass
    assert mass.boundary_in_m3 == pytest.approx(came_by(1500.0), rel=2e-7)
    town = Case(grid=Grid(valley(), 10.0), manning=0.05, scheme=scheme, boundaries=(SPREAD,),
                porosity=Porosity(storage=0.4))  # fmt: skip
    mass = simulate(town, 1500.0).mass
    assert mass.boundary_in_m3 == pytest.approx(came_by(1500.0), rel=2e-7)


def test_local_inertial_is_given_no_level_of_a_torrent():
    torrent = Boundary(kind=BoundaryKind.FLOW, side=Side.WEST, value=RISE, level_m=11.0)
    with pytest.raises(BadCase, match="takes no level"):
        Case(grid=Grid(valley(), 10.0), scheme=Scheme.INERTIAL, boundaries=(torrent,))


@pytest.mark.parametrize("scheme", Scheme)
def test_a_rising_flood_is_the_same_to_the_bit_for_any_number_of_threads(scheme):
    case = Case(grid=Grid(valley(), 10.0), manning=0.05, scheme=scheme, boundaries=(SPREAD,))
    one, two = (simulate(case, 900.0, Outputs(), threads=n) for n in (1, 2))
    assert np.array_equal(one.final.depth_m, two.final.depth_m)
    assert one.mass == two.mass
