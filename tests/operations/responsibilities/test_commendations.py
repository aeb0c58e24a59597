"""Commendations: kept by the bureau, corrected by document and name, taken back with a reason."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.operations.responsibilities.conftest import STREET

from anlan.operations.people.queries import scope_of
from anlan.operations.responsibilities.models import Commendation
from anlan.operations.responsibilities.queries import commendations_in

pytestmark = pytest.mark.django_db(databases="__all__")
HERE = "/responsibilities/commendations"
GIVEN = {
    "whom": "person", "name": "秦川", "unit": "磁器口街道", "title": "防汛先进个人",
    "level": "district", "document": "沙府表〔2025〕1号", "given_on": "2025-12-30",
    "reason": "转移及时",
}  # fmt: skip


def browser(account):
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    client.force_login(account)
    return client


def test_the_bureau_keeps_one_and_takes_it_back_with_a_reason(people):
    office = browser(people["office"])
    assert office.post(f"{HERE}/new", GIVEN | {"unit": "火星局"}).status_code == 422
    assert office.post(f"{HERE}/new", GIVEN | {"given_on": "2026-02-01"}).status_code == 422
    assert office.post(f"{HERE}/new", GIVEN).status_code == 303
    assert office.post(f"{HERE}/new", GIVEN | {"reason": "转移及时，无人伤亡"}).status_code == 303
    one = Commendation.objects.get()
    assert (one.unit_code, one.reason) == (STREET, "转移及时，无人伤亡")
    seen = {name for name, account in people.items() if commendations_in(scope_of(account))}
    assert seen == {
        "office", "section", "duty", "chief", "night", "mayor", "officer", "street", "leader",
    }  # fmt: skip
    for name in ("chief", "street", "firm"):
        assert browser(people[name]).post(f"{HERE}/new", GIVEN).status_code == 403
        answer = browser(people[name]).post(f"{HERE}/{one.pk}/revoke", {"why": "x"})
        assert answer.status_code == 403
    office.post(f"{HERE}/{one.pk}/revoke", {"why": " "})
    assert Commendation.objects.get().revoked_on is None
    office.post(f"{HERE}/{one.pk}/revoke", {"why": "材料不实"})
    one.refresh_from_db()
    assert (one.revoked_why, one.revoked_by) == ("材料不实", people["office"])
    assert office.post(f"{HERE}/new", GIVEN).status_code == 422  # revoked ones are not corrected
    assert "秦川" not in office.get(HERE).content.decode()
    assert "材料不实" in office.get(f"{HERE}?view=revoked").content.decode()
    told = office.get("/api/v1/responsibilities/commendations").json()
    assert [row["revoked_why"] for row in told["rows"]] == ["材料不实"]


def test_they_come_out_of_a_file_and_go_into_one(people):
    office = browser(people["office"])
    text = ("对象,姓名或名称,单位（名称或代码）,荣誉称号,级别,文号,表彰日期,事由\n"
            "单位,磁器口街道,500106004,先进集体,市级,渝表1号,2025-11-01,防汛\n"
            "个人,无名,火星局,先进个人,市级,渝表1号,2025-11-01,防汛\n")  # fmt: skip
    sent = SimpleUploadedFile("表彰.csv", text.encode("utf-8-sig"))
    where = office.post(f"{HERE}/import", {"file": sent})["Location"]
    assert Commendation.objects.count() == 0
    assert "没有这个单位" in office.get(where).content.decode()
    office.post(f"{where}/take")
    assert Commendation.objects.get().name == "磁器口街道"
    export = office.get(f"{HERE}/export?view=")
    assert export.content[:2] == b"PK"
    assert office.get(f"{HERE}/import/template").status_code == 200
