"""What is left out of a computation because it is dry, and what is looked up only now and then."""

import numpy as np

from anlan.hazards.flood.shallow_water import Case, Grid, Inflow, Initial, Outputs, Rain, Series
from anlan.hazards.flood.shallow_water.fields import bare
from anlan.hazards.flood.shallow_water.simulation import _Simulation

DUST_M = 1e-6  # less water does not move
ASKED = Outputs(max_speed=True, max_hv=True, arrival_m=0.05)


def dam_break(rain=None):
    """A dam break down a rough valley that is dry and wide ahead, and a brook in its lower half."""
    y, x = np.mgrid[:90, :130]
    z = 0.06 * np.abs(y - 45) - 0.05 * x + 0.3 * np.sin(x * 0.7 + y * 1.3)
    depth = np.where(x < 20, np.maximum(3.0 - z, 0.0), 0.0)
    brook = Inflow(cells=np.array([[45, 100], [46, 100]]), discharge_m3s=4.0)
    return Case(
        grid=Grid(z.astype(np.float32), 10.0), manning=0.03, initial=Initial(depth),
        inflows=(brook,), rain=None if rain is None else Rain(rain),
    )  # fmt: skip


def ran(case, moments, everything=False):
    """A run that stops at the moments, the depth at each, and what it computed."""
    run = _Simulation(case, float(moments[-1]), ASKED, 1)
    run.run.pinned[...] |= everything
    run.keep()
    depths = []
    for moment in moments:
        run.advance(float(moment))
        depths.append(bare(run.water.h, case.grid.shape).copy())
    return run.result(), np.array(depths)


def test_what_is_left_out_changes_nothing():
    case = dam_break()
    some, _ = ran(case, [240.0])
    all_of_it, _ = ran(case, [240.0], everything=True)
    assert some.steps == all_of_it.steps > 200
    assert some.cell_updates < 0.6 * all_of_it.cell_updates
    for name in ("max_depth_m", "max_hv_m2s"):
        assert np.abs(getattr(some, name) - getattr(all_of_it, name)).max() < DUST_M, name
    np.testing.assert_array_equal(some.arrival_s, all_of_it.arrival_s)
    assert abs(some.mass.relative_error) < 1e-9


def test_rain_that_begins_in_the_middle_falls_everywhere():
    case = dam_break(Series(np.array([0.0, 90.0, 91.0, 120.0]), np.array([0.0, 0.0, 400.0, 400.0])))
    some, _ = ran(case, [90.0 + 1e-3, 120.0])
    once, _ = ran(case, [120.0])
    cells = case.grid.z.size
    for run in (some, once):
        assert run.mass.rain_m3 > 0.2e-3 * cells * 100.0
        assert abs(run.mass.relative_error) < 1e-9
        assert (run.final.depth_m > 0.0).all()


def test_an_arrival_is_the_end_of_the_first_step_with_that_depth():
    """In the brook's own cells, too, whose water rises between the steps, and under rain."""
    moments = np.arange(1, 401) * 0.1
    for case in (dam_break(), dam_break(rain=4000.0)):
        result, depths = ran(case, moments)
        assert result.steps == moments.size
        there = depths >= np.float32(0.05)
        first = np.where(there.any(axis=0), moments[there.argmax(axis=0)], np.nan)
        expected = np.where(case.initial.depth_m >= 0.05, 0.0, first)
        np.testing.assert_array_equal(result.arrival_s, expected.astype(np.float32))
        assert (result.arrival_s > 0.0).sum() > 100
        assert result.arrival_s[45, 100] > 0.0
