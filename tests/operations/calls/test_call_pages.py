"""The pages of calls: who sees which, what the form takes, that a figure is its list's count."""

import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.operations.calls.conftest import at, call
from tests.operations.calls.test_call_loop import answer, handled, settle, take

from anlan.operations.calls import actions
from anlan.operations.calls.models import Call, CallPhoto, CallTerms
from anlan.operations.calls.rules.states import Urgency
from anlan.operations.links.rules import FACTS
from anlan.operations.people.models import OutboxEvent
from anlan.vocabulary import clock

pytestmark = pytest.mark.django_db(databases="__all__")
SAID = {"key": "a", "urgency": "urgent", "unit": "fire", "matter": "楼道堵塞，业主拒不清理",
        "kind": "power", "area_code": "500106004001"}  # fmt: skip
API = "/api/v1/calls"


def photo():
    sink = io.BytesIO()
    Image.new("RGB", (9, 9)).save(sink, "PNG")
    return SimpleUploadedFile("a.png", sink.getvalue(), "image/png")


def numbers(one, question=""):
    page = one.browser.get(f"/calls?{question or 'view='}").content.decode()
    return set(re.findall(r'href="/calls/(\d+)"', page))


def test_a_call_is_seen_by_its_street_its_department_and_the_bureau_alone(people):
    pk = f"{call(people)}"
    for name in ("street", "street_leader", "grid", "industry", "industry_leader", "duty",
                 "section", "bureau_leader", "safety"):  # fmt: skip
        assert numbers(people[name]) == {pk}, name
        assert people[name].browser.get(f"/calls/{pk}").status_code == 200, name
    for name in ("other_street", "fire"):
        assert numbers(people[name]) == set(), name
        for path in (f"/calls/{pk}", f"/calls/{pk}/photo"):
            assert people[name].browser.post(path, {}).status_code in (404, 405), name
        assert people[name].browser.get(f"/calls/{pk}").status_code == 404, name
    assert people["manager"].browser.get("/calls").status_code == 403


def test_a_grid_worker_sees_the_own_community_alone(people):
    call(people, area_code="500106004002")
    assert numbers(people["grid"]) == set()
    form = people["grid"].browser.get("/calls/new").content.decode()
    assert "500106004001" in form
    assert "500106004002" not in form
    answer = people["grid"].browser.post("/calls/new", SAID | {"area_code": "500106004002"})
    assert answer.status_code == 422
    assert people["grid"].browser.post("/calls/new", SAID).status_code == 303
    assert Call.objects.get(unit="fire").state == "DRAFT"


def test_the_form_calls_once_with_its_photo_and_says_what_is_missing(people):
    street = people["street"].browser
    assert street.post("/calls/new", SAID | {"matter": " "}).status_code == 422
    assert street.post("/calls/new", SAID | {"unit": "500106002"}).status_code == 422
    for _again in range(2):
        sent = street.post("/calls/new", SAID | {"photo": photo()})
        assert sent.status_code == 303
    one = Call.objects.get()
    assert (one.unit, one.urgency, one.street) == ("fire", "urgent", "500106004")
    kept = CallPhoto.objects.get()
    assert kept.by_street
    assert people["fire"].browser.get(f"/calls/photos/{kept.pk}").status_code == 200
    assert people["industry"].browser.get(f"/calls/photos/{kept.pk}").status_code == 404


def test_without_terms_a_call_is_refused_in_words_and_not_kept(people):
    CallTerms.objects.all().delete()
    answer = people["street"].browser.post("/calls/new", SAID)
    assert answer.status_code == 422
    assert not Call.objects.exists()


def test_every_step_of_a_file_is_a_button_for_whom_it_is_due(people):
    pk = call(people)
    page = people["industry"].browser.get(f"/calls/{pk}").content.decode()
    assert set(re.findall(r'name="verb" value="([^"]+)"', page)) == {"answer", "refuse"}
    given = {"verb": "answer", "comes": "安全科 2 人", "coming_at": "2026-03-02T10:00"}
    assert people["industry"].browser.post(f"/calls/{pk}/step", given).status_code == 303
    assert Call.objects.get(pk=pk).coming_at.hour == 2  # 10:00 here is 02:00 UTC
    people["street"].browser.post(f"/calls/{pk}/step", {"verb": "handle", "handling": "x"})
    assert Call.objects.get(pk=pk).state == "ANSWERED"
    done = {"verb": "handle", "handling": "完成"}
    people["industry"].browser.post(f"/calls/{pk}/step", done)
    people["street"].browser.post(
        f"/calls/{pk}/step", {"verb": "confirm", "settled": "yes", "grade": "4"}
    )
    assert (Call.objects.get(pk=pk).state, Call.objects.get(pk=pk).grade) == ("CONFIRMED", 4)


def test_the_tabs_hold_what_waits_for_my_unit_what_is_late_and_what_was_refused(people):
    first, second = call(people), call(people, "call-2", urgency=Urgency.URGENT)
    take(people["industry"], actions.refuse_call, first, reason="x")
    at(2026, 3, 2, 9, 31)
    assert numbers(people["industry"], "view=mine") == {f"{second}"}
    assert numbers(people["section"], "view=mine") == {f"{first}"}
    assert numbers(people["street"], "view=late") == {f"{second}"}
    assert numbers(people["street"], "view=refused") == {f"{first}"}


