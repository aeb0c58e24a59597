"""A district with an accident: who reports, leads, decides and follows up."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from anlan.operations.accidents import actions
from anlan.operations.accidents.actions import NewAccident
from anlan.operations.accidents.queries.state import person_of
from anlan.operations.accidents.rules.level import Figures
from anlan.operations.people.actions import PLATFORM, NewAccount, as_actor, open_account
from anlan.operations.people.models import Account
from anlan.operations.people.queries import scope_of
from anlan.operations.territory.actions import NewArea, load_areas
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock

DAY = date(2026, 3, 2)
ONE_HURT = Figures(serious=1)
NOW = datetime(2026, 3, 2, 12, tzinfo=CHINA)
PEOPLE = {
    "officer": ("safety_officer", "500106", ""),
    "second_officer": ("safety_officer", "500106", ""),
    "duty": ("duty_officer", "500106", ""),
    "governor": ("district_leader", "500106", ""),
    "industry": ("department", "500106", "industry"),
    "fire": ("department", "500106", "fire"),
    "street": ("township", "500106004", ""),
    "other_street": ("township", "500106002", ""),
    "grid": ("grid_worker", "500106004001", ""),
    "manager": ("enterprise", "500106004", ""),
}


class One:
    def __init__(self, name):
        role, area, sector = PEOPLE[name]
        new = NewAccount(
            username=name,
            password="a long demo password",
            display_name=name,
            role=role,
            area_code=area,
            sector=sector,
            organisation_code="x",
        )
        self.account = Account.objects.get(pk=open_account(PLATFORM, new))
        self.actor = as_actor(self.account)
        self.scope = scope_of(self.account)
        self.person = person_of(self.scope)

    @property
    def browser(self):
        client = Client()
        client.force_login(self.account)
        return client


@pytest.fixture
def people(db):
    clock.use(DrillClock(NOW))
    names = {"500106": "沙坪坝区", "500106004": "磁器口街道", "500106002": "沙坪坝街道"}
    kinds = {6: "district", 9: "township"}
    load_areas(
        PLATFORM,
        [NewArea(code=code, name=name, kind=kinds[len(code)], geometry=None, lon=106.45, lat=29.57)
         for code, name in names.items()],
    )  # fmt: skip
    return {name: One(name) for name in PEOPLE}


def take(one, action, pk, **said):
    return action(one.actor, one.person, pk, **said)


def registered(people, figures=ONE_HURT, key="k1", category="industrial", in_production=True,
               **times):  # fmt: skip
    about = {"title": "机械伤害", "unit": "鑫源五金厂", "area_code": "500106004",
             "sector": "industry", "category": category, "kind": "03"}  # fmt: skip
    at = {"occurred_at": NOW - timedelta(hours=3), "known_at": NOW - timedelta(hours=3),
          "reported_at": NOW - timedelta(hours=2, minutes=10)}  # fmt: skip
    new = NewAccident(key=key, about=about, figures=figures, in_production=in_production,
                      **(at | times))  # fmt: skip
    return actions.register_accident(people["street"].actor, people["street"].person, new)
