"""An enterprise that has closed owes no checks any more, and counts against nobody."""

from datetime import date, datetime

import pytest
from tests.operations.checks.conftest import checker, library, ok, submission  # noqa: F401

from anlan.operations.checks.actions import make_tasks, submit_check
from anlan.operations.checks.models import CheckRecord, CheckTask
from anlan.operations.checks.queries.due import coverage
from anlan.operations.deadlines.queries import desk
from anlan.operations.people.actions import relay_events
from anlan.operations.safety.actions import ask_for_standards, correct_enterprise
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock

pytestmark = pytest.mark.django_db(databases="__all__")


def owed(one):
    return [item.key for item in desk(one.scope) if item.kind in ("check", "safety.standard")]


def test_what_was_due_after_the_closing_is_off_the_lists_and_the_desk(people, works, library):  # noqa: F811
    street, manager = people["street"], people["manager"]
    make_tasks()
    clock.use(DrillClock(datetime(2026, 3, 4, 9, tzinfo=CHINA)))
    make_tasks()
    missed = CheckTask.objects.filter(enterprise=works, due_on__lt=date(2026, 3, 4)).count()
    assert missed
    correct_enterprise(street.actor, works, {"standard": "3", "standard_until": date(2026, 4, 1)})
    ask_for_standards()
    assert len(owed(manager)) == 3
    correct_enterprise(street.actor, works, {"state": "closed"})
    relay_events()
    assert owed(manager) == []
    march = coverage(street.scope, date(2026, 3, 1), date(2026, 3, 31), "enterprise")
    assert [one.due for one in march] == [missed], "only what was missed before stays"
    correct_enterprise(street.actor, works, {"state": "open"})
    relay_events()
    clock.use(DrillClock(datetime(2026, 3, 5, 9, tzinfo=CHINA)))
    make_tasks()
    ask_for_standards()
    assert len(owed(manager)) == 3, "open again, it owes from the next night on"


def test_a_monthly_check_that_did_not_count_is_not_missed_after_the_closing(people, works, library):  # noqa: F811
    """The manager made it, not the principal: it is owed still, and the record stays."""
    street, manager = people["street"], people["manager"]
    make_tasks()
    task = CheckTask.objects.get(enterprise=works, cycle="monthly")
    submit_check(checker(manager), submission(task, ok("drill")))
    task.refresh_from_db()
    assert task.done_on is None
    correct_enterprise(street.actor, works, {"state": "closed"})
    relay_events()
    clock.use(DrillClock(datetime(2026, 4, 2, 9, tzinfo=CHINA)))
    march = coverage(street.scope, date(2026, 3, 1), date(2026, 3, 31), "cycle")
    assert [one.key for one in march if one.key == "monthly"] == []
    assert CheckRecord.objects.get(cycle="monthly").task is None
