import math
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

import anlan.districts
from anlan.backbone.jobs import Finished
from anlan.operations.forecasts.actions import load_district_files
from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.actions import (
    NewStation,
    NewThreshold,
    record_frames,
    register_stations,
)
from anlan.vocabulary import clock
from anlan.vocabulary.frames import Frame
from anlan.vocabulary.readings import Element, Reading

SHAPINGBA = Path(anlan.districts.__file__).parent / "shapingba"
START = datetime(2020, 8, 18, 8, 0, tzinfo=clock.CHINA)

CIQIKOU = NewStation(
    code="ciqikou", name="磁器口", kind="stage", device="1", lon=106.4515, lat=29.5848,
    area_code="500106004", interval_s=300, datum="wusong", offset_m=1.64, elements=("stage",),
)  # fmt: skip
BEIBEI = replace(
    CIQIKOU, code="beibei", name="北碚（三）", device="2", area_code="500109", serves="500106",
    interval_s=1800, datum="yellow_sea", offset_m=1.59,
)  # fmt: skip
CUNTAN = replace(BEIBEI, code="cuntan", name="寸滩", device="3", datum="wusong", offset_m=1.49)
LIMITS = [
    NewThreshold(
        station="ciqikou", element="stage", kind=kind, value=value, datum="wusong", level=level,
        valid_from=date(2010, 1, 1),
    )
    for kind, value, level in (("warning", 182.64, 3), ("guarantee", 185.64, 2), ("red", 193.5, 1))
]  # fmt: skip


class Pool:
    """A pool of jobs in the hands of the test: it keeps what it is given until told to answer."""

    def __init__(self):
        self.taken, self.back = {}, []

    def submit(self, key, function, arguments, *, spare=False):
        self.taken[key] = (function, arguments)

    def running(self):
        return set(self.taken)

    def finished(self, wait_s=0.0):
        back, self.back = self.back, []
        for one in back:
            self.taken.pop(one.key, None)
        return back

    def answer(self, **answer):
        self.back = [Finished(key, answer) for key in self.taken]

    def break_down(self, fault="died"):
        self.back = [Finished(key, None, fault) for key in self.taken]

    def die(self):
        """The process with the pool is gone."""
        self.taken, self.back = {}, []

    def close(self):
        pass


@pytest.fixture
def pool():
    return Pool()


@pytest.fixture
def drill_clock():
    drill = clock.DrillClock(START)
    clock.use(drill)
    return drill


@pytest.fixture
def river(drill_clock, db):
    """Three gauges of a quiet rising river, twelve hours of readings; the clock stands at 20:00."""
    register_stations(PLATFORM, [CIQIKOU, BEIBEI, CUNTAN], LIMITS)
    load_district_files(PLATFORM, SHAPINGBA)
    for hour in range(13):
        drill_clock.move_to(START + timedelta(hours=hour))
        for device, stage in (("1", 179.0), ("2", 186.0), ("3", 176.5)):
            says(device, stage + 0.25 * hour)
    return drill_clock


def says(device, stage):
    now = clock.now()
    reading = Reading(device, Element.STAGE, now, round(stage, 2), now)
    record_frames([Frame("sl651", device, now, "7E", (reading,))])


def result(issued_at, crest_m=186.0, flood=None, hours=24):
    """What the model would answer: a hydrograph that rises to its crest after six hours."""
    stage = [round(crest_m - 3.0 + 3.0 * math.sin(min(h, 12) * math.pi / 12), 3)
             for h in range(hours + 1)]  # fmt: skip
    at = [(issued_at + timedelta(hours=h)).isoformat() for h in range(hours + 1)]
    return {
        "datum": "wusong",
        "crest": {"at": at[6], "stage_m": crest_m, "levels_off": False},
        "hydrograph": {
            "at": at, "stage": stage, "discharge": [20000.0] * len(at),
            "low50": [s - 0.1 for s in stage], "high50": [s + 0.1 for s in stage],
            "low90": [s - 0.3 for s in stage], "high90": [s + 0.3 for s in stage],
        },
        "method": {"routing": "muskingum", "upstream": "trend", "downstream": "trend",
                   "inundation": "none", "levels_off": False, "correction_m": 0.1},
        "flood": flood,
        "wall": {"total_s": 1.0},
    }  # fmt: skip
