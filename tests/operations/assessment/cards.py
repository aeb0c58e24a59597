"""A year's assessment to test with: a bureau, two departments, two streets, a zone, a scheme."""

from datetime import date, datetime

from anlan.operations.accidents.models import Accident
from anlan.operations.assessment import actions
from anlan.operations.assessment.models import SchemeVersion, Scorecard
from anlan.operations.assessment.queries import person_of
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

NOW = datetime(2026, 12, 1, 9, tzinfo=CHINA)
STREET, OTHER, PARK = "500106004", "500106002", "500106019"
TOWNS = {STREET: "磁器口街道", OTHER: "沙坪坝街道", "500106016": "虎溪街道"}
UNITS = {
    "bureau": ("区应急局", "bureau", "500106", "", ""),
    "bureau-flood": ("防汛科", "bureau_section", "500106", "", ""),
    "general-hq": ("区应急总指挥部", "general_hq", "500106", "", ""),
    "water": ("区水利局", "department", "500106", "water", ""),
    "industry": ("区经信委", "department", "500106", "industry", ""),
    "militia": ("人武部", "department", "500106", "militia", ""),
    "park": ("工业园区", "zone", PARK, "", ""),
    "gaoxin": ("高新区", "zone", "500106", "", "municipality"),
}  # fmt: skip
PEOPLE = {
    "office": ("safety_officer", "bureau"), "section": ("section_head", "bureau-flood"),
    "duty": ("duty_officer", "bureau"), "chief": ("bureau_leader", "bureau"),
    "night": ("duty_leader", "bureau"), "mayor": ("district_leader", "general-hq"),
    "officer": ("enforcement_officer", "bureau"), "water": ("department", "water"),
    "water_leader": ("department_leader", "water"), "street": ("township", STREET),
    "leader": ("township_leader", STREET), "grid": ("grid_worker", STREET),
    "other": ("township", OTHER), "other_leader": ("township_leader", OTHER),
    "zone": ("township", "park"), "firm": ("enterprise", ""), "security": ("security_admin", ""),
}  # fmt: skip
# Out of 100: 60 typed, 40 computed from the works of the year.
SCHEME = {
    "object_days": 5, "review_days": 10, "bonus_most": 5,
    "grades": {"excellent": 90, "good": 80, "pass": 60, "fail": 0},
    "veto": {"level": 3, "marks": ["concealed"]}, "left_out": ["militia"],
    "items": [
        {"code": "duty", "text": "值班", "points": 40, "by": "hand",
         "of": ["department", "township", "zone"]},
        {"code": "plan", "text": "预案", "points": 20, "by": "hand",
         "of": ["department", "township", "zone"]},
        {"code": "works", "text": "年度工作", "points": 40, "by": "works",
         "of": ["department", "township", "zone"]},
    ],
    "deductions": [
        {"code": "accident", "text": "一般事故", "points": 3, "by": "accident:4"},
        {"code": "late", "text": "迟报", "points": 2, "by": "mark:late"},
        {"code": "overdue", "text": "挂牌逾期", "points": 2, "by": "overdue"},
        {"code": "blamed", "text": "通报批评", "points": 2, "by": "hand"},
    ],
}  # fmt: skip


def open_house(scheme=SCHEME):
    """The units, their people by name, and the scheme in force."""
    clock.use(DrillClock(NOW))
    where = {"geometry": None, "lon": 106.4, "lat": 29.5}
    load_areas(PLATFORM, [
        NewArea(code="500106", name="沙坪坝区", kind="district", **where),
        *(NewArea(code=code, name=name, kind="township", parent_code="500106",
                  admin_by="gaoxin" if code.endswith("016") else "", **where)
          for code, name in TOWNS.items()),
    ])  # fmt: skip
    load_organisations(PLATFORM, [
        NewOrganisation(code=code, name=name, kind=kind, area_code=area, sector=sector,
                        admin_by=admin, valid_from=date(2019, 3, 1), source="试")
        for code, (name, kind, area, sector, admin) in UNITS.items()
    ])  # fmt: skip
    if scheme is not None:
        SchemeVersion.objects.create(valid_from=date(2020, 1, 1), source="试行", content=scheme)
    return {name: _account(name, *one) for name, one in PEOPLE.items()}


def _account(name, role, unit):
    area = {"park": PARK, "": STREET}.get(unit, unit if unit.startswith("5001") else "500106")
    new = NewAccount(
        username=name, password="a long demo password", display_name=name, role=role,
        organisation_code=unit, area_code=area, sector="water" if unit == "water" else "",
    )  # fmt: skip
    return Account.objects.get(pk=open_account(PLATFORM, new))


def person(account):
    return person_of(scope_of(account))


def open_year(people, year=2026, due=date(2026, 12, 20), name="office"):
    account = people[name]
    return actions.open_year(as_actor(account), person(account), year, due)


def card_of(unit, year=2026):
    return Scorecard.objects.get(year=year, unit_code=unit)


def take(people, name, unit, verb, **given):
    """``points__duty=30`` stands for the field points:duty."""
    account = people[name]
    fields = {key.replace("__", ":"): str(value) for key, value in given.items()}
    actions.take_step(as_actor(account), person(account), card_of(unit).pk, verb, fields)


def submitted(people, name, unit, duty=36, plan=18):
    take(people, name, unit, "submit", points__duty=duty, words__duty="排班表",
         points__plan=plan, words__plan="预案备案表")  # fmt: skip


def accident(number, level, *, area=STREET, sector="industry", on=date(2026, 5, 4), marks=(),
             late=False, in_production=True):  # fmt: skip
    at = datetime(on.year, on.month, on.day, 10, tzinfo=CHINA)
    return Accident.objects.create(
        number=number, key=number, title="坍塌", unit="某厂", area_code=area, sector=sector,
        category="industrial", kind="10", occurred_at=at, known_at=at, reported_at=at,
        level=level, marks=list(marks), late=late, in_production=in_production,
    )  # fmt: skip
