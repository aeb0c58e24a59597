"""Each way out against a peer that speaks the other side."""

import asyncio
import hashlib
import hmac
import json
import socketserver
import threading
from email import message_from_bytes
from email.header import decode_header, make_header
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from anlan.operations.messaging.channels import CHANNELS, ChannelDown, Letter
from anlan.simulators.loudspeaker import LoudspeakerPost
from anlan.vocabulary.levels import Standing


def letter(number=1, to="13800002207", text="请转移", standing=Standing.EXERCISE):
    return Letter(
        id=f"{number:016x}", to=to, label="王**", title="洪水红色预警", text=text,
        link="http://127.0.0.1/r/x", standing=standing, level=1,
    )  # fmt: skip


@pytest.fixture
def peer():
    """An HTTP system that notes every POST and answers as told: (status, body)."""

    class Peer(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, answer = server.says(self.path, dict(self.headers), body)
            self.send_response(status)
            if status in (301, 302):
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Peer)
    server.says = lambda path, headers, body: (200, b"{}")
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_by_default_only_the_console_carries_an_exercise(monkeypatch):
    for name in CHANNELS:
        monkeypatch.delenv(f"ANLAN_{name.upper()}_STANDINGS", raising=False)
    carrying = {name for name, one in CHANNELS.items() if Standing.EXERCISE in one.standings}
    assert carrying == {"console"}
    assert Standing.ACTUAL not in CHANNELS["console"].standings


def test_a_registration_is_taken_from_the_environment(monkeypatch):
    monkeypatch.setenv("ANLAN_LOUDSPEAKER_STANDINGS", "Exercise, Test")
    assert CHANNELS["loudspeaker"].standings == {Standing.EXERCISE, Standing.TEST}


@pytest.fixture
def gateway(peer, monkeypatch):
    monkeypatch.setenv("ANLAN_WEBHOOK_URL", f"{peer.url}/sms")
    monkeypatch.setenv("ANLAN_WEBHOOK_HOSTS", "127.0.0.1")
    monkeypatch.setenv("ANLAN_WEBHOOK_KEY", "shared secret")
    return peer


def test_the_webhook_is_signed_and_repeats_under_the_same_key(gateway):
    seen = []

    def says(path, headers, body):
        seen.append((headers, body))
        return 200, b'{"state": "delivered"}'

    gateway.says = says
    results = [CHANNELS["webhook"].send([letter()])[0].result for _ in range(2)]
    assert results == ["DELIVERED", "DELIVERED"]
    (headers, body), (repeat, _) = seen
    mac = hmac.new(
        b"shared secret", headers["X-Anlan-Timestamp"].encode() + b"." + body, hashlib.sha256
    )
    assert headers["X-Anlan-Signature"] == "sha256=" + mac.hexdigest()
    assert headers["Idempotency-Key"] == repeat["Idempotency-Key"] == "0000000000000001"
    assert json.loads(body)["to"] == "13800002207"
    assert json.loads(body)["standing"] == "Exercise"


@pytest.mark.parametrize(
    ("status", "result"),
    [(200, "SENT"), (202, "SENT"), (409, "SENT"), (429, "RETRY"), (503, "RETRY"),
     (400, "REFUSED"), (404, "REFUSED"), (302, "REFUSED")],
)  # fmt: skip
def test_each_answer_of_the_other_system_is_understood(gateway, status, result):
    gateway.says = lambda *asked: (status, b"not json")
    assert CHANNELS["webhook"].send([letter()])[0].result == result


def test_a_host_that_is_not_listed_is_never_called(gateway, monkeypatch):
    calls = []
    gateway.says = lambda *asked: calls.append(asked) or (200, b"{}")
    monkeypatch.setenv("ANLAN_WEBHOOK_HOSTS", "sms.example.gov")
    (said,) = CHANNELS["webhook"].send([letter(to=f"{gateway.url}/elsewhere")])
    assert (said.result, calls) == ("REFUSED", [])
    assert "allow-list" in said.detail


def test_a_gateway_that_is_gone_spends_no_letter(monkeypatch):
    monkeypatch.setenv("ANLAN_WEBHOOK_URL", "http://127.0.0.1:9/sms")
    monkeypatch.setenv("ANLAN_WEBHOOK_HOSTS", "127.0.0.1")
    with pytest.raises(ChannelDown):
        CHANNELS["webhook"].send([letter(n) for n in range(20)])


