"""The register from a file: every row taken or refused by name, all at once, once."""

import io

import pytest
from openpyxl import Workbook, load_workbook
from tests.operations.safety.conftest import CODE

from anlan.operations.safety.models import Enterprise, EnterpriseFile
from anlan.operations.safety.rules.credit_code import LETTERS

pytestmark = pytest.mark.django_db(databases="__all__")
HEAD = ["企业名称", "统一社会信用代码", "镇街（社区）", "地址", "行业", "规模", "从业人数",
        "主要负责人", "主要负责人电话", "状态"]  # fmt: skip


def code_of(number):
    """A credit code with its right check character, laid by hand from GB 32100-2015."""
    body = f"91500106MA5U{number:05d}"
    total = sum(LETTERS.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + LETTERS[-total % 31]


def workbook_of(rows, head=HEAD):
    book = Workbook()
    sheet = book.active
    sheet.append(["区企业台账（2026）"])
    sheet.append(head)
    for row in rows:
        sheet.append(row)
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def row(number, **changed):
    said = {
        "企业名称": f"第{number}厂", "统一社会信用代码": code_of(number),
        "镇街（社区）": "磁器口街道", "地址": f"某路 {number} 号", "行业": "工贸", "规模": "小型",
        "从业人数": 12.0, "主要负责人": "王某", "主要负责人电话": 13800001111, "状态": "在营",
    }  # fmt: skip
    return [{**said, **changed}[column] for column in HEAD]


def send(one, raw, name="register.xlsx"):
    upload = io.BytesIO(raw)
    upload.name = name
    return one.browser.post("/enterprises/import", {"file": upload})


def test_good_rows_come_in_bad_ones_are_named_and_a_second_time_changes_nothing(people, works):
    rows = [
        row(1), row(2, 行业="工茂"), row(3, **{"镇街（社区）": "沙坪坝街道"}),
        row(4, 统一社会信用代码="91500106MA5U000040"), row(1), row(5, 从业人数="约20"),
        row(6, 企业名称=""), row(7),
        row(8, 统一社会信用代码=CODE, 企业名称="鑫源五金厂（改名）"),
    ]  # fmt: skip
    street = people["street"]
    address = send(street, workbook_of(rows)).headers["Location"]
    page = street.browser.get(address).content.decode()
    assert "新增 2，更正 1" in page
    assert "6 行不能导入" in page
    for line, column, text in ((4, "行业", "工茂"), (5, "镇街（社区）", "沙坪坝街道"),
                               (8, "从业人数", "约20"), (9, "企业名称", "")):  # fmt: skip
        assert (
            f'行">{line}</th><td data-word="列">{column}</td><td data-word="内容">{text}</td>'
            in page
        )
    assert '行">6</th><td data-word="列"></td><td data-word="内容"></td>' in page
    assert "统一社会信用代码校验位不对。" in page
    assert Enterprise.objects.count() == 1
    street.browser.post(f"{address}/take")
    assert set(Enterprise.objects.values_list("name", flat=True)) == {
        "第1厂", "第7厂", "鑫源五金厂（改名）",
    }  # fmt: skip
    assert Enterprise.objects.get(pk=works).versions.get().before["name"] == "鑫源五金厂"
    assert not bytes(EnterpriseFile.objects.get().sealed)
    again = send(street, workbook_of(rows)).headers["Location"]
    assert "新增 0，更正 0，未变 3" in street.browser.get(again).content.decode()


def test_a_file_is_seen_by_who_sent_it_alone_and_is_sealed(people):
    address = send(people["street"], workbook_of([row(1)])).headers["Location"]
    assert people["officer"].browser.get(address).status_code == 404
    assert "某路" not in bytes(EnterpriseFile.objects.get().sealed).decode("latin-1")


def test_nobody_overwrites_an_enterprise_that_they_cannot_see(people, works):
    rows = [row(1, 统一社会信用代码=CODE, **{"镇街（社区）": "沙坪坝街道"}, 企业名称="抢注")]
    other = people["other_street"]
    address = send(other, workbook_of(rows)).headers["Location"]
    assert "已在别处登记" in other.browser.get(address).content.decode()
    other.browser.post(f"{address}/take")
    assert Enterprise.objects.get(pk=works).name == "鑫源五金厂"


@pytest.mark.parametrize("raw", [b"\x00\x01\x02" * 99, b"PK\x03\x04 not a workbook"])
def test_what_is_no_table_is_refused_with_a_reason(people, raw):
    answer = send(people["street"], raw)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert not EnterpriseFile.objects.exists()
    assert "这不是 Excel" in page or "找不到表头" in page


def test_the_template_is_taken_as_it_is(people):
    body = people["street"].browser.get("/enterprises/import/template").content
    assert set(HEAD) <= {cell.value for cell in load_workbook(io.BytesIO(body)).active[1]}


def test_many_rows_cost_a_bounded_number_of_queries(people, django_assert_max_num_queries):
    street = people["street"]
    address = send(street, workbook_of([row(n) for n in range(1500)])).headers["Location"]
    with django_assert_max_num_queries(80):  # SQLite takes some forty rows an INSERT
        street.browser.post(f"{address}/take")
    assert Enterprise.objects.count() == 1500


def test_every_fault_is_there_on_a_page_of_its_own_or_in_the_file_to_take_away(people, works):
    street = people["street"]
    rows = [row(n, 行业="工茂") for n in range(1, 121)]
    address = send(street, workbook_of(rows)).headers["Location"]
    first = street.browser.get(address).content.decode()
    assert "1–50 / 120 条" in first
    assert '<td data-word="内容">工茂</td>' in first
    last = street.browser.get(f"{address}?page=3").content.decode()
    assert "101–120 / 120 条" in last
    assert 'data-word="行">122</th>' in last
    assert 'data-word="行">122</th>' not in first
    for beyond in ("99", "0", "-1", "x", "9" * 30, "²"):
        assert street.browser.get(f"{address}?page={beyond}").status_code == 200
    answer = street.browser.get(f"{address}?faults=file")
    found = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert found[0] == ("行", "列", "内容", "原因")
    assert [(line, column, text) for line, column, text, _why in found[1:]] == [
        (n, "行业", "工茂") for n in range(3, 123)
    ]
    assert all(why for *_cell, why in found[1:])
    assert people["officer"].browser.get(f"{address}?faults=file").status_code == 404


def test_the_faults_stay_with_their_sender_once_the_good_rows_are_in(people, works):
    street = people["street"]
    address = send(street, workbook_of([row(1), row(2, 行业="工茂")])).headers["Location"]
    street.browser.post(f"{address}/take")
    page = street.browser.get(address).content.decode()
    assert "新增 1，更正 0，未变 0，1 行未导入" in page
    assert "工茂" in page
    send(street, workbook_of([row(3)]))
    assert "工茂" not in street.browser.get(address).content.decode()
