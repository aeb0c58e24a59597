"""Reports that another platform hands on: once, sealed at once, and no word of them given away."""

import json

import pytest
from tests.operations.hotline.conftest import NAME, PHONE, accepted

from anlan.operations.hotline.events import TipMoved
from anlan.operations.hotline.models import Informant, Tip
from anlan.operations.hotline.queries.files import followed
from anlan.operations.people.models import AuditEntry, OutboxEvent

pytestmark = pytest.mark.django_db(databases="__all__")
HANDED_ON = {"kind": "illegal", "matter": "抛光间夜间无人值守", "area_code": "500106004",
             "accused": "鑫源五金厂", "sector": "industry", "name": NAME,
             "phone": PHONE}  # fmt: skip
AT = "/api/v1/hotline/tips/12345/SP-1"


def put(one, body, at=AT):
    return one.browser.put(at, json.dumps(body), content_type="application/json")


def test_a_report_handed_on_is_kept_once_and_its_informant_sealed(people):
    answers = [put(people["clerk"], HANDED_ON).json() for _ in range(2)]
    assert answers[0] == answers[1]
    tip = Tip.objects.get()
    assert (tip.channel, tip.source, tip.named) == ("platform", "12345", True)
    assert followed(answers[0]["code"]).number == tip.number
    put(people["clerk"], HANDED_ON | {"matter": "夜间无人值守，粉尘积厚", "name": "他人"})
    tip.refresh_from_db()
    assert (tip.matter, tip.steps.latest("id").said["before"]["matter"]) == (
        "夜间无人值守，粉尘积厚", "抛光间夜间无人值守"
    )  # fmt: skip
    assert Informant.objects.count() == 1
    kept = [str(list(model.objects.values())) for model in (Tip, AuditEntry, OutboxEvent)]
    assert not any(NAME in one or PHONE in one for one in kept)


def test_what_was_decided_on_is_not_worded_anew(people):
    pk = put(people["clerk"], HANDED_ON).json()["id"]
    accepted(people, pk)
    assert put(people["clerk"], HANDED_ON).status_code == 200
    assert put(people["clerk"], HANDED_ON | {"matter": "别的事"}).status_code == 409


@pytest.mark.parametrize(
    "wrong", [{"matter": f"{NAME}反映无人值守"}, {"place": PHONE}, {"area_code": "110000000"},
              {"matter": ""}]
)  # fmt: skip
def test_a_text_that_names_somebody_or_no_place_of_ours_is_refused(people, wrong):
    answer = put(people["clerk"], HANDED_ON | wrong)
    assert answer.status_code == 409
    assert not any(word in answer.content.decode() for word in (NAME, PHONE))
    assert not Tip.objects.exists()


def test_how_a_report_stands_is_said_within_sight_and_none_of_its_text(people):
    pk = put(people["clerk"], HANDED_ON).json()["id"]
    shown = people["clerk"].browser.get(AT)
    assert (shown.status_code, shown.json()["state"]) == (200, "RECEIVED")
    assert "无人值守" not in shown.content.decode()
    accepted(people, pk)
    assert people["industry"].browser.get(AT).json()["state"] == "ACCEPTED"
    assert people["industry"].browser.get("/api/v1/hotline/tips").json()["count"] == 1
    assert people["fire"].browser.get(AT).status_code == 404
    assert people["fire"].browser.get("/api/v1/hotline/tips").json()["count"] == 0
    assert people["grid"].browser.get(AT).status_code == 403
    assert put(people["industry"], HANDED_ON).status_code == 403


def test_what_links_are_told_names_the_platforms_id_and_nobody(people):
    put(people["clerk"], HANDED_ON)
    told = json.loads(OutboxEvent.objects.get(name=TipMoved.name).payload)
    assert (told["source"], told["source_id"]) == ("12345", "SP-1")
    assert set(told) == {"tip_id", "number", "verb", "before", "after", "kind", "verdict",
                         "area_code", "sector", "hazard", "source", "source_id"}  # fmt: skip
