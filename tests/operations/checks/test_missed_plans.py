"""A plan that nobody does: what was missed is counted, told of and left, as with self-checks."""

from datetime import date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from tests.operations.checks.conftest import checker, ok, submission
from tests.operations.checks.test_plans import ALL, VALUES, single

from anlan.operations.checks.actions import make_plan, make_tasks, plan_single, submit_check
from anlan.operations.checks.actions.desk import asked_of
from anlan.operations.checks.models import InspectionTask
from anlan.operations.checks.queries import inspected
from anlan.operations.deadlines.queries import desk
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock

pytestmark = pytest.mark.django_db(databases="__all__")
MARCH = date(2026, 3, 1), date(2026, 3, 31)


def until(day):
    """Every night until a day, and the morning of that day."""
    while clock.today() < day:
        clock.use(DrillClock(clock.now() + timedelta(days=1)))
        make_tasks()
    clock.use(DrillClock(datetime(day.year, day.month, day.day, 9, tzinfo=CHINA)))


def waits(one):
    return {item.title: f"{item.due_at:%m-%d}" if item.due_at else "" for item in desk(one.scope)
            if "计划检查" in item.title}  # fmt: skip


def daily(people, often="1d"):
    make_plan(checker(people["industry"]), VALUES | {
        "area_code": "500106", "sector": "industry", "months": often})  # fmt: skip


def test_a_working_day_that_was_missed_is_told_of_for_a_week_and_asked_for_no_more(
    library, works, people
):
    """From Monday the 2nd to Wednesday the 25th of March nobody goes there: 17 days missed, five
    of them in the last week."""
    daily(people)
    until(date(2026, 3, 25))
    assert waits(people["industry"]) == {
        "计划检查 1 家企业": "03-25", "近一周 1 家企业漏做计划检查 5 次": ""}  # fmt: skip
    assert InspectionTask.objects.filter(done_at=None).count() == 18
    assert asked_of("industry", clock.today()).count() == 1
    page = people["industry"].browser.get("/checks/inspections?view=late&whose=unit")
    assert page.context["page"].count == 17


def test_a_visit_does_what_is_asked_for_that_day_and_leaves_missed_what_was_missed(
    task, works, people
):
    daily(people)
    until(date(2026, 3, 12))
    went = submission(task, ok(*ALL), task_id=None)
    submit_check(checker(people["industry"]), went)
    done = InspectionTask.objects.exclude(done_at=None)
    assert [one.due_on for one in done] == [date(2026, 3, 12)]
    assert waits(people["industry"]) == {"近一周 1 家企业漏做计划检查 5 次": ""}
    (coverage,) = inspected(people["industry"].scope, *MARCH, "unit")
    assert (coverage.due, coverage.done, coverage.in_time) == (9, 1, 1)


def test_a_weeks_inspection_leaves_the_desk_with_its_week_a_months_with_the_next_month(
    library, works, people
):
    daily(people, "7d")
    make_plan(checker(people["street"]), VALUES)
    until(date(2026, 3, 9))
    assert waits(people["industry"])["近一周 1 家企业漏做计划检查 1 次"] == ""
    until(date(2026, 4, 30))
    assert waits(people["street"]) == {"计划检查 1 家企业": "03-31"}
    until(date(2026, 5, 1))
    assert waits(people["street"])["计划检查 1 家企业"] == "04-30"
    assert waits(people["street"])["近一周 1 家企业漏做计划检查 1 次"] == ""


def test_a_single_check_is_asked_for_a_quarter_after_its_day(library, works, people):
    plan_single(checker(people["street"]), single(works, due_on=date(2026, 3, 4)))
    until(date(2026, 6, 4))
    assert waits(people["street"]) == {"计划检查 1 家企业": "03-04"}
    until(date(2026, 6, 5))
    assert waits(people["street"]) == {"近一周 1 家企业漏做计划检查 1 次": ""}


def test_what_an_older_version_owed_is_asked_for_as_long_as_what_is_made_now(
    library, works, people
):
    daily(people)
    make_plan(checker(people["street"]), VALUES)
    plan_single(checker(people["street"]), single(works, due_on=date(2026, 3, 4), use="review"))
    asked = InspectionTask.objects.order_by("pk").values_list("asked_until", flat=True)
    known = list(asked)
    asked.update(asked_until=None)
    import_module("anlan.operations.checks.migrations.0013_asked_until").fill(apps, None)
    assert list(asked) == known == [date(2026, 3, 2), date(2026, 4, 30), date(2026, 6, 4)]
