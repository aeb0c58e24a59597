"""High-consequence sections out of files and other systems: looked at first, once, of one's own."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.operations.chemicals.conftest import PLANT
from tests.operations.chemicals.test_lines import GAS, kept
from tests.reading_back import read_back

from anlan.backbone.workbooks import workbook
from anlan.operations.chemicals.actions import PIPELINE
from anlan.operations.chemicals.models import RecordVersion, Section
from anlan.operations.safety.models import Enterprise

pytestmark = pytest.mark.django_db(databases="__all__")
HEAD = [
    "统一社会信用代码",
    "管道",
    "区段",
    "等级",
    "起（m）",
    "止（m）",
    "周边人数",
    "防护措施",
    "备注",
]
API = "/api/v1/chemicals/sections"


def code_of(firm):
    return Enterprise.objects.get(pk=firm).credit_code


def sent(browser, *rows):
    """A file is sent; the page of what it would do."""
    book = workbook("高后果区", [HEAD, *rows], range(1, len(HEAD) + 1))
    file = SimpleUploadedFile("高后果区.xlsx", book)
    answer = browser.post("/chemicals/sections/import", {"file": file})
    assert answer.status_code == 303
    return answer.url


def cells_of(answer):
    """The rows of a workbook that the platform hands out."""
    book = openpyxl.load_workbook(io.BytesIO(answer.getvalue()))
    return book.active.iter_rows(values_only=True)


def row(firm, name="学校段", **changed):
    said = {"pipe": "甲线", "grade": "Ⅲ 级", "from": 100, "to": 500, "people": 1200} | changed
    return [code_of(firm), said["pipe"], name, said["grade"], said["from"], said["to"],
            said["people"], "加密巡查", ""]  # fmt: skip


def test_the_template_has_the_head_that_a_file_needs(people, works):
    answer = people["street"].browser.get("/chemicals/sections/import/template")
    assert list(cells_of(answer)) == [tuple(HEAD)]


def test_a_file_changes_nothing_until_it_is_taken_and_then_each_good_row_once(people, works):
    kept(people["manager"], PIPELINE, works, GAS)
    browser = people["street"].browser
    page = sent(
        browser, row(works), row(works, "市场段", to=100), row(works, "桥段", pipe="乙线"),
        row(works, "河段", grade="Ⅳ 级"),
    )  # fmt: skip
    faults = {line: why for line, *_cell, why in list(cells_of(browser.get(f"{page}?faults=")))[1:]}
    assert set(faults) == {3, 4, 5}
    assert "没有这条管道" in faults[4]
    assert not Section.objects.exists()
    for _twice in range(2):
        browser.post(f"{page}/take")
    one = Section.objects.get()
    assert (one.name, one.grade, one.people) == ("学校段", "3", 1200)
    assert (one.from_m, one.to_m) == (100, 500)
    assert one.pipeline.name == "甲线"
    again = sent(browser, row(works, people=900))
    browser.post(f"{again}/take")
    one.refresh_from_db()
    assert (one.people, one.version, Section.objects.count()) == (900, 2, 1)
    assert RecordVersion.objects.filter(kind="section", record=one.pk).count() == 2


def test_a_row_of_an_enterprise_out_of_sight_is_refused(people, works, plant):
    kept(people["stranger"], PIPELINE, plant, GAS)
    browser = people["street"].browser
    page = sent(browser, row(plant))
    browser.post(f"{page}/take")
    assert not Section.objects.exists()
    assert PLANT not in browser.get(page).content.decode()


def body(firm, **changed):
    return {"credit_code": code_of(firm), "pipeline": "甲线", "name": "学校段", "grade": "3",
            "from_m": 100, "to_m": 500, "people": 1200} | changed  # fmt: skip


def test_another_system_puts_a_section_as_often_as_it_likes(people, works):
    kept(people["manager"], PIPELINE, works, GAS)
    browser = people["street"].browser

    def put(**changed):
        return browser.put(f"{API}/erp/s1", body(works, **changed), "application/json")

    assert [put().json()["outcome"], put().json()["outcome"]] == ["new", "same"]
    assert put(people=900).json()["outcome"] == "changed"
    (read,) = browser.get(API).json()["rows"]
    assert (read["source_id"], read["people"], read["grade"]) == ("s1", 900, "3")
    assert put(to_m=5_000).status_code == 409
    assert put(pipeline="乙线").status_code == 404
    assert Section.objects.get().people == 900


def test_other_streets_neither_read_nor_put_it(people, works):
    kept(people["manager"], PIPELINE, works, GAS)
    people["street"].browser.put(f"{API}/erp/s1", body(works), "application/json")
    other = people["other_street"].browser
    assert other.get(API).json()["rows"] == []
    assert other.put(f"{API}/erp/s1", body(works), "application/json").status_code == 404
    pk, street = Section.objects.get().pk, people["street"].browser
    assert read_back(f"{API}/erp/s1", pk, street, other)["people"] == 1200


def test_the_list_goes_out_as_a_workbook_with_the_pipeline_s_name(people, works):
    pipe = kept(people["manager"], PIPELINE, works, GAS)
    people["street"].browser.post(
        f"/chemicals/pipelines/{pipe}/sections",
        {"name": "学校段", "grade": "3", "from_m": "100", "to_m": "500", "people": "1200"},
    )
    answer = people["street"].browser.get("/chemicals/sections/export")
    cells = {str(cell) for line in cells_of(answer) for cell in line}
    assert {"学校段", "甲线", "1200"} <= cells
