"""A district's hotline: clerk, three who may be handlers, the leader, the units that verify."""

from datetime import date, datetime

import pytest
from django.test import Client
from tests.operations.settled import afresh, settled

from anlan.operations.hotline.actions import Acceptance, NewTip, Who, accept_tip, take_call
from anlan.operations.hotline.models import Tip
from anlan.operations.hotline.queries.persons import person_of
from anlan.operations.hotline.rules.states import Kind
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
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock

PEOPLE = {
    "clerk": ("hotline_clerk", "bureau", "500106", ""),
    "first": ("hotline_handler", "bureau", "500106", ""),
    "second": ("safety_officer", "bureau", "500106", ""),
    "third": ("hotline_handler", "bureau", "500106", ""),
    "leader": ("duty_leader", "bureau", "500106", ""),
    "chief": ("bureau_leader", "bureau", "500106", ""),
    "finance": ("finance", "bureau", "500106", ""),
    "duty": ("duty_officer", "bureau", "500106", ""),
    "boss": ("department_leader", "industry", "500106", "industry"),
    "industry": ("department", "industry", "500106", "industry"),
    "fire": ("department", "fire", "500106", "fire"),
    "street": ("township", "500106004", "500106004", ""),
    "other_street": ("township", "500106002", "500106002", ""),
    "grid": ("grid_worker", "500106004", "500106004001", ""),
    "manager": ("enterprise", "works", "500106004", ""),
}
BEGINS = datetime(2026, 3, 2, 9, tzinfo=CHINA)
NAME, PHONE = "严守密", "13912345678"
INFORMANT = Who(name=NAME, phone=PHONE)


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
        self.person = person_of(self.scope, organisation)

    @property
    def browser(self):
        client = Client()
        client.force_login(self.account)
        return client


@pytest.fixture(scope="module")
def _people_of_module(django_db_setup, django_db_blocker):
    """The district and its people, settled once a module: each test is rolled back to them."""
    with settled(django_db_blocker, BEGINS):
        _settle()
        yield {name: One(name) for name in PEOPLE}


def _settle():
    areas = {"500106": "沙坪坝区", "500106004": "磁器口街道", "500106004001": "金碧社区",
             "500106002": "沙坪坝街道"}  # fmt: skip
    kinds = {6: "district", 9: "township", 12: "community"}
    load_areas(
        PLATFORM,
        [NewArea(code=code, name=name, kind=kinds[len(code)], geometry=None, lon=106.45, lat=29.57)
         for code, name in areas.items()],
    )  # fmt: skip
    units = [("bureau", "区应急局", "bureau"), ("industry", "区经信委", "department"),
             ("fire", "区消防支队", "department"), ("500106004", "磁器口街道", "township"),
             ("500106002", "沙坪坝街道", "township")]  # fmt: skip
    load_organisations(
        PLATFORM, [NewOrganisation(c, n, k, "500106", date(2019, 1, 1)) for c, n, k in units]
    )


@pytest.fixture(autouse=True)
def district(_people_of_module, db):
    clock.use(DrillClock(BEGINS))


@pytest.fixture
def people(district, _people_of_module):
    return afresh(_people_of_module)


def report(people, key="call-1", kind=Kind.ILLEGAL, who=INFORMANT):
    """A call about the works in Ciqikou; the report's id."""
    new = NewTip(key=key, kind=kind, matter="抛光间夜间无人值守，粉尘积厚", area_code="500106004",
                 accused="鑫源五金厂", place="A3 抛光间", sector="industry")  # fmt: skip
    take_call(people["clerk"].actor, people["clerk"].person, new, who)
    return Tip.objects.get(key=key).pk


def accepted(people, pk):
    """Given to the industry department; first and second handler may know who reported."""
    two = (people["first"].account.pk, people["second"].account.pk)
    leader = people["leader"]
    accept_tip(leader.actor, leader.person, pk,
               Acceptance(unit="industry", sector="industry", handlers=two))  # fmt: skip
