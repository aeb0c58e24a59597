"""Between the published points runs an honest line: through every knot, never beyond them."""

from datetime import datetime, timedelta

import pytest

from anlan.operations.drills.rules.series import (
    BadSeries,
    amplitude,
    first_reach,
    move,
    read_knots,
    sample,
)
from anlan.vocabulary.clock import CHINA

TEXT = """time,value,mark,source
2020-08-19T08:00,192.59,published,bulletin
2020-08-19T20:00,194.06,assumed,
2020-08-20T02:00,194.29,published,bulletin
2020-08-20T08:00,194.20,published,bulletin
"""
STARTS, ENDS = (datetime(2020, 8, day, 8, 0, tzinfo=CHINA) for day in (19, 20))
FIVE = timedelta(minutes=5)


@pytest.fixture
def crest():
    return read_knots(TEXT, "crest.csv")


def test_the_line_passes_through_every_published_point(crest):
    points = {p.at: p for p in sample(crest, STARTS, ENDS, FIVE)}
    for knot in crest:
        if knot.published:
            assert points[knot.at].value == knot.value
            assert not points[knot.at].assumed
            assert points[knot.at].source == "bulletin"


def test_every_point_between_is_marked_assumed(crest):
    points = sample(crest, STARTS, ENDS, FIVE)
    assert sum(not p.assumed for p in points) == 3
    assert len(points) == 24 * 12 + 1


def test_the_line_never_overshoots_its_knots(crest):
    values = [p.value for p in sample(crest, STARTS, ENDS, FIVE)]
    assert max(values) == 194.29
    rise = values[: values.index(194.29) + 1]
    assert rise == sorted(rise)


def test_a_published_time_between_two_reports_is_reported_too(crest):
    odd = read_knots(TEXT.replace("2020-08-20T02:00", "2020-08-20T02:07"), "odd.csv")
    times = [p.at for p in sample(odd, STARTS, ENDS, FIVE)]
    assert datetime(2020, 8, 20, 2, 7, tzinfo=CHINA) in times


def test_before_and_after_the_knots_it_is_flat(crest):
    early = sample(crest, STARTS - timedelta(hours=2), STARTS, FIVE)
    assert {p.value for p in early} == {192.59}
    assert early[0].assumed


def test_a_moved_wave_is_nobodys_bulletin(crest):
    moved = move(crest, timedelta(hours=3), 0.5)
    assert not any(k.published for k in moved)
    assert amplitude(moved) == pytest.approx(amplitude(crest) / 2)
    assert moved[0].at - crest[0].at == timedelta(hours=3)
    assert move(crest, timedelta(0), 1.0) == crest


def test_reaching_a_stage_takes_the_whole_duration(crest):
    points = sample(crest, STARTS, ENDS, FIVE)
    at = first_reach(points, 194.0)
    assert first_reach(points, 194.0, timedelta(hours=6)) == at + timedelta(hours=6)
    assert first_reach(points, 194.29, timedelta(hours=6)) is None
    assert first_reach(points, 195.0) is None


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("2020-08-20T09:00,194.1,measured,", "neither published nor assumed"),
        ("2020-08-20T09:00,194.1,published,", "needs its source"),
        ("2020-08-20T07:00,194.1,assumed,", "must rise"),
        ("2020-08-20T09:00,high,assumed,", "could not convert"),
    ],
)
def test_a_bad_row_is_named_with_its_reason(row, why):
    with pytest.raises(BadSeries, match=f"crest.csv row 6: .*{why}"):
        read_knots(TEXT + row + "\n", "crest.csv")
