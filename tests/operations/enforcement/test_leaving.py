"""An officer leaves, or is away: the case is on the desk of the one who stays."""

from datetime import date

import pytest

from anlan.operations.deadlines.actions import Leave, be_away, be_back
from anlan.operations.deadlines.queries import desk
from anlan.operations.enforcement.actions.desk import refresh
from anlan.operations.enforcement.models import Case
from anlan.operations.people.actions import PLATFORM, close_account

pytestmark = pytest.mark.django_db(databases="__all__")


def hands(people, case):
    return {name for name, one in people.items() if any(
        item.key == f"case:{case}" for item in desk(one.scope))}  # fmt: skip


def test_the_first_officers_account_is_closed_and_the_second_has_the_case(people, case):
    assert hands(people, case) == {"officer"}
    close_account(PLATFORM, people["officer"].account.pk)
    del people["officer"]
    assert "partner" in hands(people, case)
    assert "other_officer" not in hands(people, case), "another unit sees nothing of it"
    refresh(Case.objects.get(pk=case))
    assert hands(people, case) == {"partner"}, "the next step names the one who serves"


def test_the_first_officer_is_away_and_the_second_has_the_case_not_a_deputy(people, case):
    officer = people["officer"]
    away = Leave(account_id=officer.account.pk, deputy_id=people["third"].account.pk,
                 first_on=date(2026, 3, 2), last_on=date(2026, 3, 6))  # fmt: skip
    be_away(officer.actor, away)
    assert hands(people, case) == {"officer", "partner"}
    be_back(officer.actor, officer.account.pk)
    assert hands(people, case) == {"officer"}
