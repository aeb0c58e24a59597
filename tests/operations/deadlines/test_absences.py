"""The page on which somebody says who has their desk."""

import re
from datetime import date

import pytest
from django.test import Client
from tests.operations.deadlines.test_reminders import account, at, item, people

from anlan.operations.deadlines.models import Absence
from anlan.operations.deadlines.queries import desk
from anlan.operations.people.models import Account, AuditEntry
from anlan.operations.people.queries import scope_of

pytestmark = pytest.mark.django_db(databases="__all__")
__all__ = ["people"]


def browser(one):
    client = Client()
    client.force_login(one)
    return client


def said(one, deputy):
    return {"account": one.pk, "deputy": deputy.pk, "first_on": "2025-03-03",
            "last_on": "2025-03-07"}  # fmt: skip


def test_one_enters_ones_own_absence_sees_it_and_ends_it(people):
    at(3, 3)
    second = account("second", "township")
    page = browser(people["street"])
    assert "second" in page.get("/absences").content.decode()
    assert page.post("/absences", said(people["street"], second)).status_code == 303
    assert "正在离岗" in page.get("/absences").content.decode()
    page.post("/absences/end", {"account": people["street"].pk})
    assert "本单位无人离岗" in page.get("/absences").content.decode()
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"deadlines.be_away", "deadlines.be_back"} <= verbs


def test_a_leave_of_next_month_ends_nothing_of_today_and_each_is_ended_by_itself(people):
    at(3, 3)
    second = account("second", "township")
    street, page = people["street"], browser(people["street"])
    item("a", date(2025, 3, 5), street, right="safety.rectify")
    april = {"first_on": "2025-04-07", "last_on": "2025-04-09"}
    page.post("/absences", said(street, second))
    page.post("/absences", said(street, second) | april)
    assert [one.key for one in desk(scope_of(second))] == ["a"]
    ids = re.findall(r'name="absence" value="(\d+)"', page.get("/absences").content.decode())
    page.post("/absences/end", {"account": street.pk, "absence": ids[-1]})
    assert [one.key for one in desk(scope_of(second))] == ["a"], "only April's was ended"
    page.post("/absences", said(street, second) | {"last_on": "2025-03-05"})
    assert Absence.objects.filter(ended_at=None).count() == 1, "of the same days the newer holds"


def test_a_later_leave_leaves_the_days_around_it_to_who_was_named_for_them(people):
    """Away from the 3rd to the 20th; in the middle of it somebody else stands in, from the 10th to
    the 12th, and from the 18th to the 25th."""
    at(3, 3)
    second, third = account("second", "township"), account("third", "township")
    street, page = people["street"], browser(people["street"])
    item("a", date(2025, 3, 31), street, right="safety.rectify")
    page.post("/absences", said(street, second) | {"last_on": "2025-03-20"})
    at(3, 4)
    for first, last in (("10", "12"), ("18", "25")):
        days = {"first_on": f"2025-03-{first}", "last_on": f"2025-03-{last}"}
        page.post("/absences", said(street, third) | days)
    stands_in = {}
    for day in range(4, 27):
        at(3, day)
        who = [one for one in (second, third) if [i.key for i in desk(scope_of(one))] == ["a"]]
        stands_in[day] = "".join(str(one) for one in who)
    expected = dict.fromkeys([*range(4, 10), *range(13, 18)], "second")
    expected |= dict.fromkeys([*range(10, 13), *range(18, 26)], "third") | {26: ""}
    assert stands_in == expected


def test_a_leader_enters_it_for_the_unit_and_nobody_else_does(people):
    second = account("second", "township")
    Account.objects.filter(pk=people["officer"].pk).update(organisation_code="bureau")
    street = people["street"]
    for name, status in (("manager", 404), ("officer", 404), ("head", 303)):
        answer = browser(people[name]).post("/absences", said(street, second))
        assert answer.status_code == status, name
    assert Absence.objects.get().account_id == street.pk
    item("a", Absence.objects.get().first_on, street, right="safety.rectify")
    assert [one.key for one in desk(scope_of(second))] == ["a"]


@pytest.mark.parametrize(
    "wrong", [{"deputy": "²"}, {"first_on": "x"}, {"last_on": "2025-03-01"}, {"account": "999"}]
)
def test_what_cannot_be_is_said_and_nothing_is_entered(people, wrong):
    second = account("second", "township")
    street = people["street"]
    answer = browser(street).post("/absences", said(street, second) | wrong)
    assert answer.status_code == (404 if "account" in wrong else 422)
    assert not Absence.objects.exists()
