"""Posts that an enterprise's own system keeps: opened once by its id, its own risk points, its two
cards; and what other systems read of them."""

import json

import pytest
from tests.operations.posts.test_posts import risk  # noqa: F401
from tests.operations.risks.conftest import CODE
from tests.reading_back import read_back

from anlan.operations.people.models import Account, AuditEntry, OutboxEvent
from anlan.operations.posts import actions
from anlan.operations.posts.events import PostMoved
from anlan.operations.posts.models import Post, Worker

pytestmark = pytest.mark.django_db(databases="__all__")
AT = "/api/v1/posts/hr/P-1"
SENT = {"credit_code": CODE, "name": "冲压岗", "place": "A1", "duties": "先检查后开机",
        "certificates": ["lifting"]}  # fmt: skip


def put(one, at=AT, **changed):
    return one.browser.put(at, SENT | changed, content_type="application/json")


def told():
    rows = OutboxEvent.objects.filter(name=PostMoved.name).order_by("pk")
    return [json.loads(row.payload)["verb"] for row in rows]


def test_a_post_is_opened_once_changed_as_it_is_sent_and_listeners_hear_each(people, works, risk):  # noqa: F811
    manager = people["manager"]
    said = [put(manager, risks=[risk]).json() for _ in range(2)]
    one = Post.objects.get()
    assert said == [{"id": one.pk, "outcome": "new"}, {"id": one.pk, "outcome": "same"}]
    assert (one.name, one.duties, one.risks) == ("冲压岗", "先检查后开机", [risk])
    trail = AuditEntry.objects.count()
    assert put(manager, risks=[risk]).json()["outcome"] == "same"
    assert (AuditEntry.objects.count(), told()) == (trail, ["open"])
    assert put(manager, name="冲床岗").json() == {"id": one.pk, "outcome": "changed"}
    one.refresh_from_db()
    assert (one.name, one.place, one.risks) == ("冲床岗", "A1", [risk])  # left out: it stays
    assert told() == ["open", "change"]
    seen, blind = people["street"].browser, people["other_street"].browser
    found = read_back(AT, one.pk, seen, blind)
    assert found == seen.get(f"/api/v1/posts/{one.pk}").json()
    assert (found["source"], found["source_id"], found["risks"]) == ("hr", "P-1", [risk])


def test_a_post_that_a_person_opened_is_taken_over_by_its_name(people, works):
    pk = actions.open_post(people["manager"].actor, works, {"name": "冲压岗", "duties": "旧"})
    assert put(people["manager"]).json() == {"id": pk, "outcome": "changed"}
    assert put(people["manager"], "/api/v1/posts/hr/P-2").status_code == 409  # it has an id
    assert Post.objects.get().source_id == "P-1"


def test_a_closed_post_is_not_opened_again_by_being_sent_again(people, works):
    pk = put(people["manager"]).json()["id"]
    actions.close_post(people["manager"].actor, pk)
    assert put(people["manager"]).status_code == 409
    assert Post.objects.filter(closed_at=None).count() == 0
    assert people["manager"].browser.get(AT).status_code == 404
    assert put(people["manager"], "/api/v1/posts/hr/P-2").json()["outcome"] == "new"


@pytest.mark.parametrize(
    ("change", "status"),
    [({"name": " "}, 409), ({"name": "岗" * 61}, 409), ({"risks": [999999]}, 409),
     ({"certificates": ["driver"]}, 409), ({"credit_code": "91500106MA5U00001U"}, 404),
     ({"risks": ["x"]}, 422)],
)  # fmt: skip
def test_a_post_that_cannot_be_is_refused_and_none_is_opened(people, works, change, status):
    assert put(people["manager"], **change).status_code == status
    assert put(people["manager"], "/api/v1/posts/hr/a b").status_code == 409
    assert not Post.objects.exists()


def test_nobody_but_the_enterprise_brings_its_posts(people, works):
    for name in ("street", "officer", "industry", "grid", "fire"):
        assert put(people[name]).status_code == 403
    assert put(people["stranger"]).status_code == 404
    assert not Post.objects.exists()


