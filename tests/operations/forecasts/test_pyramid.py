"""The coarser levels of the water, against small maps drawn and counted by hand."""

import numpy as np
import pytest

from anlan.operations.forecasts.rules.pyramid import coarser, lasting, level_at

STAGE_M = 180.0


def drawn(*rows):
    """Depth and surface of a drawn map: a digit is so many metres of flood, ~ the river with its
    water at 170 m, a dot dry land. The flood's surface stands at 180 m."""
    cells = np.array([list(row) for row in rows])
    river = cells == "~"
    depth = np.where(cells == ".", "0", cells)
    depth = np.where(river, "nan", depth).astype(np.float32)
    surface = np.where(river, 170.0, np.where(cells == ".", np.nan, STAGE_M)).astype(np.float32)
    return depth, surface


def seen(level, *rows, most=None):
    """What the level shows: a digit for the depth, ~ river, . dry."""
    depth, surface = drawn(*rows)
    greatest = drawn(*most)[1] if most else surface
    coarse, heights = coarser(depth, surface, lasting(~np.isnan(greatest), level), level)
    return [
        "".join(
            "." if np.isnan(high) else "~" if np.isnan(deep) else f"{deep:.0f}"
            for deep, high in zip(*pair, strict=True)
        )
        for pair in zip(coarse, heights, strict=True)
    ]


def test_half_a_cell_of_water_is_wet_and_less_beside_it_is_not():
    assert seen(
        1,
        "111...",
        "111...",
        "11....",
        "1.1...",
    ) == ["11.", "1.."]  # fmt: skip


def test_the_area_of_a_straight_shore_stays_true():
    """A shore moved over the cells of a level: its coarse area is never off by over half a cell."""
    for columns in range(8, 17):
        found = seen(2, *["1" * columns + "." * (24 - columns)] * 8)
        assert abs(found[0].count("1") * 4 - columns) <= 2


def test_a_lone_cell_is_left_out_and_a_channel_of_one_cell_is_not():
    assert seen(
        2,
        "9...............",
        "..............9.",
        "................",
        "................",
        "................",
        "2222222222222222",
        "................",
        "................",
    ) == ["....", "2222"]  # fmt: skip


def test_a_channel_stays_joined_to_the_wide_water_it_comes_from():
    assert seen(
        2,
        "1111............",
        "1111222222222222",
        "1111............",
        "1111............",
    ) == ["1222"]  # fmt: skip


def test_the_deepest_flood_is_kept_however_little_of_the_cell_it_is():
    assert seen(
        1,
        "1171",
        "1111",
    ) == ["17"]  # fmt: skip


def test_a_cell_is_river_where_more_of_it_is_river_than_flood():
    assert seen(
        1,
        "~~~11~",
        "~1111.",
    ) == ["~11"]  # fmt: skip


def test_the_level_of_a_cell_is_the_mean_of_its_wet_ones():
    depth = np.array([[1.0, 1.0], [0.0, 4.0]], dtype=np.float32)
    surface = np.array([[180.0, 181.0], [np.nan, 184.0]], dtype=np.float32)
    _, heights = coarser(depth, surface, lasting(~np.isnan(surface), 1), 1)
    assert heights[0, 0] == pytest.approx((180.0 + 181.0 + 184.0) / 3)


def test_a_pools_greatest_extent_says_whether_it_is_shown_so_that_it_does_not_blink():
    first = ["1.......", "........", "........", "........"]
    later = ["1111....", "1111....", "........", "........"]
    assert seen(2, *first, most=later) == ["1."]
    assert seen(2, *later, most=later) == ["1."]
    assert seen(2, *first, most=first) == [".."]


def test_cells_beyond_the_edge_are_dry():
    assert seen(
        1,
        "111",
        "111",
        "111",
    ) == ["11", "1."]  # fmt: skip


@pytest.mark.parametrize(("cell_m", "levels"), [
    (20.0, {14: 0, 13: 0, 12: 1, 11: 2, 10: 3, 9: 4, 8: 5}),
    (10.0, {14: 0, 13: 1, 12: 2, 11: 3, 10: 4, 9: 5, 8: 6}),
    (40.0, {14: 0, 12: 0, 11: 1, 8: 4}),
])  # fmt: skip
def test_no_cell_of_a_zooms_level_is_narrower_than_its_pixel(cell_m, levels):
    """A pixel at 30° north: 8.27 m at zoom 14, twice that a zoom less."""
    assert {zoom: level_at(zoom, cell_m) for zoom in levels} == levels