def many(people):
    """Calls of both streets in every state, some late, by two departments."""
    for index in range(12):
        by = ("street", "other_street")[index % 2]
        area = ("500106004001", "500106002")[index % 2]
        at(2026, 3, 2, 9, index)
        pk = call(people, f"n{index}", by=by, area_code=area, urgency=Urgency.URGENT)
        if index % 3 == 0:
            at(2026, 3, 2, 10, index)
        if index == 4:
            take(people["industry"], actions.refuse_call, pk, reason="x")
            take(people["section"], actions.assign_call, pk, unit="fire", reason="x")
        elif index in (6, 7):
            handled(people, pk)
            take(people[by], actions.return_call, pk, reason="x")
        elif index > 1:
            handled(people, pk)
            if index > 8:
                take(people[by], actions.confirm_call, pk, settled="yes", grade=index - 7)


def test_every_figure_of_a_unit_is_the_count_of_the_list_behind_it(people):
    many(people)
    page = people["duty"].browser.get("/calls/counts").content.decode()
    figures = re.findall(r'<a href="(/calls\?[^"]+)">(\d+)</a>', page)
    assert len(figures) > 20
    for link, count in figures:
        shown = people["duty"].browser.get(link.replace("&amp;", "&")).content.decode()
        assert len(set(re.findall(r'href="/calls/(\d+)"', shown))) == int(count), link
    found = people["duty"].browser.get(f"{API}/counts").json()
    industry = next(one for one in found["departments"] if one["code"] == "industry")
    fire = next(one for one in found["departments"] if one["code"] == "fire")
    assert industry["counts"] == {
        "sent": 11, "answered_in_time": 5, "answered_late": 3, "handled_in_time": 7,
        "handled_late": 0, "returned": 2, "confirmed": 3, "open": 8, "refused": 1,
    }  # fmt: skip
    assert industry["grade"] == 3.0
    assert (fire["counts"]["sent"], fire["counts"]["refused"], fire["grade"]) == (1, 0, None)


def test_a_department_counts_itself_and_a_street_its_own_calls(people):
    many(people)
    of_fire = people["fire"].browser.get(f"{API}/counts").json()
    assert [one["code"] for one in of_fire["departments"]] == ["fire"]
    of_street = people["street"].browser.get(f"{API}/counts").json()
    assert [one["code"] for one in of_street["streets"]] == ["500106004"]
    assert of_street["streets"][0]["counts"]["sent"] == 6


def put(one, source_id="7", **changed):
    body = {key: SAID[key] for key in ("urgency", "unit", "matter", "kind", "area_code")}
    return one.browser.put(f"{API}/zhilian/{source_id}", json.dumps(body | changed),
                           "application/json")  # fmt: skip


def test_another_platform_calls_once_by_its_own_id_and_is_told_how_it_stands(people):
    street = people["street"]
    first = put(street, lon=106.45, lat=29.58)
    assert first.status_code == 200
    assert put(street, lon=106.45, lat=29.58).json() == first.json()
    assert put(street, lon=106.45, lat=29.58, matter="另一件事").status_code == 409
    assert put(street, "8", area_code="500106002").status_code == 409
    assert put(street, "8", lon=106.45).status_code == 409
    assert put(street, "8", lat=float("1e3")).status_code == 422
    assert put(people["industry"], "8").status_code == 403
    assert put(people["grid"], "8").status_code == 403
    shown = people["fire"].browser.get(f"{API}/zhilian/7").json()
    assert (shown["state"], shown["lon"], shown["unit"]) == ("CALLED", 106.45, "fire")
    assert people["industry"].browser.get(f"{API}/zhilian/7").status_code == 404
    assert people["other_street"].browser.get(API).json()["rows"] == []
    assert people["fire"].browser.get(f"{API}?state=CALLED").json()["count"] == 1


def test_other_systems_are_told_of_every_step_but_not_of_a_draft(people):
    assert "calls.call_moved" in FACTS
    pk = call(people, by="grid")
    moves = OutboxEvent.objects.filter(name="calls.call_moved")
    assert not moves.exists()
    take(people["street"], actions.send_call, pk)
    handled(people, pk)
    settle(people, pk)
    said = [json.loads(one.payload) for one in moves.order_by("id")]
    assert [one["verb"] for one in said] == ["send", "answer", "handle", "confirm"]
    assert said[-1]["grade"] == 5


def test_the_export_holds_what_the_list_shows_in_words(people):
    answer(people, call(people))
    body = people["duty"].browser.get("/calls/export?unit=industry").content
    assert body[:2] == b"PK"
    assert clock.today().year == 2026


def test_the_form_takes_a_position_and_refuses_what_is_none(people):
    street = people["street"].browser
    assert b"data-position" in street.get("/calls/new").content
    for lon, lat in (("106.4", ""), ("200", "29.5"), ("1e2", "29.5"), ("nan", "29.5")):
        answer = street.post("/calls/new", SAID | {"lon": lon, "lat": lat})
        assert answer.status_code == 422, (lon, lat)
        assert lon in answer.content.decode()
    assert not Call.objects.exists()
    said = SAID | {"lon": "106.456789", "lat": "29.5432"}
    assert street.post("/calls/new", said).status_code == 303
    one = Call.objects.get()
    assert (one.lon, one.lat) == (106.456789, 29.5432)
