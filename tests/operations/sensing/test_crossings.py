"""Level, hysteresis and duration, worked out by hand."""

from datetime import datetime, timedelta

import pytest

from anlan.operations.sensing.rules.crossings import Limit, Point, breaks, episodes
from anlan.operations.sensing.rules.rates import rate_per_h
from anlan.vocabulary.clock import CHINA

START = datetime(2020, 8, 18, 8, 0, tzinfo=CHINA)
GAP_S = 600.0


def every_five_minutes(*values):
    return [Point(START + timedelta(minutes=5 * n), v) for n, v in enumerate(values)]


def minutes(moment):
    return None if moment is None else (moment - START).total_seconds() / 60


def spans(points, limit, **more):
    return [
        (minutes(e.began_at), minutes(e.reached_at), minutes(e.ended_at))
        for e in episodes(points, limit, GAP_S, **more)
    ]


def test_reaching_the_level_counts():
    assert spans(every_five_minutes(181, 182), Limit(182)) == [(5, 5, None)]


def test_a_level_converted_between_datums_is_reached_in_spite_of_rounding():
    assert spans(every_five_minutes(185.64), Limit(184.00 + 1.64 + 1e-9)) == [(0, 0, None)]


def test_a_crossing_shorter_than_the_duration_is_none():
    assert spans(every_five_minutes(183, 183, 181, 183), Limit(182, 0, 600)) == []


def test_a_crossing_begins_with_its_first_reading_and_is_reached_after_the_duration():
    assert spans(every_five_minutes(181, 183, 183, 183), Limit(182, 0, 600)) == [(5, 15, None)]


def test_it_ends_only_below_level_minus_hysteresis():
    limit = Limit(182, 0.1)
    assert spans(every_five_minutes(182.2, 181.95, 181.9, 182.0), limit) == [(0, 0, None)]
    assert spans(every_five_minutes(182.2, 181.95, 181.89), limit) == [(0, 0, 10)]


def test_a_gap_never_counts_as_duration():
    points = [Point(START + timedelta(minutes=m), 183.0) for m in (0, 5, 120, 125, 130)]
    assert spans(points, Limit(182, 0, 600)) == [(120, 130, None)]


def broken(points, limit, until):
    """Counting since, last reading before, next one: minutes."""
    found = breaks(points, limit, GAP_S, START + timedelta(minutes=until))
    return [(minutes(one.began_at), minutes(one.last_at), minutes(one.next_at)) for one in found]


def test_a_gap_that_breaks_a_running_duration_is_told_whatever_comes_after_it():
    high, low = 183.0, 181.0
    limit = Limit(182, 0, 900)
    at = [(0, high), (5, high), (40, high), (45, low), (50, high), (80, low), (90, high)]
    points = [Point(START + timedelta(minutes=m), value) for m, value in at]
    # At 45 the value itself ended it. At 90 it was still counting: not yet broken at 100.
    assert broken(points, limit, 100) == [(0, 5, 40), (50, 50, 80)]
    assert broken(points, limit, 101) == [(0, 5, 40), (50, 50, 80), (90, 90, None)]


def test_no_data_breaks_a_running_duration_and_a_gap_under_the_limit_or_while_it_lasts_does_not():
    limit = Limit(182, 0, 900)
    assert broken(every_five_minutes(183, 183, None, None, 183, 181), limit, 25) == [(0, 5, 20)]
    assert broken(every_five_minutes(181, None, 181, 183, 181), limit, 20) == []
    lasting = [Point(START + timedelta(minutes=m), 183.0) for m in (0, 5, 10, 15, 60)]
    assert broken(lasting, limit, 60) == []
    assert broken(lasting, Limit(182), 200) == []  # without a duration there is none to break


def test_no_data_neither_lasts_nor_ends():
    assert spans(every_five_minutes(183, None, 183, 183), Limit(182, 0, 600)) == []
    assert spans(every_five_minutes(183, None, None, 183), Limit(182)) == [(0, 0, None)]


def test_a_crossing_under_way_needs_no_new_duration():
    assert spans(every_five_minutes(181.95, 181), Limit(182, 0.1, 600), already=True) == [(0, 0, 5)]


def test_two_crossings_are_two():
    assert spans(every_five_minutes(183, 181, 183, 181), Limit(182)) == [(0, 0, 5), (10, 10, 15)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([180 + 0.01 * n for n in range(13)], 0.12),
        ([180.0, 181.0], None),
        ([180.0], None),
        ([], None),
    ],
)
def test_the_rate_is_the_change_over_the_hour_before(values, expected):
    assert rate_per_h(every_five_minutes(*values), GAP_S) == pytest.approx(expected)


def test_the_rate_is_interpolated_between_the_neighbours_of_an_hour_before():
    points = [
        Point(START + timedelta(minutes=m), v) for m, v in ((0, 180.0), (10, 180.2), (65, 181))
    ]
    assert rate_per_h(points, GAP_S) == pytest.approx(181 - 180.1)
    assert rate_per_h(points, 300) is None
