"""The hotline's pages: the public's form, its code, and that nobody learns who reported."""

import re
from datetime import datetime, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from tests.operations.hotline.conftest import NAME, PHONE, accepted, report

from anlan.operations.hotline.actions import door
from anlan.operations.hotline.models import DoorCount, Informant, Tip
from anlan.operations.hotline.queries import counts
from anlan.operations.hotline.queries.places import AREA, ENTERPRISE, token_of
from anlan.operations.people.models import AuditEntry, OutboxEvent
from anlan.operations.safety.actions import register_enterprise
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock

pytestmark = pytest.mark.django_db(databases="__all__")
SAID = {"kind": "danger", "matter": "后厨液化气软管开裂", "area_code": "500106004",
        "accused": "老灶火锅店"}  # fmt: skip


def opened(client, address="/12350"):
    page = client.get(address).content.decode()
    clock.use(DrillClock(clock.now() + timedelta(seconds=10)))
    return page, re.search(r'name="form" value="([^"]+)"', page)[1]


def code_in(answer):
    return re.search(r"al-phone-code\">([A-Z2-7 ]+)<", answer.content.decode())[1]


def test_anybody_reports_without_an_account_and_follows_it_by_a_code_that_says_the_state_only():
    client = Client()
    _page, form = opened(client)
    sent = SAID | {"form": form, "name": NAME, "phone": PHONE, "notice": "yes"}
    code = code_in(client.post("/12350", sent))
    assert code_in(client.post("/12350", sent)) == code
    tip = Tip.objects.get()
    assert (tip.channel, tip.named, tip.state) == ("web", True, "RECEIVED")
    answer = client.post("/12350/follow", {"code": code.lower()})
    shown = answer.content.decode()
    assert tip.number in shown
    assert all(word not in shown for word in ("软管", "老灶", NAME, PHONE))
    assert client.post("/12350/follow", {"code": "AAAA BBBB CCCC"}).status_code == 404


def test_who_reports_is_nowhere_in_plain(people):
    client = Client()
    _page, form = opened(client)
    client.post("/12350", SAID | {"form": form, "name": NAME, "phone": PHONE, "notice": "yes"})
    pk = Tip.objects.get().pk
    accepted(people, pk)
    informant = Informant.objects.get()
    kept = [bytes(informant.name_sealed), bytes(informant.phone_sealed)]
    assert not any(NAME.encode() in one or PHONE.encode() in one for one in kept)
    rows = [str(list(model.objects.values())) for model in (Tip, AuditEntry, OutboxEvent)]
    for name in ("leader", "clerk", "first", "industry"):
        browser = people[name].browser
        for address in ("/hotline", f"/hotline/{pk}", "/", f"/hotline?q={NAME}"):
            rows.append(browser.get(address).content.decode().replace(f'value="{NAME}"', ""))
        book = openpyxl.load_workbook(BytesIO(browser.get("/hotline/export").content))
        rows.append(str([cell.value for line in book.active for cell in line]))
    assert not any(NAME in one or PHONE in one for one in rows)
    assert "127.0.0.1" not in str(list(AuditEntry.objects.filter(subject_kind="tip").values()))


def test_a_machine_is_kept_out_of_the_form():
    client = Client()
    _page, form = opened(client)
    assert client.post("/12350", SAID | {"form": form, "website": "x"}).status_code == 422
    assert client.post("/12350", SAID | {"form": "made up"}).status_code == 422
    page = client.get("/12350").content.decode()
    quick = re.search(r'name="form" value="([^"]+)"', page)[1]
    assert client.post("/12350", SAID | {"form": quick}).status_code == 422
    assert not Tip.objects.exists()


def test_one_network_sends_so_many_an_hour_over_all_processes_and_is_not_remembered(monkeypatch):
    monkeypatch.setitem(door.LIMITS, "report", (2, 3600))
    client = Client()
    for _ in range(2):
        _page, form = opened(client)
        client.post("/12350", SAID | {"form": form, "matter": "联系我 13912345678"})
        for _again in range(3):
            assert client.post("/12350", SAID | {"form": form}).status_code == 200
    _page, form = opened(client)
    answer = client.post("/12350", SAID | {"form": form, "name": NAME, "notice": "yes"})
    assert answer.status_code == 422
    assert NAME in answer.content.decode()
    assert client.post("/12350", SAID | {"form": form}, REMOTE_ADDR="10.9.9.9").status_code == 200
    assert Tip.objects.count() == 3
    assert sum(one.times for one in DoorCount.objects.all()) == 3
    assert all(one.bucket < 2**16 for one in DoorCount.objects.all())
    clock.use(DrillClock(clock.now() + timedelta(hours=1)))
    _page, form = opened(client)
    assert client.post("/12350", SAID | {"form": form}).status_code == 200
    assert DoorCount.objects.count() == 1


def test_codes_are_not_guessed(monkeypatch):
    monkeypatch.setitem(door.LIMITS, "follow", (2, 600))
    tried = [Client().post("/12350/follow", {"code": f"AAAA{n}"}).status_code for n in range(3)]
    assert tried == [404, 404, 429]


def test_the_form_keeps_numbers_and_untold_names_out():
    client = Client()
    for wrong in ({"matter": "联系我 139 1234 5678"}, {"place": "找我１３９.1234.5678"},
                  {"matter": "电话+86 139-1234-5678"}, {"name": NAME}, {"kind": "nothing"},
                  {"area_code": "110000000"}):  # fmt: skip
        _page, form = opened(client)
        assert client.post("/12350", SAID | {"form": form} | wrong).status_code == 422
    assert not Tip.objects.exists()


