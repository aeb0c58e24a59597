import math
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings

import anlan.districts
from anlan.backbone.jobs import Finished
from anlan.operations.forecasts.actions import advance_runs, load_district_files, request_run
from anlan.operations.forecasts.queries import latest_run
from anlan.operations.forecasts.rules.frames import FRAMES_FILE, classes_of, write_frames
from anlan.operations.people.actions import PLATFORM, NewAccount, open_account
from anlan.operations.people.models import Account
from anlan.operations.sensing.actions import (
    NewStation,
    NewThreshold,
    record_frames,
    register_stations,
)
from anlan.vocabulary import clock
from anlan.vocabulary.elements import Element
from anlan.vocabulary.frames import Frame
from anlan.vocabulary.readings import Reading

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


FLOOD = {
    "frames": [], "corners": [[106.4, 29.7], [106.5, 29.7], [106.5, 29.5], [106.4, 29.5]],
    "area_m2": 1.2e6, "schematic": True, "at_gauge_m": 0.02,
    "impact": {
        "unsafe": 60, "households": 40, "people": 120, "people_by_class": [10, 20, 30, 40, 20],
        "communities": [
            {"code": "500106004001", "name": "金碧", "people": 80, "households": 27,
             "needs_help": 5, "unsafe": 60, "max_speed_ms": 1.2,
             "max_depth_m": 2.4, "by_class": [5, 10, 20, 30, 15],
             "arrival_at": "2020-08-18T23:00:00+08:00"},
            {"code": "500106004002", "name": "金蓉", "people": 40, "households": 13,
             "needs_help": 0, "unsafe": 0, "max_speed_ms": 0.3,
             "max_depth_m": 0.9, "by_class": [5, 10, 10, 10, 5],
             "arrival_at": None},
        ],
        "roads": [{"code": "r1", "name": "滨江路", "grade": "", "length_m": 300.0,
                   "max_depth_m": 1.0, "arrival_at": None}],
        "sites": [],
    },
}  # fmt: skip


def log_in(client, role="duty_officer", area_code="500106"):
    open_account(
        PLATFORM,
        NewAccount(
            username=role + area_code, password="a long demo password", display_name="陈立",
            role=role, organisation_code="x", area_code=area_code,
        ),
    )  # fmt: skip
    client.force_login(Account.objects.get(username=role + area_code))
    return client


@pytest.fixture
def officer(client, river):
    return log_in(client)


@pytest.fixture
def issued(river, pool):
    request_run("k", "ciqikou:stage:warning", clock.now())
    advance_runs(pool)
    frames = [clock.now().isoformat()]
    pool.answer(**result(clock.now(), flood={**FLOOD, "frames": frames}))
    advance_runs(pool)
    row = latest_run()
    folder = settings.ANLAN_HOME / row.folder
    folder.mkdir(parents=True, exist_ok=True)
    depth = np.array([[0.0, 0.1, 0.4], [0.7, 1.5, 9.0]], dtype=np.float32)
    write_frames(folder / FRAMES_FILE, classes_of(depth)[None])
    (folder / "extent.geojson").write_text('{"type":"FeatureCollection","features":[]}')
    now = clock.now().timestamp()
    np.savez(
        folder / "households.npz", household_id=np.array([7, 9]),
        depth_m=np.array([0.4, 2.1], dtype=np.float32), arrival_s=np.array([now, -1.0]),
    )  # fmt: skip
    return row
