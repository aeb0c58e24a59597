"""How long the law gives: hours by day and night, days by the calendar that the rule book names."""

from datetime import date, datetime

import pytest
from tests.operations.enforcement.conftest import at, new_case
from tests.operations.enforcement.test_procedure import FILING, SITE, filed

from anlan.operations.deadlines.models import WorkItem
from anlan.operations.enforcement.models import Case, LegalTerm
from anlan.operations.enforcement.queries.terms import over, until
from anlan.vocabulary.clock import CHINA

pytestmark = pytest.mark.django_db(databases="__all__")


def proposed(people, *when):
    at(*when)
    case = new_case(people)
    people["officer"].take(case, "inspect", **SITE | {
        "began": "2025-09-01T08:00", "ended": "2025-09-01T08:50"})  # fmt: skip
    people["partner"].take(case, "propose filing", **FILING | {"ended_on": "2025-09-01"})
    people["leader"].take(case, "file", opinion="同意立案")
    people["officer"].take(case, "propose the transfer", facts="冒险作业", offence="危险作业罪")
    return case


@pytest.mark.parametrize(
    ("when", "decide_by", "approved", "hand_over_by"),
    [  # National Day and Mid-Autumn 2025 are days off from 1 to 8 October
        ((2025, 9, 30, 16), "2025-10-03", (2025, 9, 30, 17, 40), "2025-10-01T17:40:00+08:00"),
        ((2025, 10, 3, 9), "2025-10-06", (2025, 10, 4, 23, 5), "2025-10-05T23:05:00+08:00"),
        ((2025, 9, 16, 9), "2025-09-19", (2025, 9, 17, 10, 30), "2025-09-18T10:30:00+08:00"),
    ],
)
def test_a_crime_is_decided_in_three_days_and_handed_over_in_24_hours_whatever_the_holidays(
    people, when, decide_by, approved, hand_over_by
):
    case = proposed(people, *when)
    assert Case.objects.get(pk=case).dues["crime_decision"] == decide_by
    at(*approved)
    people["leader"].take(case, "approve the transfer", opinion="同意移送")
    one = Case.objects.get(pk=case)
    assert one.dues["crime_transfer"] == hand_over_by
    assert one.due_on == date.fromisoformat(hand_over_by[:10])
    item = WorkItem.objects.get(key=f"case:{case}:crime_transfer")
    assert item.due_at == datetime.fromisoformat(hand_over_by)
    page = people["officer"].browser.get(f"/cases/{case}").content.decode()
    assert hand_over_by[11:16] in page


def test_a_transfer_that_is_late_is_called_late_in_the_middle_of_the_holidays(people):
    case = proposed(people, 2025, 9, 30, 9)
    people["leader"].take(case, "approve the transfer", opinion="同意移送")
    at(2025, 10, 1, 9, 1)
    running = people["officer"].browser.get(f"/api/v1/cases/{case}").json()["running"]
    late = {one["key"]: one["over"] for one in running}
    assert late == {"crime_transfer": True, "decision": False}


# Written from domain.md: of the Penalties Law 2, 3, 5 and 7 days are working days; every other
# count is calendar days; a month is a month.
BOOK = {
    "limitation": ("months", 24), "limitation_harm": ("months", 60),
    "filing_urgent": ("calendar", 5), "evidence_hold": ("working", 7), "statement": ("working", 3),
    "hearing_request": ("working", 5), "hearing_notice": ("working", 7),
    "decision": ("calendar", 90), "decision_extended": ("calendar", 180),
    "service": ("working", 7), "payment": ("calendar", 15), "reconsideration": ("calendar", 60),
    "suit": ("months", 6), "suit_after": ("calendar", 15), "reminder": ("calendar", 10),
    "court": ("months", 3), "execution": ("calendar", 10), "publicity": ("working", 7),
    "publicity_other": ("working", 20), "publicity_end": ("months", 12),
    "recheck": ("calendar", 10), "crime_decision": ("calendar", 3), "crime_transfer": ("hours", 24),
}  # fmt: skip
ROLLS = {"payment", "reconsideration", "suit", "suit_after", "reminder", "court"}


def test_every_term_is_counted_by_the_calendar_that_the_rule_book_names(people):
    rows = LegalTerm.objects.all()
    assert {one.key: (one.unit, one.days) for one in rows} == BOOK
    assert {one.key for one in rows if one.rolls} == ROLLS


def test_the_office_gets_no_day_more_and_the_party_the_next_working_day(people):
    eve = date(2025, 9, 20)
    assert until("recheck", eve) == date(2025, 9, 30)
    assert until("recheck", date(2025, 9, 25)) == date(2025, 10, 5)  # in the holidays
    assert until("payment", eve) == date(2025, 10, 9)  # the fifteenth day is the fifth of October
    assert until("limitation", date(2023, 10, 1)) == date(2025, 10, 1)
    ends = over("payment", datetime(2025, 9, 20, 12, tzinfo=CHINA))
    assert ends == datetime(2025, 10, 9, 23, 59, 59, tzinfo=CHINA)


def test_urgent_measures_are_filed_within_five_calendar_days(people, case):
    filed(people, case)
    at(2026, 4, 29, 9)
    other = new_case(people, key="k2")
    people["officer"].take(other, "inspect", **SITE)
    people["leader"].take(
        other, "stop on the spot", items="停用", measures="停产", basis="第七十条"
    )
    assert Case.objects.get(pk=other).dues["filing_urgent"] == "2026-05-04"