def test_a_qr_code_fills_the_place_in_and_cannot_be_made_up(people):
    pk = register_enterprise(people["street"].actor, {
        "name": "老灶火锅店", "credit_code": "91350100M000100Y43", "area_code": "500106004001",
        "address": "金蓉正街 18 号", "sector": "commerce", "state": "open",
    })  # fmt: skip
    people["street"].browser.cookies["theme"] = "dark"
    poster = people["street"].browser.get(f"/hotline/posters/enterprise/{pk}")
    assert 'data-theme="light"' in poster.content.decode()  # it is printed, and its code scanned
    token = re.search(r"/12350/at/([^<\s]+)<", poster.content.decode())[1]
    assert token == token_of(ENTERPRISE, pk)
    assert "<svg" in poster.content.decode()
    client = Client()
    page, form = opened(client, f"/12350/at/{token}")
    assert "老灶火锅店" in page
    client.post(f"/12350/at/{token}", SAID | {"form": form})
    tip = Tip.objects.get()
    _page, form = opened(client, f"/12350/at/{token}")
    client.post(f"/12350/at/{token}", SAID | {"form": form, "accused": "隔壁网吧"})
    assert Tip.objects.exclude(pk=tip.pk).get().enterprise_id is None
    assert (tip.channel, tip.enterprise_id, tip.sector) == ("qr", pk, "commerce")
    assert client.get(f"/12350/at/e{pk}:forged").status_code == 404
    assert client.get(f"/12350/at/{token_of(AREA, '500106004')}").status_code == 200
    assert people["other_street"].browser.get(poster.request["PATH_INFO"]).status_code == 404


def test_a_unit_sees_what_it_verifies_and_nothing_else(people):
    pk = report(people)
    for name in ("industry", "fire", "street"):
        assert people[name].browser.get(f"/hotline/{pk}").status_code == 404
    accepted(people, pk)
    assert people["industry"].browser.get(f"/hotline/{pk}").status_code == 200
    for name in ("fire", "street", "other_street"):
        browser = people[name].browser
        assert browser.get(f"/hotline/{pk}").status_code == 404
        assert browser.post(f"/hotline/{pk}/step", {"verb": "begin"}).status_code == 404
        assert Tip.objects.get().number not in browser.get("/hotline?view=").content.decode()
    for name in ("grid", "manager", "duty"):
        assert people[name].browser.get("/hotline").status_code == 403


def test_a_report_goes_through_the_pages_and_the_counts_follow(people):
    clerk, leader, unit = (people[n].browser for n in ("clerk", "leader", "industry"))
    said = SAID | {"key": "k1", "sector": "industry", "name": NAME, "phone": PHONE}
    assert clerk.post("/hotline/new", said).status_code == 200
    pk = Tip.objects.get().pk
    two = {"handler_one": people["first"].account.pk, "handler_two": people["second"].account.pk}
    steps = [
        (leader, {"verb": "accept", "unit": "industry", "sector": "industry", **two}),
        (unit, {"verb": "begin", "verifier_one": "李科", "verifier_two": "王勇"}),
        (unit, {"verb": "verify", "verdict": "TRUE", "finding": "属实", "danger": "燃气软管老化"}),
        (unit, {"verb": "handle", "handling": "已责令整改"}),
        (people["first"].browser, {"verb": "reply", "reply": "已查实"}),
    ]
    for browser, step in steps:
        assert browser.post(f"/hotline/{pk}/step", step).status_code == 303
    seen = people["first"].browser.post(f"/hotline/{pk}/informant", {"purpose": "回访"})
    assert NAME in seen.content.decode()
    refused = people["third"].browser.post(f"/hotline/{pk}/informant", {"purpose": "回访"})
    assert refused.status_code == 303
    begin = datetime(2026, 1, 1, tzinfo=CHINA)
    found = counts(people["leader"].scope, "bureau", begin, datetime(2027, 1, 1, tzinfo=CHINA))
    assert (found.received, found.found_true, found.replied_in_time, found.dangers) == (1, 1, 1, 1)
    api = leader.get("/api/v1/hotline/counts").json()
    assert (api["received"], api["paid"]) == (1, 0)
    assert people["grid"].browser.get("/api/v1/hotline/counts").status_code == 403


def test_a_step_is_taken_by_the_interface_and_names_nobody(people):
    pk = report(people)
    two = {"handler_one": str(people["first"].account.pk),
           "handler_two": str(people["second"].account.pk)}  # fmt: skip

    def step(name, verb, **given):
        return people[name].browser.post(
            f"/api/v1/hotline/tips/{pk}/steps", {"verb": verb, "given": given}, "application/json"
        )

    given = {"unit": "industry", "sector": "industry", **two}
    assert step("other_street", "accept", **given).status_code in (403, 404)
    assert step("clerk", "accept", **given).status_code == 409
    assert step("leader", "see informant").status_code == 404
    said = step("leader", "accept", **given)
    assert said.json() == {"id": pk, "state": "ACCEPTED"}
    assert step("fire", "begin", verifier_one="甲一", verifier_two="乙二").status_code == 404
    assert step("industry", "begin", verifier_one="甲一", verifier_two="乙二").status_code == 200
