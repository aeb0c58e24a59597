"""An officer leaves, or is away: the case is on the desk of the one who stays."""

from datetime import date

import pytest
from tests.operations.enforcement.conftest import certificate, new_case
from tests.operations.enforcement.test_procedure import FILING, SITE

from anlan.operations.deadlines.actions import Leave, be_away, be_back
from anlan.operations.deadlines.models import WorkItem
from anlan.operations.deadlines.queries import desk
from anlan.operations.enforcement.actions import ask_for_forgotten_cases
from anlan.operations.enforcement.actions.desk import refresh
from anlan.operations.enforcement.models import Case, Certificate
from anlan.operations.people.actions import PLATFORM, close_account

pytestmark = pytest.mark.django_db(databases="__all__")


def hands(people, case):
    return {name for name, one in people.items() if any(
        item.key == f"case:{case}" for item in desk(one.scope))}  # fmt: skip


def test_the_first_officers_account_is_closed_and_the_second_has_the_case(people):
    case = new_case(people, officers=("officer", "partner", "third"))
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


def runs_out(name, last=date(2026, 3, 1)):
    Certificate.objects.filter(holder=name).update(valid_to=last)


def test_who_holds_no_certificate_any_more_is_not_asked_to_go_on_with_a_case(people):
    case = new_case(people, officers=("officer", "partner", "third"))
    runs_out("officer")
    refresh(Case.objects.get(pk=case))
    assert hands(people, case) == {"partner"}


@pytest.mark.parametrize(("lapses", "first", "second"), [
    ("officer", "partner", "third"), ("partner", "officer", "third"),
    ("third", "officer", "partner"),
])  # fmt: skip
def test_of_three_officers_the_two_whose_certificates_stand_have_the_case_within_the_hour(
    people, lapses, first, second
):
    case = new_case(people, officers=("officer", "partner", "third"))
    assert ask_for_forgotten_cases() == 0
    runs_out(lapses)
    asked = (ask_for_forgotten_cases(), ask_for_forgotten_cases())
    assert asked == (0 if lapses == "third" else 1, 0)
    item = WorkItem.objects.get(key=f"case:{case}", done_at=None)
    accounts = (people[first].account.pk, people[second].account.pk)
    assert (item.owner_id, item.second_id) == accounts
    assert hands(people, case) == {first}


def test_a_case_of_one_officer_asks_the_leader_for_another_within_the_hour(people, case):
    assert ask_for_forgotten_cases() == 0
    runs_out("officer")
    assert (ask_for_forgotten_cases(), ask_for_forgotten_cases()) == (1, 0)
    assert hands(people, case) == {"leader"}
    page = people["leader"].browser.get("/").content.decode()
    assert "更换办案人员：除尘系统停用" in page
    people["leader"].take(case, "replace an officer", leaves=str(certificate("officer")),
                          comes=str(certificate("third")), reason="证件到期")  # fmt: skip
    assert hands(people, case) == {"partner"}
    # A certificate that is renewed does as well.
    runs_out("third")
    assert ask_for_forgotten_cases() == 1
    assert hands(people, case) == {"leader"}
    runs_out("third", date(2029, 4, 30))
    assert (ask_for_forgotten_cases(), ask_for_forgotten_cases()) == (1, 0)
    assert hands(people, case) == {"partner"}


def test_who_ever_was_an_officer_of_the_case_is_not_asked_to_decide_it(people, case):
    people["leader"].take(case, "replace an officer", leaves=str(certificate("partner")),
                          comes=str(certificate("third")), reason="调岗")  # fmt: skip
    account = people["partner"].account
    account.role = "bureau_leader"
    account.save()
    people["officer"].take(case, "inspect", **SITE)
    people["officer"].take(case, "propose filing", **FILING)
    assert hands(people, case) == {"leader"}
