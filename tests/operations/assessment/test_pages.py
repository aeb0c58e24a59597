"""Indicator and exercise pages: seen by right, recorded once, within their budget."""

from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client

import anlan.districts
from anlan.operations.assessment.actions import load_terms
from anlan.operations.exercises.models import Exercise
from anlan.operations.people.actions import PLATFORM, NewAccount, open_account
from anlan.operations.people.models import Account
from anlan.operations.territory.actions import NewArea, load_areas
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock

pytestmark = pytest.mark.django_db(databases="__all__")
FOLDER = Path(anlan.districts.__file__).parent / "shapingba"


@pytest.fixture(autouse=True)
def district(db):
    clock.use(DrillClock(datetime(2020, 8, 19, 8, tzinfo=CHINA)))
    load_terms(PLATFORM, FOLDER)
    load_areas(
        PLATFORM,
        [NewArea(code=c, name=n, kind=k, geometry=None, lon=106.4, lat=29.5)
         for c, n, k in (("500106", "沙坪坝区", "district"),
                         ("500106004", "磁器口街道", "township"),
                         ("500106002", "沙坪坝街道", "township"))],
    )  # fmt: skip


@pytest.fixture
def browser():
    def of(role, area_code="500106"):
        new = NewAccount(username=role, password="a long demo password", display_name=role,
                         role=role, organisation_code="x", area_code=area_code)  # fmt: skip
        client = Client()
        client.force_login(Account.objects.get(pk=open_account(PLATFORM, new)))
        return client

    return of


def words(response):
    return response.content.decode()


def test_the_list_shows_every_indicator_and_no_data_is_not_zero(browser):
    shown = words(browser("duty_officer").get("/indicators"))
    assert "K-01" in shown
    assert "K-51" in shown
    assert "无数据" in shown


def test_one_indicator_shows_its_definition(browser):
    shown = words(browser("duty_officer").get("/indicators/K-14"))
    assert "GB/T 22482" in shown
    assert browser("duty_officer").get("/indicators/K-99").status_code == 404


def test_who_holds_no_right_is_refused(browser):
    assert browser("enterprise").get("/indicators").status_code == 403
    assert browser("grid_worker").get("/api/v1/indicators").status_code == 403


def test_the_api_gives_the_records_behind_a_figure(browser):
    body = browser("duty_officer").get("/api/v1/indicators/K-46").json()
    assert (body["numerator"], body["denominator"], body["status"]) == (0, 3, "AT_RISK")
    assert len(body["evidence"]) == 3


def test_a_street_records_its_own_exercise_once(browser):
    street = browser("township", "500106004")
    typed = {"name": "转移演练", "kind": "comprehensive", "owner": "500106004",
             "held_on": "2020-06-05", "people": "160",
             "findings": "车晚到\n广播听不清"}  # fmt: skip
    address = street.post("/exercises/new", typed).headers["Location"]
    street.post("/exercises/new", typed)
    row = Exercise.objects.get()
    assert row.findings.count() == 2
    finding = row.findings.first().pk
    street.post(f"{address}/findings/{finding}/fix", {"how": "加一辆车"})
    assert row.findings.get(pk=finding).how == "加一辆车"
    assert street.post("/exercises/new", {**typed, "owner": "500106002"}).status_code == 422
    assert "转移演练" in words(street.get("/exercises?year=2020"))


def test_a_wrong_form_keeps_what_was_typed(browser):
    answer = browser("duty_officer").post("/exercises/new", {"name": "演练", "score": "101"})
    assert answer.status_code == 422
    assert 'value="演练"' in words(answer)
    assert not Exercise.objects.exists()


def test_the_pages_stay_within_their_query_budget(browser, django_assert_max_num_queries):
    there = browser("duty_officer")
    for address, budget in (("/indicators", 30), ("/indicators/K-46", 12), ("/exercises", 13)):
        with django_assert_max_num_queries(budget):
            assert there.get(address).status_code == 200
