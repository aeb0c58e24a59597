"""Shift meetings that an enterprise's own system kept: once, of its own people and no others."""

from datetime import timedelta

import pytest
from tests.operations.posts.test_posts import post, risk, worker  # noqa: F401
from tests.operations.risks.conftest import CODE
from tests.reading_back import read_back

from anlan.operations.people.models import AuditEntry, OutboxEvent
from anlan.operations.posts.events import MeetingHeld
from anlan.operations.posts.models import Attendance, Meeting
from anlan.vocabulary import clock

pytestmark = pytest.mark.django_db(databases="__all__")
AT = "/api/v1/meetings/mes/2026-03-02-A"
SENT = {"credit_code": CODE, "post": "冲压岗", "held_at": "2026-03-02T07:50:00+08:00",
        "present": ["周强"], "remarks": "注意光电保护"}  # fmt: skip


def put(one, at=AT, **changed):
    return one.browser.put(at, SENT | changed, content_type="application/json")


def test_a_meeting_is_kept_once_and_its_people_answer_here(people, worker, staff):  # noqa: F811
    said = [put(people["manager"]).json() for _ in range(2)]
    assert said[0] == said[1]
    one = Meeting.objects.get()
    assert (one.pk, f"{one.held_at:%H:%M}", one.remarks) == (said[0]["id"], "23:50", "注意光电保护")
    assert [line["name"] for line in one.told] == ["冲压机"]
    there = Attendance.objects.get()
    assert (there.worker_id, there.score) == (worker, None)
    (row,) = people["street"].browser.get("/api/v1/meetings").json()["rows"]
    assert (row["present"], row["answered"]) == (1, 0)
    seen, blind = people["street"].browser, people["other_street"].browser
    assert read_back(AT, one.pk, seen, blind) == row
    assert OutboxEvent.objects.filter(name=MeetingHeld.name).count() == 1
    kept = [str(list(model.objects.values())) for model in (Meeting, AuditEntry, OutboxEvent)]
    assert not any("周强" in one for one in kept if "led_by_name" not in one)


@pytest.mark.parametrize(
    ("change", "status"),
    [({"present": ["周强", "外来人"]}, 409), ({"present": []}, 422), ({"post": "喷漆岗"}, 404),
     ({"credit_code": "91500106MA5U00001U"}, 404), ({"held_at": "2026-03-02T07:50:00"}, 422)],
)  # fmt: skip
def test_a_meeting_that_cannot_be_is_refused(people, worker, change, status):  # noqa: F811
    answer = put(people["manager"], **change)
    assert (answer.status_code, Meeting.objects.count()) == (status, 0)
    assert "外来人" not in answer.content.decode()


def test_a_meeting_of_tomorrow_or_of_long_ago_is_refused(people, worker):  # noqa: F811
    for days in (1, -32):
        at = clock.now() + timedelta(days=days)
        assert put(people["manager"], held_at=at.isoformat()).status_code == 409
    week_ago = clock.now() - timedelta(days=7)
    assert put(people["manager"], held_at=week_ago.isoformat()).status_code == 200


def test_nobody_but_the_enterprise_brings_its_meetings(people, worker):  # noqa: F811
    for name in ("street", "officer", "industry", "grid"):
        assert put(people[name]).status_code == 403
    assert put(people["stranger"]).status_code == 404
    assert not Meeting.objects.exists()
