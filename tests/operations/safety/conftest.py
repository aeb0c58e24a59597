"""A district with two streets, their people, a department, the bureau, and a polishing works."""

import io
from datetime import date, datetime

import pytest
from django.test import Client
from PIL import Image
from tests.operations.settled import afresh, settled

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
from anlan.operations.safety.actions import (
    add_photo,
    claim_enterprise,
    hand_out_code,
    register_enterprise,
)
from anlan.operations.safety.queries.persons import person_of
from anlan.operations.territory.actions import NewArea, load_areas
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock

BEGINS = datetime(2026, 3, 2, 9, tzinfo=CHINA)
CODE = "91350100M000100Y43"  # the example of GB 32100-2015
PEOPLE = {
    "officer": ("safety_officer", "bureau", "500106", ""),
    "leader": ("duty_leader", "bureau", "500106", ""),
    "industry": ("department", "industry", "500106", "industry"),
    "industry_leader": ("department_leader", "industry", "500106", "industry"),
    "fire": ("department", "fire", "500106", "fire"),
    "street": ("township", "500106004", "500106004", ""),
    "street_leader": ("township_leader", "500106004", "500106004", ""),
    "other_street": ("township", "500106002", "500106002", ""),
    "grid": ("grid_worker", "500106004", "500106004001", ""),
    "manager": ("enterprise", "works", "500106004", ""),
    "stranger": ("enterprise", "elsewhere", "500106004", ""),
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

    @property
    def person(self):
        return person_of(scope_of(self.account), self.account.organisation_code)

    @property
    def scope(self):
        return scope_of(self.account)

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
def district(_people_of_module, db, settings, tmp_path):
    settings.ANLAN_HOME = tmp_path
    clock.use(DrillClock(BEGINS))


@pytest.fixture
def people(district, _people_of_module):
    return afresh(_people_of_module)


@pytest.fixture
def works(people):
    """鑫源五金厂 of the industry department, claimed by its manager; its id."""
    values = {
        "name": "鑫源五金厂", "credit_code": CODE, "area_code": "500106004001",
        "address": "井口工业园 A3", "sector": "industry", "state": "open",
        "sector_regulator": "industry", "principal": "唐勇", "principal_phone": "13812342207",
    }  # fmt: skip
    pk = register_enterprise(people["street"].actor, values)
    claim_enterprise(people["manager"].actor, CODE, hand_out_code(people["street"].actor, pk))
    return pk


def picture(colour="red"):
    sink = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(sink, "JPEG")
    return sink.getvalue()


def photograph(one, danger_id, moment):
    add_photo(
        one.actor,
        danger_id,
        moment,
        picture({"before": "red", "after": "green", "report": "blue"}[moment]),
    )
