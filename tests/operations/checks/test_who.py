"""Every verb of the checks by every role: who is let, who is refused, and what is said."""

import pytest
from tests.operations.checks.conftest import One, checker, ok, picture, submission
from tests.operations.risks.conftest import Worker
from tests.operations.safety.conftest import PEOPLE

from anlan.operations.checks.actions import (
    NewCharge,
    add_check_photo,
    correct_check,
    end_charge,
    end_plan,
    make_plan,
    put_in_charge,
    submit_check,
)
from anlan.operations.checks.models import Charge, CheckItem, CheckRecord, CheckTask, InspectionPlan
from anlan.operations.people.actions import PLATFORM, NewAccount, as_actor, open_account
from anlan.operations.people.models import Account
from anlan.operations.safety.actions import Taking
from anlan.operations.safety.models import Danger
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused

NOBODY = "Your role does not check."
UNSEEN = "There is no such enterprise within your sight."
NOT_OWN = "There is no such self-check of yours."
INSPECTS = "Not answered: %(item)s."  # an authority has no self-check: it inspects, by its own list
REVIEWERS = "A standardisation review is made by a regulating unit."
ELSEWHERE = "A unit plans for its own territory."
NO_PLANNER = "Your role does not plan inspections."
NO_PLAN = "There is no such plan of your unit."
NO_BOSS = "Your role does not say who inspects what."
NOT_OURS = "Choose somebody of your own unit who inspects."
NO_CHARGE = "There is no such assignment of your unit."
NOT_MINE = "Only who made the check corrects it."
NO_CHECK = "There is no such check."
NO_PHOTO = "There is no such check of yours."
OK = ""
AUTHORITY = ("exit", "wiring", "drill", "law-officer")
# verb -> what each role is told; "" is let. Columns as in `EVERYBODY`.
EVERYBODY = ("officer", "leader", "industry", "industry_leader", "fire", "street", "street_leader",
             "other_street", "grid", "manager", "principal", "staff", "stranger",
             "handler")  # fmt: skip
TOLD = {
    "daily": (INSPECTS, NOBODY, INSPECTS, NOBODY, UNSEEN, INSPECTS, NOBODY, UNSEEN, INSPECTS,
              OK, OK, OK, UNSEEN, INSPECTS),
    "inspection": (OK, NOBODY, OK, NOBODY, UNSEEN, OK, NOBODY, UNSEEN, OK,
                   NOT_OWN, NOT_OWN, NOT_OWN, UNSEEN, OK),
    "review": (OK, NOBODY, OK, NOBODY, UNSEEN, OK, NOBODY, UNSEEN, REVIEWERS,
               REVIEWERS, REVIEWERS, REVIEWERS, UNSEEN, OK),
    "correct": (NOT_MINE, NOT_MINE, NOT_MINE, NOT_MINE, NO_CHECK, NOT_MINE, NOT_MINE, NO_CHECK,
                NOT_MINE, OK, NOT_MINE, NOT_MINE, NO_CHECK, NOT_MINE),
    "photo": (NO_PHOTO,) * 9 + (OK,) + (NO_PHOTO,) * 4,
    "plan": (OK, NO_PLANNER, OK, NO_PLANNER, OK, OK, NO_PLANNER, ELSEWHERE, NO_PLANNER,
             NO_PLANNER, NO_PLANNER, NO_PLANNER, NO_PLANNER, OK),
    "end plan": (NO_PLAN,) * 5 + (OK,) + (NO_PLAN,) * 8,
    "assign": (NOT_OURS, NO_BOSS, NOT_OURS, NO_BOSS, NOT_OURS, OK, NO_BOSS, NOT_OURS, NO_BOSS,
               NO_BOSS, NO_BOSS, NO_BOSS, NO_BOSS, NOT_OURS),
    "end assignment": (NO_CHARGE,) * 5 + (OK,) + (NO_CHARGE,) * 8,
    "library": (303, *(403,) * 13),
    "retire": (303, *(403,) * 13),
}  # fmt: skip
ITEM = {"code": "fresh", "text": "新项", "basis": "消防法", "clause": "二十八", "cycle": "daily",
        "weight": "plain", "uses": "all"}  # fmt: skip


