"""Every verb of a post by every role, and a walk at random: what may never be, never is."""

import random
from datetime import timedelta

import pytest
from tests.operations.risks.conftest import RATED, rater
from tests.operations.safety.conftest import PEOPLE

from anlan.operations.posts import actions
from anlan.operations.posts.actions import NewMeeting
from anlan.operations.posts.models import Attendance, Certificate, Meeting, Post, QuizItem, Worker
from anlan.operations.posts.queries.scope import certificates_in
from anlan.operations.risks import actions as risks
from anlan.operations.risks.models import RiskPoint
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
KEEPS, MEETS = {"manager", "principal"}, {"manager", "principal", "staff"}
# verb -> the form it takes, and who may take it at a post of the works.
VERBS = {
    "change": ({"name": "冲压岗"}, KEEPS),
    "workers": ({"name": "刘芳"}, KEEPS),
    "cards": ({}, KEEPS),
    "meet": ({}, MEETS),
    "names": ({}, KEEPS | {"officer", "industry", "street"}),
    "close": ({}, KEEPS),
}


@pytest.fixture
def post(people, works, principal):
    risk = risks.identify_risk(*rater(people["manager"]), works, RATED)
    values = {"name": "冲压岗", "risks": [risk]}
    return actions.open_post(people["manager"].actor, works, values)


def test_who_takes_a_step_at_a_post(people, works, principal, staff, post):
    everybody = {name: people[name].browser for name in PEOPLE}
    everybody |= {"staff": staff.browser, "principal": principal.browser}
    for verb, (form, who) in VERBS.items():
        worker = actions.add_worker(people["manager"].actor, post, f"工{verb}")
        for name, browser in everybody.items():
            said = form | ({"name": f"{name}新"} if verb == "workers" else {})
            said |= {"risk": RiskPoint.objects.get().pk} if verb == "change" else {}
            said |= {"present": [worker], "key": f"{name}"} if verb == "meet" else {}
            answer = browser.post(f"/posts/{post}/{verb}", said)
            allowed = answer.status_code in (200, 303)
            assert allowed is (name in who), (verb, name, answer.status_code)
            if verb == "close":
                Post.objects.update(closed_at=None)
                Worker.objects.filter(shown=f"工{'*' * len(verb)}").update(until=None)


def test_walking_at_random_never_counts_what_may_not_count(people, works, principal, staff, post):
    for n in range(4):
        QuizItem.objects.create(question=f"题 {n}", options=["对", "错"], answer=0)
    dice, manager = random.Random(7), people["manager"]
    scores: dict[int, int] = {}
    for step in range(60):
        workers = list(Worker.objects.filter(until=None).values_list("pk", flat=True))
        today = clock.today()
        try:
            match dice.choice(["add", "end", "certify", "meet", "answer", "answer"]):
                case "add":
                    actions.add_worker(manager.actor, post, dice.choice(["周强", "刘芳", "何洁"]))
                case "end":
                    actions.end_worker(manager.actor, dice.choice(workers))
                case "certify":
                    values = {
                        "kind": "welder", "number": f"T{step:09d}",
                        "issued_on": today + timedelta(days=dice.choice([-400, 1])),
                        "expires_on": today + timedelta(days=dice.choice([-1, 0, 400])),
                    }  # fmt: skip
                    actions.keep_certificate(manager.actor, dice.choice(workers), values)
                case "meet":
                    new = NewMeeting(key=f"k{dice.randrange(9)}", present=dice.sample(workers, 1))
                    actions.hold_meeting(staff.actor, post, new)
                case "answer":
                    one = dice.choice(list(Attendance.objects.values_list("pk", flat=True)))
                    who = dice.choice([staff, manager])
                    score = actions.answer_quiz(who.actor, one, dict.fromkeys(range(9), 0))
                    assert scores.setdefault(one, score) == score
        except (Refused, IndexError, ValueError):
            continue
        shown = list(Worker.objects.filter(until=None).values_list("shown", flat=True))
        assert len(shown) == len(set(shown))
        here = Certificate.objects.filter(replaced_at=None).values_list("worker", flat=True)
        assert len(here) == len(set(here))
        for one in certificates_in(manager.scope).select_related("worker"):
            assert one.worker.until is None
            assert one.issued_on < one.expires_on
            assert one.issued_on <= today
        assert Meeting.objects.count() <= 9
        assert all(Attendance.objects.exclude(score=None).values_list("answered_at", flat=True))
