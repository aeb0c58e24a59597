"""A drill played by hand in a real browser: one process, one Chromium for all journeys.

Playwright keeps its event loop running in the thread that started it, where neither Django nor
`asyncio.run` can be used: it is stopped with the last journey, before another room's tests begin.
"""

import contextlib
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.journeys.filmed import VideoPlatform

CHECKOUT = Path(__file__).resolve().parents[2]
READY_WITHIN_S = 600.0
HOUSEHOLDS, PACE = 3000, 3000
BY_HAND = "review_alert,sign_alert,acknowledge"
PASSWORD = "anlan-demo-2026"
# Requests that a browser gives up when a person leaves the page are no fault of ours.
HARMLESS = (
    "net::ERR_ABORTED",
    "htmx:sendAbort",
    "htmx:sendError",
    "htmx:afterRequest",
    "GPU stall",
    "GroupMarkerNotSet",
)
CHROMIUM = [
    "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-quic",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.journey)


def executable():
    """The Chromium of this machine; None when it has none."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = os.environ.get("ANLAN_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    return found if found and Path(found).exists() else None


@dataclass(frozen=True)
class Drill:
    """The drill that is being played: the address of its pages and its throw-away data folder."""

    url: str
    home: Path

    def letters(self):
        """What the console channel has sent so far, oldest first."""
        path = self.home / "messages" / "console.jsonl"
        if not path.exists():
            return []
        lines = path.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="package")
def chromium():
    from playwright.sync_api import sync_playwright

    path = executable()
    if path is None:
        pytest.skip("no Chromium on this machine: the journeys in the browser are not made")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=path, args=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def video():
    """The video platform that the drill's house asks; a journey gives it its film."""
    platform = VideoPlatform()
    yield platform
    platform.close()


@pytest.fixture(scope="package")
def drill(chromium, video, tmp_path_factory):
    """Start `anlan drill run` with the decisions of this story left to people."""
    folder = tmp_path_factory.mktemp("drill")
    (folder / "tmp").mkdir()
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ANLAN_", "DJANGO_"))}
    where = {"TMPDIR": str(folder / "tmp"), "ANLAN_HOME": str(folder / "home"), "ANLAN_LANG": "en"}
    (folder / "wvp.token").write_text("a token")
    where |= {"ANLAN_WVP_URL": video.url, "ANLAN_MEDIA_HOSTS": video.host,
              "ANLAN_WVP_TOKEN_FILE": str(folder / "wvp.token")}  # fmt: skip
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    asked = [
        sys.executable, "-m", "anlan.portal.cli", "drill", "run", "jialing-crest",
        "--port", str(port), "--pace", str(PACE), "--households", str(HOUSEHOLDS),
        "--by-hand", BY_HAND, "--out", str(folder / "out"),
    ]  # fmt: skip
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            asked, cwd=CHECKOUT, env=kept | where, stdout=subprocess.PIPE, stderr=log, text=True
        )
        try:
            url = _ready(process, folder / "log")
            (home,) = (folder / "tmp").glob("anlan-drill-*")
            yield Drill(url, home)
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(30)
            process.kill()
            process.wait()
            process.stdout.close()


def _ready(process, log):
    """The address in the line `ready http://…`."""
    ends = time.monotonic() + READY_WITHIN_S  # noqa: TID251 - a real process is waited for
    while time.monotonic() < ends and process.poll() is None:  # noqa: TID251
        if select.select([process.stdout], [], [], 1.0)[0]:
            words = process.stdout.readline().split()
            if words[:1] == ["ready"]:
                return words[1]
    raise AssertionError("the drill did not come up:\n" + log.read_text(encoding="utf-8")[-3000:])


class Person:
    """Somebody at a browser of their own; whatever a page complains of is kept."""

    def __init__(self, browser, drill, size, language):
        self.drill = drill
        self.context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale=language,
            reduced_motion="reduce", base_url=drill.url,
        )  # fmt: skip
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.complaints = []
        self.page.on("pageerror", lambda fault: self.complaints.append(f"error: {fault}"))
        self.page.on("console", self._heard)

    def _heard(self, message):
        if message.type == "error" and not any(known in message.text for known in HARMLESS):
            self.complaints.append(f"{self.page.url}: {message.text} {message.location}")

    def log_in(self, username, password=PASSWORD):
        self.page.goto("/login")
        self.page.get_by_label("姓名").or_(self.page.locator("#username")).first.fill(username)
        self.page.locator("#password").fill(password)
        self.page.locator("#password").press("Enter")
        return self

    def get(self, path):
        """What the typed interface answers to this person."""
        answer = self.context.request.get(path)
        assert answer.ok, f"{path}: {answer.status}"
        return answer.json()

    def until(self, ask, what, patience_s=60.0):
        """Ask again and again until the answer is something; `what` says what was waited for."""
        ends = time.monotonic() + patience_s  # noqa: TID251 - pages of a real process
        while time.monotonic() < ends:  # noqa: TID251
            if found := ask():
                return found
            self.page.wait_for_timeout(300)
        raise AssertionError(f"waited {patience_s:.0f} s in vain: {what}")


@pytest.fixture
def person(chromium, drill):
    """``person("chenli", size=(390, 844), language="en")``; without a name nobody is logged in."""
    met = []

    def enter(username="", size=(1440, 900), language="zh-CN"):
        one = Person(chromium, drill, size, language)
        met.append(one)
        if username:
            one.log_in(username)
            one.page.wait_for_url(lambda address: "/login" not in address)
        return one

    yield enter
    complaints = [line for one in met for line in one.complaints]
    for one in met:
        one.context.close()
    assert complaints == []
