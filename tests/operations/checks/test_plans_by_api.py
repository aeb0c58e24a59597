"""Plans of inspections, single checks and who inspects what, as another program keeps them."""

import json
from datetime import timedelta

import pytest
from tests.operations.checks.conftest import checker, ok, submission
from tests.operations.risks.conftest import CODE
from tests.operations.safety.test_moments import late_to
from tests.reading_back import read_back

from anlan.operations.checks.actions import make_plan, sent, submit_check
from anlan.operations.checks.events import ChargeMoved, PlanMoved
from anlan.operations.checks.models import Charge, InspectionPlan, InspectionTask
from anlan.operations.people.models import AuditEntry, OutboxEvent
from anlan.vocabulary import clock

pytestmark = pytest.mark.django_db(databases="__all__")
PLAN_AT, CHARGE_AT = "/api/v1/inspection-plans/oa/P-1", "/api/v1/inspection-charges/oa/C-1"
SINGLE_AT = "/api/v1/inspections/oa/S-1"
PLAN = {"name": "月查", "area_code": "500106004", "months": "1"}
CHARGE = {"username": "grid", "area_code": "500106004001"}
ALL = ("exit", "wiring", "drill", "law-officer")


def put(one, at, said):
    return one.browser.put(at, said, content_type="application/json")


def end(one, at):
    return one.browser.post(f"{at}/end", {}, content_type="application/json")


def single(**other):
    due = clock.today() + timedelta(days=3)
    return {"credit_code": CODE, "why": "举报后专项检查", "due_on": f"{due}"} | other


def told(fact):
    rows = OutboxEvent.objects.filter(name=fact.name).order_by("pk")
    return [json.loads(row.payload)["verb"] for row in rows]


def test_a_plan_is_made_once_owes_what_the_page_would_and_is_ended(library, works, people):
    street = people["street"]
    first = put(street, PLAN_AT, PLAN).json()
    trail = AuditEntry.objects.count()
    again = put(street, PLAN_AT, PLAN).json()
    plan = InspectionPlan.objects.get()
    assert (first, again) == ({"id": plan.pk, "outcome": "new"},
                              {"id": plan.pk, "outcome": "same"})  # fmt: skip
    assert AuditEntry.objects.count() == trail
    task = InspectionTask.objects.get()
    assert (task.enterprise_id, f"{task.begins_on}", f"{task.due_on}") == (
        works, "2026-03-01", "2026-03-31")  # fmt: skip
    found = read_back(PLAN_AT, plan.pk, people["officer"].browser, people["other_street"].browser)
    assert (found["name"], found["organisation"], found["months"]) == ("月查", "500106004", "1")
    listed = street.browser.get("/api/v1/inspection-plans").json()["rows"]
    assert listed == [found] == [street.browser.get(f"/api/v1/inspection-plans/{plan.pk}").json()]
    assert end(street, f"/api/v1/inspection-plans/{plan.pk}").json() == {"id": plan.pk}
    assert not InspectionTask.objects.exists(), "what is not late is owed no more"
    assert street.browser.get("/api/v1/inspection-plans").json()["count"] == 0
    assert street.browser.get(PLAN_AT).json()["ended_at"] is not None
    assert put(street, PLAN_AT, PLAN).status_code == 409
    assert told(PlanMoved) == ["make", "end"]


def test_a_plan_is_not_changed_and_one_made_on_the_page_is_taken_over_by_its_words(
    library, works, people
):
    pk = make_plan(checker(people["street"]), PLAN)
    assert put(people["street"], PLAN_AT, PLAN).json() == {"id": pk, "outcome": "same"}
    assert put(people["street"], PLAN_AT, PLAN | {"months": "3"}).status_code == 409
    assert put(people["street"], f"{PLAN_AT}x", PLAN).status_code == 409, "of this name already"
    assert put(people["officer"], PLAN_AT, PLAN).status_code == 409, "another unit's id"
    assert InspectionPlan.objects.get().source_id == "P-1"


@pytest.mark.parametrize("at", [PLAN_AT, SINGLE_AT])
def test_what_is_sent_twice_at_the_same_moment_is_planned_once_and_answered_twice(
    library, works, people, monkeypatch, at
):
    said = PLAN if at == PLAN_AT else single()
    first = put(people["street"], at, said).json()
    late_to(monkeypatch, sent, "_mine")
    again = put(people["street"], at, said)
    assert (again.status_code, again.json()) == (200, first | {"outcome": "same"})
    assert InspectionPlan.objects.count() == InspectionTask.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "status"),
    [({"months": "2"}, 409), ({"area_code": "500106002"}, 409), ({"name": " "}, 409),
     ({"use": "self"}, 409), ({"level": "5"}, 409), ({"sector": "no"}, 409), ({"name": 7}, 422)],
)  # fmt: skip
def test_a_plan_that_cannot_be_is_refused_and_none_is_made(library, people, changed, status):
    assert put(people["street"], PLAN_AT, PLAN | changed).status_code == status
    assert put(people["street"], "/api/v1/inspection-plans/oa/a b", PLAN).status_code == 409
    assert not InspectionPlan.objects.exists()


