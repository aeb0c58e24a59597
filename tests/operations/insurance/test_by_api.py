"""Policies, providers and engagements taken further by other programs, by the rules of the page."""

from datetime import date

import pytest
from django.db import IntegrityError
from tests.operations.insurance.conftest import enter
from tests.operations.insurance.test_services import KEEPS, SEES
from tests.operations.safety.conftest import CODE, PEOPLE
from tests.reading_back import read_back

from anlan.operations.insurance.models import (
    Engagement,
    EngagementStep,
    Policy,
    PolicyVersion,
    Provider,
    ProviderStep,
)

pytestmark = pytest.mark.django_db(databases="__all__")
API = "/api/v1/insurance"
NEXT = {"insurer": "甲财险", "number": "A-2", "sum_insured": "5000000", "people": 46,
        "starts_on": "2026-04-01", "ends_on": "2027-03-31"}  # fmt: skip
FIRM = "91500106MA5U90001H"
AGENCY = {"name": "甲评价", "kinds": ["training", "evaluation"], "qualification": "APJ-1",
          "qualified_until": "2026-06-30"}  # fmt: skip


def post(one, what, **said):
    return one.browser.post(f"{API}/{what}", said, content_type="application/json")


def put(one, what, **said):
    return one.browser.put(f"{API}/{what}", said, content_type="application/json")


def step(one, what, verb, /, **given):
    return post(one, f"{what}/steps", verb=verb, given=given)


def test_a_policy_is_renewed_once_however_often_it_is_sent(people, works):
    pk, manager = enter(people["officer"], works), people["manager"]
    first = post(manager, f"policies/{pk}/renew", **NEXT)
    assert first.status_code == 200, first.content
    assert first.json()["outcome"] == "new"
    assert post(manager, f"policies/{pk}/renew", **NEXT).json() == {
        "id": first.json()["id"], "outcome": "same"
    }  # fmt: skip
    again = post(manager, f"policies/{pk}/renew", **NEXT | {"number": "A-3"})
    assert again.status_code == 409, "another follows it already"
    one = Policy.objects.get(pk=first.json()["id"])
    assert (one.follows_id, one.enterprise_id, f"{one.ends_on}") == (pk, works, "2027-03-31")
    assert Policy.objects.count() == 2


@pytest.mark.parametrize("wrong", [{"ends_on": "2026-03-31"}, {"sum_insured": "0"},
                                   {"number": ""}, {"ends_on": "2025-04-02"}])  # fmt: skip
def test_what_cannot_follow_is_refused(people, works, wrong):
    pk = enter(people["officer"], works)
    assert post(people["officer"], f"policies/{pk}/renew", **NEXT | wrong).status_code == 409
    assert Policy.objects.count() == 1


@pytest.mark.parametrize("verb", ["renew", "corrections", "withdraw"])
def test_who_may_change_a_policy(people, works, verb):
    pk = enter(people["officer"], works)
    said = {"renew": NEXT, "corrections": {"people": 50, "reason": "核对"},
            "withdraw": {"reason": "误录"}}[verb]  # fmt: skip
    for name in PEOPLE:
        if name in KEEPS:
            continue
        answer = post(people[name], f"policies/{pk}/{verb}", **said)
        assert answer.status_code in ((403,) if name in SEES else (403, 404)), name
    assert post(people["officer"], f"policies/{10**6}/{verb}", **said).status_code == 404
    assert PolicyVersion.objects.count() == 1
    assert post(people["street"], f"policies/{pk}/{verb}", **said).status_code == 200


def test_a_correction_is_a_new_version_with_its_reason_and_the_same_again_is_none(people, works):
    pk, officer = enter(people["officer"], works), people["officer"]
    assert post(officer, f"policies/{pk}/corrections", people=50).status_code == 409
    answer = post(officer, f"policies/{pk}/corrections", people=50, reason="核对", seen=1)
    assert (answer.json()["people"], answer.json()["version"]) == (50, 2)
    assert post(officer, f"policies/{pk}/corrections", people=50).json()["version"] == 2
    stale = post(officer, f"policies/{pk}/corrections", people=51, reason="x", seen=1)
    assert stale.status_code == 409
    for wrong in ({"insurer": None}, {"ends_on": "2025-03-31"}):
        assert post(officer, f"policies/{pk}/corrections", reason="x", **wrong).status_code == 409
    kept = PolicyVersion.objects.order_by("id").values_list("values__people", flat=True)
    assert list(kept) == [46, 50]
    assert post(officer, f"policies/{pk}/withdraw").status_code == 409
    assert post(officer, f"policies/{pk}/withdraw", reason="误录").json() == {"id": pk}
    assert Policy.objects.get().withdrawn_at is not None
    assert post(officer, f"policies/{pk}/withdraw", reason="误录").status_code == 409


def test_an_enterprise_leaves_what_the_insurers_system_brought(people, works):
    pk = enter(people["officer"], works)
    Policy.objects.update(source="picc", source_id="77")
    sent = {"corrections": {"people": 1, "reason": "x"}, "withdraw": {"reason": "x"}}
    for verb, said in sent.items():
        assert post(people["manager"], f"policies/{pk}/{verb}", **said).status_code == 409
    assert PolicyVersion.objects.count() == 1


