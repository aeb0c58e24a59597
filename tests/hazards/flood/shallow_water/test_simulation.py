"""Water that stays at rest, is conserved, knows no direction and no number of threads."""

from dataclasses import replace

import numpy as np
import pytest

from anlan.hazards.flood.shallow_water import (
    BadCase,
    Boundary,
    BoundaryKind,
    Case,
    ConstantLoss,
    CurveNumber,
    GreenAmpt,
    Grid,
    Inflow,
    Initial,
    Levee,
    Outputs,
    Rain,
    Scheme,
    Series,
    Side,
    simulate,
)

SCHEMES = list(Scheme)


def hills(rows=40, columns=70):
    """Rough ground with islands, in metres."""
    y, x = np.mgrid[:rows, :columns]
    bump = np.sin(x / 7.0) * np.cos(y / 5.0) + 0.3 * np.sin(x * 1.7 + y * 2.3)
    return (430.0 + 1.5 * bump).astype(np.float32)


def rough_flood(scheme, turn=lambda field: field):
    """A dam break over hills in the rain, dry land ahead."""
    z = hills()
    depth = np.where(np.arange(z.shape[1]) < 20, np.maximum(432.0 - z, 0.0), 0.0)
    grid = Grid(np.ascontiguousarray(turn(z)), 10.0)
    initial = Initial(np.ascontiguousarray(turn(depth)))
    return Case(grid=grid, scheme=scheme, initial=initial, rain=Rain(20.0), manning=0.03)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_lake_with_islands_stays_at_rest(scheme, table):
    grid = Grid(hills(), 10.0)
    lake = Case(grid=grid, scheme=scheme, initial=Initial.surface(grid, 430.2), manning=0.0)
    end = simulate(lake, 600.0).final
    wet = grid.z < 430.2
    level = float(np.abs(end.depth_m + grid.z - 430.2)[wet].max())
    speed = float(np.hypot(end.u_ms, end.v_ms).max())
    table("lake at rest with islands and dry banks, 10 min", scheme.value,
          f"level {level:.0e} m, {speed:.0e} m/s", "1e-6 m, 1e-5 m/s")  # fmt: skip
    # Single precision keeps a level 3 m above the local datum to 2e-7 m.
    assert level < 1e-6
    assert speed < 1e-5
    assert (end.depth_m[~wet] == 0).all()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_water_is_accounted_for(scheme):
    z = hills()
    z[5, 5:9] = np.nan
    lowest = int(np.nanargmin(z[20]))
    fading = Series(np.array([0.0, 9e3]), np.array([80.0, 0.0]))
    case = Case(
        grid=Grid(z, 10.0), scheme=scheme, rain=Rain(fading),
        inflows=(Inflow(cells=np.array([[20, lowest]]), discharge_m3s=5.0),),
        boundaries=(
            Boundary(kind=BoundaryKind.FREE, side=Side.WEST),
            Boundary(kind=BoundaryKind.STAGE, side=Side.EAST, value=430.5),
            Boundary(kind=BoundaryKind.FLOW, side=Side.NORTH, first=10, last=20, value=8.0),
        ),
    )  # fmt: skip
    mass = simulate(case, 1800.0).mass
    inside = np.isfinite(z).sum()
    assert mass.rain_m3 == pytest.approx(inside * 100.0 * 36e-3, rel=1e-3)
    assert mass.inflow_m3 == pytest.approx(9000.0)
    assert mass.boundary_in_m3 > 8.0 * 1800.0
    assert mass.boundary_out_m3 > 0.0
    assert abs(mass.relative_error) < 1e-6


@pytest.mark.parametrize("scheme", SCHEMES)
def test_north_is_no_better_than_east(scheme):
    asked = Outputs(max_depth=True, max_speed=True)
    straight = simulate(rough_flood(scheme), 300.0, asked)
    for turn, back in (
        (np.flipud, np.flipud),
        (np.fliplr, np.fliplr),
        (np.transpose, np.transpose),
    ):
        turned = simulate(rough_flood(scheme, turn), 300.0, asked)
        assert np.abs(back(turned.max_depth_m) - straight.max_depth_m).max() < 1e-3


