"""A card of a year that is over: its indicators are that year's, and what was reviewed stays."""

from datetime import date

import pytest
from tests.operations.assessment.cards import (
    SCHEME,
    STREET,
    accident,
    card_of,
    open_house,
    open_year,
    person,
)

from anlan.operations.assessment import actions
from anlan.operations.assessment.models import Indicator
from anlan.operations.assessment.queries.sheets import live_sheet, scheme_of
from anlan.operations.people.actions import as_actor

pytestmark = pytest.mark.django_db(databases="__all__")
ITEMS = [
    {"code": "duty", "text": "值班", "points": 60, "by": "hand", "of": ["township"]},
    {"code": "grave", "text": "重特大事故", "points": 20, "by": "K-03", "of": ["township"]},
    {"code": "shelters", "text": "避难场所", "points": 20, "by": "K-44", "of": ["township"]},
]


@pytest.fixture
def people(db):
    found = open_house(SCHEME | {"items": ITEMS})
    for place, (code, target, way) in enumerate((("K-03", 0, "le"), ("K-44", 120, "ge"))):
        Indicator.objects.create(
            code=code, place=place, name=code, name_en=code, target=target, direction=way,
            unit="起", unit_en="", formula="", formula_en="", source="规划", nature="binding",
            path="level", starts=date(2021, 1, 1), ends=date(2025, 12, 31),
            valid_from=date(2011, 1, 1),
        )  # fmt: skip
    return found


def lines(year):
    card = card_of(STREET, year)
    return {one.code: one for one in live_sheet(card, scheme_of(card)).lines}


def test_the_last_years_card_has_what_stood_on_its_last_day(people):
    """Of the five years to 2025 one grave accident is on record, of those from 2026 on another."""
    accident("SG2024-0001", 2, on=date(2024, 5, 4))
    accident("SG2026-0001", 2, on=date(2026, 2, 1))
    accident("SG2026-0002", 1, on=date(2026, 3, 1))
    open_year(people, 2025)
    open_year(people, 2026)
    assert {year: (lines(year)["grave"].share, lines(year)["grave"].figure[0])
            for year in (2025, 2026)} == {2025: (0, "1"), 2026: (0, "2")}  # fmt: skip
    # How many shelters there were is on no record: of a year that is over nothing is said.
    assert [lines(year)["shelters"].share for year in (2025, 2026)] == [None, 0]


def test_none_in_that_year_is_full_points_though_there_was_one_since(people):
    accident("SG2019-0001", 4, on=date(2019, 5, 4))
    accident("SG2026-0001", 2, on=date(2026, 2, 1))
    open_year(people, 2025)
    assert (lines(2025)["grave"].share, lines(2025)["grave"].counts) == (1, 20)


def test_what_was_reviewed_and_published_stays_when_the_records_change(people):
    accident("SG2019-0001", 4, on=date(2019, 5, 4))
    open_year(people, 2025)

    def step(name, verb, **given):
        account = people[name]
        fields = {key.replace("__", ":"): str(value) for key, value in given.items()}
        actions.take_step(
            as_actor(account), person(account), card_of(STREET, 2025).pk, verb, fields
        )

    step("street", "submit", points__duty=60, words__duty="排班表")
    step("office", "review")
    assert card_of(STREET, 2025).points == 100
    accident("SG2025-0001", 2, on=date(2025, 5, 4))
    step("leader", "accept")
    step("chief", "publish")
    card = card_of(STREET, 2025)
    assert (card.out_points, card.out_grade, card.out_vetoed) == (100, "excellent", False)
    kept = {one["code"]: one["figure"] for one in card.editions.get().sheet["lines"]}
    assert kept["grave"].startswith("0 ")
    assert lines(2025)["grave"].share == 0, "a correction would count it"
