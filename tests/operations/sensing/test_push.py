"""Readings pushed over HTTP: a token a sender, an answer a row, the same answer to the same key."""

import json
import re

import pytest
from django.test import Client

from anlan.operations.people.actions import PLATFORM
from anlan.operations.people.models import AuditEntry
from anlan.operations.sensing.actions import issue_sender, push, register_stations
from anlan.operations.sensing.models import Alarm, PushAnswer, Reading, Sender, StationHealth
from anlan.operations.sensing.queries import latest, series
from anlan.vocabulary import clock

from .conftest import CIQIKOU, START, WARNING
from .test_pages import log_in

pytestmark = pytest.mark.django_db(databases="__all__")
PATH = "/api/v1/push/readings"


@pytest.fixture
def token(drill_clock, db):
    register_stations(PLATFORM, [CIQIKOU], [WARNING])
    return issue_sender(PLATFORM, "水务局平台", ["ciqikou"])[1]


def row(minute=0, value=181.5, **more):
    at = START.replace(minute=minute).isoformat()
    return {"station": "ciqikou", "element": "stage", "at": at, "value": value,
            "datum": "wusong", "unit": "m"} | more  # fmt: skip


def send(token, rows, key="k1", **headers):
    body = rows if isinstance(rows, str) else json.dumps(rows)
    sent = {"authorization": f"Bearer {token}", "accept-language": "en", **headers}
    if key:
        sent["idempotency-key"] = key
    client = Client(enforce_csrf_checks=True)
    return client.post(PATH, body, content_type="application/json", headers=sent)


def test_rows_become_readings_and_the_same_key_gets_the_same_answer(token, drill_clock):
    drill_clock.move_to(START.replace(minute=30))
    first = send(token, [row(0), row(5, 181.6)])
    assert first.status_code == 200, first.content
    assert first.json() == {
        "stored": 2, "revised": 0, "repeated": 0, "refused": 0,
        "rows": [{"row": 1, "result": "stored"}, {"row": 2, "result": "stored"}],
    }  # fmt: skip
    again = send(token, [row(0), row(5, 181.6)])
    assert again.json() == first.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Reading.objects.count() == 2
    assert latest(["ciqikou"])["ciqikou"].value == 181.6
    other_key = send(token, [row(0), row(5, 181.7)], key="k2").json()
    assert [one["result"] for one in other_key["rows"]] == ["repeated", "revised"]
    assert series("ciqikou", "stage", START, drill_clock.now()).value == [181.5, 181.7]


def test_a_key_over_another_body_is_refused(token):
    send(token, [row()])
    answer = send(token, [row(value=190)])
    assert (answer.status_code, answer.json()["status"]) == (409, 409)
    assert Reading.objects.get().value == 181.5


REFUSALS = [
    ({"station": "beibei"}, "station", "not yours"),
    ({"station": ""}, "station", "missing"),
    ({"element": "smell"}, "element", "no such element"),
    ({"element": "rain_hour", "unit": "mm"}, "element", "does not measure"),
    ({"at": "2020-08-18T08:00:00"}, "at", "zone"),
    ({"at": "yesterday"}, "at", "not a time"),
    ({"at": "2031-01-01T00:00:00Z"}, "at", "ahead"),
    ({"at": "0001-01-01T00:00:00+08:00"}, "at", "1990|not a time"),
    ({"value": "high"}, "value", "not a number"),
    ({"value": True}, "value", "not a number"),
    ({"unit": "cm"}, "unit", "stated in m"),
    ({"datum": ""}, "datum", "needs its datum"),
    ({"element": "discharge", "unit": "", "value": 1e6}, "value", "impossible"),
]


