"""Event file pages: the form filled from records, errors beside their fields, twice as once."""

import pytest
from django.test import Client

from anlan.operations.incidents.actions import (
    NewIncident,
    ReportText,
    note_figures,
    open_new_incident,
    report_first,
    sign_report,
)
from anlan.operations.incidents.models import Incident, Report
from anlan.operations.incidents.queries import incident
from anlan.operations.people.models import Account
from anlan.vocabulary import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser():
    def of(actor):
        client = Client()
        client.force_login(Account.objects.get(pk=actor.id))
        return client

    return of


def words(response):
    return response.content.decode()


def test_a_proposed_file_is_opened_on_its_page_once(drill_clock, alerts_known, officer, browser):
    from anlan.operations.incidents.actions import propose_incident

    pk, there = propose_incident(7), browser(officer)
    assert f"/incidents/{pk}/open" in words(there.get(f"/incidents/{pk}"))
    there.post(f"/incidents/{pk}/open")
    again = there.post(f"/incidents/{pk}/open", follow=True)
    assert incident(pk).row.number == "2020-001"
    assert "2020-001" in words(again)


def test_the_form_shows_the_records_beside_last_time(open_file, officer, leader, browser):
    sign_report(leader, report_first(officer, open_file, ReportText(figures={"relocated": 10})))
    note_figures(open_file, {"relocated": 14}, "Evacuation tasks and shelter headcounts")
    form = words(browser(officer).get(f"/incidents/{open_file}/report"))
    assert 'name="relocated" value="14"' in form
    assert '<td class="al-num">10</td>' in form


def test_figures_that_contradict_are_shown_beside_their_fields_and_not_saved(
    open_file, officer, browser
):
    typed = {"affected": "1", "dead": "2", "situation": "水上涨"}
    answer = browser(officer).post(f"/incidents/{open_file}/report", typed)
    assert answer.status_code == 422
    assert 'value="2"' in words(answer)
    assert words(answer).count('aria-invalid="true"') == 4
    assert "水上涨" in words(answer)
    assert not Report.objects.exists()


@pytest.mark.parametrize("typed", ["many", "1.5", "-1", "1e400", "NaN"])
def test_what_is_no_whole_number_is_refused(open_file, officer, browser, typed):
    answer = browser(officer).post(f"/incidents/{open_file}/report", {"dead": typed})
    assert answer.status_code == 422
    assert not Report.objects.exists()


def test_a_draft_goes_to_another_persons_signature(open_file, officer, leader, browser):
    there = browser(officer)
    address = there.post(f"/incidents/{open_file}/report", {"affected": "1,200"}).headers[
        "Location"
    ]
    assert Report.objects.get().figures == {"affected": "1200"}
    assert "data-hold" not in words(there.get(address))
    boss = browser(leader)
    assert "data-hold" in words(boss.get(address))
    boss.post(f"{address}/sign")
    again = boss.post(f"{address}/sign", follow=True)
    assert "helan" in words(again)
    assert Report.objects.get().signed_by_id == leader.id


def test_a_duty_officer_signs_nothing(open_file, officer, browser, person):
    draft = report_first(person("zhoumin", "section_head"), open_file, ReportText())
    answer = browser(officer).post(f"/incidents/{open_file}/reports/{draft}/sign")
    assert answer.status_code == 403
    assert Report.objects.get().state == "DRAFTED"


def test_a_report_of_another_file_is_not_there(open_file, officer, browser):
    draft = report_first(officer, open_file, ReportText())
    other = open_new_incident(
        officer, NewIncident(title="x", hazard="other", area_code="500106", known_at=clock.now())
    )
    there = browser(officer)
    assert there.get(f"/incidents/{other}/reports/{draft}").status_code == 404
    assert there.post(f"/incidents/{other}/reports/{draft}/sign").status_code == 404


def test_a_street_does_not_find_the_districts_file(open_file, browser, person):
    street = browser(person("ciqikou", "township", "500106004"))
    assert street.get(f"/incidents/{open_file}").status_code == 404
    assert street.get(f"/incidents/{open_file}/report").status_code == 403
    assert street.post(f"/incidents/{open_file}/open").status_code == 404
    assert street.get(f"/api/v1/incidents/{open_file}").status_code == 404
    assert street.get("/api/v1/incidents").json() == []


def test_a_file_opened_by_hand_needs_its_place_and_time(drill_clock, officer, browser):
    there = browser(officer)
    wrong = there.post("/incidents/new", {"title": "积水", "hazard": "waterlogging"})
    assert wrong.status_code == 422
    assert not Incident.objects.exists()
    typed = {"title": "积水", "hazard": "waterlogging", "area_code": "500106",
             "known_at": "2020-08-19T17:00"}  # fmt: skip
    there.post("/incidents/new", typed)
    there.post("/incidents/new", typed)
    assert Incident.objects.get().state == "OPEN"


def test_nothing_opens_outside_the_territory(drill_clock, person, browser):
    officer = browser(person("west", "duty_officer", "500106015"))
    typed = {"title": "x", "hazard": "other", "area_code": "500106004",
             "known_at": "2020-08-19T17:00"}  # fmt: skip
    assert officer.post("/incidents/new", typed).status_code == 422
    assert not Incident.objects.exists()


def test_the_api_gives_the_file_with_its_terms(open_file, officer, browser):
    body = browser(officer).get(f"/api/v1/incidents/{open_file}").json()
    assert body["incident"]["number"] == "2020-001"
    assert [term["key"] for term in body["terms"]] == ["phone", "written", "natural"]


def test_the_pages_stay_within_their_query_budget(
    open_file, officer, leader, browser, django_assert_max_num_queries
):
    sign_report(leader, report_first(officer, open_file, ReportText(figures={"dead": 0})))
    report = Report.objects.get().pk
    there = browser(officer)
    for address, budget in (
        ("/incidents", 9),
        (f"/incidents/{open_file}", 13),
        (f"/incidents/{open_file}/report", 18),
        (f"/incidents/{open_file}/reports/{report}", 13),
    ):
        with django_assert_max_num_queries(budget):
            assert there.get(address).status_code == 200
