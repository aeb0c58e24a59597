"""A street with a grid worker, a leader and a duty room, another street, departments, the bureau;
a route along a meridian and a post, with the district's figures."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.test import Client
from tests.operations.settled import afresh, settled

from anlan.operations.patrols.actions import (
    NewBeat,
    Position,
    load_terms,
    make_beat,
)
from anlan.operations.patrols.models import PatrolTask
from anlan.operations.patrols.queries.scope import person_of
from anlan.operations.patrols.rules.states import Form, Hazard, Rhythm
from anlan.operations.people.actions import (
    PLATFORM,
    NewAccount,
    NewOrganisation,
    as_actor,
    load_organisations,
    open_account,
)
from anlan.operations.people.models import Account
from anlan.operations.people.queries import scope_of
from anlan.operations.territory.actions import NewArea, load_areas
from anlan.portal.exercise import DISTRICTS
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock

BEGINS = datetime(2026, 3, 2, 9, tzinfo=CHINA)
PEOPLE = {
    "grid": ("grid_worker", "500106004", "500106004001", ""),
    "grid2": ("grid_worker", "500106004", "500106004002", ""),
    "street": ("township", "500106004", "500106004", ""),
    "street_leader": ("township_leader", "500106004", "500106004", ""),
    "other_street": ("township", "500106002", "500106002", ""),
    "other_grid": ("grid_worker", "500106002", "500106002", ""),
    "water": ("department", "water", "500106", "water"),
    "water_leader": ("department_leader", "water", "500106", "water"),
    "forest": ("department", "forest", "500106", "forest"),
    "safety": ("safety_officer", "bureau", "500106", ""),
    "section": ("section_head", "bureau", "500106", ""),
    "duty": ("duty_officer", "bureau", "500106", ""),
    "duty_leader": ("duty_leader", "bureau", "500106", ""),
    "bureau_leader": ("bureau_leader", "bureau", "500106", ""),
    "manager": ("enterprise", "", "500106004", ""),
}
# A metre of latitude in degrees at 29.58°N by the ellipsoid (110 855 m a degree), worked by hand.
DEGREES_A_METRE = 1 / 110_855
SOUTH = (106.45, 29.58)


class One:
    """One person: whom the actions ask, and a browser."""

    def __init__(self, name):
        role, organisation, area, sector = PEOPLE[name]
        new = NewAccount(username=name, password="a long demo password", display_name=name,
                         role=role, organisation_code=organisation, area_code=area,
                         sector=sector)  # fmt: skip
        self.account = Account.objects.get(pk=open_account(PLATFORM, new))
        self.actor = as_actor(self.account)
        self.scope = scope_of(self.account)
        self.id = self.account.pk

    @property
    def person(self):
        return person_of(self.scope)

    @property
    def browser(self):
        client = Client()
        client.force_login(self.account)
        return client


def at(*moment):
    """The clock stands at a moment of the district's time."""
    clock.use(DrillClock(datetime(*moment, tzinfo=CHINA)))


@pytest.fixture(scope="module")
def _people_of_module(django_db_setup, django_db_blocker):
    """The district and its people, settled once a module: each test is rolled back to them."""
    with settled(django_db_blocker, BEGINS):
        _settle()
        yield {name: One(name) for name in PEOPLE}


def _settle():
    areas = {"500106": "沙坪坝区", "500106004": "磁器口街道", "500106004001": "金碧社区",
             "500106004002": "金蓉社区", "500106002": "沙坪坝街道"}  # fmt: skip
    kinds = {6: "district", 9: "township", 12: "community"}
    load_areas(
        PLATFORM,
        [NewArea(code=code, name=name, kind=kinds[len(code)], geometry=None, lon=106.45, lat=29.57)
         for code, name in areas.items()],
    )  # fmt: skip
    units = [("bureau", "区应急局", "bureau", ""),
             ("water", "区水利局", "department", "water"),
             ("forest", "区林业局", "department", "forest"),
             ("500106004", "磁器口街道", "township", ""),
             ("500106002", "沙坪坝街道", "township", "")]  # fmt: skip
    load_organisations(
        PLATFORM,
        [NewOrganisation(c, n, k, "500106", date(2019, 1, 1), sector=s) for c, n, k, s in units],
    )
    load_terms(PLATFORM, Path(DISTRICTS) / "shapingba")


@pytest.fixture(autouse=True)
def district(_people_of_module, db):
    clock.use(DrillClock(BEGINS))


@pytest.fixture
def people(district, _people_of_module):
    return afresh(_people_of_module)


def north(metres, lon=SOUTH[0]):
    """A place so many metres north of where the route begins."""
    return lon, SOUTH[1] + metres * DEGREES_A_METRE


def spots(*metres, radius=50):
    return [{"name": f"点{n}", "lon": north(m)[0], "lat": north(m)[1], "radius_m": radius}
            for n, m in enumerate(metres, 1)]  # fmt: skip


def new_beat(people, key="route", **changed):
    """Ciqikou's riverside: five points 300 m apart, every day from 8 to 18."""
    said = {
        "name": "嘉陵江沿江巡查线", "form": Form.WATER, "hazard": Hazard.FLOOD,
        "area_code": "500106004", "unit": "500106004", "supervisor": people["street_leader"].id,
        "patroller": people["grid"].id, "deputy": people["street"].id,
        "points": spots(0, 300, 600, 900, 1200), "line": [list(north(m)) for m in (0, 1200)],
        "rhythm": Rhythm.DAILY, "since": time(8), "until": time(18),
        "begins_on": date(2026, 3, 1),
    } | changed  # fmt: skip
    return NewBeat(key=key, **said)


def post_of(people, **changed):
    """A flood gate that is manned from 8 to 12, a sign of life an hour."""
    said = {"name": "防洪闸值守点", "form": Form.POINT, "points": spots(0, radius=60), "line": [],
            "since": time(8), "until": time(12), "sign_min": 60} | changed  # fmt: skip
    return new_beat(people, "post", **said)


def task_of(people, new=None, by="street"):
    """A route or post is entered, and its patrol of today."""
    who = people[by]
    pk = make_beat(who.actor, who.person, new or new_beat(people))
    return PatrolTask.objects.get(beat=pk)


def walk(begin, metres, *, every=30, speed=1.0, accuracy=8.0, start=0):
    """Positions of somebody who goes north from `start` for so many metres at m/s."""
    n = int(metres / (speed * every))
    return [
        Position(begin + timedelta(seconds=every * i), *north(start + speed * every * i), accuracy)
        for i in range(n + 1)
    ]


def stand(begin, end, every=10, accuracy=8.0):
    """Positions of somebody who stays at the begin of the route, every so many minutes."""
    n = int((end - begin) / timedelta(minutes=every))
    return [Position(begin + timedelta(minutes=every * i), *SOUTH, accuracy) for i in range(n + 1)]