def test_every_refused_row_names_its_field_and_reason(token):
    rows = [row(5), *(row() | change for change, _field, _why in REFUSALS), "not a row"]
    answer = send(token, rows).json()
    assert (answer["stored"], answer["refused"]) == (1, len(REFUSALS) + 1)
    for told, (change, where, why) in zip(answer["rows"][1:], REFUSALS, strict=False):
        assert (told["result"], told["field"]) == ("refused", where), change
        assert re.search(why, told["reason"]), (change, told)
    assert answer["rows"][-1]["row"] == len(rows)
    sender = Sender.objects.get()
    assert (sender.taken, sender.refused) == (1, len(REFUSALS) + 1)


def test_a_stage_in_the_other_datum_is_converted_by_the_station_s_offset(token):
    send(token, [row(value=180.0, datum="yellow_sea")])
    assert Reading.objects.get().value == pytest.approx(181.64)


def test_a_push_measures_no_device_s_clock(token, monkeypatch):
    monkeypatch.setattr(clock, "_clock", clock.WallClock())
    for minute in range(5):
        send(token, [row(minute)], key=f"k{minute}")
    assert StationHealth.objects.get().skews == ""


def test_no_data_is_a_statement(token):
    assert send(token, [row(value=None)]).json()["stored"] == 1
    assert Reading.objects.get().value is None


@pytest.mark.parametrize(
    ("body", "status"),
    [("{", 400), ("{}", 400), ("[" * 100_000, 400), (json.dumps([row()] * 1001), 413),
     (" " * (push.MOST_BYTES + 1), 413), ("9" * 5000, 400), ('[{"station": NaN}]', 200)],
)  # fmt: skip
def test_a_push_that_is_no_list_or_too_long_is_a_problem_document(token, body, status):
    answer = send(token, body)
    assert answer.status_code == status
    if status != 200:
        assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert not Reading.objects.exists()


def test_without_a_token_or_a_key_nothing_is_taken(token):
    assert send("wrong", [row()]).status_code == 401
    assert send(token, [row()], key="").status_code == 400
    assert send(token, [row()], key="x" * 101).status_code == 400
    assert not Reading.objects.exists()
    assert token not in str(Sender.objects.values())


def test_too_many_pushes_are_told_when_to_come_again(token, drill_clock, monkeypatch):
    monkeypatch.setattr(push, "A_MINUTE", 2)
    assert [send(token, [row()], key=f"k{n}").status_code for n in range(3)] == [200, 200, 429]
    assert send(token, [], key="z").headers["Retry-After"] == "60"
    drill_clock.move_to(START.replace(minute=1))
    assert send(token, [row()], key="k3").status_code == 200


def test_a_push_raises_the_alarm_that_a_frame_would(token, drill_clock):
    drill_clock.move_to(START.replace(minute=15))
    send(token, [row(minute, 183.0) for minute in (0, 5, 10, 15)])
    assert Alarm.objects.get().station_code == "ciqikou"


def test_answers_are_forgotten_after_a_week(token, drill_clock):
    send(token, [row()])
    drill_clock.move_to(START.replace(day=26))
    assert push.forget_answers() == 1
    assert not PushAnswer.objects.exists()


def test_a_token_is_issued_once_shown_once_and_revoked(drill_clock, client):
    register_stations(PLATFORM, [CIQIKOU], [])
    keeper = log_in(client, role="system_admin", area_code="500106")
    assert keeper.post("/devices/senders", {"name": "水务局"}).status_code == 422
    page = keeper.post("/devices/senders", {"name": "水务局", "station": ["ciqikou"]})
    token = re.search(r'<b style="[^"]*">([\w-]{43})</b>', page.content.decode())[1]
    assert token not in keeper.get("/devices/senders").content.decode()
    assert send(token, [row()]).status_code == 200
    pk = Sender.objects.get().pk
    keeper.post(f"/devices/senders/{pk}/revoke")
    assert send(token, [row(5)], key="k2").status_code == 401
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert verbs >= {"sensing.issue_sender", "sensing.revoke_sender"}
    assert keeper.post("/devices/senders/999/revoke").status_code == 404