def test_one_check_is_planned_once_and_stays_the_same_when_it_is_done(task, works, people):
    street = people["street"]
    said = single(inspector="grid")
    first = put(street, SINGLE_AT, said).json()
    owed = InspectionTask.objects.get()
    assert first == {"id": owed.pk, "outcome": "new"}
    assert owed.inspector_id == people["grid"].account.pk
    found = read_back(SINGLE_AT, owed.pk, people["industry"].browser, people["fire"].browser)
    assert (found["enterprise_id"], found["due_on"]) == (works, said["due_on"])
    assert people["manager"].browser.get(SINGLE_AT).status_code == 404, "not told who comes"
    assert put(street, SINGLE_AT, single()).status_code == 409, "other words"
    submit_check(checker(people["grid"]), submission(task, ok(*ALL), task_id=None))
    assert put(street, SINGLE_AT, said).json() == {"id": owed.pk, "outcome": "same"}
    assert street.browser.get(SINGLE_AT).json()["done_at"] is not None
    assert street.browser.get("/api/v1/inspection-plans/oa/S-1").status_code == 404


@pytest.mark.parametrize(
    ("changed", "status"),
    [({"credit_code": "91500106MA5U00001U"}, 404), ({"why": ""}, 409), ({"use": "self"}, 409),
     ({"due_on": "2026-03-01"}, 409), ({"inspector": "officer"}, 409), ({"due_on": "soon"}, 422)],
)  # fmt: skip
def test_a_check_that_cannot_be_planned_is_refused(library, works, people, changed, status):
    assert put(people["street"], SINGLE_AT, single(**changed)).status_code == status
    assert not InspectionPlan.objects.exists()


def test_who_inspects_a_place_is_put_changed_and_ended(library, works, people):
    street, grid = people["street"], people["grid"].account.pk
    put(street, PLAN_AT, PLAN)
    able = street.browser.get("/api/v1/inspectors").json()
    assert {one["username"] for one in able} >= {"street", "grid"}
    pk = put(street, CHARGE_AT, CHARGE).json()["id"]
    assert put(street, CHARGE_AT, CHARGE).json() == {"id": pk, "outcome": "same"}
    assert InspectionTask.objects.get().inspector_id == grid
    found = read_back(CHARGE_AT, pk, people["officer"].browser, people["other_street"].browser)
    assert (found["account_id"], found["area_code"]) == (grid, "500106004001")
    changed = put(street, CHARGE_AT, CHARGE | {"username": "street"}).json()
    assert changed["outcome"] == "changed"
    assert street.browser.get(CHARGE_AT).json()["account_name"] == "street"
    assert InspectionTask.objects.get().inspector_id == people["street"].account.pk
    at = f"/api/v1/inspection-charges/{changed['id']}"
    assert end(people["officer"], at).status_code == 409, "another unit's"
    assert end(street, at).status_code == 200
    assert InspectionTask.objects.get().inspector_id is None
    assert (street.browser.get(CHARGE_AT).status_code, told(ChargeMoved)) == (
        404, ["put", "put", "end"])  # fmt: skip


def test_an_assignment_that_moves_to_an_enterprise_ends_where_it_was(library, works, people):
    street = people["street"]
    put(street, CHARGE_AT, CHARGE)
    moved = put(street, CHARGE_AT, {"username": "grid", "credit_code": CODE}).json()
    assert moved["outcome"] == "changed"
    one = Charge.objects.get(ended_at=None)
    assert (one.pk, one.enterprise_id, one.source_id) == (moved["id"], works, "C-1")
    other = {"username": "street", "credit_code": CODE}
    assert put(street, f"{CHARGE_AT}x", other).status_code == 409, "said under another id already"


@pytest.mark.parametrize(
    ("said", "status"),
    [({"username": "officer"}, 409), ({"username": ""}, 409), ({"area_code": "500106002"}, 409),
     ({"area_code": "500106004777"}, 409), ({"credit_code": "91500106MA5U00001U"}, 404),
     ({"username": None}, 422)],
)  # fmt: skip
def test_an_assignment_that_cannot_be_is_refused(library, works, people, said, status):
    assert put(people["street"], CHARGE_AT, CHARGE | said).status_code == status
    assert not Charge.objects.exists()


# Who regulates may plan: of another street's or sector's not; who does not regulate may not at all.
PUTS = {
    "street": 200, "officer": 200, "industry": 200, "other_street": 404, "fire": 404,
    "grid": 403, "manager": 403, "stranger": 403,
}  # fmt: skip


@pytest.mark.parametrize("name", PUTS)
def test_who_plans_and_who_sees_what_is_planned(library, works, people, name):
    assert put(people[name], SINGLE_AT, single()).status_code == PUTS[name]
    assert put(people[name], PLAN_AT, {}).status_code == (403 if PUTS[name] == 403 else 422)
    assert put(people[name], CHARGE_AT, {}).status_code == (403 if PUTS[name] == 403 else 422)
    plan = make_plan(checker(people["street"]), PLAN)
    put(people["street"], CHARGE_AT, CHARGE)
    charge = Charge.objects.get().pk
    browser, hidden = people[name].browser, name in ("other_street", "fire", "manager", "stranger")
    seen = browser.get(f"/api/v1/inspection-plans/{plan}").status_code
    ended = end(people[name], f"/api/v1/inspection-plans/{plan}").status_code
    assert seen == (200 if name in ("street", "officer", "grid") else 404)
    if hidden:
        assert ended == 404
        assert end(people[name], f"/api/v1/inspection-charges/{charge}").status_code == 404
    elif name == "grid":
        assert ended == 403
    assert (browser.get("/api/v1/inspectors").json() == []) == (PUTS[name] == 403)


def test_nobody_without_an_account_does(client):
    for at in (PLAN_AT, SINGLE_AT, CHARGE_AT):
        assert client.get(at).status_code == 401
        assert client.put(at, {}, content_type="application/json").status_code == 401
