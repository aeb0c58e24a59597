"""A small district's year of dangers, with one street that has found nothing."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from anlan.operations.checks.models import CheckRecord, CheckTask
from anlan.operations.people.actions import (
    PLATFORM,
    NewAccount,
    NewOrganisation,
    load_organisations,
    open_account,
)
from anlan.operations.people.models import Account
from anlan.operations.people.queries import scope_of
from anlan.operations.safety.models import Danger, Enterprise
from anlan.operations.territory.actions import NewArea, load_areas
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock

NOW = datetime(2026, 3, 20, 9, tzinfo=CHINA)
PEOPLE = {
    "officer": ("safety_officer", "500106", ""),
    "industry": ("department", "500106", "industry"),
    "street": ("township", "500106004", ""),
    "grid": ("grid_worker", "500106004001", ""),
}
AREAS = {"500106": "沙坪坝区", "500106004": "磁器口街道", "500106004001": "金碧社区",
         "500106002": "沙坪坝街道", "500106008": "井口街道"}  # fmt: skip


@pytest.fixture
def people(db):
    clock.use(DrillClock(NOW))
    kinds = {6: "district", 9: "township", 12: "community"}
    load_areas(PLATFORM, [
        NewArea(code=code, name=name, kind=kinds[len(code)], geometry=None, lon=106.4, lat=29.6)
        for code, name in AREAS.items()
    ])  # fmt: skip
    units = [("industry", "区经信委", "department", "industry"),
             ("fire", "区消防支队", "department", "fire"),
             ("gas", "区燃气办", "department", "gas")]  # fmt: skip
    load_organisations(PLATFORM, [
        NewOrganisation(code, name, kind, "500106", date(2019, 1, 1), sector=sector)
        for code, name, kind, sector in units
    ])  # fmt: skip
    for name, (role, area, sector) in PEOPLE.items():
        open_account(PLATFORM, NewAccount(
            username=name, password="a long demo password", display_name=name, role=role,
            organisation_code=name, area_code=area, sector=sector,
        ))  # fmt: skip
    yield {name: Account.objects.get(username=name) for name in PEOPLE}
    clock.use(None)


@pytest.fixture
def scopes(people):
    return {name: scope_of(account) for name, account in people.items()}


@pytest.fixture
def browsers(people):
    clients = {name: Client() for name in people}
    for name, client in clients.items():
        client.force_login(people[name])
    return clients


@pytest.fixture
def dangers(people):
    """Sixty, over three months, two streets and two sectors; some late, some repeats."""
    now = clock.now()
    firms = Enterprise.objects.bulk_create(
        Enterprise(credit_code=f"C{n}", name=f"厂{n}", area_code="500106004001", sector="industry",
                   registered_at=now, changed_at=now) for n in range(4)
    )  # fmt: skip
    # One works where no authority has found anything.
    Enterprise.objects.create(credit_code="C9", name="气站", area_code="500106008001", sector="gas",
                              registered_at=now, changed_at=now)  # fmt: skip
    return Danger.objects.bulk_create(_danger(n, firms[n % 3]) for n in range(60))


def _danger(n, firm):
    found = NOW - timedelta(days=n * 1.3)
    closed = n % 4 != 0
    due = None if n % 7 == 0 else found.date() + timedelta(days=10)
    done = found.date() + timedelta(days=6 + n % 9)
    return Danger(
        number=f"2026-{n:06d}", key=f"k{n}", title=f"隐患{n}", unit=firm.name, enterprise=firm,
        area_code="500106004001" if n % 3 else "500106002",
        sector="industry" if n % 2 else "fire",
        source=("self_check", "patrol", "inspection")[n % 3] if n % 2 else "self_check",
        grade=("", "GENERAL", "GENERAL", "MAJOR")[n % 4 if n % 8 else 3],
        found_at=found, found_by_name="x", due_on=due,
        state="CLOSED" if closed and done <= NOW.date() else "RECTIFYING",
        closed_on=done if closed and done <= NOW.date() else None, repeat=n % 5 == 0,
    )  # fmt: skip


@pytest.fixture
def checks(dangers):
    """Weekly self-checks of three months, of four enterprises in two streets and two sectors, some
    late, some never done; every tenth day somebody of an authority looks at one of them."""
    firms = list(Enterprise.objects.order_by("pk"))
    for n in range(80):
        firm, due = firms[n % 4], NOW.date() - timedelta(days=n)
        done = None if n % 5 == 0 else due + timedelta(days=n % 3 - 1)
        at = done and datetime.combine(done, NOW.timetz())
        where = {"unit": firm.name, "area_code": "500106004001" if n % 3 else "500106002",
                 "sector": "industry" if n % 2 else "fire"}  # fmt: skip
        CheckTask.objects.create(
            enterprise=firm, cycle=("daily", "weekly", "monthly")[n % 3], begins_on=due,
            due_on=due, done_at=at, done_on=done, **where,
        )  # fmt: skip
        if n % 10 == 3:
            CheckRecord.objects.create(
                key=f"c{n}", enterprise=firm, use="enforcement", performed_at=NOW - timedelta(n),
                kept_at=NOW, not_ok=n % 4, by_name="x", **where,
            )  # fmt: skip
