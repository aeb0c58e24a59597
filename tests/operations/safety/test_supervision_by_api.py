"""Listed supervision as another program takes it: listed once by its id, reported, ended."""

import pytest
from tests.operations.safety.conftest import PEOPLE
from tests.operations.safety.test_loop import found, take  # noqa: F401
from tests.reading_back import read_back

from anlan.operations.people.models import OutboxEvent
from anlan.operations.safety import actions
from anlan.operations.safety.events import DangerMoved
from anlan.operations.safety.models import Danger, Supervision
from anlan.operations.safety.rules.states import Grade

pytestmark = pytest.mark.django_db(databases="__all__")
AT = "/api/v1/supervisions/committee/GP-3"
# Within sight of the danger, an authority's find in a works of the industry sector in one street.
SEEING = {
    "officer",
    "leader",
    "industry",
    "industry_leader",
    "street",
    "street_leader",
    "grid",
    "manager",
}


@pytest.fixture
def major(people, found):  # noqa: F811
    take(people["industry"], actions.grade_danger, found, grade=Grade.MAJOR, clause="第三条")
    return found


def listing(major, **changed):
    return {"danger_id": major, "issuer": "区安委办", "supervisor": "何岚",
            "due_on": "2026-06-01", "notice": "挂牌督办公告", "title": "粉尘积厚",
            "unit": "鑫源五金厂"} | changed  # fmt: skip


def put(one, body, at=AT):
    return one.browser.put(at, body, content_type="application/json")


def step(one, danger_id, verb, **given):
    at = f"/api/v1/dangers/{danger_id}/supervision"
    return one.browser.post(at, {"verb": verb, "given": given}, content_type="application/json")


def test_a_danger_is_listed_once_a_source_and_id_and_listeners_hear_of_it(people, major):
    said = [put(people["officer"], listing(major)).json() for _ in range(2)]
    assert said[0] == said[1]
    one = Supervision.objects.get()
    assert said[0] == {"id": one.pk}
    assert (one.source, one.source_id, one.issuer) == ("committee", "GP-3", "bureau")
    assert Danger.objects.get(pk=major).listed
    seen = read_back(AT, one.pk, people["street"].browser, people["other_street"].browser)
    assert (seen["danger_id"], seen["issuer"], seen["ended_at"]) == (major, "区安委办", None)
    assert (seen["title"], seen["notice"]) == ("粉尘积厚", "挂牌督办公告")
    told = OutboxEvent.objects.filter(name=DangerMoved.name, payload__contains='"list"')
    assert told.count() == 1


def test_what_was_published_is_not_worded_anew_and_no_danger_is_listed_twice(people, major):
    put(people["officer"], listing(major))
    for change in (
        {"notice": "另一份公告"},
        {"due_on": "2026-07-01"},
        {"title": "另一件"},
        {"unit": "另一厂"},
    ):
        assert put(people["officer"], listing(major, **change)).status_code == 409
    other = put(people["officer"], listing(major), "/api/v1/supervisions/committee/GP-4")
    assert other.status_code == 409
    assert Supervision.objects.get().notice == "挂牌督办公告"


@pytest.mark.parametrize("name", PEOPLE)
def test_who_supervises_lists_and_nobody_else(people, major, name):
    wanted = 200 if name in ("officer", "leader") else 403
    assert put(people[name], listing(major)).status_code == wanted
    assert Supervision.objects.exists() == (wanted == 200)


@pytest.mark.parametrize(
    ("change", "status"),
    [({"notice": ""}, 409), ({"supervisor": " "}, 409), ({"due_on": "2026-01-01"}, 409),
     ({"title": ""}, 409), ({"unit": ""}, 409), ({"unit": "李大明 138-1234-5678"}, 409),
     ({"title": "找李大明 500106197001011234"}, 409), ({"notice": "１３８１２３４５６７８"}, 409),
     ({"due_on": "bald"}, 422), ({"danger_id": 987654}, 404)],
)  # fmt: skip
def test_a_listing_that_cannot_be_is_refused_with_a_reason(people, major, change, status):
    assert put(people["officer"], listing(major, **change)).status_code == status
    assert not Supervision.objects.exists()


def test_a_danger_that_is_not_major_is_not_listed(people, found):  # noqa: F811
    assert put(people["officer"], listing(found)).status_code == 409


@pytest.mark.parametrize("name", PEOPLE)
def test_the_unit_that_regulates_it_reports_once_a_month_and_the_issuer_ends_it(
    people, major, name
):
    put(people["officer"], listing(major))
    one = people[name]
    able = {"report progress": {"industry", "officer"}, "delist": {"officer", "leader"}}
    told = {"report progress": {"progress": "除尘器已订货"}, "delist": {"finding": "合格"}}
    for verb, given in told.items():
        Danger.objects.filter(pk=major).update(state="ACCEPTED")
        wanted = 404 if name not in SEEING else 200 if name in able[verb] else 409
        said = step(one, major, verb, **given)
        assert said.status_code == wanted, (verb, name, said.content.decode())
        if wanted == 200:
            assert said.json() == {"id": major, "state": "ACCEPTED"}
            assert step(one, major, verb, **given).status_code == 409  # sent again: once is enough
    assert step(one, major, "list").status_code == 404


def test_a_listing_that_was_ended_is_not_opened_by_the_same_message_again(people, major):
    first = put(people["officer"], listing(major)).json()
    Danger.objects.filter(pk=major).update(state="ACCEPTED")
    assert step(people["officer"], major, "delist", finding="合格").status_code == 200
    assert put(people["officer"], listing(major)).json() == first
    assert not Danger.objects.get(pk=major).listed
