"""The drill's time: a jump at full speed, a walk beside real time, slow while somebody waits."""

import threading
from datetime import datetime, timedelta

import pytest

from anlan.operations.drills.actions.pace import Pace
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock

START = datetime(2020, 8, 19, 9, 0, tzinfo=CHINA)
HOUR = START + timedelta(hours=1)


@pytest.fixture(autouse=True)
def drill_clock():
    clock.use(DrillClock(START))


def real_seconds(pace, moment, stop=None):
    before = clock.stopwatch()
    pace.reach(moment, lambda: None, stop or threading.Event())
    return clock.stopwatch() - before


def test_full_speed_jumps():
    assert real_seconds(Pace(None, lambda: True), HOUR) < 0.05
    assert clock.now() == HOUR


def test_a_pace_takes_its_time():
    assert 0.25 < real_seconds(Pace(12_000, lambda: False), HOUR) < 0.6
    assert clock.now() == HOUR


def test_time_slows_while_a_decision_waits():
    moment = START + timedelta(seconds=4)
    assert 0.35 < real_seconds(Pace(12_000, lambda: True), moment) < 0.8


def test_time_passes_in_small_steps_and_people_are_heard_between():
    seen = []
    Pace(12_000, lambda: False).reach(HOUR, lambda: seen.append(clock.now()), threading.Event())
    assert len(seen) >= 2
    assert seen == sorted(seen)
    assert seen[-1] <= HOUR


def test_stopping_does_not_wait_for_the_moment():
    stop = threading.Event()
    stop.set()
    assert real_seconds(Pace(1.0, lambda: False), HOUR, stop) < 0.05
    assert clock.now() == START


def test_only_a_drill_clock_is_moved():
    clock.use(clock.WallClock())
    with pytest.raises(TypeError):
        Pace(None, lambda: False).reach(HOUR, lambda: None, threading.Event())
