"""From the day on which a works closes nothing of its chemicals is asked of it."""

from datetime import date, datetime

import pytest
from tests.operations.chemicals.conftest import doer, move, oil
from tests.operations.chemicals.test_lines import CHLORINE

from anlan.operations.chemicals import actions
from anlan.operations.chemicals.actions import HOLDING, Owner
from anlan.operations.deadlines.actions import run_due_timers
from anlan.operations.deadlines.queries import desk
from anlan.operations.people.actions import relay_events
from anlan.operations.safety.actions import correct_enterprise
from anlan.operations.safety.models import Enterprise
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock

pytestmark = pytest.mark.django_db(databases="__all__")


def becomes(people, works, state):
    correct_enterprise(people["street"].actor, works, {"state": state})
    relay_events()
    run_due_timers()
    relay_events()


def on_desks(people):
    return {name: len(items) for name, one in people.items() if (items := desk(one.scope))}


def test_what_waited_leaves_the_desks_of_the_works_and_its_regulator_and_comes_back(
    people, works, django_assert_num_queries
):
    """A licence until 31 March, and a stock-taking that found less than the books."""
    manager = people["manager"]
    said = CHLORINE | {"licence_until": date(2026, 3, 31)}
    actions.enter(*doer(manager), HOLDING, Owner(enterprise_id=works), said)
    waste = oil(manager, works)
    move(manager, works, waste, "produced", "2")
    move(manager, works, waste, "counted", "1.5")
    clock.use(DrillClock(datetime(2026, 3, 3, 9, tzinfo=CHINA)))
    run_due_timers()
    relay_events()
    assert on_desks(people) == {"manager": 2, "industry": 1}
    becomes(people, works, "closed")
    assert on_desks(people) == {}
    becomes(people, works, "open")
    assert on_desks(people) == {"manager": 2, "industry": 1}
    Enterprise.objects.filter(pk=works).update(state="closed")  # as an older version left it
    assert (actions.let_go_of_closed(), on_desks(people)) == (1, {})
    with django_assert_num_queries(1):
        assert actions.let_go_of_closed() == 0
