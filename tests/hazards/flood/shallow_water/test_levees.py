"""What stands behind a levee is not felt before it: not by a face, not by a slope in a cell."""

from dataclasses import replace

import numpy as np
import pytest

from anlan.hazards.flood.shallow_water import (
    Case,
    Grid,
    Initial,
    Levee,
    Outputs,
    Scheme,
    Side,
    simulate,
)

ROWS, COLUMNS, CUT = 24, 40, 20
POOL_M = 10.0  # stands still beyond a wall and sets the length of every step


def sloshing(behind_m: np.ndarray, turn: bool = False) -> Case:
    """Two basins, a levee between them that nothing overtops; a wave runs in the first."""
    x = np.arange(COLUMNS)
    depth = np.where(x < CUT, 2.0 + 0.3 * np.cos(x / 4.0), 0.0) * np.ones((ROWS, 1))
    depth[:, CUT:] = behind_m
    ground = np.zeros(depth.shape, dtype=np.float32)
    ground[:, -3], depth[:, -2:] = np.nan, POOL_M
    edges = tuple((row, CUT, Side.WEST) for row in range(ROWS))
    if turn:
        depth = np.ascontiguousarray(depth.T)
        ground = np.ascontiguousarray(ground.T)
        edges = tuple((CUT, row, Side.NORTH) for row in range(ROWS))
    return Case(
        grid=Grid(ground, 10.0), manning=0.0,
        initial=Initial(depth), levees=(Levee(edges=edges, crest_m=9.0),),
    )  # fmt: skip


@pytest.mark.parametrize("turn", [False, True])
@pytest.mark.parametrize("scheme", Scheme)
def test_a_wave_before_a_levee_does_not_feel_the_water_behind(scheme: Scheme, turn: bool) -> None:
    x = np.arange(COLUMNS - CUT)
    waves = np.tile(2.5 - 0.4 * np.cos(x / 3.0), (ROWS, 1))
    own = []
    for behind in (np.full((ROWS, COLUMNS - CUT), 1.0), waves):
        case = replace(sloshing(behind, turn), scheme=scheme)
        end = simulate(case, 20.0, Outputs(gauge_every_s=1e9)).final
        own.append(end.depth_m[:CUT] if turn else end.depth_m[:, :CUT])
    assert np.array_equal(own[0], own[1])
