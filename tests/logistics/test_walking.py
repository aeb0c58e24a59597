"""Walking distances."""

import numpy as np
import pytest

from anlan.logistics.walking import distances_m


def test_a_way_is_the_straight_line_times_the_detour() -> None:
    way = distances_m([[0.0, 0.0], [300.0, 400.0]], [[300.0, 400.0]], detour=1.3)
    assert way.tolist() == [[pytest.approx(650.0)], [0.0]]


def test_nothing_to_walk_to_is_an_empty_table() -> None:
    assert distances_m([[0.0, 0.0]], np.empty((0, 2))).shape == (1, 0)


def test_what_cannot_be_walked_is_refused() -> None:
    with pytest.raises(ValueError, match="straight line"):
        distances_m([[0.0, 0.0]], [[1.0, 1.0]], detour=0.9)
    with pytest.raises(ValueError, match="no position"):
        distances_m([[np.nan, 0.0]], [[1.0, 1.0]])
