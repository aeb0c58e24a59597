"""Two streets with a grid worker and leaders, two departments, the bureau; the district's terms."""

from datetime import date, datetime
from pathlib import Path

import pytest
from django.test import Client
from tests.operations.settled import afresh, settled

from anlan.operations.calls.actions import NewCall, load_terms, make_call
from anlan.operations.calls.queries.scope import person_of
from anlan.operations.calls.rules.states import Kind, Urgency
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
    "street": ("township", "500106004", "500106004", ""),
    "street_leader": ("township_leader", "500106004", "500106004", ""),
    "grid": ("grid_worker", "500106004", "500106004001", ""),
    "other_street": ("township", "500106002", "500106002", ""),
    "industry": ("department", "industry", "500106", "industry"),
    "industry_leader": ("department_leader", "industry", "500106", "industry"),
    "fire": ("department", "fire", "500106", "fire"),
    "safety": ("safety_officer", "bureau", "500106", ""),
    "section": ("section_head", "bureau", "500106", ""),
    "duty_leader": ("duty_leader", "bureau", "500106", ""),
    "bureau_leader": ("bureau_leader", "bureau", "500106", ""),
    "duty": ("duty_officer", "bureau", "500106", ""),
    "manager": ("enterprise", "", "500106004", ""),
}


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
        self.person = person_of(self.scope)

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
             ("industry", "区经信委", "department", "industry"),
             ("fire", "区消防支队", "department", "fire"),
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


def call(people, key="call-1", by="street", **changed):
    """Ciqikou street calls the department of industry; the call's id."""
    said = {"urgency": Urgency.NORMAL, "kind": Kind.POWER, "unit": "industry",
            "matter": "作坊夜间违规动火，两次劝阻无效", "area_code": "500106004001",
            "place": "金碧正街 1 号"} | changed  # fmt: skip
    return make_call(people[by].actor, people[by].person, NewCall(key=key, **said))
