"""What no flood engine may get wrong: turned grids, finer grids, steep land, a day of sloshing."""

import numpy as np
import pytest

from anlan.hazards.flood.shallow_water import (
    Boundary,
    BoundaryKind,
    Case,
    Grid,
    Inflow,
    Initial,
    Outputs,
    Rain,
    Scheme,
    Side,
    simulate,
)

SCHEMES = tuple(Scheme)
MOST = Outputs(max_speed=True, gauge_every_s=600.0)
DAY = 86400.0
APART_M = 1e-4


def valley(cells: int) -> np.ndarray:
    """A valley of 600 m with a bend and an island, falling 6 m to the east."""
    middle = (np.arange(cells) + 0.5) * 600.0 / cells
    x, y = np.meshgrid(middle, middle)
    bed = 6.0 * (1.0 - x / 600.0) + 8.0 * ((y - 300.0 - 80.0 * np.sin(x / 90.0)) / 300.0) ** 2
    return bed + 3.0 * np.exp(-((x - 350.0) ** 2 + (y - 280.0) ** 2) / 1500.0)


def flooded(scheme: Scheme, z: np.ndarray, spring: tuple[int, int], outlet: Side) -> np.ndarray:
    case = Case(
        grid=Grid(z, 600.0 / z.shape[0]), scheme=scheme, manning=0.035, rain=Rain(30.0),
        inflows=(Inflow(cells=np.array([spring]), discharge_m3s=30.0),),
        boundaries=(Boundary(kind=BoundaryKind.FREE, side=outlet),),
    )  # fmt: skip
    depth = simulate(case, 900.0, MOST).max_depth_m
    assert depth is not None
    return depth


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_turned_or_mirrored_valley_floods_alike(scheme: Scheme, table) -> None:
    z = valley(60)
    own = flooded(scheme, z, (30, 2), Side.EAST)
    mirrored = flooded(scheme, z[::-1, ::-1], (29, 57), Side.WEST)[::-1, ::-1]
    turned = flooded(scheme, z.T, (2, 30), Side.SOUTH).T
    away = max(float(np.abs(own - other).max()) for other in (mirrored, turned))
    table("mirrored and transposed valley", scheme.value,
          f"greatest depths {away:.0e} m apart", f"{APART_M:.0e} m")  # fmt: skip
    assert away < APART_M


@pytest.mark.parametrize("scheme", SCHEMES)
def test_finer_cells_flood_the_same_places(scheme: Scheme, table) -> None:
    coarse, fine = valley(60), valley(120)
    depth = flooded(scheme, coarse, (30, 2), Side.EAST)
    finer = flooded(scheme, fine, (61, 5), Side.EAST).reshape(60, 2, 60, 2).mean(axis=(1, 3))
    away = np.abs(depth - finer)[2:-2, 4:-2]
    wet = ((depth > 0.1) == (finer > 0.1)).mean()
    table("valley on 10 m and 5 m cells", scheme.value,
          f"greatest depths {np.quantile(away, 0.95) * 100:.0f} cm apart on 95 % of cells, "
          f"{wet:.1%} wet alike", "10 cm, 95 %")  # fmt: skip
    assert np.quantile(away, 0.95) < 0.10
    assert wet > 0.95


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_dam_break_over_a_reversed_slope_dies_down_in_a_day(scheme: Scheme, table) -> None:
    """Water that runs up a slope, back, and over itself for 24 h, between walls."""
    columns = 120
    x = (np.arange(columns) + 0.5) * 20.0
    z = np.tile(np.where(x < 800.0, 0.0, (x - 800.0) * 0.01), (4, 1))
    start = Initial(np.tile(np.where(x < 400.0, 8.0, 0.0), (4, 1)))
    case = Case(grid=Grid(z, 20.0), scheme=scheme, manning=0.03, initial=start)
    flood = simulate(case, DAY, MOST, threads=1)
    depth, level = flood.final.depth_m, flood.final.depth_m + z
    wet = depth > 0.05
    table("dam break over a reversed slope, 24 h", scheme.value,
          f"level ±{float(np.ptp(level[wet])) / 2 * 1000:.1f} mm at the end, mass error "
          f"{abs(flood.mass.relative_error):.0e}", "5 mm, 1e-6")  # fmt: skip
    assert np.ptp(level[wet]) < 0.010
    assert flood.max_speed_ms is not None
    assert np.nanmax(flood.max_speed_ms) < 2.0 * np.sqrt(9.81 * 8.0) * 1.05
    assert abs(flood.mass.relative_error) < 1e-6


@pytest.mark.parametrize(("scheme", "hours"), [(s, h) for s in SCHEMES for h in (1, 24)])
def test_no_water_is_made_or_lost(scheme: Scheme, hours: int, table) -> None:
    z = valley(40)
    case = Case(
        grid=Grid(z, 15.0), scheme=scheme, manning=0.05, rain=Rain(20.0),
        inflows=(Inflow(cells=np.array([[20, 2]]), discharge_m3s=5.0),),
        boundaries=(Boundary(kind=BoundaryKind.FREE, side=Side.EAST),),
    )  # fmt: skip
    mass = simulate(case, hours * 3600.0, MOST, threads=1).mass
    table(f"rain, inflow and outflow, {hours} h", scheme.value,
          f"mass error {abs(mass.relative_error):.0e}", "1e-6")  # fmt: skip
    assert mass.rain_m3 == pytest.approx(20e-3 * 600.0**2 * hours, rel=1e-6)
    assert mass.inflow_m3 == pytest.approx(5.0 * 3600.0 * hours, rel=1e-9)
    assert abs(mass.relative_error) < 1e-6


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_burst_on_a_mountainside_stays_bounded(scheme: Scheme, table) -> None:
    """A slope of one in one with steps of 30 m: films and falls, no negative depth, no jet."""
    random = np.random.default_rng(3)
    rows, columns = 60, 40
    z = np.tile(np.arange(rows)[:, None] * -10.0, (1, columns))
    z = z + random.uniform(0.0, 30.0, z.shape)
    case = Case(
        grid=Grid(z, 10.0), scheme=scheme, manning=0.06, rain=Rain(150.0),
        boundaries=(Boundary(kind=BoundaryKind.FREE, side=Side.SOUTH),),
    )  # fmt: skip
    flood = simulate(case, 1800.0, MOST)
    assert flood.max_speed_ms is not None
    quickest = float(np.nanmax(flood.max_speed_ms))
    table("cloudburst on a slope of 1 in 1 with steps of 30 m", scheme.value, "no negative depth, "
          f"{quickest:.0f} m/s at most, mass error {abs(flood.mass.relative_error):.0e}",
          "30 m/s, 1e-6")  # fmt: skip
    assert (flood.final.depth_m >= 0.0).all()
    assert quickest < 30.0
    assert abs(flood.mass.relative_error) < 1e-6
