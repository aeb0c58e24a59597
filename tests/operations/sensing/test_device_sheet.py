"""Many devices described at once: the sheet goes out, is filled in, and comes back whole or not."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from anlan.operations.people.models import AuditEntry
from anlan.operations.sensing.models import Station

from .test_pages import log_in
from .test_silence import gauges

pytestmark = pytest.mark.django_db(databases="__all__")
DEVICE, KEEPER, CLASS = "设备编号", "运维单位", "车辆类别"


@pytest.fixture
def admin(client, gauge):
    gauges(range(1, 4), cell="基站 12")
    return log_in(client, "system_admin")


def given_out(admin):
    book = load_workbook(io.BytesIO(admin.get("/devices/register.xlsx").content))
    head, *rows = ([cell or "" for cell in row] for row in book.active.values)
    return [dict(zip(head, row, strict=True)) for row in rows]


def send(admin, rows, **more):
    head = list(rows[0])
    text = "\n".join(",".join(line) for line in [head, *([r[k] for k in head] for r in rows)])
    file = SimpleUploadedFile("devices.csv", text.encode())
    return admin.post("/devices/register-sheet", {"file": file, **more}, follow=True)


def test_the_sheet_comes_back_filled_in(admin):
    rows = given_out(admin)
    assert len(rows) == Station.objects.exclude(device="").count() == 4
    one = next(row for row in rows if row[DEVICE] == "5001060001")
    one |= {KEEPER: "移动运维一部", CLASS: "危险货物运输"}
    text = send(admin, rows).content.decode()
    assert "已更新 1 台设备，3 台没有变化" in text
    station = Station.objects.get(device="5001060001")
    assert (station.operator, station.vehicle_class) == ("移动运维一部", "hazardous")
    assert set(Station.objects.exclude(pk=station.pk).values_list("cell", flat=True)) == {"基站 12"}
    assert AuditEntry.objects.filter(verb="sensing.describe_device").count() == 1
    assert "没有变化" in send(admin, given_out(admin)).content.decode()


def test_a_column_that_the_sheet_has_not_stays(admin):
    send(admin, [{DEVICE: "5001060001", KEEPER: "河长办"}])
    send(admin, [{DEVICE: "5001060001", CLASS: "公交"}])
    station = Station.objects.get(device="5001060001")
    assert (station.operator, station.vehicle_class) == ("河长办", "bus")


def test_a_sheet_with_a_bad_row_changes_nothing_and_names_the_cell(admin):
    rows = [
        {DEVICE: "5001060001", CLASS: "公交"}, {DEVICE: "5009999999", CLASS: ""},
        {DEVICE: "5001060001", CLASS: "马车"}, {DEVICE: "5001060001", CLASS: "公交"},
    ]  # fmt: skip
    answer = send(admin, rows)
    text = answer.content.decode()
    assert answer.status_code == 422
    for word in ("5009999999", "马车", "文件中重复出现", "3 行不能收"):
        assert word in text, word
    assert not Station.objects.filter(vehicle_class="bus").exists()


def test_only_looked_at_a_sheet_changes_nothing_and_its_faults_come_as_a_file(admin):
    good = {DEVICE: "5001060001", CLASS: "公交"}
    answer = send(admin, [good, {DEVICE: "5009999999", CLASS: ""}], faults="file")
    found = load_workbook(io.BytesIO(answer.content)).active.iter_rows(min_row=2, values_only=True)
    assert [line[:3] for line in found] == [(3, DEVICE, "5009999999")]
    answer = send(admin, [good], faults="file")
    assert load_workbook(io.BytesIO(answer.content)).active.max_row == 1
    assert not Station.objects.filter(vehicle_class="bus").exists()


def test_only_who_sets_up_devices_may(client, gauge, drill_clock):
    officer = log_in(client)
    assert officer.get("/devices/register.xlsx").status_code == 403
    assert officer.post("/devices/register-sheet", {}).status_code == 403
