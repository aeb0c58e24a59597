"""One open alarm a key: raised by fresh readings only, cleared by hysteresis, told once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from anlan.operations.deadlines.models import WorkItem
from anlan.operations.people.actions import PLATFORM
from anlan.operations.people.models import OutboxEvent
from anlan.operations.people.queries import NOBODY, Scope
from anlan.operations.people.rules import ROLES, Reach
from anlan.operations.sensing.actions import (
    AlreadyAcknowledged,
    acknowledge_alarm,
    record_frames,
)
from anlan.operations.sensing.models import Alarm
from anlan.operations.sensing.queries import alarms, open_alarms

from .conftest import START

pytestmark = pytest.mark.django_db(databases="__all__")
DISTRICT = Scope(1, "duty_officer", ROLES["duty_officer"].rights, Reach.DISTRICT, "500106", None)
ELSEWHERE = Scope(2, "township", frozenset(), Reach.TERRITORY, "500106005", None)


def told(name):
    return OutboxEvent.objects.filter(name=f"sensing.{name}").count()


def found():
    return [(a.rule, a.state) for a in Alarm.objects.order_by("pk")]


def test_two_readings_over_warning_are_not_yet_ten_minutes(gauge):
    gauge.rises(182.70, 182.71)
    assert found() == []


def test_ten_minutes_over_warning_raise_one_alarm_with_its_event_and_desk_item(gauge):
    gauge.rises(182.70, 182.71, 182.72, 182.73)
    (alarm,) = open_alarms(DISTRICT)
    assert (alarm.key, alarm.rule, alarm.level) == ("ciqikou:stage:warning", "warning", 3)
    assert (alarm.value, alarm.datum) == (182.72, "wusong")
    assert (alarm.began_at, alarm.observed_at) == (START, START + timedelta(minutes=10))
    assert told("alarm_raised") == 1
    assert WorkItem.objects.get(done_at=None).right == "sensing.handle"


def test_a_threshold_in_yellow_sea_heights_is_compared_in_the_series_datum(gauge):
    gauge.rises(185.63)
    assert found() == []
    gauge.rises(185.64, begin=5)
    assert ("guarantee", "open") in found()
    assert Alarm.objects.get(rule="guarantee").limit == pytest.approx(185.64)


def test_it_clears_below_the_hysteresis_and_may_be_raised_again(gauge):
    gauge.rises(182.70, 182.71, 182.72, 182.60, 182.55)
    assert found() == [("warning", "open")]
    gauge.rises(182.53, begin=25)
    assert found() == [("warning", "cleared")]
    assert told("alarm_cleared") == 1
    assert not WorkItem.objects.filter(done_at=None).exists()
    gauge.rises(182.70, 182.70, 182.70, begin=30)
    assert found() == [("warning", "cleared"), ("warning", "open")]
    assert told("alarm_raised") == 2


def test_the_same_batch_after_a_crash_tells_nothing_twice(gauge):
    batch = [gauge.frame(m, 182.70 + m / 100) for m in (0, 5, 10)]
    gauge.drill.move_to(START + timedelta(minutes=10))
    for _ in range(3):
        record_frames(batch)
    assert found() == [("warning", "open")]
    assert told("alarm_raised") == 1


def test_readings_stored_before_a_crash_still_raise_their_alarm_afterwards(gauge, monkeypatch):
    from anlan.operations.sensing.actions import record

    def die(*_):
        raise KeyboardInterrupt

    batch = [gauge.frame(m, 182.70) for m in (0, 5, 10)]
    gauge.drill.move_to(START + timedelta(minutes=10))
    with monkeypatch.context() as patch:
        patch.setattr(record, "judge", die)
        with pytest.raises(KeyboardInterrupt):
            record_frames(batch)
    assert found() == []
    assert record_frames(batch).repeated == 3
    assert found() == [("warning", "open")]


def test_a_crossing_that_is_over_before_it_is_heard_of_is_recorded_not_raised(gauge):
    backlog = [gauge.frame(m, 182.70) for m in range(0, 60, 5)]
    gauge.says(600, 180.0)
    record_frames(backlog[:6])
    record_frames(backlog[6:])
    assert found() == [("warning", "recorded")]
    recorded = Alarm.objects.get()
    assert (recorded.began_at, recorded.ended_at) == (
        START, START + timedelta(minutes=600),
    )  # fmt: skip
    assert told("alarm_raised") == 0
    assert not WorkItem.objects.exists()


def test_an_old_newest_reading_is_recorded_and_a_fresh_one_then_raises(gauge):
    gauge.drill.move_to(START + timedelta(hours=6))
    record_frames([gauge.frame(m, 182.70) for m in range(0, 60, 5)])
    assert found() == [("warning", "recorded")]
    record_frames([gauge.frame(m, 182.80) for m in range(60, 365, 5)])
    assert found() == [("warning", "recorded"), ("warning", "open")]
    assert told("alarm_raised") == 1


def test_late_readings_of_an_episode_that_was_raised_say_nothing_new(gauge):
    gauge.rises(182.70, 182.70, 182.70, 180.0)
    assert found() == [("warning", "cleared")]
    record_frames([gauge.frame(2.5, 182.9), gauge.frame(7.5, 182.9)])
    assert found() == [("warning", "cleared")]


def test_a_revision_that_takes_the_peak_away_clears_the_alarm(gauge):
    gauge.rises(180.0, 186.0)
    assert ("guarantee", "open") in found()
    record_frames([gauge.frame(5, 180.1, sent_after=60)])
    assert found() == [("guarantee", "cleared")]


def test_a_long_alarm_is_not_forgotten_by_a_short_window(gauge):
    gauge.rises(*[183.0] * 200)
    gauge.rises(182.0, begin=1000)
    assert found() == [("warning", "cleared")]
    assert told("alarm_raised") == told("alarm_cleared") == 1


def test_a_second_open_alarm_of_a_key_is_refused_by_the_database(gauge):
    gauge.rises(182.70, 182.70, 182.70)
    alarm = Alarm.objects.get()
    alarm.pk = None
    with pytest.raises(IntegrityError):
        alarm.save()


def test_alarms_are_seen_within_the_scope(gauge):
    gauge.rises(182.70, 182.70, 182.70)
    assert len(alarms(DISTRICT)) == 1
    assert alarms(ELSEWHERE) == alarms(NOBODY) == open_alarms(NOBODY) == []


def test_an_alarm_is_taken_once_and_the_second_is_told_by_whom(gauge):
    gauge.rises(182.70, 182.70, 182.70)
    (alarm,) = open_alarms(DISTRICT)
    acknowledge_alarm(PLATFORM, DISTRICT, alarm.id, "已电话核实")
    assert not WorkItem.objects.filter(done_at=None).exists()
    assert open_alarms(DISTRICT)[0].note == "已电话核实"
    with pytest.raises(AlreadyAcknowledged) as told_by:
        acknowledge_alarm(PLATFORM, DISTRICT, alarm.id)
    assert told_by.value.by == PLATFORM.label
    with pytest.raises(Alarm.DoesNotExist):
        acknowledge_alarm(PLATFORM, ELSEWHERE, alarm.id)
