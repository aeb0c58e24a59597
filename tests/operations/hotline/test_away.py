"""Two handlers alone may deal with an informant: the second while the first is away."""

from datetime import date

import pytest
from tests.operations.hotline.conftest import accepted, report

from anlan.operations.deadlines.actions import Leave, be_away
from anlan.operations.deadlines.queries import desk
from anlan.operations.hotline.actions import reply_to_tip
from anlan.operations.hotline.actions.desk import refresh
from anlan.operations.hotline.models import Tip

pytestmark = pytest.mark.django_db(databases="__all__")


def hands(people, pk):
    return {name for name, one in people.items() if any(
        item.key == f"tip:{pk}" for item in desk(one.scope))}  # fmt: skip


def test_the_second_handler_is_asked_to_reply_and_no_deputy_who_may_not(people):
    pk, first, second = report(people), people["first"], people["second"]
    accepted(people, pk)
    Tip.objects.filter(pk=pk).update(state="HANDLED", verdict="FALSE", finding="f", handling="h")
    refresh(Tip.objects.get(pk=pk))
    assert hands(people, pk) == {"first"}
    away = Leave(account_id=first.account.pk, deputy_id=people["third"].account.pk,
                 first_on=date(2026, 3, 2), last_on=date(2026, 3, 20))  # fmt: skip
    be_away(first.actor, away)
    assert hands(people, pk) == {"first", "second"}
    reply_to_tip(second.actor, second.person, pk, reply="已核实")
    assert Tip.objects.get(pk=pk).state == "REPLIED"
