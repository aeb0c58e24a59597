"""A case of another system: registered once by its number there, led on by the same rules."""

import json

import pytest
from tests.operations.enforcement.conftest import PARTY
from tests.operations.enforcement.test_by_api import CASE
from tests.operations.enforcement.test_procedure import SITE
from tests.reading_back import read_back

from anlan.operations.enforcement.events import CaseMoved
from anlan.operations.enforcement.models import Case, CaseStep
from anlan.operations.people.models import AuditEntry, OutboxEvent

pytestmark = pytest.mark.django_db(databases="__all__")
AT = "/api/v1/cases/law/LAQ-2026-17"
SENT = {key: value for key, value in CASE.items() if key != "key"}


def put(one, at=AT, **more):
    return one.browser.put(at, SENT | more, content_type="application/json")


def step(one, case, verb, given):
    body = {"verb": verb, "given": given}
    return one.browser.post(f"/api/v1/cases/{case}/steps", body, "application/json")


def test_a_case_is_registered_once_with_its_number_there_and_listeners_hear_it(people):
    said = [put(people["officer"]).json() for _ in range(2)]
    one = Case.objects.get()
    assert said == [{"id": one.pk, "outcome": "new"}, {"id": one.pk, "outcome": "same"}]
    row = people["partner"].browser.get(f"/api/v1/cases/{one.pk}").json()["case"]
    assert (row["source"], row["source_id"], row["state"]) == ("law", "LAQ-2026-17", "PLANNED")
    assert read_back(AT, one.pk, people["partner"].browser, people["other_officer"].browser) == row
    assert step(people["officer"], one.pk, "inspect", SITE).json()["state"] == "INSPECTED"
    told = [json.loads(row.payload) for row in OutboxEvent.objects.filter(name=CaseMoved.name)]
    assert [(one["verb"], one["source_id"]) for one in told] == [
        ("open", "LAQ-2026-17"), ("inspect", "LAQ-2026-17")
    ]  # fmt: skip
    assert "LAQ-2026-17" in people["officer"].browser.get(f"/cases/{one.pk}").content.decode()


def test_it_is_worded_anew_until_its_first_step_and_what_it_said_stays_on_record(people):
    pk = put(people["officer"]).json()["id"]
    other = PARTY | {"name": "鑫源五金制品厂", "phone": "13900001111"}
    assert (
        put(people["partner"], title="除尘系统带病运行", party=other).json()["outcome"] == "changed"
    )
    case = Case.objects.get()
    assert (case.title, case.party) == ("除尘系统带病运行", "鑫源五金制品厂")
    kept = CaseStep.objects.get(verb="amend").said["before"]
    assert kept == {"title": "除尘系统停用", "party": PARTY["name"]}
    assert "13900001111" not in str(
        list(CaseStep.objects.values()) + list(AuditEntry.objects.values())
    )
    assert people["officer"].browser.get(f"/cases/{pk}").status_code == 200
    step(people["officer"], pk, "inspect", SITE)
    assert put(people["officer"], title="除尘系统带病运行", party=other).json()["outcome"] == "same"
    assert put(people["officer"], title="又一说法", party=other).status_code == 409
    assert Case.objects.get().title == "除尘系统带病运行"


@pytest.mark.parametrize(
    ("change", "status"),
    [({"title": " "}, 409), ({"officers": ["证1"]}, 409), ({"area_code": "999999999"}, 409),
     ({"danger_id": 10**6}, 404), ({"party_kind": "ship"}, 422),
     ({"party_kind": "person", "title": f"{PARTY['name']}违法"}, 409)],
)  # fmt: skip
def test_a_case_that_cannot_be_is_refused_with_a_reason_first_and_later(people, change, status):
    assert put(people["officer"], **change).status_code == status
    assert not Case.objects.exists()
    put(people["officer"])
    if "officers" not in change:  # once it is open, a step replaces its officers
        assert put(people["officer"], **change).status_code == status
    assert Case.objects.get().title == SENT["title"]
    assert put(people["officer"], "/api/v1/cases/law/a b").status_code == 409


def test_who_may_not_open_a_case_brings_none_and_who_is_not_on_it_words_none_anew(people):
    wanted = {"third": 409, "expired": 409, "legal": 403, "leader": 403, "safety": 403,
              "other_officer": 409, "other_leader": 403}  # fmt: skip
    for name, status in wanted.items():
        assert put(people[name]).status_code == status, name
    put(people["officer"])
    for name, status in wanted.items():
        assert put(people[name], title="另一说法").status_code == status, name
    assert Case.objects.get().title == SENT["title"]
