"""Who works at a post and who was at a meeting, as another program reads them: masked."""

from datetime import date

import pytest
from tests.operations.posts.test_posts import NUMBER, post, risk, worker  # noqa: F401

from anlan.operations.people.models import AuditEntry
from anlan.operations.posts import actions
from anlan.operations.posts.actions import NewMeeting
from anlan.operations.posts.models import Attendance

pytestmark = pytest.mark.django_db(databases="__all__")
UNSEEN = ("other_street", "fire", "stranger")
SEES = ("manager", "street", "officer", "industry", "grid")


@pytest.mark.parametrize("name", SEES)
def test_who_works_at_a_post_is_listed_without_a_name(people, post, worker, staff, name):  # noqa: F811
    at = f"/api/v1/posts/{post}/workers"
    answer = people[name].browser.get(at)
    (one,) = answer.json()
    assert (one["id"], one["account_id"], one["lacking"]) == (worker, staff.account.pk, ["lifting"])
    assert "周强" not in answer.content.decode()
    values = {"kind": "lifting", "number": NUMBER, "issued_on": None,
              "expires_on": date(2027, 1, 1)}  # fmt: skip
    actions.keep_certificate(people["manager"].actor, worker, values)
    (one,) = people[name].browser.get(at).json()
    assert (one["certificates"], one["lacking"]) == ({"lifting": "2027-01-01"}, [])
    actions.end_worker(people["manager"].actor, worker)
    assert people[name].browser.get(at).json() == []


# The enterprise's own people, and who regulates.
NAMES = {"manager": 200, "street": 200, "officer": 200, "industry": 200, "grid": 404}


@pytest.mark.parametrize("name", NAMES)
def test_plain_names_are_for_who_keeps_or_regulates_and_leave_a_trace(people, post, worker, name):  # noqa: F811
    before = AuditEntry.objects.count()
    answer = people[name].browser.post(f"/api/v1/posts/{post}/names")
    assert answer.status_code == NAMES[name]
    if NAMES[name] == 200:
        assert answer.json() == [{"id": worker, "name": "周强"}]
        assert AuditEntry.objects.count() > before
    else:
        assert AuditEntry.objects.count() == before


def test_a_meeting_says_who_was_there_and_how_they_answered(people, post, worker):  # noqa: F811
    manager, street = people["manager"], people["street"].browser
    held = actions.hold_meeting(manager.actor, post, NewMeeting(key="k" * 32, present=[worker]))
    Attendance.objects.update(score=2, asked=3)
    answer = street.get(f"/api/v1/meetings/{held}")
    said = answer.json()
    assert (said["meeting"]["id"], said["meeting"]["answered"]) == (held, 1)
    assert [one["name"] for one in said["told"]] == ["冲压机"]
    (there,) = said["attendances"]
    assert (there["worker_id"], there["score"], there["asked"]) == (worker, 2, 3)
    assert "周强" not in answer.content.decode()
    for name in UNSEEN:
        assert people[name].browser.get(f"/api/v1/meetings/{held}").status_code == 404


def test_who_does_not_see_the_enterprise_sees_none_of_it(people, post, worker, client):  # noqa: F811
    for name in UNSEEN:
        browser = people[name].browser
        assert browser.get(f"/api/v1/posts/{post}/workers").status_code == 404
        assert browser.post(f"/api/v1/posts/{post}/names").status_code == 404
    assert client.get(f"/api/v1/posts/{post}/workers").status_code == 401
    assert client.post(f"/api/v1/posts/{post}/names").status_code == 401
