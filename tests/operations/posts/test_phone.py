"""A shift meeting without a signal: taken along, held once, its questions scored once."""

import json
from datetime import timedelta

import pytest
from tests.operations.risks.conftest import RATED, rater

from anlan.operations.people.models import OutboxEvent
from anlan.operations.posts import actions
from anlan.operations.posts.actions import NewMeeting
from anlan.operations.posts.models import Attendance, Meeting, QuizItem
from anlan.operations.risks import actions as risks
from anlan.vocabulary import clock
from anlan.vocabulary.clock import DrillClock

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def post(people, works, principal, staff):
    for n in range(5):
        QuizItem.objects.create(question=f"题 {n}", options=["对", "错"], answer=0)
    risk = risks.identify_risk(*rater(people["manager"]), works, RATED)
    return actions.open_post(people["manager"].actor, works, {"name": "冲压岗", "risks": [risk]})


@pytest.fixture
def two(people, post, staff):
    boss = people["manager"].actor
    return [actions.add_worker(boss, post, "周强", staff.account.pk),
            actions.add_worker(boss, post, "刘芳")]  # fmt: skip


def taken(one):
    return one.browser.get("/fieldwork/pack").json()


def meeting(pack, key="a" * 32, **other):
    (post,) = pack["posts"]
    first, _second = post["people"]
    return {
        "key": key, "post": post["id"], "list_at": pack["list_at"], "performed_at": pack["list_at"],
        "present": [one["id"] for one in post["people"]], "remarks": "换模",
        "told": {f"{one['id']}": one["version"] for one in post["told"]},
        "answers": {f"{first['id']}": dict.fromkeys(map(str, first["asked"]), 0)},
    } | other  # fmt: skip


def send(one, said, to="meetings"):
    return one.browser.post(f"/fieldwork/{to}", json.dumps(said), "application/json")


def test_a_meeting_held_without_a_signal_is_kept_once_with_its_answers(two, staff, people):
    pack = taken(staff)
    assert "answer" not in json.dumps(list(pack["questions"].values()))
    assert pack["posts"][0]["told"][0]["emergency"] == "急停"
    clock.use(DrillClock(clock.now() + timedelta(hours=5)))
    for _time in range(2):
        answer = send(staff, meeting(pack))
        assert answer.json()["said"] == "周* 答对 3/3、刘* 还没答"
    one = Meeting.objects.get()
    assert (one.kept_at - one.held_at, one.remarks) == (timedelta(hours=5), "换模")
    assert list(Attendance.objects.order_by("pk").values_list("score", "asked")) == [
        (3, 3), (None, 0),
    ]  # fmt: skip
    assert OutboxEvent.objects.filter(name="posts.meeting_held").count() == 1
    assert "没有这个岗位" in send(people["stranger"], meeting(pack, "b" * 32)).json()["detail"]
    assert send(people["manager"], meeting(pack)).status_code == 409
    assert send(people["street"], meeting(pack, "c" * 32)).status_code == 403


WRONG = (
    ({"present": []}, 409), ({"key": "x"}, 422), ({"present": "all"}, 422),
    ({"answers": {"1": {"2": 99}}}, 422), ({"told": {"x": 1}}, 422),
    ({"performed_at": "2026-03-09T09:00:00+08:00"}, 409),
    ({"performed_at": "2026-03-01T09:00:00+08:00"}, 409),
)  # fmt: skip


def test_what_is_no_meeting_is_not_kept(two, staff):
    pack, browser = taken(staff), staff.browser
    for wrong, status in WRONG:
        body = json.dumps(meeting(pack) | wrong)
        answer = browser.post("/fieldwork/meetings", body, "application/json")
        assert answer.status_code == status, wrong
    assert not Meeting.objects.exists()


def test_risks_rated_anew_meanwhile_are_said_and_other_questions_are_asked_anew(
    two, staff, people, principal
):
    pack = taken(staff)
    risk = pack["posts"][0]["told"][0]["id"]
    risks.rate_risk(*rater(people["manager"]), risk, RATED | {"c": "3"})
    QuizItem.objects.all().delete()
    for n in range(4):
        QuizItem.objects.create(question=f"新题 {n}", options=["对", "错"], answer=1)
    pk = send(staff, meeting(pack)).json()["id"]
    (told,) = Meeting.objects.get(pk=pk).told
    assert (told["told_version"], told["version"]) == (1, 2)
    assert "重新评定" in people["street"].browser.get(f"/meetings/{pk}").content.decode()
    assert set(Attendance.objects.values_list("score", flat=True)) == {None}


def test_a_worker_answers_on_a_phone_of_their_own_once_and_nobody_elses(two, staff, people, post):
    new = NewMeeting(key="k" * 32, present=two)
    actions.hold_meeting(people["manager"].actor, post, new)
    pack = taken(staff)
    (quiz,) = pack["quizzes"]
    said = {"key": "d" * 32, "attendance": quiz["id"], "list_at": pack["list_at"],
            "performed_at": pack["list_at"]}  # fmt: skip
    right, wrong = (dict.fromkeys(map(str, quiz["asked"]), n) for n in (0, 1))
    assert send(staff, said | {"answers": right}, "quizzes").json()["said"] == "周* 答对 3/3"
    assert send(staff, said | {"answers": wrong}, "quizzes").json()["said"] == "周* 答对 3/3"
    assert [one["name"] for one in taken(people["manager"])["quizzes"]] == ["刘*"]
    other = Attendance.objects.get(score=None).pk
    assert send(staff, said | {"attendance": other, "answers": right}, "quizzes").status_code == 409
    assert (
        "没有需要你答"
        in send(people["stranger"], said | {"answers": right}, "quizzes").json()["detail"]
    )
    assert taken(people["street"])["posts"] == []