def test_the_two_cards_are_read_in_their_newest_version(people, works, risk):  # noqa: F811
    manager, street = people["manager"], people["street"].browser
    pk = put(manager, risks=[risk]).json()["id"]
    at = f"/api/v1/posts/{pk}/cards"
    assert street.get(at).json() == []
    actions.make_cards(manager.actor, pk)
    put(manager, duties="先检查，后开机")
    actions.make_cards(manager.actor, pk)
    know, emergency = street.get(at).json()
    assert [(one["kind"], one["version"]) for one in (know, emergency)] == [
        ("know", 2), ("emergency", 1)
    ]  # fmt: skip
    assert know["lines"][-1] == {"duties": "先检查，后开机"}
    assert (emergency["lines"][0]["name"], emergency["lines"][0]["do"]) == ("冲压机", "急停")
    assert people["other_street"].browser.get(at).status_code == 404


def step(one, pk, verb):
    at = f"/api/v1/posts/{pk}/steps"
    return one.browser.post(at, {"verb": verb}, content_type="application/json")


def test_its_cards_are_made_and_it_is_closed_by_the_enterprise_alone(people, works, risk):  # noqa: F811
    manager = people["manager"]
    pk = put(manager).json()["id"]
    assert step(manager, pk, "make cards").status_code == 409  # it has no risk point
    put(manager, risks=[risk])
    assert step(manager, pk, "make cards").json() == {"id": pk, "state": "OPEN"}
    assert len(manager.browser.get(f"/api/v1/posts/{pk}/cards").json()) == 2
    assert step(people["street"], pk, "close").status_code == 403
    assert step(people["stranger"], pk, "close").status_code == 404
    assert step(manager, pk, "x").status_code == 404
    assert step(manager, pk, "close").json() == {"id": pk, "state": "CLOSED"}
    assert step(manager, pk, "close").status_code == 404
    assert told() == ["open", "change", "cards", "close"]


def send(one, at, **body):
    return one.browser.post(at, body, content_type="application/json")


def test_who_works_at_a_post_is_entered_and_leaves_it_by_the_enterprise_alone(people, works):
    manager = people["manager"]
    pk = put(manager).json()["id"]
    at = f"/api/v1/posts/{pk}/workers"
    answer = send(manager, at, name="周强")
    assert answer.status_code == 200
    one = Worker.objects.get()
    assert (answer.json(), one.post_id, one.shown, one.until) == ({"id": one.pk}, pk, "周*", None)
    assert [send(manager, at, name=name).status_code for name in ("周强", " ")] == [409, 409]
    street = Account.objects.get(pk=people["street"].scope.account_id)
    assert send(manager, at, name="李四", account_id=street.pk).status_code == 409  # not theirs
    end = f"{at}/{one.pk}/end"
    for name, status in (("street", 403), ("other_street", 404), ("stranger", 404)):
        assert send(people[name], at, name="李四").status_code == status, name
        assert send(people[name], end).status_code == status, name
    assert (Worker.objects.count(), Worker.objects.get().until) == (1, None)
    other = put(manager, "/api/v1/posts/hr/P-2", name="焊接岗").json()["id"]
    assert send(manager, f"/api/v1/posts/{other}/workers/{one.pk}/end").status_code == 404
    assert send(manager, end).json() == {"id": one.pk}
    assert Worker.objects.get().until is not None
    assert send(manager, at, name="周强").json()["id"] != one.pk  # back again, as another entry


CERTIFICATE = {"credit_code": CODE, "post": "冲压岗", "name": "周强", "kind": "electrician",
               "number": "T500106198805121126", "expires_on": "2027-06-30"}  # fmt: skip


def test_a_certificate_is_read_back_masked_as_the_list_shows_it(people, works):
    at, browser = "/api/v1/certificates/hr/C-1", people["manager"].browser
    for until in ("2027-06-30", "2029-06-30"):
        sent = browser.put(at, CERTIFICATE | {"expires_on": until}, "application/json")
    (row,) = people["street"].browser.get("/api/v1/certificates").json()["rows"]
    blind = people["other_street"].browser
    assert read_back(at, sent.json()["id"], people["street"].browser, blind) == row
    assert (row["holder"], row["number"]) == ("周*", "T500***********1126")
    assert row["expires_on"] == "2029-06-30"
