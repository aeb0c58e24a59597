"""The pages of the checks, and what a phone sends and is told."""

import io
import json
import re

import openpyxl
import pytest
from tests.operations.checks.conftest import picture
from tests.reading_back import read_back

from anlan.operations.checks.actions import make_tasks
from anlan.operations.checks.models import CheckItem, CheckRecord, CheckTask
from anlan.vocabulary import clock

OK = {"choice": "ok", "note": "", "confirmed": True}


def body(task, **other):
    now = clock.now().isoformat()
    return {"key": "b" * 32, "enterprise": task.enterprise_id, "task": task.pk, "list_at": now,
            "performed_at": now, "answers": {"exit": OK, "wiring": OK}} | other  # fmt: skip


def send(browser, said):
    return browser.post("/fieldwork/checks", json.dumps(said), content_type="application/json")


def test_a_phone_takes_its_tasks_along_and_sends_a_check(task, people):
    phone = people["manager"].browser
    assert phone.get("/fieldwork").status_code == 200
    assert phone.get("/fieldwork/session").json()["account"] == people["manager"].account.pk
    pack = phone.get("/fieldwork/pack").json()
    assert [one["codes"] for one in pack["tasks"]] == [["exit", "wiring"], ["drill"]]
    assert pack["enterprises"] == []
    assert pack["items"]["exit"]["key"]
    bad = {"exit": OK, "wiring": {"choice": "not_ok", "note": "乱接\x00电线", "confirmed": True}}
    first = send(phone, body(task, answers=bad)).json()
    assert first == send(phone, body(task, answers=bad)).json()
    assert first["dangers"][0]["number"] == "2026-000001"
    sent = {"key": "b" * 32, "code": "wiring", "photo": io.BytesIO(picture()),
            "taken_at": clock.now().isoformat(), "lon": "106.4", "lat": "29.5"}  # fmt: skip
    photo = phone.post("/fieldwork/photos", sent).json()["id"]
    page = phone.get(f"/checks/{first['id']}").content.decode()
    assert "乱接电线" in page
    assert f"/checks/photos/{photo}" in page
    assert phone.get(f"/checks/photos/{photo}")["Content-Type"] == "image/jpeg"
    for other in ("other_street", "stranger", "fire"):
        for path in (f"/checks/{first['id']}", f"/checks/photos/{photo}"):
            assert people[other].browser.get(path).status_code == 404


@pytest.mark.parametrize(
    "said",
    [
        [], {}, {"key": "x"}, {"key": "c" * 32}, {"key": "c" * 32, "enterprise": "1"},
        {"key": "c" * 32, "enterprise": 1, "answers": [1]},
        {"key": "c" * 32, "enterprise": 1, "answers": {}, "performed_at": "gestern"},
        {"key": "c" * 32, "enterprise": 1, "answers": {}, "performed_at": "2026-03-02T09:00"},
        {"key": "c" * 32, "enterprise": 2**80, "answers": {}},
    ],
)  # fmt: skip
def test_what_no_phone_sends_is_not_understood(task, people, said):
    assert send(people["manager"].browser, said).status_code == 422


def test_a_check_that_cannot_be_is_refused_with_the_reason(task, people):
    answer = send(people["manager"].browser, body(task, answers={"exit": OK}))
    assert (answer.status_code, answer.json()["detail"]) == (409, "还没有答：wiring 正常。")


def test_an_inspector_chooses_among_the_enterprises_within_sight(task, people):
    pack = people["grid"].browser.get("/fieldwork/pack?q=鑫源").json()
    assert [one["codes"] for one in pack["enterprises"]] == [
        ["drill", "exit", "law-officer", "wiring"]
    ]
    assert people["other_street"].browser.get("/fieldwork/pack").json()["enterprises"] == []


def test_the_pages_are_there(task, people):
    browser = people["officer"].browser
    for path in ("/checks", "/checks/tasks", "/checks/items", "/checks/items/exit",
                 "/checks/items/new", "/checks/items/import", "/checks/tasks/export",
                 "/checks?view=found", "/checks/tasks?view=missed"):  # fmt: skip
        assert browser.get(path).status_code == 200, path