def test_a_provider_is_kept_by_its_credit_code(people):
    officer, address = people["officer"], f"providers/{FIRM}"
    assert put(officer, address, **AGENCY | {"name": ""}).status_code == 409
    first = put(officer, address, **AGENCY)
    assert first.json()["outcome"] == "new", first.content
    pk = first.json()["id"]
    assert put(officer, address, **AGENCY).json() == {"id": pk, "outcome": "same"}
    assert put(officer, address, name="乙评价").status_code == 409  # without the reason
    assert put(officer, address, name="乙评价", reason="更名").json()["outcome"] == "changed"
    assert put(officer, address, kinds=["magic", "training"], reason="x").status_code == 409
    one = people["manager"].browser.get(f"{API}/{address}").json()
    assert (one["name"], one["kinds"], one["qualified_until"]) == (
        "乙评价", ["evaluation", "training"], "2026-06-30"
    )  # fmt: skip
    for name in ("manager", "street", "leader", "stranger"):
        assert put(people[name], address, name="x", reason="x").status_code == 403, name
    assert put(officer, "providers/91500106MA5U90001A", **AGENCY).status_code == 409
    assert people["officer"].browser.get(f"{API}/providers/0").status_code == 404
    assert list(ProviderStep.objects.values_list("verb", flat=True)) == ["register", "correct"]


def test_a_provider_sent_twice_at_one_moment_is_one_provider(people, monkeypatch):
    real, raced = Provider.save, []

    def save(self, *args, **more):
        if not raced:
            raced.append(1)
            raise IntegrityError("credit_code")
        return real(self, *args, **more)

    monkeypatch.setattr(Provider, "save", save)
    assert put(people["officer"], f"providers/{FIRM}", **AGENCY).json()["outcome"] == "new"
    assert Provider.objects.count() == 1


def test_a_provider_is_suspended_and_restored_by_who_manages_the_register(people):
    officer = people["officer"]
    pk = put(officer, f"providers/{FIRM}", **AGENCY).json()["id"]
    assert step(officer, f"providers/{pk}", "suspend").status_code == 409
    for name in ("manager", "street", "leader"):
        assert step(people[name], f"providers/{pk}", "suspend", reason="x").status_code == 409, name
    said = step(officer, f"providers/{pk}", "suspend", reason="核查").json()
    assert said == {"id": pk, "state": "SUSPENDED"}
    assert step(officer, f"providers/{pk}", "suspend", reason="x").status_code == 409
    assert step(officer, f"providers/{pk}", "restore", reason="x").json()["state"] == "ACTIVE"
    for verb in ("correct", "x", ""):
        assert step(officer, f"providers/{pk}", verb, reason="x").status_code == 404
    assert step(officer, f"providers/{10**6}", "suspend", reason="x").status_code == 404


@pytest.fixture
def engaging(people, works):
    put(people["officer"], f"providers/{FIRM}", **AGENCY)
    return {"provider": FIRM, "enterprise": CODE, "kind": "evaluation",
            "starts_on": "2026-02-01", "ends_on": "2026-05-01"}  # fmt: skip


def test_an_engagement_goes_from_its_id_elsewhere_to_the_ratings_of_both_sides(people, engaging):
    street, manager = people["street"], people["manager"]
    first = put(street, "engagements/agency/9", **engaging)
    assert first.json()["outcome"] == "new", first.content
    pk = first.json()["id"]
    assert put(street, "engagements/agency/9", **engaging).json() == {"id": pk, "outcome": "same"}
    other = put(street, "engagements/agency/9", **engaging | {"ends_on": "2026-06-01"})
    assert other.status_code == 409
    read_back(f"{API}/engagements/agency/9", pk, manager.browser, people["stranger"].browser)
    at = f"engagements/{pk}"
    assert step(manager, at, "rate", score="4", reason="好").status_code == 409  # not yet finished
    for day in ("2026-01-31", "", "soon"):
        assert step(manager, at, "finish", delivered="报告", report_on=day).status_code == 409
    done = step(manager, at, "finish", delivered="报告", report_on="2026-03-01")
    assert done.json() == {"id": pk, "state": "FINISHED"}, done.content
    for score in ("0", "6", "x", ""):
        assert step(manager, at, "rate", score=score, reason="好").status_code == 409
    assert step(manager, at, "rate", score="4", reason="好").status_code == 200
    assert step(street, at, "rate", score="3", reason="一般").status_code == 200
    file = manager.browser.get(f"{API}/{at}").json()
    assert [one["verb"] for one in file["steps"]] == ["engage", "finish", "rate", "rate"]
    assert [(one["side"], one["score"]) for one in file["ratings"]] == [
        ("enterprise", 4), ("regulator", 3)
    ]  # fmt: skip
    assert step(street, at, "cancel", reason="x").status_code == 409
    assert step(people["stranger"], at, "rate", score="1", reason="x").status_code == 404
    assert people["stranger"].browser.get(f"{API}/{at}").status_code == 404
    assert step(people["leader"], at, "rate", score="1", reason="x").status_code == 409
    assert EngagementStep.objects.count() == 4


def test_nobody_is_engaged_out_of_sight_or_past_the_qualification(people, engaging):
    for name, status in (("other_street", 404), ("stranger", 404), ("leader", 403)):
        answer = put(people[name], "engagements/agency/1", **engaging)
        assert answer.status_code == status, name
    for wrong, status in (({"provider": "91500106MA5U90002L"}, 404), ({"kind": "testing"}, 409),
                          ({"kind": "magic"}, 409), ({"ends_on": "2026-01-01"}, 409)):  # fmt: skip
        answer = put(people["officer"], "engagements/agency/1", **engaging | wrong)
        assert answer.status_code == status, wrong
    Provider.objects.update(qualified_until=date(2026, 1, 1))
    assert put(people["officer"], "engagements/agency/1", **engaging).status_code == 409
    assert not Engagement.objects.exists()
