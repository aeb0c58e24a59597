"""Asking a foreign server: bounded in time, bytes and hops, and never into a private network."""

import pytest
from tests.operations.sensing.feed_server import foreign_server

from anlan.backbone import fetching
from anlan.backbone.fetching import ForbiddenPlace, Unreachable, fetch, is_public


@pytest.fixture
def server():
    with foreign_server() as running:
        yield running


def get(server, path="/", allowed=None, secret=(), **headers):
    hosts = [server.host] if allowed is None else allowed
    return fetch(server.url + path, headers, dict(secret), hosts)


def test_an_answer_comes_with_its_validators(server):
    server.answers["/"] = (200, {"ETag": '"1"'}, b"rows")
    answer = get(server)
    assert (answer.body, answer.etag) == (b"rows", '"1"')
    assert get(server, **{"If-None-Match": '"1"'}).body is None


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "0.0.0.0", "169.254.169.254",
                                  "10.1.2.3", "[::ffff:192.168.0.1]"])  # fmt: skip
def test_a_private_place_is_not_asked(host):
    with pytest.raises(Unreachable):
        fetch(f"http://{host}:9/", {}, {}, [])


def test_only_a_public_address_is_public():
    assert is_public("8.8.8.8")
    assert is_public("2400:3200::1")
    for private in ("10.0.0.1", "::1", "fe80::1%eth0", "100.64.0.1", "224.0.0.1", "nonsense"):
        assert not is_public(private)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/", "http:///x", "x",
                                 "http://user:pw@127.0.0.1/"])  # fmt: skip
def test_only_web_addresses_are_asked(url):
    with pytest.raises(Unreachable):
        fetch(url, {}, {}, ["127.0.0.1"])


def test_a_redirect_into_a_private_network_is_refused(server):
    server.answers["/"] = (302, {"Location": "http://localhost:9/secret"}, b"")
    with pytest.raises(ForbiddenPlace):
        get(server)
    server.answers["/"] = (302, {"Location": "file:///etc/passwd"}, b"")
    with pytest.raises(ForbiddenPlace):
        get(server)


def test_redirects_end(server):
    server.answers["/"] = (302, {"Location": "/"}, b"")
    with pytest.raises(Unreachable, match="redirects"):
        get(server)


def test_a_secret_stays_with_its_own_server(server):
    with foreign_server() as other:
        server.answers["/"] = (302, {"Location": f"{other.url}/moved"}, b"")
        other.answers["/moved"] = (200, {}, b"rows")
        hosts = [server.host, other.host]
        assert get(server, allowed=hosts, secret={"X-Api-Key": "s3cret"}).body == b"rows"
        assert server.asked[0][1]["X-Api-Key"] == "s3cret"
        assert "X-Api-Key" not in other.asked[0][1]


def test_too_much_too_slow_and_wrong_answers_are_named(server, monkeypatch):
    monkeypatch.setattr(fetching, "MOST_BYTES", 1000)
    monkeypatch.setattr(fetching, "WITHIN_S", 0.3)
    server.answers |= {
        "/large": (200, {}, b"x" * 2000), "/slow": ("hang", {}, b""),
        "/gone": (404, {}, b""), "/packed": (200, {"Content-Encoding": "gzip"}, b"x"),
    }  # fmt: skip
    for path, why in (("/large", "larger"), ("/slow", "no answer"), ("/gone", "404"),
                      ("/packed", "compressed")):  # fmt: skip
        with pytest.raises(Unreachable, match=why):
            get(server, path)
