"""The desk as another program reads it, and who has it while somebody is away."""

from datetime import date

import pytest
from tests.operations.deadlines.test_absences import browser
from tests.operations.deadlines.test_reminders import account, at, item, people

from anlan.operations.deadlines.models import Absence
from anlan.operations.people.models import AuditEntry

pytestmark = pytest.mark.django_db(databases="__all__")
__all__ = ["people"]
DESK, ABSENCES = "/api/v1/desk", "/api/v1/absences"


def send(one, path, body=None):
    return browser(one).post(path, body or {}, content_type="application/json")


def week(deputy, **changed):
    return {"deputy_id": deputy.pk, "first_on": "2025-03-03", "last_on": "2025-03-07"} | changed


def keys(one):
    return [row["key"] for row in browser(one).get(DESK).json()["rows"]]


def test_one_reads_what_waits_on_ones_own_desk_most_urgent_first(people):
    at(3, 3)
    second = account("second", "township")
    item("soon", date(2025, 3, 5), people["street"])
    item("late", date(2025, 3, 2), people["street"])
    item("others", date(2025, 3, 4), second)
    said = browser(people["street"]).get(DESK).json()
    late, soon = said["rows"]
    assert (said["page"], said["more"]) == (1, False)
    assert (late["key"], late["state"], late["title"], late["link"]) == (
        "late", "late", "整改：late", "/"
    )  # fmt: skip
    assert late["minutes_left"] == pytest.approx(-9 * 60, abs=1)  # due at midnight, now nine
    assert (soon["key"], soon["state"]) == ("soon", "due")
    assert soon["due_at"].startswith("2025-03-05T")
    assert keys(second) == ["others"]


def test_a_full_desk_is_read_page_by_page_and_nothing_twice(people):
    at(3, 3)
    for number in range(103):
        item(f"{number:03}", date(2025, 3, 5), people["street"])
    page = browser(people["street"])
    first, second, third = (page.get(f"{DESK}?page={n}").json() for n in (1, 2, 3))
    assert (len(first["rows"]), len(second["rows"]), third["rows"]) == (100, 3, [])
    assert (first["more"], second["more"], third["more"]) == (True, False, False)
    assert len({row["key"] for row in first["rows"] + second["rows"]}) == 103


def test_a_deputy_reads_the_desk_until_the_absence_is_ended(people):
    at(3, 3)
    street, second = people["street"], account("second", "township")
    item("a", date(2025, 3, 5), street)
    offered = browser(street).get(ABSENCES).json()["deputies"]
    assert "second" in {one["display_name"] for one in offered}
    assert keys(second) == []
    answer = send(street, ABSENCES, week(second))
    assert answer.status_code == 200
    assert keys(second) == ["a"]
    row = browser(second).get(ABSENCES).json()["rows"][0]  # of one unit: seen by both
    assert (row["id"], row["name"], row["deputy"], row["now"]) == (
        answer.json()["id"], "street", "second", True
    )  # fmt: skip
    end = f"{ABSENCES}/{row['id']}/end"
    assert send(second, end).status_code == 404  # a deputy does not end it
    assert keys(second) == ["a"]
    assert send(street, end).json() == {"id": row["id"]}
    assert keys(second) == []
    assert send(street, end).status_code == 404  # it is over
    verbs = list(AuditEntry.objects.values_list("verb", flat=True))
    assert (verbs.count("deadlines.be_away"), verbs.count("deadlines.be_back")) == (1, 1)


def test_a_leader_enters_and_ends_it_for_the_unit_and_nobody_else_does(people):
    second, street = account("second", "township"), people["street"]
    for name in ("second", "manager"):
        one = {"second": second, **people}[name]
        said = week(second, account_id=street.pk)
        assert send(one, ABSENCES, said).status_code == 404, name
    assert not Absence.objects.exists()
    pk = send(people["head"], ABSENCES, week(second, account_id=street.pk)).json()["id"]
    assert Absence.objects.get().account_id == street.pk
    assert send(people["head"], f"{ABSENCES}/{pk}/end").status_code == 200
    assert Absence.objects.get().ended_at is not None


@pytest.mark.parametrize(
    ("wrong", "status"),
    [({"deputy_id": 999999}, 409), ({"last_on": "2025-03-01"}, 409), ({"first_on": "x"}, 422),
     ({"account_id": 999999}, 404)],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_entered(people, wrong, status):
    second = account("second", "township")
    assert send(people["street"], ABSENCES, week(second, **wrong)).status_code == status
    assert not Absence.objects.exists()


def test_who_has_no_desk_reads_none_and_enters_nothing(people):
    guard = account("guard", "security_admin")
    assert [browser(guard).get(at).status_code for at in (DESK, ABSENCES)] == [403, 403]
    assert send(guard, ABSENCES, {}).status_code == 403
    assert send(guard, f"{ABSENCES}/1/end").status_code == 403
