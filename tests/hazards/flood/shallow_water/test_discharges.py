"""The discharge over each edge and through each link, told over time."""

from itertools import pairwise

import numpy as np
import pytest
from tests.hazards.flood.shallow_water.test_flow_boundaries import SPREAD, came_by, valley

from anlan.hazards.flood.shallow_water import (
    Boundary,
    BoundaryKind,
    Case,
    Grid,
    Initial,
    Outputs,
    Pump,
    Scheme,
    Series,
    Side,
    simulate,
)


@pytest.mark.parametrize("scheme", Scheme)
def test_the_discharge_over_each_edge_and_link_is_told_over_time(scheme):
    """In from the west, out over the east and by a pump: means between readings, which add up."""
    out = Boundary(kind=BoundaryKind.FREE, side=Side.EAST)
    pump = Pump(cell=(9, 0), on_m=10.0, off_m=9.9, capacity=0.5)
    case = Case(grid=Grid(valley(columns=20), 10.0), manning=0.05, scheme=scheme,
                boundaries=(out, SPREAD), links=(pump,))  # fmt: skip
    told = simulate(case, 1500.0, Outputs(gauge_every_s=60.0))
    t, flow = told.gauges.t_s, told.discharges
    assert flow.boundaries_m3s.shape == (t.size, 2)
    assert np.isnan(flow.boundaries_m3s[0]).all()
    given = [(came_by(b) - came_by(a)) / (b - a) for a, b in pairwise(t)]
    assert flow.boundaries_m3s[1:, 1] == pytest.approx(given, rel=1e-6)
    assert (flow.boundaries_m3s[1:, 0] <= 0.0).all()
    sums = (flow.boundaries_m3s[1:] * np.diff(t)[:, None]).sum(axis=0)
    assert -sums[0] == pytest.approx(told.mass.boundary_out_m3, rel=1e-9)
    assert told.mass.boundary_out_m3 > 1000.0
    assert sums[1] == pytest.approx(told.mass.boundary_in_m3, rel=1e-9)
    pumped = (flow.links_m3s[1:, 0] * np.diff(t)).sum()
    assert pumped == pytest.approx(told.mass.links_out_m3, rel=1e-9)
    assert np.nanmax(flow.links_m3s) == pytest.approx(0.5, rel=1e-9)


@pytest.mark.parametrize("scheme", Scheme)
def test_a_tide_counts_as_what_came_and_as_what_went(scheme):
    """Twice up and down by half a metre: what the readings say of both directions."""
    t = np.arange(0.0, 3601.0, 30.0)
    tide = Series(t, 2.0 + 0.5 * np.sin(2.0 * np.pi * t / 1800.0))
    flat = Grid(np.zeros((1, 40)), 10.0)
    sea = Boundary(kind=BoundaryKind.STAGE, side=Side.WEST, value=tide)
    case = Case(grid=flat, manning=0.03, scheme=scheme, boundaries=(sea,),
                initial=Initial.surface(flat, 2.0))  # fmt: skip
    told = simulate(case, 3600.0, Outputs(gauge_every_s=1.0))
    crossed = told.discharges.boundaries_m3s[1:, 0] * np.diff(told.gauges.t_s)
    came, went = crossed[crossed > 0.0].sum(), -crossed[crossed < 0.0].sum()
    assert min(came, went) > 5.0 * abs(came - went)
    assert told.mass.boundary_in_m3 == pytest.approx(came, rel=1e-2)
    assert told.mass.boundary_out_m3 == pytest.approx(went, rel=1e-2)
    assert abs(told.mass.relative_error) < 1e-6
