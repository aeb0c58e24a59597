"""Somebody leaves the enterprise, or its regulator: what waited for them waits for who stays."""

from datetime import datetime

import pytest
from tests.operations.safety.test_desk import waits
from tests.operations.safety.test_loop import assign, found, take

from anlan.operations.deadlines.actions import remind
from anlan.operations.messaging.models import Delivery
from anlan.operations.people.actions import PLATFORM, close_account
from anlan.operations.safety import actions
from anlan.operations.safety.actions.enterprises import end_membership
from anlan.operations.safety.models import Danger, Membership
from anlan.operations.safety.rules.states import Grade
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock

pytestmark = pytest.mark.django_db(databases="__all__")
__all__ = ["found"]


@pytest.fixture
def assigned(people, works, found):
    """The danger waits for the manager, until 20 March; the stranger works there too by now."""
    take(people["industry"], actions.grade_danger, found, grade=Grade.GENERAL)
    assign(people, found)
    Membership.objects.create(
        enterprise_id=works, account=people["stranger"].account, since=clock.now()
    )
    assert waits(people) == {"manager": "03-20"}
    return found


def test_who_works_there_no_more_sees_nothing_of_it_and_the_others_do(people, works, assigned):
    end_membership(people["street"].actor, works, people["manager"].account.pk)
    assert set(waits(people)) == {"stranger"}
    clock.use(DrillClock(datetime(2026, 3, 17, 9, tzinfo=CHINA)))
    remind()
    assert list(Delivery.objects.values_list("label", flat=True)) == ["stranger"]
    take(people["stranger"], actions.begin_rectification, assigned)
    assert set(waits(people)) == {"stranger"}, "the next step is not the manager's"


def test_of_a_closed_account_the_work_is_the_enterprises_others(people, works, assigned):
    close_account(PLATFORM, people["manager"].account.pk)
    others = {name: one for name, one in people.items() if name != "manager"}
    assert set(waits(others)) == {"stranger"}
    clock.use(DrillClock(datetime(2026, 3, 17, 9, tzinfo=CHINA)))
    remind()
    assert list(Delivery.objects.values_list("label", flat=True)) == ["stranger"]
    take(people["stranger"], actions.begin_rectification, assigned)
    assert Danger.objects.get(pk=assigned).state == "RECTIFYING"


def test_of_an_enterprise_that_has_nobody_left_the_work_is_the_authorities(people, works, assigned):
    for name in ("manager", "stranger"):
        end_membership(people["street"].actor, works, people[name].account.pk)
    assert set(waits(people)) == {"industry"}
    take(people["industry"], actions.begin_rectification, assigned)
    assert Danger.objects.get(pk=assigned).state == "RECTIFYING"
