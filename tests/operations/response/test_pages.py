"""Response pages: who sees what, what a submit does, twice as once; the API; the map layers."""

import json

import pytest
from django.test import Client

from anlan.operations.people.models import Account
from anlan.operations.response.actions import TaskWords, report_task
from anlan.operations.response.layers import LAYERS
from anlan.operations.response.models import Activation, SituationReport, Task
from anlan.operations.response.queries import activation, task, tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser():
    """A logged-in browser of an actor's account."""

    def of(actor):
        client = Client()
        client.force_login(Account.objects.get(pk=actor.id))
        return client

    return of


def words(response):
    return response.content.decode()


def of_card(activation_id, card, owner):
    rows = tasks(activation_id)
    return next(t.id for t in rows if (t.card_key, t.owner_code) == (card, owner))


def test_the_decision_page_offers_the_signature_only_to_who_may_sign(
    standby, browser, commander, leader
):
    address = f"/response/{standby}/sign"
    assert address in words(browser(commander).get(f"/response/{standby}"))
    shown = words(browser(leader).get(f"/response/{standby}"))
    assert "data-hold" not in shown
    assert "Commander" in shown


def test_signing_on_the_page_starts_it_and_twice_is_answered(standby, browser, commander):
    there = browser(commander)
    there.post(f"/response/{standby}/sign")
    given = Task.objects.count()
    again = there.post(f"/response/{standby}/sign", follow=True)
    assert activation(standby).state == "ACTIVE"
    assert Task.objects.count() == given > 0
    assert "luoyuan" in words(again)


def test_a_get_changes_nothing(standby, browser, commander):
    assert browser(commander).get(f"/response/{standby}/sign").status_code == 405
    assert activation(standby).state == "STANDBY"


def test_a_foreign_page_cannot_sign(standby, commander):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(Account.objects.get(pk=commander.id))
    assert strict.post(f"/response/{standby}/sign").status_code == 403
    assert activation(standby).state == "STANDBY"


def test_without_the_right_the_signature_is_refused_in_words(standby, browser, officer):
    shown = browser(officer).post(f"/response/{standby}/sign", follow=True)
    assert "chenli" in words(shown)
    assert activation(standby).state == "STANDBY"


def test_a_level_that_is_none_is_refused(standby, browser, commander):
    browser(commander).post(f"/response/{standby}/sign", {"level": "7", "reason": "x"})
    assert activation(standby).state == "STANDBY"


def test_a_street_sees_its_part_of_the_board(running, browser, ciqikou, officer):
    own = words(browser(ciqikou).get(f"/response/{running}"))
    assert "金碧" in own
    assert "中渡口" not in own
    assert "中渡口" in words(browser(officer).get(f"/response/{running}"))


def test_a_street_that_is_not_concerned_sees_no_response(running, browser, person):
    jingkou = person("jingkou", "township", "500106008", "500106008")
    assert browser(jingkou).get(f"/response/{running}").status_code == 404
    assert f'"/response/{running}"' not in words(browser(jingkou).get("/response"))


def test_a_street_gets_figures_of_its_own_part(running, sight, ciqikou, officer):
    report_task(officer, of_card(running, "evacuate", "500106002008"), TaskWords("", 100))
    report_task(ciqikou, of_card(running, "evacuate", "500106004001"), TaskWords("", 40))
    assert activation(running, sight(officer)).evacuated == 140
    assert activation(running, sight(ciqikou)).evacuated == 40


def test_another_streets_task_page_is_not_there(running, browser, ciqikou):
    foreign = of_card(running, "patrol", "500106002")
    there = browser(ciqikou)
    assert there.get(f"/tasks/{foreign}").status_code == 404
    assert there.post(f"/tasks/{foreign}/accept").status_code == 404
    assert there.post(f"/tasks/{foreign}/report", {"text": "x"}).status_code == 404
    assert task(foreign)[0].state == "WAITING"


def test_a_task_is_accepted_and_reported_on_the_phone(running, browser, ciqikou):
    move = of_card(running, "evacuate", "500106004001")
    there = browser(ciqikou)
    assert f"/tasks/{move}" in words(there.get("/tasks"))
    there.post(f"/tasks/{move}/accept")
    there.post(f"/tasks/{move}/report", {"people": "1,2", "text": "", "done": "0"})
    assert task(move)[0].people == 12
    there.post(f"/tasks/{move}/report", {"people": "400", "done": "1"})
    there.post(f"/tasks/{move}/report", {"people": "400", "done": "1"})
    row, reports = task(move)
    assert (row.state, row.people) == ("DONE", 400)
    assert len(reports) == 3


