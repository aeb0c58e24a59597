"""Whoever leaves takes no work along: it is on the desks of those who stay."""

from datetime import date

import pytest
from tests.operations.deadlines.test_reminders import account, item, people

from anlan.operations.deadlines.actions import NewItem, open_item
from anlan.operations.deadlines.queries import desk
from anlan.operations.people.actions import (
    PLATFORM,
    NewAccount,
    close_account,
    open_account,
    relay_events,
    reopen_account,
)
from anlan.operations.people.models import Account
from anlan.operations.people.queries import scope_of

pytestmark = pytest.mark.django_db(databases="__all__")
__all__ = ["people"]


def on(one):
    return [row.key for row in desk(scope_of(Account.objects.get(pk=one.pk)))]


def of_the_unit(key, owner, right="safety.regulate"):
    open_item(
        NewItem(key=key, kind="danger", title="Re-check", action="Begin", link="/", right=right,
                area_code="500106004", unit="x", owner_id=owner.pk)
    )  # fmt: skip


def moved(one, role, unit):
    new = NewAccount(
        username=one.username, password="a long demo password", display_name=one.username,
        role=role, organisation_code=unit, area_code="500106004",
    )  # fmt: skip
    open_account(PLATFORM, new)
    relay_events()


def test_what_a_closed_account_had_is_its_units_until_it_is_opened_again(people):
    stays, elsewhere = account("stays", "township"), account("elsewhere", "township", "500106005")
    of_the_unit("a", people["street"])
    Account.objects.filter(pk=elsewhere.pk).update(organisation_code="y")
    assert (on(people["street"]), on(stays)) == (["a"], [])
    close_account(PLATFORM, people["street"].pk)
    assert (on(stays), on(elsewhere)) == (["a"], [])
    reopen_account(PLATFORM, people["street"].pk)
    assert (on(people["street"]), on(stays)) == (["a"], [])


def test_who_moves_to_another_unit_leaves_its_work_there(people):
    stays = account("stays", "township")
    of_the_unit("a", people["street"])
    item("b", date(2025, 3, 5), people["street"], right="safety.regulate")
    moved(people["street"], "township", "y")
    assert on(people["street"]) == ["b"], "what is no unit's is its own wherever it sits"
    assert on(stays) == ["a"]


def test_who_has_another_role_leaves_what_it_has_no_right_to_any_more(people):
    stays = account("stays", "township")
    of_the_unit("a", people["street"])
    moved(people["street"], "township_leader", "x")
    assert (on(people["street"]), on(stays)) == ([], ["a"])
