"""A case is opened and led on by another program, within the same rules."""

from datetime import date, timedelta

import pytest
from tests.operations.enforcement.conftest import PARTY, certificate, row
from tests.operations.enforcement.test_loop import WHO
from tests.operations.enforcement.test_procedure import SITE
from tests.step_tables import each_verb_by_each_role

from anlan.operations.enforcement.models import Appeal, Case, CaseStep, Paper
from anlan.operations.enforcement.rules.forms import FORMS
from anlan.operations.enforcement.rules.states import CASE as TABLE
from anlan.operations.people.models import AuditEntry
from anlan.operations.safety.actions import register_enterprise
from anlan.vocabulary import clock

DAY = date(2026, 3, 2)
ON_THE_SPOT = "AQ-099-1"  # a row of small fines
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


def test_the_party_is_shown_in_full_to_its_unit_alone_and_who_looks_is_recorded(people, case):
    people["officer"].take(case, "inspect", **SITE)
    address = f"/api/v1/cases/{case}/party"
    assert people["officer"].browser.get(address).status_code == 405
    said = people["legal"].browser.post(address).json()
    assert {key: said[key] for key in PARTY} == PARTY
    assert [(one["verb"], one["said"]) for one in said["said"]] == [
        ("inspect", {"present": SITE["present"]})]  # fmt: skip
    for name, wanted in (("safety", 403), ("other_officer", 404), ("other_leader", 404)):
        assert people[name].browser.post(address).status_code == wanted, name
    looks = AuditEntry.objects.filter(verb="people.view_personal", subject_id=str(case))
    assert [one.actor_id for one in looks] == [people["legal"].account.pk]


def test_a_paper_is_corrected_by_its_officers_as_a_new_version_and_by_nobody_else(people, case):
    people["officer"].take(case, "inspect", **SITE)
    old = Paper.objects.get()
    address = f"/api/v1/cases/papers/{old.pk}/versions"
    change = {"given": {"finding": "除尘系统停用两日"}, "why": "笔误"}
    wanted = {"safety": 403, "other_officer": 404, "other_leader": 404}
    for name in set(people) - {"officer", "partner"}:
        said = people[name].browser.post(address, change, "application/json")
        assert said.status_code == wanted.get(name, 409), name
    assert Paper.objects.count() == 1
    said = people["partner"].browser.post(address, change, "application/json").json()
    assert (said["number"], said["version"]) == (old.number, 2)
    text = people["officer"].browser.post(said["files"][0]["address"]).content.decode()
    assert "除尘系统停用两日" in text
    again = people["partner"].browser.post(address, change, "application/json")
    assert (again.status_code, Paper.objects.count()) == (409, 2)


# What each form asks for, in words that fit a case of 2 March 2026.
GIVEN = {
    **SITE, "items": "恢复除尘", "basis": "第三十六条", "until": "2026-03-22", "measures": "停产",
    "facts": "除尘系统停用", "statement": "无异议", "ended_on": "2026-03-02", "harm": "no",
    "opinion": "同意", "of": "inspect", "digest": "ab" * 32, "outcome": "done", "evidence": "笔录",
    "circumstances": "1 套", "amount": "20000", "answer": "复核", "how": "direct",
    "receiver": "唐勇", "on": f"{DAY}", "approver": "市应急局", "approval": "批1号",
    "reason": "因", "chair": "邓文", "record": "双方陈述", "present": "彭川、何岚、邓文",
    "reasons": "数额较大", "result": "同意", "receipt": "R1", "ground": "withdrawn",
    "ruling": "（2026）渝0106执1号", "kind": "reconsideration", "body": "区政府",
    "offence": "危险作业罪", "to": "区公安分局",
}  # fmt: skip
ASKED = {
    "call the hearing": {"on": "2026-03-11"}, "record a payment": {"of": "fine"},
    "end the appeal": {"outcome": "upheld", "amount": ""}, "end the hold": {"outcome": "退还"},
    "execute": {"how": "缴清"}, "fine on the spot": {"amount": "2000"},
}  # fmt: skip
LATER, EARLIER = f"{DAY + timedelta(9)}", f"{DAY - timedelta(1)}"
PASSED = {"decision": LATER, "payment": EARLIER, "appeal": EARLIER, "reminder": EARLIER,
          "court": f"{DAY}", "answer": f"{DAY}"}  # fmt: skip
