"""Lists, duties and commendations as other programs keep them, and that a list was read."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.operations.responsibilities.conftest import OTHER, STREET, person
from tests.operations.safety.conftest import picture
from tests.reading_back import read_back

from anlan.operations.people.actions import as_actor
from anlan.operations.people.models import OutboxEvent
from anlan.operations.responsibilities import actions
from anlan.operations.responsibilities.events import CommendationKept, ListMoved, ListRead
from anlan.operations.responsibilities.models import Bearer, Commendation, Duty, Reading

pytestmark = pytest.mark.django_db(databases="__all__")
LIST_AT, DUTY_AT = "/api/v1/responsibilities/lists/oa/L-1", "/api/v1/responsibilities/duties/oa/D-1"
AWARD_AT = "/api/v1/responsibilities/commendations/oa/A-1"
LIST = {"unit_code": STREET, "post": "主任", "name": "秦川", "username": "leader"}
AWARD = {
    "whom": "person", "name": "秦川", "unit": "磁器口街道", "title": "防汛先进个人",
    "level": "district", "document": "沙府表〔2025〕1号", "given_on": "2025-12-30",
    "reason": "转移及时",
}  # fmt: skip


def browser(account):
    client = Client()
    client.force_login(account)
    return client


def put(account, at, said):
    return browser(account).put(at, said, content_type="application/json")


def post(account, at, **said):
    return browser(account).post(at, said, content_type="application/json")


def told(fact):
    rows = OutboxEvent.objects.filter(name=fact.name).order_by("pk")
    return [json.loads(row.payload) for row in rows]


def duty(bearer, **other):
    return {"bearer_id": bearer, "text": "抓防汛", "basis": "分工文件",
            "valid_from": "2026-01-01"} | other  # fmt: skip


def test_who_may_not_keep_the_lists_of_a_unit_learns_nothing_of_its_logins(people):
    answers = [put(people["other"], LIST_AT, LIST | {"username": name})
               for name in ("leader", "nobody-there")]  # fmt: skip
    assert [one.status_code for one in answers] == [409, 409]
    assert {one.json()["detail"] for one in answers} == {"您的岗位不管这个单位的清单。"}


def test_a_list_is_opened_changed_and_ended_by_its_own_id(people):
    office = people["office"]
    first = put(office, LIST_AT, LIST).json()
    assert first == {"id": Bearer.objects.get().pk, "outcome": "new"}
    assert put(office, LIST_AT, LIST).json() == first | {"outcome": "same"}
    assert put(office, LIST_AT, LIST | {"name": "贺川"}).json()["outcome"] == "changed"
    found = read_back(LIST_AT, first["id"], browser(people["street"]), browser(people["other"]))
    assert (found["name"], found["post"], found["source_id"]) == ("贺川", "主任", "L-1")
    assert Bearer.objects.get().account == people["leader"]
    assert put(office, LIST_AT, LIST | {"post": "书记"}).status_code == 409, "another post"
    assert put(office, f"{LIST_AT}x", LIST).status_code == 409, "it has an id"
    ended = post(office, f"/api/v1/responsibilities/lists/{first['id']}/end")
    assert (ended.status_code, Bearer.objects.filter(ended_on=None).count()) == (200, 0)
    assert [one["verb"] for one in told(ListMoved)] == ["put", "put", "end"]
    assert put(office, LIST_AT, LIST).json()["outcome"] == "new"


def test_what_is_left_out_of_a_list_stays_as_the_page_has_it(people, lists):
    """Else the leader could not sign any more, night after night."""
    office, said = people["office"], {"unit_code": STREET, "post": "主任"}
    assert put(office, LIST_AT, said | {"name": "秦川"}).json()["outcome"] == "same"
    assert put(office, LIST_AT, said).json()["outcome"] == "same"
    one = Bearer.objects.get()
    assert (one.name, one.account, one.source_id) == ("秦川", people["leader"], "L-1")
    assert put(office, LIST_AT, said | {"name": "贺川"}).json()["outcome"] == "changed"
    assert Bearer.objects.get().account is None, "the login was another's"


def test_a_version_that_the_page_made_is_the_same_duty_of_the_other_system(people, lists):
    office, bearer = people["office"], Bearer.objects.get().pk
    first = put(office, DUTY_AT, duty(bearer, text="抓防火")).json()
    new = actions.NewDuty(text="抓森林防火", basis="分工文件", valid_from=date(2026, 2, 1))
    pk = actions.change_duty(as_actor(office), person(office), first["id"], new)
    read = browser(people["street"]).get(DUTY_AT).json()
    assert (read["id"], read["text"]) == (pk, "抓森林防火")
    old = put(office, DUTY_AT, duty(bearer, text="抓防火"))
    assert old.status_code == 409, "what was corrected here is not undone by what was sent before"
    later = put(office, DUTY_AT, duty(bearer, text="抓防灭火", valid_from="2026-03-01"))
    assert later.json()["outcome"] == "changed"
    actions.end_duty(as_actor(office), person(office), later.json()["id"], date(2026, 9, 1))
    again = put(office, DUTY_AT, duty(bearer, text="抓防灭火", valid_from="2026-03-01"))
    assert again.status_code == 409, "it ends"


def test_a_duty_gets_a_version_from_a_later_day_on(people, lists):
    office, street = people["office"], browser(people["street"])
    bearer = Bearer.objects.get().pk
    first = put(office, DUTY_AT, duty(bearer, text="抓防火")).json()
    again = put(office, DUTY_AT, duty(bearer, text="抓防火")).json()
    assert (first["outcome"], again) == ("new", first | {"outcome": "same"})
    assert put(office, DUTY_AT, duty(bearer, text="改")).status_code == 409, "from the same day"
    newest = put(office, DUTY_AT, duty(bearer, text="抓森林防火", valid_from="2026-03-01")).json()
    assert newest["outcome"] == "changed"
    found = read_back(DUTY_AT, newest["id"], street, browser(people["other"]))
    assert (found["number"], found["version"], found["text"]) == (2, 2, "抓森林防火")
    assert f"{Duty.objects.get(pk=first['id']).valid_to}" == "2026-03-01"
    at = f"/api/v1/responsibilities/duties/{newest['id']}/end"
    assert post(office, at, valid_to="2026-02-01").status_code == 409
    assert post(office, at, valid_to="2026-09-01").status_code == 200
    assert street.get(DUTY_AT).json()["valid_to"] == "2026-09-01"


def test_the_leader_signs_that_the_list_was_read_once(people, lists):
    lists.put()
    bearer = Bearer.objects.get().pk
    at = f"/api/v1/responsibilities/lists/{bearer}/sign"
    assert post(people["office"], at, year=2026).status_code == 409, "only the leader"
    assert post(people["other_leader"], at, year=2026).status_code == 404
    assert post(people["leader"], at, year=2025).status_code == 409, "no list of that year"
    assert post(people["leader"], at, year=3).status_code == 409
    assert post(people["leader"], at, year=2026).json() == {"id": bearer}
    assert post(people["leader"], at, year=2026).status_code == 409, "signed already"
    assert (Reading.objects.get().by, len(told(ListRead))) == (people["leader"], 1)
    read = browser(people["street"]).get(f"/api/v1/responsibilities/lists/{bearer}?year=2026")
    assert read.json()["read_at"] is not None


def test_a_commendation_is_kept_corrected_and_taken_back(people):
    office, street = people["office"], browser(people["street"])
    first = put(office, AWARD_AT, AWARD).json()
    assert first == {"id": Commendation.objects.get().pk, "outcome": "new"}
    assert put(office, AWARD_AT, AWARD).json() == first | {"outcome": "same"}
    changed = put(office, AWARD_AT, AWARD | {"reason": "无人伤亡"}).json()
    assert changed["outcome"] == "changed"
    found = read_back(AWARD_AT, first["id"], street, browser(people["other"]))
    assert (found["reason"], found["unit_code"]) == ("无人伤亡", STREET)
    assert put(office, AWARD_AT, AWARD | {"title": "先进"}).status_code == 409, "another one"
    assert put(office, f"{AWARD_AT}x", AWARD).status_code == 409, "it has an id"
    at = f"/api/v1/responsibilities/commendations/{first['id']}/revoke"
    assert post(people["street"], at, why="x").status_code == 403
    assert post(people["other"], at, why="x").status_code == 404
    assert post(office, at, why=" ").status_code == 409
    assert post(office, at, why="材料不实").status_code == 200
    assert street.get(AWARD_AT).json()["revoked_why"] == "材料不实"
    assert put(office, AWARD_AT, AWARD).status_code == 409, "revoked"
    assert [one["revoked"] for one in told(CommendationKept)] == [False, False, True]


@pytest.mark.parametrize(
    ("at", "said", "status"),
    [
        (LIST_AT, LIST | {"unit_code": "mars"}, 409),
        (LIST_AT, LIST | {"username": "other_leader"}, 409),
        (LIST_AT, LIST | {"post": "长" * 61}, 422),
        (DUTY_AT, duty(999999), 404),
        (DUTY_AT, duty(1, valid_from="soon"), 422),
        (AWARD_AT, AWARD | {"unit": "火星局"}, 409),
        (AWARD_AT, AWARD | {"given_on": "2026-02-01"}, 409),
        (AWARD_AT, AWARD | {"level": "world"}, 409),
        (AWARD_AT, AWARD | {"name": "长" * 101}, 409),
        (AWARD_AT.replace("A-1", "a b"), AWARD, 409),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(people, at, said, status):
    assert put(people["office"], at, said).status_code == status
    assert not Bearer.objects.exists()
    assert not Commendation.objects.exists()


# The bureau keeps every list, a street and a department their own; commendations the bureau alone.
LISTS = {"office": 200, "street": 200, "other": 409, "water": 409, "grid": 403, "firm": 403}
AWARDS = {"office": 200, "street": 403, "other": 403, "chief": 403, "grid": 403, "firm": 403}


@pytest.mark.parametrize("name", LISTS)
def test_who_keeps_a_list(people, lists, name):
    bearer = Bearer.objects.get().pk
    assert put(people[name], LIST_AT, LIST).status_code == LISTS[name]
    hidden = name in ("other", "water")
    assert put(people[name], DUTY_AT, duty(bearer)).status_code == (404 if hidden else LISTS[name])
    end = post(people[name], f"/api/v1/responsibilities/lists/{bearer}/end").status_code
    assert end == (404 if hidden else LISTS[name])


@pytest.mark.parametrize("name", AWARDS)
def test_who_keeps_commendations(people, name):
    assert put(people[name], AWARD_AT, AWARD).status_code == AWARDS[name]
    assert Commendation.objects.exists() == (AWARDS[name] == 200)


def test_nobody_without_an_account_does(people, client):
    for at in (LIST_AT, DUTY_AT, AWARD_AT):
        assert client.get(at).status_code == 401
        assert client.put(at, {}, content_type="application/json").status_code == 401


def test_a_list_of_another_street_stays_hidden(people, lists):
    put(people["office"], LIST_AT, LIST | {"unit_code": OTHER, "username": "other_leader"})
    assert browser(people["street"]).get(LIST_AT).status_code == 404
    assert browser(people["other"]).get(LIST_AT).json()["unit_code"] == OTHER


def test_evidence_of_a_work_is_kept_once(people, lists, settings, tmp_path):
    settings.ANLAN_HOME = tmp_path
    work = lists.put()[0]
    street = people["street"]
    post(street, f"/api/v1/responsibilities/works/{work}/steps", verb="begin")

    def send(account, raw=None):
        sent = {"photo": SimpleUploadedFile("名册.jpg", picture() if raw is None else raw)}
        return browser(account).post(f"/api/v1/responsibilities/works/{work}/photos", sent)

    first = send(street)
    assert first.status_code == 200, first.content
    assert send(street).json() == first.json()
    (kept,) = browser(street).get(f"/api/v1/responsibilities/works/{work}").json()["photos"]
    assert kept == first.json()
    assert send(street, b"no paper").status_code == 409
    assert send(people["other"]).status_code == 404