@pytest.mark.parametrize("scheme", SCHEMES)
def test_any_number_of_threads_gives_the_same_bits(scheme, table):
    one, two = (simulate(rough_flood(scheme), 200.0, threads=n) for n in (1, 2))
    assert one.final.depth_m.tobytes() == two.final.depth_m.tobytes()
    assert one.final.u_ms.tobytes() == two.final.u_ms.tobytes()
    assert one.mass == two.mass
    table("dam break over hills in the rain on one thread and on two", scheme.value,
          "same bits", "same bits")  # fmt: skip


@pytest.mark.parametrize("scheme", SCHEMES)
def test_rain_runs_down_a_steep_slope_as_a_thin_film(scheme, table):
    """Kinematic steady film: q = i L, h = (n q / sqrt(S))^(3/5); faster than its waves, so that the
    local inertial scheme, which is held at Froude one, stands at h = (q^2 / g)^(1/3)."""
    columns, cell_m, slope, n = 200, 5.0, 0.5, 0.03
    z = np.tile((columns - np.arange(columns)) * cell_m * slope, (3, 1)).astype(np.float32)
    case = Case(
        grid=Grid(z, cell_m), scheme=scheme, rain=Rain(50.0), manning=n,
        boundaries=(Boundary(kind=BoundaryKind.FREE, side=Side.EAST),),
    )  # fmt: skip
    flood = simulate(case, 3600.0)
    q = 50.0e-3 / 3600.0 * (np.arange(columns) + 0.5) * cell_m
    film = (n * q / np.sqrt(slope)) ** 0.6
    if scheme is Scheme.INERTIAL:
        film = (q * q / 9.81) ** (1.0 / 3.0)
    found = flood.final.depth_m[1]
    off = float(np.abs(found[20:-2] / film[20:-2] - 1.0).max())
    error = abs(flood.mass.relative_error)
    table("steady film of rain on a slope of 1 in 2", scheme.value,
          f"depth {off:.1%}, mass error {error:.0e}", "5%, 1e-6")  # fmt: skip
    assert off < 0.05
    assert error < 1e-6


# First order drives water down a gentle slope by its own spreading, c S dx / 2, too.
@pytest.mark.parametrize(
    ("scheme", "most"), [(Scheme.GODUNOV, 0.45), (Scheme.MUSCL, 0.05), (Scheme.INERTIAL, 0.05)]
)
def test_rain_runs_down_a_gentle_slope_as_a_film_to_its_edge(scheme, most, table):
    columns, cell_m, slope, n = 200, 5.0, 0.005, 0.03
    z = np.tile((columns - np.arange(columns)) * cell_m * slope, (3, 1)).astype(np.float32)
    case = Case(
        grid=Grid(z, cell_m), scheme=scheme, rain=Rain(50.0), manning=n,
        boundaries=(Boundary(kind=BoundaryKind.FREE, side=Side.EAST),),
    )  # fmt: skip
    flood = simulate(case, 3600.0, threads=1)
    q = 50.0e-3 / 3600.0 * (np.arange(columns) + 0.5) * cell_m
    off = flood.final.depth_m[1] / (n * q / np.sqrt(slope)) ** 0.6 - 1.0
    away, edge = float(np.abs(off[20:-8]).max()), float(off[-1])
    table("film of rain on a slope of 0.5 %", scheme.value, f"{away:.1%} from the kinematic depth, "
          f"{edge:+.0%} at the free edge", f"{most:.0%}, 45 %")  # fmt: skip
    assert away < most
    assert abs(edge) < 0.45
    assert abs(flood.mass.relative_error) < 1e-6