@pytest.fixture
def posts(monkeypatch):
    """Simulated village posts on ports of their own, in a loop of their own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("ANLAN_LOUDSPEAKER_KEY", "post key")
    opened = []

    def open_post(name, key="post key", standings=frozenset(Standing)):
        post = LoudspeakerPost(name, key, standings)
        asyncio.run_coroutine_threadsafe(post.listen(), loop).result(5)
        opened.append(post)
        return post, f"http://127.0.0.1:{post.port}"

    yield open_post
    for post in opened:
        loop.call_soon_threadsafe(post.close)
    asyncio.run_coroutine_threadsafe(asyncio.sleep(0.05), loop).result(5)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def test_a_loudspeaker_post_speaks_once_and_its_signed_receipt_is_the_proof(posts):
    post, url = posts("LS-007")
    for _ in range(2):
        assert CHANNELS["loudspeaker"].send([letter(to=url)])[0].result == "DELIVERED"
    assert [played.text for played in post.played.values()] == ["请转移"]


def test_a_post_refuses_what_another_key_signed(posts, monkeypatch):
    post, url = posts("LS-007")
    monkeypatch.setenv("ANLAN_LOUDSPEAKER_KEY", "another key")
    assert CHANNELS["loudspeaker"].send([letter(to=url)])[0].result == "REFUSED"
    assert not post.played


def test_a_post_for_actual_messages_refuses_an_exercise(posts):
    post, url = posts("LS-007", standings=frozenset({Standing.ACTUAL}))
    assert CHANNELS["loudspeaker"].send([letter(to=url)])[0].result == "REFUSED"
    assert not post.played


def test_a_receipt_that_the_post_has_not_signed_proves_nothing(peer, monkeypatch):
    monkeypatch.setenv("ANLAN_LOUDSPEAKER_URL", peer.url + "/{code}")
    seen = []

    def says(path, headers, body):
        seen.append(path)
        return 200, json.dumps({"id": json.loads(body)["id"], "signature": "00"}).encode()

    peer.says = says
    (said,) = CHANNELS["loudspeaker"].send([letter(to="LS-007")])
    assert (said.result, seen) == ("SENT", ["/LS-007/play"])


def test_one_silent_post_does_not_stop_the_others(posts):
    _, first = posts("LS-001")
    _, third = posts("LS-003")
    said = CHANNELS["loudspeaker"].send(
        [letter(1, to=first), letter(2, to="http://127.0.0.1:9"), letter(3, to=third)]
    )
    assert {one.id[-1]: one.result for one in said} == {
        "1": "DELIVERED", "2": "RETRY", "3": "DELIVERED",
    }  # fmt: skip


@pytest.fixture
def mail_server(monkeypatch):
    """RFC 5321 as far as one message needs it; refuses the recipient nobody@."""

    class Session(socketserver.StreamRequestHandler):
        def say(self, line):
            self.wfile.write(line.encode() + b"\r\n")

        def handle(self):
            self.say("220 here")
            while line := self.rfile.readline().decode().strip():
                verb = line.split(":")[0].upper()
                if verb == "RCPT TO":
                    self.say("550 no such box" if "nobody@" in line else "250 ok")
                elif verb == "DATA":
                    self.say("354 go on")
                    lines = []
                    while (part := self.rfile.readline()) != b".\r\n":
                        lines.append(part)
                    server.mails.append(message_from_bytes(b"".join(lines)))
                    self.say("250 taken")
                elif verb == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 ok")

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session)
    server.mails = []
    monkeypatch.setenv("ANLAN_SMTP_URL", f"smtp://127.0.0.1:{server.server_address[1]}")
    monkeypatch.setenv("ANLAN_SMTP_FROM", "duty@district.example")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_mail_carries_the_text_and_the_deliverys_own_id(mail_server):
    said = CHANNELS["smtp"].send([letter(to="street@district.example", text="【演练】请转移")])
    assert [one.result for one in said] == ["SENT"]
    (mail,) = mail_server.mails
    assert str(make_header(decode_header(mail["Subject"]))) == "洪水红色预警"
    assert mail["Message-ID"] == "<0000000000000001@district.example>"
    assert mail["X-Anlan-Standing"] == "Exercise"
    assert mail.get_payload(decode=True).decode().strip() == "【演练】请转移"


def test_one_refused_box_does_not_stop_the_next_mail(mail_server):
    said = CHANNELS["smtp"].send(
        [letter(1, to="nobody@district.example"), letter(2, to="street@district.example")]
    )
    assert [one.result for one in said] == ["REFUSED", "SENT"]


def test_without_a_mail_server_letters_wait(monkeypatch):
    monkeypatch.delenv("ANLAN_SMTP_URL", raising=False)
    with pytest.raises(ChannelDown):
        CHANNELS["smtp"].send([letter(to="street@district.example")])