@pytest.mark.parametrize("people", ["many", "-3", "1.5", "99999999999"])
def test_people_that_are_no_number_change_nothing(running, browser, ciqikou, people):
    move = of_card(running, "evacuate", "500106004001")
    browser(ciqikou).post(f"/tasks/{move}/report", {"people": people, "text": "x"})
    assert task(move)[0].people is None


def test_a_situation_report_is_filed_from_its_draft(running, browser, officer):
    there = browser(officer)
    draft = words(there.get(f"/response/{running}/situation"))
    assert "770" in draft
    there.post(f"/response/{running}/situation", {"text": "人手不够"})
    assert SituationReport.objects.get().text == "人手不够"


def test_ending_on_the_page_clears_only_when_told(running, browser, commander):
    there = browser(commander)
    there.post(f"/response/{running}/end", {"reason": "水退了"})
    assert activation(running).state == "ACTIVE"
    there.post(f"/response/{running}/end", {"reason": "水退了", "clear_open": "1"})
    assert activation(running).state == "ENDED"


def test_a_person_proposes_by_the_form(riverside, known, browser, officer):
    there = browser(officer)
    assert "Flood plan" in words(there.get("/response/new"))
    asked = {"hazard": "flood", "level": "3", "area_code": "500106004", "reason": "水上涨"}
    address = there.post("/response/new", asked).headers["Location"]
    assert Activation.objects.get().proposed_by_id == officer.id
    assert there.get(address).status_code == 200
    assert there.post("/response/new", asked).status_code == 422
    assert Activation.objects.count() == 1


def test_the_pages_stay_within_their_query_budget(
    running, browser, officer, ciqikou, django_assert_max_num_queries
):
    office, street = browser(officer), browser(ciqikou)
    for client, address, budget in (
        (office, "/response", 14),
        (office, f"/response/{running}", 27),
        (street, f"/response/{running}", 27),
        (street, "/tasks", 10),
        (street, f"/tasks/{of_card(running, 'evacuate', '500106004001')}", 15),
    ):
        with django_assert_max_num_queries(budget):
            assert client.get(address).status_code == 200


def test_the_api_speaks_of_the_same_board(running, browser, officer, ciqikou):
    office = browser(officer)
    row = office.get(f"/api/v1/responses/{running}").json()
    assert (row["level"], row["to_evacuate"]) == (1, 770)
    own = browser(ciqikou).get(f"/api/v1/responses/{running}/tasks").json()
    assert {one["area_code"][:9] for one in own} == {"500106004"}


def test_a_task_is_reported_through_the_api_once(running, browser, ciqikou):
    patrol = of_card(running, "patrol", "500106004")
    there = browser(ciqikou)

    def report(body):
        return there.post(f"/api/v1/tasks/{patrol}/report", json.dumps(body),
                          content_type="application/json")  # fmt: skip

    assert report({"text": "巡完", "done": True}).json() == {"new": True}
    assert report({"text": "巡完", "done": True}).json() == {"new": False}
    refused = report({"people": 3})
    assert refused.status_code == 409
    assert refused["Content-Type"] == "application/problem+json"
    foreign = of_card(running, "patrol", "500106002")
    assert there.post(f"/api/v1/tasks/{foreign}/accept").status_code == 404


def test_the_layers_show_shelters_in_use_and_open_tasks_within_sight(
    running, sight, ciqikou, officer
):
    by_key = {layer.key: layer for layer in LAYERS}
    used = by_key["shelters_in_use"].features(sight(officer))
    assert {f["properties"]["code"] for f in used["features"]} == {"S-SCHOOL", "S-GYM"}
    own = by_key["tasks"].features(sight(ciqikou))
    assert {f["properties"]["code"][:9] for f in own["features"]} == {"500106004"}


def test_without_a_response_the_layers_are_empty(riverside, known, sight, officer):
    assert all(layer.features(sight(officer))["features"] == [] for layer in LAYERS)
