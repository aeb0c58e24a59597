"""The rounds: frames from spool to tables, once; a part that fails does not stop the rest."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import DataError, InternalError, OperationalError, ProgrammingError

from anlan.backbone.intake import SpoolIntake
from anlan.backbone.spool import Spool
from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.actions import NewStation, record_frames, register_stations
from anlan.operations.sensing.queries import bad_frames, totals
from anlan.portal import recording
from anlan.portal import rounds as walking
from anlan.portal.rounds import Rounds, Unsettled
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock
from anlan.vocabulary.elements import Element
from anlan.vocabulary.frames import Frame, to_line
from anlan.vocabulary.readings import Reading

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)
START = datetime(2020, 8, 19, 9, 0, tzinfo=CHINA)


class NoJobs:
    def submit(self, key, function, arguments, *, spare=False):
        raise AssertionError("nothing asks for a job here")

    def running(self):
        return set()

    def finished(self, wait_s=0.0):
        return []

    def close(self):
        pass


@pytest.fixture
def drill_clock():
    moving = DrillClock(START)
    clock.use(moving)
    return moving


@pytest.fixture
def spool(tmp_path):
    spool = Spool(tmp_path / "spool")
    yield spool
    spool.close()


@pytest.fixture
def gauge(drill_clock):
    register_stations(
        PLATFORM,
        [
            NewStation(
                code="bridge", name="桥", kind="stage", lon=106.4, lat=29.6,
                area_code="500106004", interval_s=300, elements=("stage",), device="5001069999",
                datum="wusong",
            )
        ],
        [],
    )  # fmt: skip


def frame(minute, value):
    at = START + timedelta(minutes=minute)
    reading = Reading("5001069999", Element.STAGE, at, value, at)
    return to_line(Frame("sl651", "5001069999", at, "7E7E", (reading,)))


def test_a_turn_records_what_was_spooled_and_trims_the_spool(gauge, spool):
    spool.append([frame(0, 181.0), frame(5, 181.1)])
    assert Rounds(SpoolIntake(spool), NoJobs()).turn() >= 2
    assert totals().readings == 2
    assert spool.committed == 2


def test_recording_twice_after_a_crash_stores_once(gauge, spool, monkeypatch):
    spool.append([frame(0, 181.0)])
    monkeypatch.setattr(spool, "commit", lambda number: (_ for _ in ()).throw(OSError("disk")))
    with pytest.raises(OSError, match="disk"):
        Rounds(SpoolIntake(spool), NoJobs()).turn()
    monkeypatch.undo()
    Rounds(SpoolIntake(spool), NoJobs()).settle()
    assert totals().readings == 1
    assert spool.committed == 1


def test_an_unreadable_record_is_kept_as_a_bad_frame(gauge, spool):
    spool.append([b"not a frame", frame(0, 181.0)])
    Rounds(SpoolIntake(spool), NoJobs()).settle()
    assert [row.reason for row in bad_frames(None)] == ["unreadable_record"]
    assert totals().readings == 1


@pytest.mark.parametrize("fault", [OperationalError, InternalError, ProgrammingError])
def test_what_the_database_cannot_take_now_waits_and_is_not_set_aside(
    gauge, spool, monkeypatch, fault
):
    def without_its_table(items):  # as between a new release and its migration
        if any(isinstance(item, Frame) for item in items):
            raise fault("not now")
        return record_frames(items)

    spool.append([frame(0, 181.0)])
    walker = Rounds(SpoolIntake(spool), NoJobs())
    monkeypatch.setattr(recording, "record_frames", without_its_table)
    with pytest.raises(fault):
        walker.turn()
    assert spool.committed == 0
    monkeypatch.undo()
    walker.settle()
    assert (totals().readings, bad_frames(None)) == (1, [])


def test_one_frame_that_cannot_be_recorded_is_found_in_few_steps(gauge, spool, monkeypatch):
    batches = []

    def all_but_one(items):
        batches.append(len(items))
        if any(isinstance(item, Frame) and item.readings[0].value == 200.0 for item in items):
            raise DataError("no")
        return record_frames(items)

    spool.append([frame(n, 200.0 if n == 700 else 181.0) for n in range(1000)])
    monkeypatch.setattr(recording, "record_frames", all_but_one)
    Rounds(SpoolIntake(spool), NoJobs()).settle()
    assert totals().readings == 999
    assert [row.reason for row in bad_frames(None)] == ["unrecordable"]
    assert len(batches) < 30


def test_the_background_loop_goes_on_past_a_part_that_fails(gauge, spool, monkeypatch):
    monkeypatch.setattr(walking, "AFTER_A_FAULT_S", 0.01)
    monkeypatch.setattr(walking, "relay_events", lambda: 1 / 0)
    stop = threading.Event()
    walker = Rounds(SpoolIntake(spool), NoJobs())
    spool.append([frame(0, 181.0)])
    turns = iter(range(3))

    def wait(seconds):
        if next(turns, None) is None:
            stop.set()

    monkeypatch.setattr(stop, "wait", wait)
    walker.run_until(stop)
    assert totals().readings == 1


def test_a_settling_without_end_is_said(spool, drill_clock, monkeypatch):
    monkeypatch.setattr(walking, "MOST_TURNS", 5)
    monkeypatch.setattr(walking, "relay_events", lambda: 1)
    with pytest.raises(Unsettled):
        Rounds(SpoolIntake(spool), NoJobs()).settle()


def test_a_clock_that_is_set_back_holds_no_chore_up():
    walks = []
    chore = walking.Seldom(lambda: walks.append(clock.now()), timedelta(minutes=1))
    for minutes in (30, 30, 0, 0, 1):  # the clock is set back by half an hour after the second
        clock.use(DrillClock(START + timedelta(minutes=minutes)))
        chore()
    assert walks == [START + timedelta(minutes=minutes) for minutes in (30, 0, 1)]