def test_a_check_is_corrected_on_its_page(task, people):
    phone = people["manager"].browser
    first = send(phone, body(task)).json()["id"]
    said = {"choice-exit": "ok", "choice-wiring": "na", "note-wiring": "", "reason": "看错了"}
    assert phone.post(f"/checks/{first}/correct", {**said, "reason": ""}).status_code == 422
    answer = phone.post(f"/checks/{first}/correct", said)
    assert answer.status_code == 303
    assert CheckRecord.objects.get(current=True).na == 1


def test_the_bureau_keeps_the_library(task, people):
    browser = people["officer"].browser
    assert people["street"].browser.get("/checks/items/new").status_code == 403
    form = {"text": "电线不乱接", "cycle": "daily", "weight": "key", "uses": "all",
            "basis": "消防法", "clause": "第二十七条"}  # fmt: skip
    assert browser.post("/checks/items/wiring/correct", form).status_code == 422
    browser.post("/checks/items/wiring/correct", {**form, "reason": "改为关键项"})
    now = CheckItem.objects.get(code="wiring", until=None)
    assert (now.version, now.weight) == (2, "key")
    browser.post("/checks/items/wiring/retire", {"reason": "并入别项"})
    assert not CheckItem.objects.filter(code="wiring", until=None).exists()


def test_a_library_out_of_excel_is_taken_whole_or_not_at_all(task, people):
    browser = people["officer"].browser
    book = openpyxl.load_workbook(io.BytesIO(browser.get("/checks/items/export").content))
    sheet = book.active
    head = [cell.value for cell in sheet[1]]
    sheet.cell(2, head.index("检查内容") + 1).value = "改过的内容"
    assert _send(browser, book).status_code == 303
    assert CheckItem.objects.filter(text="改过的内容", version=2).exists()
    sheet.cell(2, head.index("检查内容") + 1).value = "又改"
    sheet.cell(3, head.index("频次") + 1).value = "每年"
    answer = _send(browser, book)
    assert answer.status_code == 422
    assert "每年" in answer.content.decode()
    assert not CheckItem.objects.filter(text="又改").exists()


def _send(browser, book):
    sink = io.BytesIO()
    book.save(sink)
    sink.seek(0)
    return browser.post("/checks/items/import", {"file": sink})


def test_another_system_brings_in_a_check_as_often_as_it_likes(task, people):
    program = people["manager"].browser
    said = {"credit_code": "91350100M000100Y43", "performed_at": clock.now().isoformat(),
            "answers": {"exit": OK, "wiring": OK}, "cycle": "daily"}  # fmt: skip
    put = lambda: program.put("/api/v1/checks/ehs/7", json.dumps(said), "application/json")  # noqa: E731
    first = put()
    assert first.status_code == 200, first.content
    assert first.json() == put().json()
    assert program.get(f"/api/v1/checks/{first.json()['id']}").json()["use"] == "self"
    other = people["other_street"].browser
    read_back("/api/v1/checks/ehs/7", first.json()["id"], program, other)
    said["answers"]["exit"] = OK | {"note": "门口已清"}
    newest = put().json()["id"]
    found = read_back("/api/v1/checks/ehs/7", newest, program, other)
    assert (newest != first.json()["id"], found["version"]) == (True, 2)
    assert program.get("/api/v1/check-tasks?view=done").json()["count"] == 1
    asked = "/api/v1/check-coverage?since=2026-03-01&until=2026-03-31&by=cycle"
    assert {one["key"]: one["done"] for one in program.get(asked).json()} == {
        "daily": 1, "monthly": 0,
    }  # fmt: skip
    said["answers"] = {}
    again = program.put("/api/v1/checks/ehs/8", json.dumps(said), "application/json")
    assert again.status_code == 409
    assert people["other_street"].browser.get("/api/v1/checks").json()["count"] == 0


def desk_says(one):
    page = one.browser.get("/").content.decode()
    return 'data-key="on-site"' in page, re.findall(r'data-key="(checks:[^"]+)"', page)


def test_the_desk_of_who_has_no_item_says_what_waits_on_site(people, works, library, staff):
    make_tasks()
    assert desk_says(staff) == (True, [])
    said, items = desk_says(people["manager"])
    assert not said
    assert items
    CheckTask.objects.filter(cycle="daily").update(done_on=clock.today(), done_at=clock.now())
    assert desk_says(staff) == (False, []), "the monthly check is the principal's own"


def test_a_stranger_to_the_enterprise_is_told_of_none_of_its_checks(people, works, library):
    make_tasks()
    for name in ("stranger", "street"):
        assert desk_says(people[name])[0] is False, name
