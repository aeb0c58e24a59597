"""Hours and hydrological days of a series, whatever order its readings came in."""

import random
from datetime import datetime, timedelta

import pytest

from anlan.operations.sensing.actions import make_rollups, record_frames
from anlan.operations.sensing.models import LatestReading, Reading, RollUp, RollUpDue
from anlan.vocabulary import clock

from .conftest import START

pytestmark = pytest.mark.django_db(databases="__all__")


def rows(span_s):
    found = RollUp.objects.filter(span_s=span_s).order_by("start")
    return [
        (r.start.astimezone(clock.CHINA), r.count, round(r.total, 6), r.low, r.high, r.last)
        for r in found
    ]


def make_all():
    while make_rollups():
        pass


def test_an_hour_and_a_day_hold_what_their_readings_say(gauge):
    gauge.rises(180.0, 180.5, 181.5, 181.0)
    make_all()
    assert rows(3600) == [(START, 4, 723.0, 180.0, 181.5, 181.0)]
    assert rows(86400) == [(START, 4, 723.0, 180.0, 181.5, 181.0)]
    assert not RollUpDue.objects.exists()


def test_the_hydrological_day_begins_at_eight(gauge):
    gauge.says(0, 180.0)
    record_frames([gauge.frame(-1, 179.0)])
    make_all()
    day = timedelta(days=1)
    assert [(start, count) for start, count, *_ in rows(86400)] == [(START - day, 1), (START, 1)]


def test_late_and_revised_readings_correct_the_hour_and_the_day(gauge):
    gauge.rises(180.0, 181.0)
    make_all()
    record_frames([gauge.frame(10, 185.0), gauge.frame(0, 170.0, sent_after=60)])
    make_all()
    assert rows(3600) == rows(86400) == [(START, 3, 536.0, 170.0, 185.0, 185.0)]


def test_no_data_makes_no_hour_and_a_revision_to_no_data_takes_it_away(gauge):
    gauge.says(0, 180.0)
    make_all()
    record_frames([gauge.frame(0, None, sent_after=60)])
    make_all()
    assert rows(3600) == rows(86400) == []
    assert not LatestReading.objects.exists()


def test_the_same_log_in_any_order_gives_the_same_rows_hours_and_newest_value(gauge):
    dice = random.Random(20200818)
    said = [
        gauge.frame(5 * step, 180 + dice.random(), sent_after=dice.choice((0, 60, 3600)))
        for step in range(40)
        for _ in range(dice.choice((1, 1, 2)))
    ]
    ends = set()
    for _ in range(4):
        dice.shuffle(said)
        for model in (Reading, RollUp, RollUpDue, LatestReading):
            model.objects.all().delete()
        for first in range(0, len(said), 7):
            record_frames(said[first : first + 7])
            if first % 3 == 0:
                make_rollups()
        make_all()
        readings = Reading.objects.order_by("at").values_list("at", "value", "sent_at")
        newest = LatestReading.objects.values_list("at", "value")
        ends.add((tuple(readings), tuple(rows(3600)), tuple(rows(86400)), tuple(newest)))
    assert len(ends) == 1


def test_readings_that_come_while_an_hour_is_made_leave_it_due(gauge, monkeypatch):
    from anlan.operations.sensing.actions import rollups

    gauge.says(0, 180.0)
    plain = rollups._hour

    def meanwhile(*asked):
        made = plain(*asked)
        monkeypatch.setattr(rollups, "_hour", plain)
        record_frames([gauge.frame(5, 190.0)])
        return made

    monkeypatch.setattr(rollups, "_hour", meanwhile)
    make_rollups()
    assert RollUpDue.objects.count() == 1
    make_all()
    assert rows(3600) == [(START, 2, 370.0, 180.0, 190.0, 190.0)]


def test_the_newest_value_falls_back_when_it_is_revised_away(gauge):
    gauge.rises(180.0, 181.0)
    record_frames([gauge.frame(5, None, sent_after=90)])
    newest = LatestReading.objects.get()
    assert (newest.at.astimezone(clock.CHINA), newest.value) == (START, 180.0)


def test_an_hour_of_china_is_an_hour_of_the_row(gauge):
    gauge.says(59, 180.0)
    make_all()
    assert rows(3600)[0][0] == datetime(2020, 8, 18, 8, tzinfo=clock.CHINA)
