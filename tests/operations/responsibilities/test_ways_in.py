"""Lists out of files, through the interface and on the pages."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests import documents
from tests.operations.responsibilities.conftest import OTHER, STREET
from tests.reading_back import read_back

from anlan.operations.responsibilities.models import Bearer, Duty, Reading, Work

pytestmark = pytest.mark.django_db(databases="__all__")
HEAD = "年度,编号,牵头单位,牵头领导,承办单位,工作内容,完成标准,季度,时限,职责编号"
SHEET = f"""{HEAD}
2026,1,磁器口街道,主任,,更新转移名册,名册盖章,二季度,,1
2026,2,{STREET},主任,区水利局,检查水库,报告,,2026-05-20,
2026,3,磁器口街道,书记,,无此职务,没有,,,
2026,4,磁器口街道,主任,火星局,无此单位,没有,,,
2026,5,磁器口街道,主任,,无此职责,没有,,,9
2026,6,磁器口街道,主任,,时限在年外,没有,,2027-02-01,
"""


def browser(account):
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    client.force_login(account)
    return client


def send(client, text):
    sent = SimpleUploadedFile("清单.csv", text.encode("utf-8-sig"))
    answer = client.post("/responsibilities/works/import", {"file": sent})
    assert answer.status_code == 303, answer.content.decode()
    return answer["Location"]


def test_a_years_list_comes_out_of_a_file_after_a_look(people, lists):
    office = browser(people["office"])
    where = send(office, SHEET)
    look = office.get(where).content.decode()
    assert Work.objects.count() == 0
    assert all(word in look for word in ("书记", "火星局", "这条职责不在这份清单里"))
    office.post(f"{where}/take")
    rows = Work.objects.order_by("number").values_list("number", "unit_code", "due_on", "duty")
    assert list(rows) == [
        ("1", STREET, date(2026, 6, 30), lists.duty), ("2", "water", date(2026, 5, 20), None),
    ]  # fmt: skip
    office.post(f"{send(office, SHEET)}/take")
    assert Work.objects.count() == 2
    assert not Work.objects.filter(steps__verb="amend")
    other = browser(people["other"])
    other.post(f"{send(other, SHEET)}/take")
    assert Work.objects.filter(set_in=OTHER).count() == 0
    assert browser(people["leader"]).get("/responsibilities/works/import").status_code == 403


def test_a_work_is_handed_on_by_its_id_as_often_as_one_likes(people, lists):
    office = browser(people["office"])
    body = {"bearer_id": lists.bearer, "year": 2026, "number": "1", "what": "更新名册",
            "measure": "盖章", "unit_code": STREET, "due_on": "2026-06-30", "duty": 1}  # fmt: skip
    address = "/api/v1/responsibilities/works/oa/17"

    def put(client, **more):
        return client.put(address, body | more, content_type="application/json")

    assert put(office).json()["outcome"] == "new"
    assert put(office).json()["outcome"] == "same"
    assert put(office, number="1-1").json()["outcome"] == "changed"
    assert Work.objects.get().number == "1-1"
    assert put(office, duty=8).status_code == 409
    assert put(browser(people["other"])).status_code == 404  # not in their sight
    assert put(browser(people["leader"])).status_code == 403
    work = Work.objects.get().pk
    assert read_back(address, work, office, browser(people["other"]))["number"] == "1-1"
    found = office.get(f"/api/v1/responsibilities/works/{work}").json()
    assert [one["verb"] for one in found["steps"]] == ["set", "amend"]
    assert browser(people["other"]).get(f"/api/v1/responsibilities/works/{work}").status_code == 404
    late = office.get("/api/v1/responsibilities/works?view=late").json()
    assert late["count"] == 0
    assert office.get("/api/v1/responsibilities/board").json()["whole"]["planned"] == 1


def test_the_pages_show_to_each_their_own_and_the_button_that_is_theirs(people, lists):
    pk, _came = lists.put()
    lists.take("street", pk, "begin")
    street, leader = browser(people["street"]), browser(people["leader"])
    board = browser(people["office"]).get("/responsibilities").content.decode()
    assert f"unit_code={STREET}" in board
    assert "磁器口街道 主任" in board
    page = street.get(f"/responsibilities/works/{pk}").content.decode()
    assert "提交完成" in page
    assert "确认完成" not in page
    sink = io.BytesIO()
    Image.new("RGB", (5, 5)).save(sink, "PNG")
    photo = SimpleUploadedFile("x.png", sink.getvalue(), "image/png")
    street.post(f"/responsibilities/works/{pk}/photo", {"photo": photo})
    kept = Work.objects.get().photos.get()
    assert street.get(f"/responsibilities/photos/{kept.pk}")["Content-Type"] == "image/png"
    report = SimpleUploadedFile("名册.docx", documents.docx())
    page = street.post(f"/responsibilities/works/{pk}/photo", {"photo": report}, follow=True)
    assert "名册" in page.content.decode()
    paper = Work.objects.get().photos.latest("pk")
    answer = street.get(f"/responsibilities/photos/{paper.pk}")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == paper.media == documents.WORD
    program = SimpleUploadedFile("名册.pdf", documents.PROGRAM)
    page = street.post(f"/responsibilities/works/{pk}/photo", {"photo": program}, follow=True)
    assert "只接受 PDF" in page.content.decode()
    assert Work.objects.get().photos.count() == 2
    stranger = browser(people["other"])
    for address in (f"works/{pk}", f"photos/{kept.pk}", f"{lists.bearer}"):
        assert stranger.get(f"/responsibilities/{address}").status_code == 404
    street.post(f"/responsibilities/works/{pk}/step", {"verb": "submit", "words": "已盖章"})
    assert "确认完成" in leader.get(f"/responsibilities/works/{pk}").content.decode()
    leader.post(f"/responsibilities/{lists.bearer}/sign?year=2026")
    assert Reading.objects.get().by == people["leader"]
    assert browser(people["grid"]).get("/responsibilities").status_code == 403
    export = street.get("/responsibilities/works/export?view=")
    assert export.status_code == 200
    assert export.content[:2] == b"PK"


def test_forms_set_amend_and_end(people, lists):
    office = browser(people["office"])
    given = {"number": "7", "what": "演练", "measure": "评估报告", "quarter": "3", "due_on": "",
             "unit": STREET, "duty": str(lists.duty)}  # fmt: skip
    answer = office.post(f"/responsibilities/{lists.bearer}/works/new?year=2026", given)
    work = Work.objects.get()
    assert answer["Location"] == f"/responsibilities/works/{work.pk}"
    assert work.due_on == date(2026, 9, 30)
    amended = given | {"due_on": "2026-08-31", "number": "99"}
    office.post(f"/responsibilities/works/{work.pk}/amend", amended)
    work.refresh_from_db()
    assert (work.number, work.due_on) == ("7", date(2026, 8, 31))
    assert (
        browser(people["street"]).get(f"/responsibilities/works/{work.pk}/amend").status_code == 404
    )
    change = {"text": "抓消防", "basis": "新分工", "valid_from": "2026-02-01"}
    office.post(f"/responsibilities/duties/{lists.duty}/change", change)
    newest = Duty.objects.get(version=2)
    office.post(f"/responsibilities/duties/{newest.pk}/end", {"valid_to": "2026-12-31"})
    newest.refresh_from_db()
    assert newest.valid_to == date(2026, 12, 31)
    office.post(f"/responsibilities/{lists.bearer}/end")
    assert Bearer.objects.get(pk=lists.bearer).ended_on is None  # a work is open
    office.post(f"/responsibilities/works/{work.pk}/step", {"verb": "drop", "words": "并入"})
    office.post(f"/responsibilities/{lists.bearer}/end")
    assert Bearer.objects.get(pk=lists.bearer).ended_on == date(2026, 1, 5)
    new = {"unit": OTHER, "post": "主任", "name": "", "account": str(people["leader"].pk)}
    assert office.post("/responsibilities/new", new).status_code == 422  # of another unit
    assert office.post("/responsibilities/new", new | {"account": ""}).status_code == 303
