"""What a track shows, against geometry worked by hand and against the ellipsoid of PROJ."""

import random
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import pairwise

import pytest
from pyproj import Geod
from tests.operations.patrols.conftest import north

from anlan.operations.patrols.rules.rhythm import Plan, is_due, span
from anlan.operations.patrols.rules.states import Rhythm
from anlan.operations.patrols.rules.track import (
    Fix,
    Limits,
    Point,
    manned,
    metres_between,
    slots_of,
    walked,
)
from anlan.vocabulary.clock import CHINA

EIGHT = datetime(2026, 3, 2, 8, tzinfo=CHINA)
LIMITS = Limits(worst_accuracy_m=100, most_kmh=15, gap=timedelta(minutes=10),
                slack=timedelta(minutes=15))  # fmt: skip
ELLIPSOID = Geod(ellps="WGS84")


def fix(minutes, metres, accuracy=5.0):
    return Fix(EIGHT + timedelta(minutes=minutes), *north(metres), accuracy)


def point(metres, radius=50):
    return Point("点", *north(metres), radius)


def shown(points, fixes, minutes=60):
    return walked(points, fixes, EIGHT, EIGHT + timedelta(minutes=minutes), LIMITS)


def test_the_distance_is_that_of_the_ellipsoid_within_half_a_percent():
    draw = random.Random(7)
    for _ in range(200):
        one, to = [(106.3 + draw.random() / 3, 29.4 + draw.random() / 3) for _ in range(2)]
        truth = ELLIPSOID.inv(*one, *to)[2]
        assert metres_between(*one, *to) == pytest.approx(truth, rel=0.005)


@pytest.mark.parametrize(
    ("off", "accuracy", "reached"),
    [
        (49, 0, True),
        (52, 0, False),
        (69, 20, True),
        (72, 20, False),  # beyond what the accuracy explains
        (99, 80, True),
        (102, 80, False),  # the accuracy widens the circle by the radius at most
        (0, 101, False),  # worth nothing at all
    ],
)
def test_a_point_is_reached_within_its_radius_and_the_accuracy(off, accuracy, reached):
    seen = shown([point(0)], [fix(5, off, accuracy)])
    assert bool(seen.reached) is reached


def test_the_first_fix_near_enough_says_when_and_how_far_off():
    seen = shown([point(300)], [fix(1, 0), fix(6, 260), fix(7, 310), fix(9, 400)])
    (one,) = seen.reached
    assert one.at == EIGHT + timedelta(minutes=6)
    assert one.off_m == pytest.approx(40, abs=1)


def test_four_of_five_points_are_eighty_percent_and_none_is_rounded_up():
    points = [point(m) for m in (0, 300, 600, 900, 1200)]
    fixes = [fix(m / 60, m) for m in range(0, 961, 30)]
    assert shown(points, fixes).share == 80
    assert shown([*points, point(1500)], fixes).share == 66


def test_the_length_is_what_was_walked_and_standing_still_adds_nothing():
    there = [fix(m / 60, m) for m in range(0, 1201, 30)]
    still = [fix(20 + i, 1200 + (4 if i % 2 else -4)) for i in range(1, 30)]
    assert shown([point(0)], there).metres == pytest.approx(1200, rel=0.005)
    assert shown([point(0)], there + still).metres == pytest.approx(1200, rel=0.01)


def test_a_gap_is_longer_than_ten_minutes_also_before_the_first_and_after_the_last_fix():
    seen = shown([point(0)], [fix(12, 0), fix(22, 0), fix(33, 0)], minutes=50)
    assert [(at - EIGHT, minutes) for at, minutes in seen.gaps] == [
        (timedelta(), 12.0), (timedelta(minutes=22), 11.0), (timedelta(minutes=33), 17.0)
    ]  # fmt: skip


def test_a_fix_that_nobody_could_come_to_is_doubtful_and_ticks_nothing_off():
    # 600 m in a minute is 36 km/h; back again the same.
    seen = shown([point(0), point(600)], [fix(0, 0), fix(1, 600), fix(2, 0), fix(3, 30)])
    assert [one.index for one in seen.reached] == [0]
    assert seen.doubtful == (EIGHT + timedelta(minutes=1), EIGHT + timedelta(minutes=2))
    assert seen.metres < 100
    by_vehicle = walked([point(600)], [fix(0, 0), fix(1, 600)], EIGHT, EIGHT,
                        replace(LIMITS, most_kmh=100))  # fmt: skip
    assert by_vehicle.share == 100


def test_what_two_bad_positions_explain_is_no_speed():
    assert not shown([point(0)], [fix(0, 0, 60), fix(0.5, 150, 60)]).doubtful


def test_the_order_in_which_positions_come_does_not_matter():
    fixes = [fix(m / 60, m) for m in range(0, 1201, 30)]
    points = [point(m) for m in (0, 600, 1200)]
    mixed = fixes[:]
    random.Random(3).shuffle(mixed)
    assert mixed != fixes
    assert shown(points, mixed) == shown(points, fixes)


def test_a_post_owes_a_sign_of_life_at_its_begin_every_hour_and_at_its_end():
    noon = EIGHT + timedelta(hours=4)
    slots = slots_of(EIGHT, noon, timedelta(hours=1))
    assert [f"{one:%H:%M}" for one in slots] == ["08:00", "09:00", "10:00", "11:00", "12:00"]
    assert slots_of(EIGHT, noon, None) == [EIGHT, noon]
    fixes = [fix(14, 20), fix(76, 0), fix(118, 0), fix(180, 400), fix(238, 10)]
    seen = manned(point(0, 60), slots, fixes, EIGHT, noon, LIMITS)
    # 09:16 is a minute too late; at 11:00 somebody was 400 m away.
    assert [one.index for one in seen.reached] == [0, 2, 4]
    assert (seen.asked, seen.share) == (5, 60)


def test_rhythms_of_days_and_seasons():
    begin = EIGHT.date()
    days = [begin + timedelta(days=n) for n in range(-3, 120)]
    third = Plan(rhythm=Rhythm.DAYS, begins_on=begin, every=3, months={3, 5})
    due = [day for day in days if is_due(third, day)]
    assert {day.month for day in due} == {3, 5}
    assert min(due) == begin
    assert {(b - a).days for a, b in pairwise(due) if a.month == b.month} == {3}
    assert not any(is_due(replace(third, rhythm=Rhythm.CALLED), day) for day in days)
    daily = replace(third, rhythm=Rhythm.DAILY, months=())
    assert [day for day in days if is_due(daily, day)] == [d for d in days if d >= begin]


def test_a_night_ends_on_the_next_day():
    plan = Plan(rhythm=Rhythm.DAILY, begins_on=EIGHT.date(), since=time(20), until=time(8))
    begin, end = span(plan, EIGHT.date(), EIGHT)
    assert (begin, end) == (EIGHT + timedelta(hours=12), EIGHT + timedelta(hours=24))
