"""A running house to be mistreated, and what changed in it."""

import time

import httpx
import pytest
from tests.lived_in import house as lived
from tests.lived_in import process

__all__ = ["_house_of_module", "evening", "house"]
_house_of_module, evening, house = lived._house_of_module, lived.evening, lived.house
PASSWORD = "anlan-demo-2026"


@pytest.fixture(scope="module")
def files(_house_of_module, evening, tmp_path_factory):
    """Make a data folder of its own: ``files("name")``."""
    return lambda name: process.files_of(
        _house_of_module, evening, tmp_path_factory.mktemp("home") / name
    )


@pytest.fixture(scope="module")
def running(files, _house_of_module):
    """The house as a process of its own, at rest."""
    with process.open_house(files("running"), _house_of_module.now) as serving:
        _come_to_rest(serving.folder)
        yield serving


@pytest.fixture
def watch(running):
    """``touched = watch()``, and later ``touched()``: the tables that changed in between."""

    def begin():
        _come_to_rest(running.folder)
        before = process.fingerprints(running.folder)

        def touched():
            _come_to_rest(running.folder)
            return process.changed(before, process.fingerprints(running.folder))

        return touched

    return begin


def _come_to_rest(folder, patience_s=20.0):
    """Wait until two looks half a second apart find the same rows."""
    seen, waited = None, 0.0
    while waited < patience_s:
        now = process.fingerprints(folder)
        if now == seen:
            return
        seen, waited = now, waited + 0.5
        time.sleep(0.5)  # noqa: TID251 - another process works meanwhile
    raise AssertionError("the house does not come to rest")


@pytest.fixture
def browser(running):
    """Log in: ``browser(username)`` gives a client that sends the page's own token along."""
    opened = []

    def log_in(username="", language="en"):
        client = httpx.Client(base_url=running.url, timeout=60.0)
        client.cookies.set("django_language", language, domain="127.0.0.1")
        opened.append(client)
        if username:
            client.get("/login")
            answer = post(client, "/login", username=username, password=PASSWORD)
            assert answer.status_code == 302, answer.text[:500]
        return client

    yield log_in
    for client in opened:
        client.close()


def post(client, path, **fields):
    """Submit a form as a page of ours would."""
    token = client.cookies.get("csrftoken", "")
    headers = {"Referer": str(client.base_url)}
    return client.post(path, data={**fields, "csrfmiddlewaretoken": token}, headers=headers)
