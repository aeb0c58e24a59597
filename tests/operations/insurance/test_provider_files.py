"""Providers out of a file: looked at first, row errors, taken in once, corrected by credit code."""

import io

import pytest
from openpyxl import Workbook, load_workbook

from anlan.operations.insurance.models import Provider
from anlan.operations.insurance.queries.service_registers import PROVIDER_FILE
from anlan.operations.registers.queries import head_of

pytestmark = pytest.mark.django_db(databases="__all__")
GOOD = {
    "信用代码": "91500106MA5U90001H", "机构名称": "渝安评价有限公司",
    "服务类别": "安全评价、安全培训", "资质证书编号": "APJ-1", "资质有效期至": "2027-03-01",
}  # fmt: skip


def sent(one, *rows):
    """The look of a file with these rows, and where it is."""
    made, head = Workbook(), head_of(PROVIDER_FILE)
    made.active.append(head)
    for row in rows:
        assert set(row) <= set(head), head
        made.active.append([row.get(word) for word in head])
    sink = io.BytesIO()
    made.save(sink)
    file = io.BytesIO(sink.getvalue())
    file.name = "p.xlsx"
    address = one.browser.post("/providers/import", {"file": file}).headers["Location"]
    return one.browser.get(address).context["look"], address


def test_good_rows_are_taken_and_each_wrong_one_is_named(people):
    officer = people["officer"]
    wrong = [GOOD | {"信用代码": "91500106MA5U900011"}, GOOD | {"服务类别": "洗车"},
             GOOD | {"资质有效期至": "去年"}]  # fmt: skip
    look, address = sent(officer, GOOD, *wrong)
    assert (look.new, look.wrong, sorted({line for line, *_ in look.faults})) == (1, 3, [3, 4, 5])
    assert not Provider.objects.exists()
    officer.browser.post(f"{address}/take")
    officer.browser.post(f"{address}/take")
    one = Provider.objects.get()
    assert (one.name, one.kinds.count(","), one.steps.count()) == (GOOD["机构名称"], 1, 1)


def test_the_same_file_changes_nothing_and_a_named_cell_corrects(people):
    officer = people["officer"]
    _look, address = sent(officer, GOOD)
    officer.browser.post(f"{address}/take")
    look, _address = sent(officer, GOOD)
    assert (look.new, look.changed, look.same) == (0, 0, 1)
    short = {"信用代码": GOOD["信用代码"], "机构名称": "渝安安全评价有限公司"}
    look, address = sent(officer, short)
    assert look.changed == 1
    officer.browser.post(f"{address}/take")
    one = Provider.objects.get()
    assert (one.name, one.qualification) == (short["机构名称"], "APJ-1")
    assert one.steps.filter(verb="correct").count() == 1


def test_a_new_provider_without_services_is_refused(people):
    look, _address = sent(people["officer"], {k: v for k, v in GOOD.items() if k != "服务类别"})
    assert (look.new, look.wrong) == (0, 1)


def test_only_who_keeps_the_register_imports(people):
    for name in ("street", "manager", "leader"):
        assert people[name].browser.get("/providers/import").status_code == 403, name
    _look, address = sent(people["officer"], GOOD)
    assert people["street"].browser.get(address).status_code == 403
    book = people["officer"].browser.get("/providers/import/template")
    head = [cell.value for cell in load_workbook(io.BytesIO(book.content)).active[1]]
    assert head == head_of(PROVIDER_FILE)