def test_a_series_that_ends_early_is_refused():
    case = rough_flood(Scheme.GODUNOV)
    short = Series(np.array([0.0, 100.0]), np.array([1.0, 1.0]))
    with pytest.raises(BadCase, match=r"rain covers 0\.\.100 s, the run 0\.\.200 s"):
        simulate(Case(grid=case.grid, rain=Rain(short)), 200.0)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_levee_holds_until_it_breaches(scheme):
    """A lake behind a crest 1 m above it; ten minutes on, four edges fall to the ground."""
    rows, columns, cut = 24, 40, 20
    grid = Grid(np.full((rows, columns), 100.0, dtype=np.float32), 10.0)
    depth = np.where(np.arange(columns) < cut, 2.0, 0.0) * np.ones((rows, 1))
    wall = tuple((row, cut, Side.WEST) for row in range(rows) if not 10 <= row < 14)
    gap = tuple((row, cut, Side.WEST) for row in range(10, 14))
    falls = Series(np.array([0.0, 600.0, 660.0, 9000.0]), np.array([103.0, 103.0, 100.0, 100.0]))
    case = Case(
        grid=grid, scheme=scheme, initial=Initial(depth), manning=0.03,
        levees=(Levee(edges=wall, crest_m=103.0), Levee(edges=gap, crest_m=falls)),
    )  # fmt: skip
    held = simulate(case, 600.0).final
    assert np.abs(held.depth_m - depth).max() < 1e-5
    end = simulate(case, 7200.0)
    assert abs(end.mass.relative_error) < 1e-6
    assert np.abs(end.final.depth_m - 1.0).max() < 0.05


@pytest.mark.parametrize(
    ("soil", "taken_mm"),
    [
        (ConstantLoss(mm_h=20.0), 20.0),
        # psi dtheta = 33 mm; ponded once F = 33 K / (i - K) = 6.6 mm, at 396 s; from there on
        # K (t - 396 s) = F - 6.6 - 33 ln((33 + F) / 39.6)
        (GreenAmpt(conductivity_mm_h=10.0, suction_m=0.11, deficit=0.3), 31.66),
        # S = 84.7 mm, Ia = 16.9 mm: Q = (60 - Ia)^2 / (60 + 0.8 S) = 14.5 mm
        (CurveNumber(number=75.0), 45.5),
    ],
)
def test_the_ground_takes_its_share_of_the_rain(soil, taken_mm):
    grid = Grid(np.zeros((20, 40), dtype=np.float32), 10.0)
    mass = simulate(Case(grid=grid, rain=Rain(60.0), infiltration=soil), 3600.0).mass
    assert mass.infiltration_m3 / (800 * 100.0) * 1e3 == pytest.approx(taken_mm, rel=0.02)
    assert abs(mass.relative_error) < 1e-6


def test_a_scheme_is_not_given_as_a_word():
    """The word equals the scheme, but would choose another buffer: it once tore the memory."""
    with pytest.raises(BadCase, match="'muscl' is no scheme"):
        Case(grid=Grid(np.zeros((4, 4), dtype=np.float32), 10.0), scheme="muscl")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_pond_wider_than_a_unit_keeps_its_water(scheme):
    """Two units side by side work out the flow between them each for itself, to the same bits."""
    columns = 1100
    z = np.tile(np.sin(np.arange(columns) / 9.0) * 0.3, (4, 1)).astype(np.float32)
    depth = np.where(np.arange(columns) % 200 < 100, 2.0, 1.0) * np.ones((4, 1))
    case = Case(grid=Grid(z, 10.0), scheme=scheme, initial=Initial(depth))
    assert abs(simulate(case, 300.0).mass.relative_error) < 1e-10


def test_the_longest_step_of_first_order_makes_no_waves_of_its_own():
    """Noise on deep still water dies away; a dam break between two levels stays between them."""
    noise = 0.1 * np.random.default_rng(1).standard_normal((40, 40))
    flat = Grid(np.zeros((40, 40), dtype=np.float32), 20.0)
    lake = Case(grid=flat, manning=0.0, initial=Initial(30.0 + noise), courant=0.6)
    assert simulate(lake, 300.0).final.depth_m.std() < 0.02
    y, x = np.mgrid[:40, :40]
    dam = replace(lake, initial=Initial(np.where(x + y < 40, 4.0, 1.0)))
    depth = simulate(dam, 30.0).final.depth_m
    assert depth.max() < 4.001
    assert depth.min() > 0.999
