"""Who stands in the water, counted by hand on a floodplain of six cells."""

import numpy as np
import pytest

from anlan.impact.flood import (
    DRY,
    Flooding,
    at_points,
    by_community,
    depth_class,
    hazard_class,
    roads_under,
)
from anlan.terrain.grid import Grid

NEVER = np.nan


@pytest.fixture
def floodplain():
    """Two rows of three cells of 10 m; the lower left corner is at (0, 0)."""
    ground = Grid(np.zeros((2, 3), dtype=np.float32), 0.0, 20.0, 10.0)
    depth = np.array([[0.0, 0.02, 0.4], [0.3, 1.0, 2.5]], dtype=np.float32)
    arrival = np.array([[NEVER, NEVER, 5.0], [4.0, 3.0, 1.0]], dtype=np.float32)
    speed = np.array([[0.0, 3.0, 1.0], [0.2, 0.4, 0.5]], dtype=np.float32)
    return Flooding(ground, depth, arrival, speed, depth * speed)


@pytest.mark.parametrize(
    ("depth", "number"),
    [(0.0, DRY), (0.029, DRY), (0.03, 0), (0.29, 0), (0.3, 1), (0.5, 2), (1.0, 3), (1.99, 3),
     (2.0, 4), (30.0, 4), (np.nan, DRY)],
)  # fmt: skip
def test_a_class_begins_at_its_lower_bound(depth, number):
    assert depth_class(np.array([depth]))[0] == number


@pytest.mark.parametrize(
    ("depth", "speed", "number"),
    [(0.02, 9.0, DRY), (0.2, 0.5, 0), (0.4, 0.5, 1), (0.2, 1.9, 1), (1.1, 0.5, 2), (0.4, 1.6, 3),
     (1.9, 0.1, 3), (0.2, 2.5, 4), (1.9, 2.0, 4), (0.1, 4.5, 5), (4.5, 0.0, 5), (np.nan, 1.0, DRY)],
)  # fmt: skip
def test_shallow_water_that_runs_fast_is_as_dangerous_as_deep_water(depth, speed, number):
    found = hazard_class(np.array([depth]), np.array([speed]), np.array([depth * speed]))
    assert found[0] == number


def test_only_places_in_three_centimetres_of_water_are_hit(floodplain):
    x = np.array([5.0, 15.0, 25.0, 5.0, 15.0, 25.0, 95.0])
    y = np.array([15.0, 15.0, 15.0, 5.0, 5.0, 5.0, 5.0])
    hits = at_points(floodplain, x, y)
    assert hits.index.tolist() == [2, 3, 4, 5]
    assert hits.depth_class.tolist() == [1, 1, 3, 4]
    assert hits.arrival_h.tolist() == [5.0, 4.0, 3.0, 1.0]
    assert hits.hazard.tolist() == [1, 0, 2, 4]


def test_a_community_counts_its_own_people_by_depth(floodplain):
    x, y = np.array([25.0, 25.0, 15.0, 5.0]), np.array([5.0, 15.0, 5.0, 15.0])
    hits = at_points(floodplain, x, y)
    totals = by_community(
        hits, np.array([4, 2, 3, 9]), np.array([True, False, True, True]), np.array([1, 1, 0, 0]), 3
    )
    assert totals.people.tolist() == [[0, 0, 0, 3, 0], [0, 2, 0, 0, 4], [0] * 5]
    assert totals.households.tolist() == [1, 2, 0]
    assert totals.needs_help.tolist() == [1, 1, 0]
    assert totals.max_depth_m.tolist() == [1.0, 2.5, 0.0]
    assert totals.max_speed_ms.tolist() == pytest.approx([0.4, 1.0, 0.0])
    # those on the deep cell, and the old in a metre of water; not the nine in 0.3 m
    assert totals.unsafe.tolist() == [3, 4, 0]
    assert totals.first_arrival_h.tolist() == [3.0, 1.0, np.inf]


def test_a_flood_that_reaches_nobody_counts_nobody(floodplain):
    hits = at_points(floodplain, np.array([5.0]), np.array([15.0]))
    totals = by_community(hits, np.array([4]), np.array([False]), np.array([0]), 1)
    assert totals.people.sum() == totals.households.sum() == 0


def test_a_road_is_cut_where_cars_no_longer_pass(floodplain):
    # Road 0 runs through the lower row (0.3, 1.0, 2.5 m): all 30 m cut. Road 1 through the upper
    # row (0, 0.02, 0.4 m): the last 10 m. Road 2 lies far off.
    x = np.array([0.0, 30.0, 0.0, 15.0, 30.0, 900.0, 990.0])
    y = np.array([5.0, 5.0, 15.0, 15.0, 15.0, 5.0, 5.0])
    totals = roads_under(floodplain, x, y, np.array([0, 2, 5, 7]))
    assert totals.cut_m == pytest.approx([30.0, 10.0, 0.0])
    assert totals.max_depth_m.tolist() == pytest.approx([2.5, 0.4, 0.0])
    assert totals.first_arrival_h.tolist() == [1.0, 5.0, np.inf]


def test_depth_on_another_grid_is_refused(floodplain):
    with pytest.raises(ValueError, match="own grid"):
        Flooding(
            floodplain.grid, np.zeros((3, 3), dtype=np.float32), floodplain.arrival_h,
            floodplain.max_speed, floodplain.max_hv,
        )  # fmt: skip
