"""The field page's outbox before a platform that refuses, that is not heard, and whose person
changes: what was written of a danger is never lost, never sent twice, never anybody else's."""

import io
import json
from pathlib import Path
from urllib.parse import urlparse

import pytest
from PIL import Image

from anlan.portal import assets
from anlan.vocabulary import clock

BUILT = Path(assets.__file__).parent / "static"
HOST = "http://localhost:9"  # nobody listens there: every request is answered here
ADDRESSES = ("page", "pack", "session", "checks", "photos", "meetings", "quizzes", "patrols",
             "patrol_photos", "dangers", "rectifications", "danger_photos", "worker", "login",
             "desk")  # fmt: skip
KINDS = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}
BROKEN = {"id": 7, "number": "2026-000007", "title": "配电箱没有门", "unit": "鑫源五金厂",
          "place": "配电间", "words": "", "major": False, "due_on": "2099-01-01", "returned": "",
          "before": 0, "after": 0, "own": False, "behalf": False, "hindered": ""}  # fmt: skip


class Platform:
    """Answers as the real one does. `refuses`: reasons by address; `deaf`: addresses whose answer
    the phone does not hear."""

    def __init__(self):
        self.account, self.dangers = 5, [BROKEN]
        self.kept, self.sent, self.refuses, self.deaf = [], [], {}, set()

    def answer(self, route):
        path = urlparse(route.request.url).path
        if path.startswith("/static/"):
            file = BUILT / path.removeprefix("/static/")
            return route.fulfill(body=file.read_bytes(), content_type=KINDS[file.suffix])
        name = path.removeprefix("/")
        if name == "page":
            return route.fulfill(body=self.page(), content_type="text/html; charset=utf-8")
        if route.request.method == "POST":
            return self.take(route, name)
        told = {"session": self.session, "pack": self.pack}.get(name)
        return route.fulfill(json=told()) if told else route.fulfill(status=404)

    def take(self, route, name):
        if why := self.refuses.get(name):
            return route.fulfill(status=409, json={"detail": why})
        raw = route.request.post_data_buffer
        self.sent.append(name)
        if name not in ("danger_photos", "photos"):
            body = json.loads(raw)
            if body["key"] not in [one["key"] for one in self.kept]:
                self.kept.append(body)
        if name in self.deaf:
            return route.abort()
        return route.fulfill(json={"id": 1, "dangers": [], "said": ""})

    def session(self):
        return {"account": self.account, "name": "x", "csrf": "x", "now": clock.now().isoformat()}

    def pack(self):
        mine = self.account == 5
        return {"list_at": clock.now().isoformat(), "own": True, "tasks": [], "enterprises": [],
                "items": {}, "choices": [], "longest_note": 500, "posts": [], "quizzes": [],
                "questions": {}, "patrols": [], "dangers": self.dangers if mine else [],
                "firms": [{"id": 3, "name": "鑫源五金厂"}],
                "grades": [{"key": "GENERAL", "word": "一般"}, {"key": "MAJOR", "word": "重大"}],
                }  # fmt: skip

    def page(self):
        styles, modules = assets.entry("phone")
        props = json.dumps({name: f"/{name}" for name in ADDRESSES})
        links = "".join(f'<link rel="stylesheet" href="{one}">' for one in styles)
        return (
            f'<!doctype html><html lang="zh-hans"><head>{links}'
            f'<script type="module" src="{modules[0]}"></script></head><body class="al-phone">'
            f'<div data-island="fieldwork"><script type="application/json">{props}</script></div>'
        )