@pytest.fixture
def everybody(people, works, staff):
    principal = Worker("principal", "principal", people["street"], works)
    return people | {"staff": staff, "principal": principal, "handler": Handler()}


class Handler(One):
    """An enforcement officer of the bureau."""

    def __init__(self):
        new = NewAccount(username="handler", password="a long demo password",
                         display_name="handler", role="enforcement_officer",
                         organisation_code="bureau", area_code="500106")  # fmt: skip
        self.account = Account.objects.get(pk=open_account(PLATFORM, new))
        self.actor = as_actor(self.account)


class Steps:
    """One try of each verb, by whoever; what was done before is undone for the next."""

    def __init__(self, everybody, task):
        self.all, self.task, self.tries = everybody, task, 0
        self.street = checker(everybody["street"])
        self.grid = everybody["grid"].account.pk

    def key(self):
        self.tries += 1
        return f"{self.tries:032x}"

    def daily(self, one):
        CheckTask.objects.update(done_at=None, done_on=None)
        given = submission(self.task, ok("exit", "wiring"), self.key())
        before = CheckRecord.objects.filter(use="self").count()
        submit_check(checker(one), given)
        assert CheckRecord.objects.filter(use="self").count() == before + 1

    def inspection(self, one):
        submit_check(checker(one), submission(self.task, ok(*AUTHORITY), self.key(), task_id=None))

    def review(self, one):
        given = submission(self.task, ok(*AUTHORITY), self.key(), task_id=None, use="review")
        pk = submit_check(checker(one), given)
        assert CheckRecord.objects.get(pk=pk).use == "review"

    def correct(self, one):
        CheckTask.objects.update(done_at=None, done_on=None)
        manager = checker(self.all["manager"])
        made = submit_check(manager, submission(self.task, ok("exit", "wiring"), self.key()))
        correct_check(checker(one), made, ok("exit", "wiring"), reason="看错了")

    def photo(self, one):
        key = "f" * 32
        if not CheckRecord.objects.filter(key=key).exists():
            CheckTask.objects.update(done_at=None, done_on=None)
            manager = checker(self.all["manager"])
            submit_check(manager, submission(self.task, ok("exit", "wiring"), key))
        add_check_photo(one.actor, key, "exit", picture(), Taking(clock.now()))

    def plan(self, one):
        area = {"officer": "500106", "industry": "500106", "fire": "500106"}
        values = {"name": self.key(), "area_code": area.get(one.account.username, "500106004"),
                  "months": "12", "sector": one.scope.sector or ""}  # fmt: skip
        make_plan(checker(one), values)

    def end_plan(self, one):
        values = {"name": self.key(), "area_code": "500106004", "months": "12"}
        end_plan(checker(one), make_plan(self.street, values))

    def assign(self, one):
        put_in_charge(checker(one), NewCharge(account_id=self.grid, area_code="500106004"))

    def end_assignment(self, one):
        put_in_charge(self.street, NewCharge(account_id=self.grid, area_code="500106004"))
        end_charge(checker(one), Charge.objects.get(ended_at=None).pk)

    def library(self, one):
        CheckItem.objects.filter(code="fresh").delete()
        return one.browser.post("/checks/items/new", ITEM).status_code

    def retire(self, one):
        CheckItem.objects.filter(code="wiring").update(until=None)
        answer = one.browser.post("/checks/items/wiring/retire", {"reason": "并入别项"})
        return answer.status_code


def said(step, one):
    try:
        answer = step(one)
    except Refused as fault:
        return fault.message
    return answer or ""


def test_each_verb_is_taken_by_whom_it_is_open_to_and_the_others_are_told(task, everybody):
    steps = Steps(everybody, task)
    assert set(EVERYBODY) == set(PEOPLE) | {"staff", "principal", "handler"}
    for verb, expected in TOLD.items():
        for name, told in zip(EVERYBODY, expected, strict=True):
            found = said(getattr(steps, verb.replace(" ", "_")), everybody[name])
            assert found == told, (verb, name)
    assert InspectionPlan.objects.exists()
    assert not Danger.objects.exists()
