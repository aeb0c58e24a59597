"""A device's clock is measured by when it says it sent, and alarmed when it is off for long."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from anlan.operations.sensing.actions import check_clocks, record_frames
from anlan.operations.sensing.models import Alarm, StationHealth
from anlan.operations.sensing.queries import health
from anlan.operations.sensing.rules import clock_skew, latency
from anlan.operations.sensing.rules.clock_skew import running, written

from .conftest import START

pytestmark = pytest.mark.django_db(databases="__all__")


def sends(gauge, minute, skew_s):
    gauge.drill.move_to(START + timedelta(minutes=minute))
    return record_frames([gauge.frame(minute, 180.0 + minute / 1000, sent_after=skew_s)])


def test_a_clock_off_for_an_hour_is_one_alarm_that_ends_when_it_is_set(gauge):
    for minute in range(0, 75, 5):
        sends(gauge, minute, 400)
        check_clocks()
    (alarm,) = Alarm.objects.filter(rule="clock")
    assert (round(alarm.value, 1), alarm.state) == (6.7, "open")
    assert health()["ciqikou"].skew_s == 400
    for minute in range(75, 105, 5):
        sends(gauge, minute, -2)
        check_clocks()
    alarm.refresh_from_db()
    assert (alarm.state, health()["ciqikou"].clock_off) == ("cleared", False)


def test_data_that_come_late_are_no_clock_that_is_slow(gauge):
    for minute in range(0, 60, 5):
        gauge.drill.move_to(START + timedelta(minutes=540 + minute))
        record_frames([gauge.frame(minute, 180.0, sent_after=540 * 60 + 1)])
    assert health()["ciqikou"].skew_s == 1
    assert not health()["ciqikou"].clock_off


def test_a_frame_that_waited_does_not_move_the_figure_and_a_replay_is_not_counted(gauge):
    for minute, skew in enumerate([1, 1, -3600, 1, 1]):
        sends(gauge, minute, skew)
    assert health()["ciqikou"].skew_s == 1
    record_frames([gauge.frame(4, 180.004, sent_after=500)] * 3)
    assert health()["ciqikou"].skew_s == 1


def hourly(gauge, hours):
    """An hourly report that arrives two seconds before its clock says it was sent."""
    for hour in hours:
        sends(gauge, 60 * hour, 2)
        check_clocks()


@pytest.mark.parametrize("frames_a_batch", [1, 3, 10])
def test_what_was_stored_off_line_with_its_times_of_sending_alarms_no_clock(gauge, frames_a_batch):
    hourly(gauge, range(9))
    back = START + timedelta(hours=19)
    gauge.drill.move_to(back)
    stored = [gauge.frame(60 * hour, 180.0, sent_after=2) for hour in range(9, 19)]
    for first in range(0, 10, frames_a_batch):
        gauge.drill.move_to(back + timedelta(seconds=2 * first))
        now = gauge.drill.now()
        batch = stored[first : first + frames_a_batch]
        record_frames([replace(frame, received_at=now) for frame in batch])
        check_clocks()
    for minute in range(10, 60, 10):
        gauge.drill.move_to(back + timedelta(minutes=minute))
        check_clocks()
    hourly(gauge, range(20, 26))
    assert not Alarm.objects.filter(rule="clock").exists()
    assert health()["ciqikou"].skew_s == 2


@pytest.mark.parametrize("frames_a_batch", [1, 50])
def test_a_store_that_takes_minutes_to_be_emptied_alarms_no_clock(gauge, frames_a_batch):
    """Ten days of hourly reports, three seconds apart; and the next report an hour later."""
    hourly(gauge, range(9))
    back = START + timedelta(hours=249)
    arrivals = [
        replace(
            gauge.frame(60 * hour, 180.0, sent_after=2),
            received_at=back + timedelta(seconds=3 * nth),
        )
        for nth, hour in enumerate(range(9, 249))
    ]
    for first in range(0, len(arrivals), frames_a_batch):
        batch = arrivals[first : first + frames_a_batch]
        gauge.drill.move_to(batch[-1].received_at)
        record_frames(batch)
    for minute in range(12, 80, 4):
        gauge.drill.move_to(back + timedelta(minutes=minute))
        check_clocks()
    assert not Alarm.objects.filter(rule="clock").exists()
    assert health()["ciqikou"].skew_s == 2


@pytest.mark.parametrize("frames_a_batch", [1, 3, 50])
@pytest.mark.parametrize("apart_s", [3, 150])
def test_a_store_that_is_emptied_the_newest_first_alarms_no_clock(gauge, apart_s, frames_a_batch):
    """Twenty hourly reports, after which the next comes an hour later as it is made."""
    hourly(gauge, range(9))
    back = START + timedelta(hours=29)
    arrivals = [
        replace(
            gauge.frame(60 * hour, 180.0, sent_after=2),
            received_at=back + timedelta(seconds=apart_s * nth),
        )
        for nth, hour in enumerate(range(28, 8, -1))
    ]
    for first in range(0, len(arrivals), frames_a_batch):
        batch = arrivals[first : first + frames_a_batch]
        gauge.drill.move_to(batch[-1].received_at)
        record_frames(batch)
        check_clocks()
    assert health()["ciqikou"].skew_s == 2
    hourly(gauge, range(30, 36))
    assert not Alarm.objects.filter(rule="clock").exists()


def test_a_clock_that_stands_still_is_an_alarm(gauge):
    for minute in range(0, 120, 5):
        sends(gauge, minute, -60 * minute)
        check_clocks()
    assert Alarm.objects.filter(rule="clock").count() == 1


def test_a_slow_clock_is_told_although_a_store_was_emptied_first(gauge):
    """A store of ten hours, in ten minutes, of a device whose clock is 400 seconds slow."""
    for minute in range(10):
        gauge.drill.move_to(START + timedelta(hours=10, minutes=minute))
        record_frames([gauge.frame(60 * minute, 180.0, sent_after=-400)])
    for minute in range(610, 700, 5):
        sends(gauge, minute, -400)
        check_clocks()
    assert round(Alarm.objects.get(rule="clock").value, 1) == -6.7


def test_a_slow_clock_of_a_device_that_speaks_every_ten_seconds_is_an_alarm(gauge):
    for ten_seconds in range(66 * 6):
        sends(gauge, ten_seconds / 6, -400)
        if ten_seconds % 6 == 0:
            check_clocks()
    check_clocks()
    assert round(Alarm.objects.get(rule="clock").value, 1) == -6.7
    assert len(clock_skew.read(StationHealth.objects.get().skews)) == 9


def test_the_kept_figures_are_read_back_even_when_the_last_is_cut():
    assert running(written([1.0, 2.0, 3.0])) == 2
    assert running(("-10 " * 40)[:90]) == -10
    assert running("") is None


def test_figures_of_years_do_not_fail_a_batch_by_their_length(gauge):
    years = 6 * 365 * 86_400.0
    columns = StationHealth._meta.get_field
    for rule, name in ((clock_skew, "skews"), (latency, "delays")):
        text = rule.written([-years if name == "skews" else years] * 50)
        assert len(text) <= columns(name).max_length
    assert running(clock_skew.written([-years] * 50)) == -years
    assert set(latency.kept(latency.written([years] * 50))) == {years}
