"""A case is opened and led on by another program, within the same rules."""

import pytest
from tests.operations.enforcement.conftest import PARTY
from tests.operations.enforcement.test_loop import WHO
from tests.operations.enforcement.test_procedure import SITE
from tests.step_tables import each_verb_by_each_role

from anlan.operations.enforcement.models import Case
from anlan.operations.enforcement.rules.forms import FORMS
from anlan.operations.enforcement.rules.states import CASE as TABLE
from anlan.operations.safety.actions import register_enterprise

pytestmark = pytest.mark.django_db(databases="__all__")
CASE = {"key": "laq-1", "title": "除尘系统停用", "area_code": "500106004", "party_kind": "unit",
        "party": PARTY, "officers": ["证1", "证2"]}  # fmt: skip


def post(one, **more):
    return one.browser.post("/api/v1/cases", CASE | more, "application/json")


def test_a_case_is_opened_once_by_its_key_and_belongs_to_its_enterprise(people):
    values = {"name": "鑫源五金厂", "credit_code": PARTY["id_number"], "area_code": "500106004",
              "address": "A3", "sector": "industry", "state": "open"}  # fmt: skip
    works = register_enterprise(people["safety"].actor, values)
    first, again = post(people["officer"]), post(people["officer"])
    assert (first.status_code, first.json()["state"]) == (200, "PLANNED")
    assert again.json() == first.json()
    one = Case.objects.get()
    assert (one.enterprise_id, one.officers.count()) in ((works, 2), (None, 2))


def test_who_may_not_open_a_case_opens_none(people):
    wanted = {"officer": 200, "partner": 200, "third": 409, "expired": 409, "legal": 403,
              "leader": 403, "safety": 403, "other_officer": 409, "other_leader": 403}  # fmt: skip
    said = {name: post(one, key=name).status_code for name, one in people.items()}
    assert said == wanted
    assert post(people["officer"], key="a", officers=["证1"]).status_code == 409
    assert post(people["officer"], key="b", area_code="999999999").status_code == 409
    assert post(people["officer"], key="c", danger_id=10**6).status_code == 404
    assert post(people["officer"], key="d", party_kind="ship").status_code == 422
    assert Case.objects.count() == 2


def test_each_verb_by_each_role_in_a_planned_case(people, case):
    for name, one in people.items():
        for verb in FORMS:
            given = SITE if verb == "inspect" else {}
            open_to = {"inspect": {"officer", "partner"}, "withdraw": {"leader"},
                       "replace an officer": {"leader"}}.get(verb, set())  # fmt: skip
            if name in open_to:
                continue
            said = one.browser.post(f"/api/v1/cases/{case}/steps", {"verb": verb, "given": given},
                                    "application/json")  # fmt: skip
            wanted = {"safety": 403, "other_officer": 404, "other_leader": 404}.get(name, 409)
            assert said.status_code == wanted, (name, verb)
    said = people["officer"].browser.post(
        f"/api/v1/cases/{case}/steps", {"verb": "inspect", "given": SITE}, "application/json"
    )
    assert said.json() == {"id": case, "state": "INSPECTED"}


def test_in_no_state_does_anybody_take_a_step_that_the_table_does_not_give_them(people, case):
    one, hands = Case.objects.filter(pk=case), {n: p.browser for n, p in people.items()}
    for step in TABLE.steps:
        state = step.sources[0]
        able = WHO.get((step.verb, state), WHO[step.verb])

        def ready(verb, state=state):
            one.update(state=state)
            return {"reason": "因"}

        each_verb_by_each_role(
            f"/api/v1/cases/{case}/steps", {n: b for n, b in hands.items() if n not in able},
            {step.verb: ""}, TABLE, ready=ready, row=lambda: one.values().get(),
            unseen=lambda verb: ("other_officer", "other_leader"), barred=("safety",),
        )  # fmt: skip