# Where a case that is ready for all other verbs is not: what differs.
UNLIKE = {
    "propose filing": {"proposed": False}, "end the hold": {"held": True},
    "serve the notice": {"dues": {}}, "ask for a hearing": {"waived": False},
    "call the hearing": {"hearing_held": False}, "hold the hearing": {"hearing_held": False},
    "serve the reminder": {"dues": PASSED | {"reminder": None}},
    "give time to pay": {"dues": PASSED | {"payment": LATER}},
    "execute": {"dues": PASSED | {"payment": LATER}, "paid": 20000},
    "publish": {"published": False}, "archive": {"dues": {}},
    "publish the measures": {"dues": {"publicity_other": LATER}},
    "ask for a re-check": {"dues": PASSED | {"order": LATER}},
    "check the order": {"dues": PASSED | {"order": LATER}},
    "propose the transfer": {"crime_proposed": False}, "transfer": {"crime_approved": True},
}  # fmt: skip


@pytest.fixture
def at_hand(people, case):
    """A case with all that a step may rest on: earlier steps, a decision, its row."""
    for verb in ("inspect", "order", "notify", "remind", "apply to the court", "transfer"):
        CaseStep.objects.create(case_id=case, at=clock.now(), by_name="x", verb=verb, before="",
                                after="", said={"left": 10})  # fmt: skip
    Paper.objects.create(case_id=case, kind="decision", number="决1", words_sealed=b"",
                         said={"verb": "decide"}, issued_at=clock.now(), issued_by="x")  # fmt: skip
    return case


def as_it_is_for(verb, state, people, case):
    """Nothing but the person stands in the way of the verb; what its form is told."""
    dues = UNLIKE.get(verb, {}).get("dues", PASSED)
    is_so = {
        "state": state, "proposed": True, "held": False, "waived": True, "hearing_right": True,
        "hearing_on": DAY, "hearing_held": True, "discussed": True, "ordered": True,
        "reviewed_by": people["legal"].account.pk, "filed_on": DAY, "decided_on": DAY,
        "intended": 20000, "fine": 20000, "published": True, "crime_proposed": True,
        "row": row(ON_THE_SPOT if verb == "fine on the spot" else "AQ-099-2"),
    }  # fmt: skip
    is_so |= UNLIKE.get(verb, {}) | {"dues": {key: on for key, on in dues.items() if on}}
    Case.objects.filter(pk=case).update(**is_so)
    if verb == "end the appeal":
        Appeal.objects.create(case_id=case, kind="suit", body="法院", begun_on=DAY)
    hands = {"leaves": f"{certificate('officer')}", "comes": f"{certificate('third')}"}
    return GIVEN | hands | {"row": is_so["row"]} | ASKED.get(verb, {})


def test_each_verb_in_each_state_is_taken_by_whom_the_rule_book_names_and_by_nobody_else(
    people, at_hand
):
    """Everybody tries where a verb first may be taken; elsewhere one who may."""
    one, everybody = Case.objects.filter(pk=at_hand), {n: p.browser for n, p in people.items()}
    for step in TABLE.steps:
        for state in step.sources:
            able = WHO.get((step.verb, str(state)), WHO[step.verb])
            trying = everybody if state == step.sources[0] else sorted(able)[:1]

            def ready(verb, state=state):
                return as_it_is_for(verb, state, people, at_hand)

            each_verb_by_each_role(
                f"/api/v1/cases/{at_hand}/steps", {name: everybody[name] for name in trying},
                {step.verb: " ".join(able)}, TABLE, ready=ready, row=lambda: one.values().get(),
                unseen=lambda verb: ("other_officer", "other_leader"), barred=("safety",),
            )  # fmt: skip


def test_every_verb_of_the_pages_is_one_of_the_table_and_asks_nothing_that_cannot_be_sent(people):
    assert {step.verb for step in TABLE.steps} == set(FORMS)
    told = set(GIVEN) | {"row", "leaves", "comes", "others", "gains", "terms", "instalments"}
    assert {one.key for form in FORMS.values() for one in form} <= told
