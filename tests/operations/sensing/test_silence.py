from datetime import timedelta

import pytest

from anlan.operations.deadlines.models import WorkItem
from anlan.operations.sensing.actions import check_silence
from anlan.operations.sensing.models import Alarm

from .conftest import START

pytestmark = pytest.mark.django_db(databases="__all__")


def test_a_device_that_never_spoke_is_not_yet_in_service(gauge, drill_clock):
    drill_clock.move_to(START + timedelta(days=9))
    assert check_silence() == 0


def test_two_intervals_are_not_yet_silence_and_more_is_one_alarm(gauge, drill_clock):
    gauge.says(0, 180.0)
    drill_clock.move_to(START + timedelta(minutes=10))
    assert check_silence() == 0
    drill_clock.move_to(START + timedelta(minutes=11))
    assert [check_silence(), check_silence()] == [1, 0]
    alarm = Alarm.objects.get()
    assert (alarm.rule, alarm.state, alarm.began_at) == ("silence", "open", START)
    assert WorkItem.objects.get(done_at=None).parameters["since"] == "08:00"


def test_a_frame_ends_the_silence_and_the_next_silence_is_a_new_alarm(gauge, drill_clock):
    gauge.says(0, 180.0)
    drill_clock.move_to(START + timedelta(minutes=30))
    check_silence()
    gauge.says(60, 180.0)
    assert [a.state for a in Alarm.objects.all()] == ["cleared"]
    drill_clock.move_to(START + timedelta(minutes=90))
    assert check_silence() == 1
    assert Alarm.objects.count() == 2
