"""An exercise plays in a copy of the house, at another time: people check there as anywhere."""

from datetime import datetime
from types import SimpleNamespace

import pytest
from tests.operations.checks.conftest import checker, ok, submission

from anlan.operations.checks.actions import make_tasks, submit_check
from anlan.operations.checks.models import CheckItem, CheckRecord, CheckTask
from anlan.operations.checks.queries.pack import pack
from anlan.portal import furnishing
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock

pytestmark = pytest.mark.django_db(databases="__all__")

CREST = datetime(2020, 8, 18, 8, tzinfo=CHINA)  # years before the library of these tests is made


def test_a_check_is_taken_in_a_copy_that_stands_before_its_library(
    library, works, people, monkeypatch
):
    monkeypatch.setattr(furnishing, "plan_roster", lambda *given: None)
    retired = CheckItem.objects.filter(code="wiring")
    retired.update(until=clock.now())
    before = retired.get().since
    clock.use(DrillClock(CREST))
    furnishing.furnish(SimpleNamespace(loaded=True), "shapingba", None)
    assert retired.get().since == before
    make_tasks()
    task = CheckTask.objects.get(enterprise=works, cycle="daily")
    one = people["manager"]
    (owed,) = [each for each in pack(one.scope, "", clock.now())["tasks"] if each["id"] == task.pk]
    assert owed["codes"] == ["exit"]
    submit_check(checker(one), submission(task, ok("exit")))
    assert CheckRecord.objects.get().ok == 1
