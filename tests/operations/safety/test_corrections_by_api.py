"""What a danger's record says is corrected by another program as on its page."""

import json

import pytest
from tests.operations.safety.test_loop import found

from anlan.operations.people.models import AuditEntry, OutboxEvent
from anlan.operations.safety.events import DangerMoved
from anlan.operations.safety.models import Danger

pytestmark = pytest.mark.django_db(databases="__all__")
__all__ = ["found"]
GIVEN = {"title": "粉尘积厚 2 毫米", "reason": "测量有误"}


def correct(one, danger, **given):
    at = f"/api/v1/dangers/{danger}/corrections"
    return one.browser.post(at, given, content_type="application/json")


def told():
    rows = OutboxEvent.objects.filter(name=DangerMoved.name).order_by("pk")
    return [json.loads(row.payload)["verb"] for row in rows]


def test_a_danger_found_here_is_corrected_and_says_what_it_said_before(people, found):
    unit, was = people["industry"], Danger.objects.get(pk=found)
    said = correct(unit, found, **GIVEN).json()
    assert (said["id"], said["title"], said["place"]) == (found, GIVEN["title"], was.place)
    steps = unit.browser.get(f"/api/v1/dangers/{found}").json()["steps"]
    last = steps[-1]
    assert (last["verb"], last["reason"], last["said"]["before"]) == (
        "correct", "测量有误", {"title": was.title})  # fmt: skip
    assert GIVEN["title"] in unit.browser.get(f"/dangers/{found}").content.decode()
    assert told()[-1] == "correct"


def test_the_same_again_changes_nothing_and_tells_nobody(people, found):
    correct(people["industry"], found, **GIVEN)
    before = told(), Danger.objects.get(pk=found).steps.count()
    assert correct(people["industry"], found, **GIVEN).status_code == 200
    assert (told(), Danger.objects.get(pk=found).steps.count()) == before


@pytest.mark.parametrize(
    ("given", "status"),
    [({"title": "改"}, 409), ({"title": " ", "reason": "x"}, 409),
     ({"title": "长" * 200, "reason": "x"}, 409), ({"title": 3, "reason": "x"}, 422),
     ({"title": "改", "reason": "x" * 501}, 422)],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_changed(people, found, given, status):
    before, trail = Danger.objects.values().get(pk=found), AuditEntry.objects.count()
    assert correct(people["industry"], found, **given).status_code == status
    assert (Danger.objects.values().get(pk=found), AuditEntry.objects.count()) == (before, trail)


# Who sees the danger and may report dangers, but does not regulate it; who may not report any; and
# who does not see it.
WHO = {
    "industry": 200, "officer": 200, "street": 409, "grid": 409, "manager": 409,
    "other_street": 404, "stranger": 404, "fire": 404,
}  # fmt: skip


@pytest.mark.parametrize("name", WHO)
def test_who_corrects_it(people, found, name):
    assert correct(people[name], found, **GIVEN).status_code == WHO[name]
    changed = Danger.objects.get(pk=found).title == GIVEN["title"]
    assert changed == (WHO[name] == 200)


def test_nobody_without_an_account_does(client, found):
    at = f"/api/v1/dangers/{found}/corrections"
    assert client.post(at, GIVEN, content_type="application/json").status_code == 401
