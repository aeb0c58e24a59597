"""A river reach made ready, and a flood wave through it."""

import numpy as np
import pytest

from anlan.hazards.flood.reach import Reach, Roughness, case
from anlan.hazards.flood.shallow_water import BadCase, Outputs, Series, Side, simulate
from anlan.terrain.grid import Grid


@pytest.fixture
def straight_reach() -> tuple[Grid, Reach]:
    """A 4 km river 300 m wide and 12 m deep between rising banks, flowing east."""
    rows, columns, cell = 60, 220, 20.0
    across = np.abs(np.arange(rows) - 30)[:, None]
    z = np.where(across <= 7, 100.0, 112.0 + (across - 8) * 0.8) * np.ones((1, columns))
    grid = Grid(z.astype(np.float32), 0.0, 1200.0, cell)
    line = np.array([[200.0, 590.0], [2000.0, 590.0], [4200.0, 590.0]])
    hours = np.arange(0.0, 7.0) * 3600.0
    return grid, Reach(
        line_xy=line,
        surface_m=np.array([110.3, 110.2, 110.0]),
        inflow=Series(hours, np.full(7, 6000.0)),
        stage=Series(hours, 110.0 + np.array([0.0, 1.0, 2.0, 3.0, 4.0, 4.0, 4.0])),
    )


def test_the_river_is_wet_and_the_land_behind_its_ends_is_not(
    straight_reach: tuple[Grid, Reach],
) -> None:
    grid, reach = straight_reach
    made = case(grid, reach, Roughness())
    assert made.initial is not None
    wet = made.initial.depth_m > 0.0
    assert wet[30, 15:205].all()
    assert not wet[:20].any()
    assert np.isnan(made.grid.z[:, :10]).all()
    assert np.isnan(made.grid.z[:, 213:]).all()
    manning = np.asarray(made.manning)
    assert manning[30, 100] == np.float32(0.03)
    assert manning[5, 100] == np.float32(0.06)
    (end,) = made.boundaries
    assert end.side is Side.EAST
    assert end.cells is not None
    assert set(end.cells[:, 1]) == {211}


def test_the_river_starts_with_the_speed_of_its_discharge(
    straight_reach: tuple[Grid, Reach],
) -> None:
    grid, reach = straight_reach
    start = case(grid, reach, Roughness()).initial
    assert start is not None
    assert start.u_ms is not None
    assert start.v_ms is not None
    through = (start.depth_m * start.u_ms).sum(axis=0) * grid.cell_m
    assert through[20:200] == pytest.approx(np.full(180, 6000.0), rel=0.02)
    assert np.abs(start.v_ms).max() == 0.0


def test_a_rising_stage_floods_the_banks_upstream(straight_reach: tuple[Grid, Reach]) -> None:
    grid, reach = straight_reach
    flood = simulate(
        case(grid, reach, Roughness()),
        6 * 3600.0,
        Outputs(gauges=((30, 110),), gauge_every_s=600.0),
        threads=1,
    )
    surface = flood.gauges.surface_m[:, 0]
    assert surface[0] == pytest.approx(110.1, abs=0.1)
    assert (np.diff(surface[:25]) > 0.0).all()  # no wave of a river coming into motion
    assert 114.0 < surface[-1] < 115.0
    assert flood.max_depth_m is not None
    assert flood.max_depth_m[22, 110] == pytest.approx(2.2, abs=0.5)
    assert flood.max_depth_m[10, 110] == 0.0
    assert abs(flood.mass.relative_error) < 1e-7


def test_a_line_that_leaves_the_terrain_is_refused(straight_reach: tuple[Grid, Reach]) -> None:
    grid, reach = straight_reach
    away = Reach(
        line_xy=reach.line_xy + 5000.0,
        surface_m=reach.surface_m,
        inflow=reach.inflow,
        stage=reach.stage,
    )
    with pytest.raises(BadCase, match="leaves"):
        case(grid, away, Roughness())
    dry = Reach(
        line_xy=reach.line_xy,
        surface_m=reach.surface_m - 50.0,
        inflow=reach.inflow,
        stage=reach.stage,
    )
    with pytest.raises(BadCase, match="no water"):
        case(grid, dry, Roughness())
