"""A bureau, a department and two streets, with one list of a street's leader."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

from anlan.operations.people.actions import (
    PLATFORM,
    NewAccount,
    NewOrganisation,
    as_actor,
    load_organisations,
    open_account,
)
from anlan.operations.people.models import Account
from anlan.operations.people.queries import organisations, scope_of
from anlan.operations.responsibilities import actions
from anlan.operations.responsibilities.queries import person_of
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock

NOW = datetime(2026, 1, 5, 9, tzinfo=CHINA)
STREET, OTHER = "500106004", "500106002"
UNITS = {
    "bureau": "区应急局", "bureau-flood": "防汛科", "water": "区水利局",
    "general-hq": "区应急总指挥部", STREET: "磁器口街道", OTHER: "沙坪坝街道",
}  # fmt: skip
PEOPLE = {
    "office": ("safety_officer", "bureau"), "section": ("section_head", "bureau-flood"),
    "duty": ("duty_officer", "bureau"), "chief": ("bureau_leader", "bureau"),
    "night": ("duty_leader", "bureau"), "mayor": ("district_leader", "general-hq"),
    "officer": ("enforcement_officer", "bureau"), "water": ("department", "water"),
    "water_leader": ("department_leader", "water"), "street": ("township", STREET),
    "leader": ("township_leader", STREET), "grid": ("grid_worker", STREET),
    "other": ("township", OTHER), "other_leader": ("township_leader", OTHER),
    "firm": ("enterprise", ""), "security": ("security_admin", "bureau"),
}  # fmt: skip


def open_units():
    load_organisations(PLATFORM, [
        NewOrganisation(
            code=code, name=name, kind="unit",
            area_code=code if code.startswith("500106") else "500106",
            valid_from=date(2019, 3, 1), source="试",
        )
        for code, name in UNITS.items()
    ])  # fmt: skip


@pytest.fixture
def people(db):
    clock.use(DrillClock(NOW))
    open_units()
    found = {}
    for name, (role, unit) in PEOPLE.items():
        area = unit if unit.startswith("500106") else "500106"
        if role == "enterprise":
            area = STREET
        new = NewAccount(
            username=name, password="a long demo password", display_name=name, role=role,
            organisation_code=unit, area_code=area, sector="water" if unit == "water" else "",
        )  # fmt: skip
        found[name] = Account.objects.get(pk=open_account(PLATFORM, new))
    return found


def unit_of(code):
    return next(one for one in organisations() if one.code == code)


def person(account):
    return person_of(scope_of(account))


@pytest.fixture
def lists(people):
    """The list of the street's leader, with one duty; how to set works in it and take steps."""
    office, leader = people["office"], people["leader"]
    new = actions.NewBearer(unit_code=STREET, post="主任", name="秦川", account_id=leader.pk)
    bearer = actions.put_bearer(as_actor(office), person(office), new)
    duty = actions.NewDuty(text="抓防汛", basis="分工文件", valid_from=date(2026, 1, 1))
    number = actions.add_duty(as_actor(office), person(office), bearer, duty)

    def put(account=office, number="1", unit=STREET, due=date(2026, 6, 30), **more):
        given = {"what": "更新转移名册", "measure": "名册盖章"} | more
        new = actions.NewWork(year=2026, number=number, unit=unit_of(unit), due_on=due, **given)
        return actions.put_work(as_actor(account), person(account), bearer, new)

    def take(name, work, verb, **said):
        account = people[name]
        said = {"words": "说明", "percent": 50 if verb == "report" else None} | said
        actions.take_step(as_actor(account), person(account), work, verb, **said)

    return SimpleNamespace(bearer=bearer, duty=number, put=put, take=take)
