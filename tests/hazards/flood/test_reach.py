"""A river reach made ready, and a flood wave through it."""

import numpy as np
import pytest

from anlan.hazards.flood.local_inertial import BadCase, Series, Settings, simulate
from anlan.hazards.flood.reach import Reach, Roughness, case
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
    made = case(grid, reach, Roughness(), 3600.0)
    assert made.initial_surface is not None
    wet = made.initial_surface > made.z
    assert wet[30, 15:205].all()
    assert not wet[:20].any()
    assert np.isnan(made.z[:, :10]).all()
    assert np.isnan(made.z[:, 213:]).all()
    manning = np.asarray(made.manning)
    assert manning[30, 100] == np.float32(0.03)
    assert manning[5, 100] == np.float32(0.06)
    stage_cells = made.stages[0].cells
    assert set(stage_cells[:, 1]) <= {210, 211, 212}


def test_a_rising_stage_floods_the_banks_upstream(straight_reach: tuple[Grid, Reach]) -> None:
    grid, reach = straight_reach
    flood = simulate(case(grid, reach, Roughness(), 6 * 3600.0), Settings(probes=((30, 110),)))
    surface = flood.probe_surface[:, 0]
    assert surface[0] == pytest.approx(110.1, abs=0.1)
    assert 114.0 < surface[-1] < 115.0
    assert flood.max_depth[22, 110] == pytest.approx(2.2, abs=0.5)
    assert flood.max_depth[10, 110] == 0.0
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
        case(grid, away, Roughness(), 3600.0)
    dry = Reach(
        line_xy=reach.line_xy,
        surface_m=reach.surface_m - 50.0,
        inflow=reach.inflow,
        stage=reach.stage,
    )
    with pytest.raises(BadCase, match="no water"):
        case(grid, dry, Roughness(), 3600.0)
