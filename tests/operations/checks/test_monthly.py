"""What is owed for a month waits for a month: asked for once, spoken of as any deadline is."""

from datetime import datetime

import pytest
from tests.operations.checks.conftest import checker, ok, submission
from tests.operations.checks.test_plans import told
from tests.operations.risks.conftest import Worker

from anlan.operations.checks.actions import make_tasks, submit_check
from anlan.operations.checks.models import CheckTask
from anlan.operations.deadlines.actions import remind
from anlan.operations.deadlines.models import WorkItem
from anlan.operations.deadlines.queries import desk
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def principal(library, works, people):
    return Worker("principal", "principal", people["street"], works)


def morning(month, day):
    """After the night's work, when people come to their desks."""
    clock.use(DrillClock(datetime(2026, month, day, 9, tzinfo=CHINA)))
    make_tasks()


def monthly(one):
    return [item for item in desk(one.scope) if item.key.endswith(":monthly")]


def test_the_monthly_check_is_spoken_of_three_days_before_one_day_before_and_on_its_day(principal):
    """Due on Thursday, the 30th of April; before, every night began to speak of it anew."""
    said = []
    for day in range(22, 31):
        morning(4, day)
        remind()
        if "principal" in told():
            said.append(day)
    assert said == [27, 29, 30]
    [item] = monthly(principal)
    assert item.opened_at.astimezone(CHINA).day == 22, "one item since it was asked for first"
    assert WorkItem.objects.filter(key=item.key).count() == 1


def test_one_that_is_answered_on_the_3rd_is_not_asked_for_again_before_the_next_month(
    principal, works
):
    morning(3, 3)
    assert len(monthly(principal)) == 1
    task = CheckTask.objects.get(enterprise=works, cycle="monthly")
    submit_check(checker(principal), submission(task, ok("drill")))
    asked = {(3, 3): len(monthly(principal))}
    for day in (4, 5, 31):
        morning(3, day)
        asked[3, day] = len(monthly(principal))
    morning(4, 1)
    assert asked == {(3, 3): 0, (3, 4): 0, (3, 5): 0, (3, 31): 0}
    assert len(monthly(principal)) == 1
    assert [one.begins_on.month for one in CheckTask.objects.filter(cycle="monthly")] == [3, 4]


def test_what_is_owed_for_a_day_goes_with_the_day_and_for_a_month_stays_with_what_was_said(
    principal, works, people
):
    morning(3, 3)
    daily = WorkItem.objects.get(key=f"checks:own:{works}", done_at=None)
    kept = WorkItem.objects.filter(key=f"checks:own:{works}:monthly", done_at=None)
    first = kept.get()
    kept.update(reminded=-3, parameters={"unit": "旧名"})
    morning(3, 4)
    daily.refresh_from_db()
    assert daily.done_at is not None
    assert WorkItem.objects.get(key=daily.key, done_at=None).due_at == clock.end_of(clock.today())
    now = kept.get()
    assert (now.pk, now.reminded, now.parameters) == (first.pk, -3, first.parameters)
    kept.update(owner=people["manager"].account)
    morning(3, 5)
    now = kept.get()
    assert (now.pk, now.owner_id) == (first.pk, principal.account.pk)
    assert now.reminded < -3, "who has it now is told"