class Phone:
    """One browser of one phone; `anew`: the tab was killed, and the page is opened again."""

    def __init__(self, chromium, platform):
        self.context = chromium.new_context(viewport={"width": 390, "height": 844})
        self.context.route("**/*", platform.answer)
        self.page = None
        self.anew()

    def anew(self):
        if self.page is not None:
            self.page.close()
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.goto(f"{HOST}/page")
        self.page.locator("[data-ready=yes]").wait_for()

    def state(self, state, text):
        self.page.locator(f"[data-state={state}]", has_text=text).wait_for()

    def unheard(self, text):
        """It was tried, and no answer came."""
        self.page.get_by_text("没有信号，照常填").wait_for()
        self.state("waiting", text)

    def shoot(self, moment):
        sink = io.BytesIO()
        Image.new("RGB", (640, 480), "red").save(sink, "JPEG")
        place = self.page.locator(f"[data-code={moment}]")
        place.locator("input[type=file]").set_input_files(
            {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": sink.getvalue()}
        )
        place.locator("img").wait_for()

    def submit(self):
        self.page.locator(".al-fw-foot button").click()

    def report(self, title):
        self.page.locator("[data-about^=n]").last.click()
        self.page.locator(".al-fw-field .form-control").nth(0).fill(title)
        self.page.locator(".al-fw-field .form-control").nth(1).fill("二楼")
        self.page.locator("[data-grade=MAJOR]").click()
        self.shoot("before")
        self.submit()

    def rectify(self):
        self.page.locator("[data-about^=d]").click()
        self.shoot("after")
        self.page.locator("textarea").fill("装了门")
        self.submit()


@pytest.fixture
def platform():
    return Platform()


@pytest.fixture
def phone(chromium, platform):
    one = Phone(chromium, platform)
    yield one
    one.context.close()


def test_a_refused_report_is_changed_and_sent_again_with_all_that_was_written(phone, platform):
    platform.refuses["dangers"] = "手机时间偏慢"
    phone.report("灭火器过期")
    phone.state("refused", "手机时间偏慢")
    phone.anew()
    phone.state("refused", "灭火器过期")
    assert platform.kept == []
    platform.refuses.clear()
    phone.page.locator("[data-state=refused] button").click()
    title = phone.page.locator(".al-fw-field .form-control").nth(0)
    assert title.input_value() == "灭火器过期"
    assert phone.page.locator(".al-fw-shots img").count() == 1
    title.fill("三具灭火器过期")
    phone.submit()
    phone.state("received", "三具灭火器过期")
    (kept,) = platform.kept
    assert (kept["title"], kept["place"], kept["grade"]) == ("三具灭火器过期", "二楼", "MAJOR")
    assert platform.sent == ["dangers", "danger_photos"]


def test_what_was_not_heard_is_sent_again_under_the_same_key(phone, platform):
    platform.deaf |= {"dangers"}
    phone.report("护栏松动")
    phone.unheard("护栏松动")
    platform.deaf = {"danger_photos"}
    phone.anew()
    phone.unheard("护栏松动")
    platform.deaf.clear()
    phone.anew()
    phone.state("received", "护栏松动")
    assert len(platform.kept) == 1
    assert platform.sent.count("dangers") >= 2
    assert platform.sent.count("danger_photos") >= 2
    sent = len(platform.sent)
    phone.anew()
    assert len(platform.sent) == sent


def test_of_a_rectification_the_photos_go_first(phone, platform):
    phone.rectify()
    phone.state("received", BROKEN["title"])
    assert platform.sent == ["danger_photos", "rectifications"]
    (kept,) = platform.kept
    assert (kept["danger"], kept["report"]) == (7, "装了门")
    phone.page.locator("[data-about^=d]").wait_for()  # the platform lists it anew: not done yet


def test_what_was_refused_of_a_danger_that_is_gone_stays_until_it_is_deleted(phone, platform):
    platform.refuses["rectifications"] = "隐患当前的状态不能办这一步"
    platform.dangers = []
    phone.rectify()
    phone.state("refused", "不能办这一步")
    phone.anew()
    phone.state("refused", "装了门")
    assert phone.page.locator("[data-state=refused] button").is_hidden()
    phone.page.locator("[data-state=refused] summary").click()
    phone.page.locator("[data-state=refused] button").click()
    phone.page.locator("[data-state=refused]").wait_for(state="detached")


def test_somebody_else_on_the_phone_neither_sees_nor_sends_what_is_not_theirs(phone, platform):
    platform.deaf |= {"dangers"}
    phone.report("护栏松动")
    phone.unheard("护栏松动")
    phone.page.locator("[data-about^=n]").click()
    phone.page.locator(".al-fw-field .form-control").nth(0).fill("没写完")
    phone.page.wait_for_timeout(300)
    platform.account, sent = 6, len(platform.sent)
    platform.deaf.clear()
    phone.anew()
    phone.page.get_by_text("1 份记录是别的账号填的").wait_for()
    text = phone.page.locator("body").inner_text()
    for mine in ("护栏松动", "没写完", BROKEN["title"]):
        assert mine not in text
    assert len(platform.sent) == sent
    platform.account = 5
    phone.anew()
    phone.state("received", "护栏松动")
    phone.page.locator("[data-about^=n]", has_text="没写完").wait_for()
