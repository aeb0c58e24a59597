import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from anlan.operations.territory.rules import (
    box_around,
    cell_of,
    cell_ranges,
    cells_of,
    mask_name,
    mask_phone,
)

LON = st.floats(73.0, 135.0)
LAT = st.floats(4.0, 53.0)


@given(LON, LAT, st.floats(0.01, 30.0), st.floats(0.0, 360.0), st.floats(0.0, 1.0))
def test_every_point_within_the_radius_lies_in_a_listed_cell(lon, lat, km, bearing, share):
    east, north, _ = Geod(ellps="GRS80").fwd(lon, lat, bearing, share * km * 1000.0)
    cell = cell_of(east, north)
    assert any(first <= cell <= last for first, last in cell_ranges(box_around(lon, lat, km)))


@given(st.lists(st.tuples(LON, LAT), min_size=1, max_size=50))
def test_arrays_of_points_get_the_same_cells_as_single_points(places):
    lon, lat = np.array(places).T
    assert cells_of(lon, lat).tolist() == [cell_of(*place) for place in places]


def test_a_cell_is_about_half_a_kilometre_wide():
    assert cell_of(106.4501, 29.5801) == cell_of(106.4549, 29.5849)
    assert cell_of(106.4501, 29.5801) != cell_of(106.4551, 29.5801)
    assert 0.005 * 111_320 * math.cos(math.radians(29.6)) == pytest.approx(484, abs=5)


@pytest.mark.parametrize(
    ("name", "shown"), [("王桂芳", "王**"), ("郑海", "郑*"), ("李", "李*"), ("", "")]
)
def test_a_private_name_keeps_its_family_name(name, shown):
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"), [("13812342207", "138****2207"), ("5551234", "*******"), ("", "")]
)
def test_a_telephone_keeps_its_first_three_and_last_four_digits(phone, shown):
    assert mask_phone(phone) == shown
