"""Other systems are told of facts: signed, in their order, until they take them."""

import hashlib
import hmac
import json
import threading
from dataclasses import fields
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.test import Client

from anlan.backbone.events import reactions_for
from anlan.operations.links.actions import (
    add_listener,
    end_listener,
    keep_for_listeners,
    tell_listeners,
)
from anlan.operations.links.models import Listener, Telling
from anlan.operations.links.queries import listeners
from anlan.operations.links.rules import FACTS, GIVEN_UP_AFTER, KINDS
from anlan.operations.people.actions import PLATFORM, NewAccount, open_account
from anlan.operations.people.models import Account, AuditEntry
from anlan.operations.safety.events import DangerMoved
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def now(settings):
    settings.ANLAN_STANDING = "Actual"
    moment = DrillClock(datetime(2026, 3, 2, 9, tzinfo=CHINA))
    clock.use(moment)
    return moment


@pytest.fixture
def peer(monkeypatch, now):
    """A system that notes what it is sent and answers as told."""

    class Peer(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.got.append((dict(self.headers), body))
            self.send_response(server.answers.pop(0) if server.answers else 200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Peer)
    server.got, server.answers = [], []
    server.url = f"http://127.0.0.1:{server.server_port}/anlan"
    monkeypatch.setenv("ANLAN_WEBHOOK_HOSTS", f"127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def moved(number, verb="close"):
    return DangerMoved(danger_id=1, number=number, verb=verb, before="ACCEPTED", after="CLOSED",
                       grade="GENERAL", area_code="500106004", sector="industry")  # fmt: skip


def numbers(peer):
    return [json.loads(body)["data"]["number"] for _headers, body in peer.got]


def test_every_fact_has_its_reaction_and_none_names_an_informant():
    assert {kind.name for kind in KINDS} == set(FACTS)
    assert all(reactions_for(name) for name in FACTS)
    assert not [name for name in FACTS if name.startswith("messaging.")]
    told = {field.name for kind in KINDS for field in fields(kind)}
    assert not told & {"name", "phone", "matter", "accused", "place", "party", "title", "reason"}


def test_every_room_of_work_safety_that_has_steps_tells_of_them():
    rooms = {name.split(".")[0] for name in FACTS}
    assert {"safety", "risks", "checks", "enforcement", "hotline", "accidents", "credit"} <= rooms


def test_a_fact_is_told_once_signed_with_the_listeners_key(peer):
    _id, key = add_listener(PLATFORM, "市局", peer.url, [DangerMoved.name])
    assert key.encode() not in bytes(Listener.objects.get().secret_sealed)
    keep_for_listeners(moved("2026-000001"))
    assert tell_listeners() == 1
    assert tell_listeners() == 0
    ((headers, body),) = peer.got
    said = headers["X-Anlan-Timestamp"].encode() + b"." + body
    assert headers["X-Anlan-Signature"] == (
        "sha256=" + hmac.new(key.encode(), said, hashlib.sha256).hexdigest()
    )
    told = json.loads(body)
    assert told["id"] == headers["Idempotency-Key"] == str(Telling.objects.get().pk)
    assert (told["fact"], told["data"]["after"]) == (DangerMoved.name, "CLOSED")


def test_a_deaf_system_holds_its_own_facts_in_order_and_hears_them_later(peer, now):
    add_listener(PLATFORM, "市局", peer.url, [DangerMoved.name])
    peer.answers = [503, 200, 409]
    keep_for_listeners(moved("a"))
    now.move_to(now.now() + timedelta(seconds=1))
    keep_for_listeners(moved("b"))
    assert tell_listeners() == 0
    assert listeners()[0].fault == "answered 503"
    assert tell_listeners() == 0  # it is left alone for a while
    assert numbers(peer) == ["a"]
    now.move_to(now.now() + timedelta(seconds=31))
    assert tell_listeners() == 2
    assert numbers(peer) == ["a", "a", "b"]
    assert (listeners()[0].fault, listeners()[0].waiting) == ("", 0)


def test_what_nobody_takes_for_days_is_given_up_and_said(peer, now):
    add_listener(PLATFORM, "市局", peer.url, [DangerMoved.name])
    keep_for_listeners(moved("a"))
    now.move_to(now.now() + GIVEN_UP_AFTER + timedelta(hours=1))
    keep_for_listeners(moved("b"))
    peer.answers = [400]
    assert tell_listeners() == 2
    given_up = Telling.objects.get(taken_at=None)
    assert (json.loads(given_up.body)["number"], given_up.answer) == ("a", "answered 400")


def test_a_host_that_is_not_allowed_is_never_called(peer, monkeypatch):
    with pytest.raises(Refused):
        add_listener(PLATFORM, "外网", "https://example.com/x", [DangerMoved.name])
    add_listener(PLATFORM, "市局", peer.url, [DangerMoved.name])
    keep_for_listeners(moved("a"))
    monkeypatch.setenv("ANLAN_WEBHOOK_HOSTS", "")
    assert tell_listeners() == 0
    assert peer.got == []


def test_an_exercise_and_an_ended_link_are_told_nothing(peer, settings):
    pk, _key = add_listener(PLATFORM, "市局", peer.url, [DangerMoved.name])
    settings.ANLAN_STANDING = "Exercise"
    keep_for_listeners(moved("drill"))
    settings.ANLAN_STANDING = "Actual"
    keep_for_listeners(moved("waiting"))
    assert end_listener(PLATFORM, pk)
    assert not end_listener(PLATFORM, pk)
    keep_for_listeners(moved("later"))
    assert tell_listeners() == 0
    assert (peer.got, Telling.objects.count()) == ([], 1)


def test_the_administrator_adds_looks_and_ends(peer):
    new = NewAccount(username="a", password="a long demo password", display_name="a",
                     role="system_admin", organisation_code="", area_code="",
                     sector="")  # fmt: skip
    admin = Client()
    admin.force_login(Account.objects.get(pk=open_account(PLATFORM, new)))
    wrong = admin.post("/system/links", {"name": "市局", "url": peer.url})
    assert wrong.status_code == 422
    assert "请选择要推送的内容" in wrong.content.decode()
    form = {"name": "市局", "url": peer.url, "fact": [DangerMoved.name]}
    shown = admin.post("/system/links", form).content.decode()
    assert "只显示这一次" in shown
    keep_for_listeners(moved("2026-000007"))
    pk = Listener.objects.get().pk
    assert "2026-000007" in admin.get(f"/system/links/{pk}").content.decode()
    assert admin.post(f"/system/links/{pk}/try").status_code == 302
    assert admin.post(f"/system/links/{pk}/end").status_code == 302
    assert admin.post("/system/links/99/end").status_code == 404
    assert "停止" in admin.get("/system/links").content.decode()
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"links.add_listener", "links.try_now", "links.end_listener"} <= verbs
