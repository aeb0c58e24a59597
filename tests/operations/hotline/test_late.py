"""A report is late until its informant has a reply: list, interface and desk say it of the same."""

from datetime import timedelta

import pytest
from tests.operations.hotline.conftest import BEGINS, accepted, report

from anlan.operations.deadlines.queries import desk
from anlan.operations.hotline.actions.desk import refresh
from anlan.operations.hotline.models import Tip
from anlan.operations.hotline.rules.states import State
from anlan.vocabulary import clock
from anlan.vocabulary.clock import DrillClock

pytestmark = pytest.mark.django_db(databases="__all__")
# JL: finished and the informant told within 60 days of its acceptance.
LATE = {State.ACCEPTED, State.VERIFYING, State.VERIFIED, State.HANDLED}
WITHOUT_REPLY = [*sorted(LATE), State.MERGED, State.REJECTED, State.REFERRED]


def stands(people, state, days):
    """A report in a state, so many days after its acceptance: who says that it is late."""
    pk = report(people)
    accepted(people, pk)
    clock.use(DrillClock(BEGINS + timedelta(days=days)))
    Tip.objects.filter(pk=pk).update(state=state)
    tip = Tip.objects.get(pk=pk)
    refresh(tip)
    clerk = people["clerk"].browser
    page = clerk.get("/hotline?view=late").content.decode()
    api = clerk.get("/api/v1/hotline/tips?view=late").json()["count"]
    desks = [item.late for one in people.values() for item in desk(one.scope)
             if item.key == f"tip:{pk}"]  # fmt: skip
    return {"page": tip.number in page, "api": api == 1, "desk": any(desks)}


@pytest.mark.parametrize("state", WITHOUT_REPLY)
def test_after_60_days_without_a_reply_every_list_says_that_it_is_late(people, state):
    late = state in LATE
    assert stands(people, state, 61) == {"page": late, "api": late, "desk": late}


@pytest.mark.parametrize("state", sorted(LATE))
def test_on_the_sixtieth_day_it_is_in_time_and_the_list_counts_the_days(people, state):
    assert stands(people, state, 60) == {"page": False, "api": False, "desk": False}
    number = Tip.objects.get().number
    shown = people["clerk"].browser.get("/hotline").content.decode()
    row = shown[shown.index(number) :]
    assert "今天" in row[: row.index("</tr>")]
