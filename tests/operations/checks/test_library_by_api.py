"""The item library as another program keeps it, and an enterprise's list of it."""

import json

import pytest

from anlan.operations.checks.events import ItemMoved
from anlan.operations.checks.models import CheckItem
from anlan.operations.people.models import OutboxEvent

pytestmark = pytest.mark.django_db(databases="__all__")
AT = "/api/v1/check-items/gen-lift"
ITEM = {"text": "电梯年检在有效期内", "basis": "特种设备安全法", "clause": "第四十条",
        "cycle": "monthly"}  # fmt: skip


def put(one, said=ITEM, at=AT):
    return one.browser.put(at, said, content_type="application/json")


def retire(one, at=AT, **said):
    return one.browser.post(f"{at}/retire", said, content_type="application/json")


def told():
    rows = OutboxEvent.objects.filter(name=ItemMoved.name).order_by("pk")
    said = [json.loads(row.payload) for row in rows]
    return [(one["verb"], one["version"]) for one in said if one["code"] == "gen-lift"]


def codes(one, works, **asked):
    return [each["code"] for each in one.browser.get(f"/api/v1/check-lists/{works}", asked).json()]


def test_an_item_is_added_corrected_as_a_version_and_taken_off(library, works, people):
    officer, street = people["officer"], people["street"].browser
    first = put(officer).json()
    assert first == {"id": CheckItem.objects.get(code="gen-lift").pk, "outcome": "new"}
    assert put(officer).json() == first | {"outcome": "same"}
    assert put(officer, {"weight": "key"}).status_code == 409, "without a reason"
    assert put(officer, {"weight": "key", "reason": "改为关键项"}).json()["outcome"] == "changed"
    rows = street.get(AT).json()
    assert [(one["version"], one["weight"], one["text"], one["reason"]) for one in rows] == [
        (2, "key", ITEM["text"], "改为关键项"), (1, "plain", ITEM["text"], "")]  # fmt: skip
    assert [one["until"] is None for one in rows] == [True, False]
    assert "gen-lift" in codes(people["street"], works)
    assert retire(officer).status_code == 409, "without a reason"
    assert retire(officer, reason="并入别项").status_code == 200
    assert "gen-lift" not in codes(people["street"], works)
    assert street.get(AT).json()[0]["reason"] == "并入别项"
    assert retire(officer, reason="again").status_code == 404
    assert told() == [("put", 1), ("put", 2), ("retire", 2)]
    assert put(officer).json()["outcome"] == "new"


def test_the_list_of_an_enterprise_is_what_fits_it(library, works, people):
    street = people["street"]
    assert codes(street, works) == ["drill", "exit", "law-officer", "wiring"]
    assert codes(people["manager"], works, use="self") == ["drill", "exit", "wiring"]
    assert codes(street, works, use="self", cycle="daily") == ["exit", "wiring"]
    for name in ("other_street", "fire", "stranger"):
        answer = people[name].browser.get(f"/api/v1/check-lists/{works}")
        assert answer.status_code == 404, name
    for asked in ({"use": "x"}, {"cycle": "yearly"}):
        assert street.browser.get(f"/api/v1/check-lists/{works}", asked).status_code == 409


@pytest.mark.parametrize(
    ("said", "at", "status"),
    [
        ({key: ITEM[key] for key in ("basis", "clause", "cycle")}, AT, 409),
        (ITEM | {"cycle": "yearly"}, AT, 409),
        (ITEM | {"text": "长" * 201}, AT, 409),
        (ITEM | {"level": 5}, AT, 409),
        (ITEM | {"level": "red"}, AT, 422),
        (ITEM, "/api/v1/check-items/new", 409),
        (ITEM, "/api/v1/check-items/a b", 409),
        (ITEM, f"/api/v1/check-items/{'x' * 41}", 409),
    ],
)
def test_an_item_that_cannot_be_is_refused(library, people, said, at, status):
    before = CheckItem.objects.count()
    assert put(people["officer"], said, at).status_code == status
    assert CheckItem.objects.count() == before


def test_the_bureau_alone_keeps_the_library(library, people, client):
    for name in ("street", "industry", "grid", "manager", "fire"):
        assert put(people[name]).status_code == 403, name
        assert retire(people[name], "/api/v1/check-items/exit", reason="x").status_code == 403
        assert people[name].browser.get("/api/v1/check-items/exit").status_code == 200
    assert people["street"].browser.get(AT).status_code == 404
    assert client.put(AT, ITEM, content_type="application/json").status_code == 401
    assert not CheckItem.objects.filter(code="gen-lift").exists()
