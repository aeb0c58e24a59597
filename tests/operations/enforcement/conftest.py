"""A bureau with officers, a reviewer and a leader; a second unit beside it; the law's terms."""

from datetime import date, datetime

import pytest
from django.test import Client
from tests.operations.settled import afresh, settled

from anlan.operations.enforcement.actions import (
    NewCase,
    NewCertificate,
    keep_certificate,
    load_district_files,
    load_terms,
    open_case,
    papers,
    take_step,
)
from anlan.operations.enforcement.models import Certificate, DiscretionRow, EnforcementUnit
from anlan.operations.enforcement.queries.state import person_of
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
from anlan.portal.loading.folder import folder_of
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock

PEOPLE = {
    "officer": ("enforcement_officer", "bureau"),
    "partner": ("enforcement_officer", "bureau"),
    "third": ("enforcement_officer", "bureau"),
    "expired": ("enforcement_officer", "bureau"),
    "legal": ("legal_reviewer", "bureau"),
    "leader": ("bureau_leader", "bureau"),
    "safety": ("safety_officer", "bureau"),
    "other_officer": ("enforcement_officer", "fire"),
    "other_leader": ("bureau_leader", "fire"),
}
BEGINS = datetime(2026, 3, 2, 9, tzinfo=CHINA)
VALID = (date(2024, 5, 1), date(2029, 4, 30))


class One:
    """One person: whom the actions ask, and a browser."""

    def __init__(self, name):
        role, organisation = PEOPLE[name]
        new = NewAccount(username=name, password="a long demo password", display_name=name,
                         role=role, organisation_code=organisation, area_code="500106",
                         sector="")  # fmt: skip
        self.account = Account.objects.get(pk=open_account(PLATFORM, new))
        self.actor = as_actor(self.account)

    @property
    def scope(self):
        return scope_of(self.account)

    @property
    def person(self):
        return person_of(self.scope, self.account.organisation_code)

    @property
    def doer(self):
        return self.actor, self.person

    @property
    def browser(self):
        client = Client()
        client.force_login(self.account)
        return client

    def take(self, case_id, verb, **given):
        take_step(*self.doer, case_id, verb, given)


def at(*when):
    clock.use(DrillClock(datetime(*when, tzinfo=CHINA)))


@pytest.fixture(scope="module")
def _people_of_module(django_db_setup, django_db_blocker):
    """The district and its people, settled once a module: each test is rolled back to them."""
    with settled(django_db_blocker, BEGINS):
        _settle()
        yield _certified({name: One(name) for name in PEOPLE})


def _settle():
    load_areas(
        PLATFORM,
        [NewArea(code=code, name=name, kind=kind, geometry=None, lon=106.45, lat=29.57)
         for code, name, kind in (("500106", "沙坪坝区", "district"),
                                  ("500106004", "磁器口街道", "township"))],
    )  # fmt: skip
    load_organisations(
        PLATFORM,
        [NewOrganisation(c, n, "bureau", "500106", date(2019, 1, 1))
         for c, n in (("bureau", "区应急局"), ("fire", "区消防支队"))],
    )  # fmt: skip
    for load in (load_terms, load_district_files):
        load(PLATFORM, folder_of("shapingba"))
    bureau = EnforcementUnit.objects.get(code="bureau")
    bureau.pk, bureau.code, bureau.mark = None, "fire", "渝沙消"
    bureau.save()


@pytest.fixture(autouse=True)
def district(_people_of_module, db, settings, tmp_path):
    settings.ANLAN_HOME = tmp_path
    clock.use(DrillClock(BEGINS))


@pytest.fixture
def people(district, _people_of_module):
    return afresh(_people_of_module)


def _certified(found):
    for number, name in enumerate(("officer", "partner", "third", "other_officer"), 1):
        leader = found["other_leader" if name == "other_officer" else "leader"]
        new = NewCertificate(account_id=found[name].account.pk, number=f"证{number}",
                             valid_from=VALID[0], valid_to=VALID[1])  # fmt: skip
        keep_certificate(*leader.doer, new)
    old = NewCertificate(account_id=found["expired"].account.pk, number="证9",
                         valid_from=date(2019, 5, 1), valid_to=date(2024, 4, 30))  # fmt: skip
    keep_certificate(*found["leader"].doer, old)
    return found


def certificate(name):
    return Certificate.objects.get(holder=name).pk


def row(code):
    return str(DiscretionRow.objects.get(code=code).pk)


PARTY = {"name": "鑫源五金厂", "id_number": "91350100M000100Y43", "principal": "唐勇",
         "address": "井口工业园 A3", "phone": "13812342207"}  # fmt: skip


def new_case(people, *, key="k1", kind="unit", party=PARTY, officers=("officer", "partner")):
    new = NewCase(key=key, title="除尘系统停用", area_code="500106004", party_kind=kind,
                  party=party, officers=[certificate(one) for one in officers])  # fmt: skip
    return open_case(*people["officer"].doer, new)


@pytest.fixture
def case(people):
    return new_case(people)


@pytest.fixture(autouse=True)
def papers_plain(request, monkeypatch):
    """Papers are numbered and kept, but set only where a test asks for it: setting takes long."""
    if "set_papers" not in request.fixturenames:
        monkeypatch.setattr(papers, "MAKERS", {"pdf": lambda text: text.encode()})


@pytest.fixture
def set_papers():
    """Papers come out as DOCX and PDF."""
