"""A discretion table out of a file: looked at, refused cell by cell, taken in as dated versions."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.operations.enforcement.conftest import at
from tests.operations.enforcement.test_procedure import investigated

from anlan.operations.enforcement.models import Case, DiscretionRow
from anlan.operations.enforcement.queries.cases import rows_for

pytestmark = pytest.mark.django_db(databases="__all__")
HEAD = ("代码,违法行为,违反的规定,处罚依据,裁量情节,当事人类别,最低罚款（元）,最高罚款（元）,"
        "法定最高罚款（元）")  # fmt: skip
ROWS = (
    "AQ-099-2,未维护安全设备,第三十六条,第九十九条,1 套停用,单位,10000,30000,50000",
    "AQ-200-1,新的违法行为,第一条,第二条,情节一般,,1000,2000,5000",
    "AQ-200-2,倒过来的数额,第一条,第二条,情节一般,,3000,2000,5000",
    "AQ-200-1,重复的代码,第一条,第二条,情节一般,,1000,2000,5000",
    "AQ-200-3,不是数字,第一条,第二条,情节一般,,壹仟,2000,5000",
)


def sent(browser, rows=ROWS, since="2026-04-01", raw=None):
    file = SimpleUploadedFile("裁量.csv", raw or "\n".join((HEAD, *rows)).encode())
    given = {"file": file, "valid_from": since, "source": "渝应急〔2026〕9号"}
    return browser.post("/cases/discretion/import", given)


def test_a_table_holds_from_its_day_and_cases_keep_the_version_they_were_judged_by(people, case):
    investigated(people, case)
    browser = people["leader"].browser
    answer = sent(browser)
    assert answer.status_code == 303
    page = browser.get(answer["Location"]).content.decode()
    assert "新增 1，更正 1" in page
    assert "数额应当" in page
    assert DiscretionRow.objects.filter(code="AQ-200-1").count() == 0  # nothing yet
    assert people["officer"].browser.get(answer["Location"]).status_code == 403
    browser.post(answer["Location"] + "/take")
    old, new = DiscretionRow.objects.filter(code="AQ-099-2").order_by("valid_from")
    assert (old.valid_to, new.valid_from, new.source) == (
        date(2026, 3, 31), date(2026, 4, 1), "渝应急〔2026〕9号",
    )  # fmt: skip
    assert Case.objects.get(pk=case).row == old
    assert new not in rows_for("unit", date(2026, 3, 31))
    at(2026, 4, 2, 9)
    assert [one for one in rows_for("unit", date(2026, 4, 2)) if one.code == "AQ-099-2"] == [new]
    browser.post(answer["Location"] + "/take")  # twice is once
    assert DiscretionRow.objects.filter(code="AQ-099-2").count() == 2
    assert "渝应急〔2026〕9号" in browser.get("/cases/discretion").content.decode()


def test_what_is_no_table_or_comes_too_early_is_refused_in_words(people):
    browser = people["leader"].browser
    assert sent(browser, since="2026-03-01").status_code == 422
    assert sent(browser, since="x").status_code == 422
    answer = sent(browser, raw=b"PK\x03\x04 no workbook")
    assert "Excel" in browser.get(answer["Location"]).content.decode()
    assert sent(people["officer"].browser).status_code == 403
    sheet = browser.get("/cases/discretion/template")
    assert sheet.status_code == 200
    again = sent(browser, raw=b"".join(sheet.streaming_content) if sheet.streaming
                 else sheet.content)  # fmt: skip
    assert "未变 11" in browser.get(again["Location"]).content.decode()
