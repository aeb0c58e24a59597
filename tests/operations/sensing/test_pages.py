"""Every station page answers in both languages, within its query budget and its scope."""

import io
from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from anlan.operations.people.actions import PLATFORM, NewAccount, open_account
from anlan.operations.people.models import Account
from anlan.operations.sensing.models import Alarm

from .conftest import START

pytestmark = pytest.mark.django_db(databases="__all__")


def log_in(client, role="duty_officer", area_code="500106", sector=""):
    open_account(
        PLATFORM,
        NewAccount(
            username=role + area_code, password="a long demo password", display_name="陈立",
            role=role, organisation_code="x", area_code=area_code, sector=sector,
        ),
    )  # fmt: skip
    client.force_login(Account.objects.get(username=role + area_code))
    return client


@pytest.fixture
def flooded(gauge):
    gauge.rises(*(185.60 + 0.02 * n for n in range(20)))
    return gauge


@pytest.fixture
def officer(client):
    return log_in(client)


def queries_of(client, address):
    client.get(address)
    with ExitStack() as watching:
        asked = [watching.enter_context(CaptureQueriesContext(c)) for c in connections.all()]
        answer = client.get(address)
    assert answer.status_code == 200
    return sum(map(len, asked))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    "address",
    ["/stations", "/stations?kind=stage&now=over", "/stations/ciqikou", "/alarms", "/alarms?state=",
     "/stations/ciqikou?hours=24&datum=yellow_sea", "/stations/bad-frames"],
)  # fmt: skip
def test_pages_answer(officer, flooded, address, language):
    answer = officer.get(address, headers={"accept-language": language})
    assert answer.status_code == 200
    assert "磁器口" in answer.content.decode() or "bad-frames" in address


def test_the_station_page_says_the_stage_in_both_datums_and_how_far_over(officer, flooded):
    page = officer.get("/stations/ciqikou").content.decode()
    assert "185.98" in page
    assert "184.34" in page
    assert "0.34" in page


def test_the_station_is_found_on_the_map_by_its_code(officer, flooded):
    assert 'href="/map?code=ciqikou"' in officer.get("/stations/ciqikou").content.decode()


def test_the_hydrograph_is_drawn_in_the_datum_asked_for(officer, flooded):
    page = officer.get("/stations/ciqikou?datum=yellow_sea").content.decode()
    assert "184.34" in page
    assert '"value": 181.0' in page


def test_the_series_is_exported_in_the_datum_asked_for(officer, flooded):
    text = officer.get("/stations/ciqikou/export?datum=yellow_sea").content.decode("utf-8-sig")
    assert text.splitlines()[1] == "2020-08-18 08:00,183.96,"
    book = load_workbook(
        io.BytesIO(officer.get("/stations/ciqikou/export?format=xlsx").content), read_only=True
    )
    assert [cell.value for cell in list(book.active.rows)[1]] == ["2020-08-18 08:00", 185.6, None]
    book.close()


def test_a_station_elsewhere_is_not_there(client, flooded):
    elsewhere = log_in(client, "township", "500107001")
    assert elsewhere.get("/stations/ciqikou").status_code == 404
    assert elsewhere.get("/stations/nowhere").status_code == 404
    assert "磁器口" not in elsewhere.get("/stations").content.decode()


def test_a_township_sees_the_gauges_that_serve_the_district_around_it(client, flooded):
    assert log_in(client, "township", "500106005").get("/stations/ciqikou").status_code == 200


def test_an_alarm_is_taken_by_post_and_the_second_time_says_by_whom(officer, flooded):
    alarm = Alarm.objects.first()
    address = f"/alarms/{alarm.pk}/acknowledge"
    assert officer.get(address).status_code == 405
    first = officer.post(address, {"note": "已核实"}, follow=True)
    again = officer.post(address, follow=True)
    assert first.status_code == again.status_code == 200
    assert "陈立" in again.content.decode()
    alarm.refresh_from_db()
    assert alarm.note == "已核实"


def test_a_township_may_not_take_alarms(client, flooded):
    alarm = Alarm.objects.first()
    township = log_in(client, "township", "500106004")
    assert township.post(f"/alarms/{alarm.pk}/acknowledge").status_code == 403


def test_old_data_look_old(officer, flooded, drill_clock):
    drill_clock.move_to(START + timedelta(hours=8))
    assert "al-stale" in officer.get("/stations/ciqikou").content.decode()


def test_pages_stay_within_their_query_budget(officer, flooded):
    assert queries_of(officer, "/stations") <= 16
    assert queries_of(officer, "/stations/ciqikou") <= 36
    assert queries_of(officer, "/alarms") <= 12
    assert queries_of(officer, "/stations/bad-frames") <= 12


def test_the_interface_says_what_the_pages_say(officer, flooded):
    (row,) = officer.get("/api/v1/stations").json()
    assert (row["code"], row["state"], row["over"]) == ("ciqikou", "over", "guarantee")
    found = officer.get("/api/v1/stations/ciqikou/series").json()
    assert (found["datum"], found["unit"], len(found["value"])) == ("wusong", "m", 20)
    assert {alarm["rule"] for alarm in officer.get("/api/v1/alarms").json()} == {
        "warning", "guarantee",
    }  # fmt: skip
    assert officer.get("/api/v1/stations/nowhere/series").status_code == 404


def test_nobody_is_sent_to_the_door(client, flooded):
    assert client.get("/stations").status_code == 302
    assert client.get("/api/v1/stations").status_code == 401
