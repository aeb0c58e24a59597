"""Checks flag and never delete, and the same log in any order ends in the same flags."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.actions import make_rollups, record_frames, register_stations
from anlan.operations.sensing.actions.register import BadStation
from anlan.operations.sensing.models import LatestReading, Reading, ReadingRevision, RollUp
from anlan.operations.sensing.rules.crossings import Point
from anlan.operations.sensing.rules.quality import Allowed, Flag, jumps, unlike, unmoved
from anlan.operations.sensing.rules.quality_limits import LIMITS, BadLimits, limits_of
from anlan.vocabulary.elements import Element
from anlan.vocabulary.frames import Frame
from anlan.vocabulary.readings import Reading as Said

from .conftest import CIQIKOU, START

pytestmark = pytest.mark.django_db(databases="__all__")
ALLOWED = Allowed(0.3, 3.0)
RAIN = [
    replace(
        CIQIKOU, code=f"rain{n}", name=f"雨{n}", kind="rain", device=f"500106001{n}", datum="",
        offset_m=None, lat=29.58 + n / 100, elements=("rain_hour",), river="",
    )
    for n in range(4)
]  # fmt: skip


def points(*values, step_min=5):
    return [Point(START + timedelta(minutes=step_min * n), v) for n, v in enumerate(values)]


def minutes(moments):
    return sorted(int((at - START).total_seconds() // 60) for at in moments)


def flags(device="5001060001"):
    rows = Reading.objects.order_by("series", "at")
    return {(r.series, minutes([r.at])[0]): Flag(r.flags) for r in rows if r.flags}


def make_all():
    while make_rollups():
        pass


def test_a_spike_is_a_jump_and_the_way_back_is_none():
    assert minutes(jumps(points(180.0, 185.0, 180.1, 180.2), ALLOWED, 600)) == [5]


def test_a_rise_that_stays_is_one_jump():
    assert minutes(jumps(points(180.0, 185.0, 185.1, 185.1), ALLOWED, 600)) == [5]


def test_across_a_gap_nothing_is_said():
    assert not jumps(points(180.0, 185.0, step_min=15), ALLOWED, 600)
    assert not jumps(points(180.0, None, None, 185.0), ALLOWED, 600)


def test_what_does_not_move_for_its_hours_is_flagged_from_then_on():
    run = points(180.0, 180.0, 180.01, 180.0, step_min=20)
    hours = {START - timedelta(hours=n): (180.0, 180.0) for n in range(1, 4)}
    assert minutes(unmoved(run, hours, 3, 600)) == [0, 20]
    assert not unmoved(run, hours, 4, 600)
    assert not unmoved(run, hours | {START - timedelta(hours=2): (180.0, 180.1)}, 3, 600)


def test_a_gap_ends_what_does_not_move_unless_the_station_reports_so_seldom():
    hours = {START - timedelta(hours=n): (7.0, 7.0) for n in (4, 8, 12)}
    assert not unmoved(points(7.0), hours, 12, 600)
    assert minutes(unmoved(points(7.0), hours, 12, 8 * 3600)) == [0]


def test_neighbours_decide_only_when_there_are_enough():
    assert unlike(80.0, [2.0, 3.0, 90.0], 50.0)
    assert not unlike(80.0, [2.0, 3.0], 50.0)


@pytest.mark.parametrize(
    "here",
    [{"range": [2.0, 1.0]}, {"same_h": 0}, {"same_h": 1.5}, {"step": [0, 0]}, {"off": ["x"]},
     {"apart": 1.0}, {"steep": 1.0}, {"range": [1.0]}, {"step": "fast"}],
)  # fmt: skip
def test_limits_that_cannot_be_are_refused(here):
    with pytest.raises(BadLimits):
        limits_of("stage", here)


def test_a_district_says_what_is_usual_here():
    here = limits_of("stage", {"range": [170, 196], "off": ["persistence"]})
    assert (here.low, here.high, here.same_h, here.allowed) == (170.0, 196.0, None, ALLOWED)
    assert all(limits.source for limits in LIMITS.values())


def test_a_station_with_limits_that_cannot_be_is_not_registered(drill_clock, db):
    wrong = replace(CIQIKOU, quality={"stage": {"range": [2, 1]}})
    with pytest.raises(BadStation, match="ciqikou: stage"):
        register_stations(PLATFORM, [wrong], [])


def test_a_flagged_value_is_stored_as_it_came(gauge):
    gauge.rises(180.0, 185.0, 180.1)
    make_all()
    row = Reading.objects.get(flags__gt=0)
    assert (row.value, Flag(row.flags), minutes([row.at])) == (185.0, Flag.STEP, [5])


def test_what_came_between_afterwards_takes_the_flag_away(gauge):
    gauge.says(0, 180.0)
    gauge.says(10, 181.0)
    make_all()
    assert Reading.objects.get(flags__gt=0).value == 181.0
    record_frames([gauge.frame(5, 180.5)])
    make_all()
    assert not flags()


def test_a_clock_ahead_is_flagged_on_what_it_says(gauge):
    ahead = gauge.frame(30, 180.0)
    record_frames([ahead])
    make_all()
    assert Flag(Reading.objects.get().flags) == Flag.FUTURE


def rain(n, hour, value):
    at = START + timedelta(hours=hour)
    said = Said(RAIN[n].device, Element.RAIN_HOUR, at, value, at)
    return Frame("sl651", RAIN[n].device, at, "7E", (said,))


def test_a_gauge_unlike_its_neighbours_is_flagged_when_the_last_of_them_came(gauge):
    register_stations(PLATFORM, RAIN, [])
    record_frames([rain(0, 1, 90.0), rain(1, 1, 3.0), rain(2, 1, 4.0)])
    make_all()
    assert not flags()
    record_frames([rain(3, 1, 5.0)])
    make_all()
    assert [Flag(r.flags) for r in Reading.objects.filter(value=90.0)] == [Flag.NEIGHBOUR]
    assert len(flags()) == 1


stages = st.sampled_from([180.0, 180.0, 180.0, 180.3, 184.0, None])


@settings(max_examples=12, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(values=st.lists(stages, min_size=8, max_size=16), data=st.data())
def test_the_same_log_in_any_order_ends_in_the_same_flags(gauge, values, data):
    """Stages of 20 minutes with a limit of two hours, hourly rain beside, in any batches."""
    here = replace(CIQIKOU, interval_s=1200, quality={"stage": {"same_h": 2, "range": [170, 183]}})
    register_stations(PLATFORM, [here, *RAIN], [])
    log = [gauge.frame(20 * n, value) for n, value in enumerate(values)]
    log += [gauge.frame(20, 183.9, sent_after=60)]
    log += [rain(n, h, 90.0 if n == h else 2.0) for n in range(4) for h in range(3)]
    ends = []
    for order in (log, data.draw(st.permutations(log))):
        for model in (Reading, ReadingRevision, LatestReading, RollUp):
            model.objects.all().delete()
        for first in range(0, len(order), 5):
            record_frames(order[first : first + 5])
            make_all()
        ends.append(flags())
    assert ends[0] == ends[1] != {}
