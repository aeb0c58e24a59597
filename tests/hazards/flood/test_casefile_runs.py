"""What a case file says about rain and edges is what the water does, segment by segment."""

from pathlib import Path

import numpy as np
import pytest
from tests.hazards.flood.plain import changed, raster

from anlan.hazards.flood.casefile import read_case
from anlan.hazards.flood.shallow_water import Outputs, simulate

ENDS = Outputs(gauge_every_s=1e9)
SPRING = '[[inflow]]\nname = "spring"\nat = [500105, 3270095]\nseries = "flow.csv"\n'
STAGE = (
    'kind = "stage"\nside = "west"\nbetween = [[500000, 3270080], [500000, 3270000]]\nstage_m = 3.5'
)
EDGES = """kind = "free"
side = "west"
between = [[500000, 3270050], [500000, 3270000]]
[[boundary]]
kind = "flow"
side = "east"
between = [[500120, 3270070], [500120, 3270040]]
discharge_m3s = 0.6
[[boundary]]
kind = "stage"
side = "north"
between = [[500060, 3270100], [500090, 3270100]]
series = "stage.csv"
[[boundary]]
kind = "wall"
side = "south"
"""


@pytest.fixture
def edges(folder: Path) -> Path:
    """Water leaves in the south-west, enters over three cells in the east and three in the north;
    ten minutes of rain on all, then twenty on the west alone."""
    rain = np.zeros((3, 10, 12))
    rain[0], rain[1:, :, :6] = 30.0, 12.0
    raster(folder / "rain.tif", rain)
    (folder / "stage.csv").write_text("minutes,stage_m\n0,3.6\n30,3.9\n")
    changed(folder, SPRING, "")
    changed(folder, STAGE, EDGES)
    changed(folder, 'duration = "1h"', 'duration = "30min"')
    changed(folder, "rain_mm_h = 20", 'maps = "rain.tif"\nevery = "10min"')
    return folder


def test_water_enters_where_the_segments_are_and_nowhere_else(edges: Path) -> None:
    changed(edges, '[rain]\nmaps = "rain.tif"\nevery = "10min"\n', "")
    case = read_case(edges / "case.toml").case
    wet = simulate(case, 4.0, ENDS).final.depth_m > 1e-3
    assert wet[3:6, 11].all()
    assert wet[0, 6:9].all()
    assert not wet[7:, :].any()
    assert not wet[:, :3].any()


def test_rain_maps_and_segments_give_the_volumes_that_the_file_says(edges: Path) -> None:
    asked = read_case(edges / "case.toml")
    flood = simulate(asked.case, asked.until_s, ENDS)
    cells = np.isfinite(asked.ground.z)
    rain = 30e-3 / 6.0 * cells.sum() + 12e-3 / 3.0 * cells[:, :6].sum()
    # a step over the end of a map takes the map of its middle
    assert flood.mass.rain_m3 == pytest.approx(rain * 100.0, rel=2e-3)
    assert flood.mass.boundary_in_m3 > 0.6 * 1800.0
    assert flood.mass.boundary_out_m3 > 0.5 * flood.mass.boundary_in_m3
    assert abs(flood.mass.relative_error) < 1e-6
    deep = flood.max_depth_m
    # the stage ends 0.7 m above the ground under its segment
    assert deep is not None
    assert 3.9 - asked.ground.z[0, 7] - 0.3 < deep[0, 7] < 3.9 - asked.ground.z[0, 7] + 0.05
