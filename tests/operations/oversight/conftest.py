"""A bureau with officers, two legal reviewers, two leaders; archived cases; another unit."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from tests.operations.settled import afresh, settled

from anlan.operations.enforcement import actions as enforcement
from anlan.operations.enforcement.models import Case, CaseOfficer, CaseStep, Certificate
from anlan.operations.oversight import actions
from anlan.operations.oversight.models import Sampled
from anlan.operations.oversight.queries.reviews import person_of
from anlan.operations.oversight.rules.checklist import Given
from anlan.operations.people.actions import PLATFORM, NewAccount, as_actor, open_account
from anlan.operations.people.models import Account
from anlan.operations.people.queries import scope_of
from anlan.portal.loading.folder import folder_of
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock

PEOPLE = {
    "officer": ("enforcement_officer", "bureau"), "partner": ("enforcement_officer", "bureau"),
    "third": ("enforcement_officer", "bureau"), "legal": ("legal_reviewer", "bureau"),
    "legal_two": ("legal_reviewer", "bureau"), "leader": ("bureau_leader", "bureau"),
    "deputy": ("bureau_leader", "bureau"), "other_officer": ("enforcement_officer", "fire"),
    "other_legal": ("legal_reviewer", "fire"), "expert": ("review_expert", "college"),
    "duty": ("duty_officer", "bureau"),
    "safety": ("safety_officer", "bureau"), "street": ("township", "street"),
    **dict.fromkeys(("inspector", "second_inspector", "third_inspector"),
                    ("discipline_officer", "bureau")),
}  # fmt: skip


BEGINS = datetime(2026, 3, 2, 9, tzinfo=CHINA)


class One:
    """One person: whom the actions ask, and a browser."""

    def __init__(self, name):
        role, unit = PEOPLE[name]
        new = NewAccount(username=name, password="a long demo password", display_name=name,
                         role=role, organisation_code=unit, area_code="500106",
                         sector="")  # fmt: skip
        self.account = Account.objects.get(pk=open_account(PLATFORM, new))
        self.id = self.account.pk
        self.actor = as_actor(self.account)

    @property
    def scope(self):
        return scope_of(self.account)

    @property
    def person(self):
        return person_of(self.scope, str(self.account))

    @property
    def doer(self):
        return self.actor, self.person

    @property
    def browser(self):
        client = Client()
        client.force_login(self.account)
        return client


def at(*when):
    clock.use(DrillClock(datetime(*when, tzinfo=CHINA)))


@pytest.fixture(scope="module")
def _people_of_module(django_db_setup, django_db_blocker):
    """The district and its people, settled once a module: each test is rolled back to them."""
    with settled(django_db_blocker, BEGINS):
        _settle()
        yield _certified({name: One(name) for name in PEOPLE})


def _settle():
    for load in (enforcement.load_terms, enforcement.load_district_files, actions.load_terms):
        load(PLATFORM, folder_of("shapingba"))


@pytest.fixture(autouse=True)
def district(_people_of_module, db, settings, tmp_path):
    settings.ANLAN_HOME = tmp_path
    clock.use(DrillClock(BEGINS))


@pytest.fixture
def people(district, _people_of_module):
    return afresh(_people_of_module)


def _certified(found):
    for number, name in enumerate(("officer", "partner", "third"), 1):
        Certificate.objects.create(
            account_id=found[name].id, holder=name, number=f"证{number}", unit="bureau",
            valid_from=date(2024, 5, 1), valid_to=date(2029, 4, 30), kept_at=clock.now(),
        )  # fmt: skip
    return found


def archived(people, number, *, day=date(2026, 2, 10), hour=9, unit="bureau", took=()):
    """An archived case of the ordinary procedure, by officer and partner, in good order."""
    noon = datetime(day.year, day.month, day.day, hour, tzinfo=CHINA)
    begun = noon - timedelta(days=20)
    case = Case.objects.create(
        number=number, key=number, title=f"案{number}", unit=unit, area_code="500106004",
        party_kind="unit", party="厂", state="ARCHIVED", opened_at=begun, closed_at=noon,
        filed_on=begun.date(), decided_on=(noon - timedelta(days=10)).date(), published=True,
        reviewed_by_id=people["legal"].id, decided_by_id=people["leader"].id,
    )  # fmt: skip
    for name in ("officer", "partner"):
        held = Certificate.objects.get(holder=name)
        CaseOfficer.objects.create(case=case, certificate=held, since=begun)
    decided = (noon - timedelta(days=10)).date()
    steps = (
        ("open", "officer", 20), ("investigate", "officer", 15), ("review", "legal", 11),
        ("decide", "leader", 10), ("serve", "officer", 9), ("publish", "officer", 8),
        ("archive", "leader", 0), *took,
    )  # fmt: skip
    for verb, who, back in steps:
        if verb == "inspect":
            case.inspected_on = begun.date()
            case.save()
        said = {"on": (decided + timedelta(days=1)).isoformat()} if verb == "serve" else {}
        CaseStep.objects.create(case=case, at=noon - timedelta(days=back), by_id=people[who].id,
                                by_name=who, verb=verb, after="ARCHIVED", said=said)  # fmt: skip
    case.publications.create(
        number=number, unit_name="局", party="厂", violation="违", basis="法",
        decided_on=decided, published_on=decided + timedelta(days=2), until=date(2027, 2, 1),
    )  # fmt: skip
    return case


@pytest.fixture
def cases(people):
    return [archived(people, f"2026-{n:04d}") for n in range(1, 9)]


PERIOD = {"since": date(2026, 1, 1), "until": date(2026, 2, 28)}


def review_of(people, who="legal", **given):
    new = actions.NewReview(**{**PERIOD, "count": 3, **given})
    return actions.open_review(*people[who].doer[:1], people[who].person, "500106", new)


@pytest.fixture
def drawn_case(people, cases):
    """The first case of a review."""
    return Sampled.objects.filter(review=review_of(people)).earliest("place")


def name_two(people, sampled, one="third", two="legal_two", who="deputy"):
    actions.name_reviewers(people[who].doer, sampled.pk, (people[one].person, people[two].person))


def given(sampled, missing=(), vetoes=None):
    """Full points, but one less where something is `missing`."""
    items = [one for one in sampled.review.checklist.figures["items"] if not one.get("computed")]
    return Given(
        points={one["key"]: one["points"] - (one["key"] in missing) for one in items},
        notes=dict.fromkeys(missing, "缺一页"), vetoes=vetoes or {},
    )  # fmt: skip


@pytest.fixture
def scored(people, drawn_case):
    """Read by two; one found a page missing."""
    name_two(people, drawn_case)
    actions.score(people["third"].doer, drawn_case.pk, given(drawn_case, ("filing",)))
    actions.score(people["legal_two"].doer, drawn_case.pk, given(drawn_case))
    return SimpleNamespace(pk=drawn_case.pk, read=lambda: Sampled.objects.get(pk=drawn_case.pk))
