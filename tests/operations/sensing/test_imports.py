"""Readings from a file: looked at first, all or nothing, and the same file only once."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from anlan.backbone import tables
from anlan.operations.people.actions import PLATFORM
from anlan.operations.people.models import AuditEntry
from anlan.operations.sensing.actions import check_silence, imports, register_stations
from anlan.operations.sensing.models import Alarm, Reading, ReadingFile
from anlan.vocabulary.transitions import Refused

from .conftest import CIQIKOU, START, WARNING
from .test_pages import log_in

pytestmark = pytest.mark.django_db(databases="__all__")
HEAD = "站码,要素,时间,数值,单位,基面\n"
GOOD = HEAD + (
    "ciqikou,水位,2020/8/18 7:00,181.52,m,吴淞\n"
    "磁器口,stage,2020-08-18 07:05,181.61,米,wusong\n"
    "ciqikou,discharge,2020-08-18T07:05:00+08:00,9120,m3/s,\n"
    "ciqikou,水位,,,m,\n"
)


@pytest.fixture
def register(drill_clock, db):
    register_stations(PLATFORM, [CIQIKOU], [WARNING])
    return drill_clock


def xlsx(*rows):
    book, sink = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(sink)
    return sink.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_is_taken_once(register, encoding):
    raw = GOOD.encode(encoding)
    taken = imports.take_file(PLATFORM, imports.keep_file(PLATFORM, "八月.csv", raw))
    assert (taken.stored, taken.revised, taken.repeated, taken.again) == (3, 0, 0, False)
    again = imports.take_file(PLATFORM, imports.keep_file(PLATFORM, "renamed.csv", raw))
    assert again.again
    assert Reading.objects.filter(source="file").count() == 3
    assert bytes(ReadingFile.objects.get().body) == b""


def test_a_corrected_file_revises(register):
    for text in (GOOD, GOOD.replace("181.61", "181.66")):
        kept = imports.keep_file(PLATFORM, "a.csv", text.encode())
        taken = imports.take_file(PLATFORM, kept)
    assert (taken.stored, taken.revised, taken.repeated) == (0, 1, 2)


@pytest.mark.parametrize(
    ("line", "where"),
    [("nowhere,水位,2020/8/18 7:00,181,m,吴淞", "station"), ("ciqikou,气味,2020/8/18 7:00,1,,",
     "element"), ("ciqikou,水位,明天,181,m,吴淞", "at"), ("ciqikou,水位,2020/8/19 7:00,181,m,吴淞",
     "at"), ("ciqikou,水位,2020/8/18 7:00,=1+1,m,吴淞", "value"),
     ("ciqikou,水位,2020/8/18 7:00,181,cm,吴淞", "unit"), ("ciqikou,水位,2020/8/18 7:00,181,m,",
     "datum"), ("ciqikou,水位,2020/8/18 7:05,190,m,吴淞", "value"),
     ("ciqikou,水位,2020/13/45 7:05,190,m,吴淞", "at")],
)  # fmt: skip
def test_one_bad_row_refuses_the_file_and_names_row_and_column(register, line, where):
    raw = (GOOD + line + "\n").encode()
    refused = imports.check_rows(raw).refused
    assert [(one.number, one.where) for one in refused] == [(6, where)]
    assert refused[0].reason
    kept = imports.keep_file(PLATFORM, "a.csv", raw)
    with pytest.raises(Refused):
        imports.take_file(PLATFORM, kept)
    assert not Reading.objects.exists()


def test_a_formula_in_a_workbook_is_refused(register):
    raw = xlsx(["station", "element", "at", "value", "datum"],
               ["ciqikou", "stage", START.replace(tzinfo=None), "=180+1", "wusong"])  # fmt: skip
    assert [one.where for one in imports.check_rows(raw).refused] == ["value"]


def bomb():
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (tables.MOST_UNPACKED + 1))
    return sink.getvalue()


@pytest.mark.parametrize(
    "raw",
    [b"", b"\xff\xfe\x00", b"PK\x03\x04 nothing", HEAD.encode(), b"a,b\n1,2\n",
     b"station,station,element,at,value\nx,y,z,1,2\n", ("x" * 200_000 + "\n").encode(),
     (GOOD * 3000).encode()],
)  # fmt: skip
def test_what_is_no_table_of_readings_is_refused_in_words(register, raw):
    with pytest.raises(Refused):
        imports.keep_file(PLATFORM, "a.xlsx", raw)
    assert not ReadingFile.objects.exists()


def test_a_workbook_that_unpacks_without_end_is_not_opened(register):
    with pytest.raises(Refused):
        imports.keep_file(PLATFORM, "bomb.xlsx", bomb())


def test_a_file_is_no_sign_of_life(register, gauge):
    gauge.says(0, 181.5)
    register.move_to(START.replace(hour=10))
    check_silence()
    assert Alarm.objects.get().state == "open"
    imports.take_file(PLATFORM, imports.keep_file(PLATFORM, "a.csv", GOOD.encode()))
    assert Alarm.objects.get().state == "open"


def test_the_page_shows_the_file_before_it_takes_it(register, client):
    keeper = log_in(client, role="system_admin", area_code="500106")
    answer = keeper.get("/devices/import-readings/template")
    template = load_workbook(io.BytesIO(answer.content))
    assert [row[0].value for row in template.active.iter_rows()][1:] == ["ciqikou"] * 3

    def send(text):
        sent = SimpleUploadedFile("八月.csv", text.encode())
        return keeper.post("/devices/import-readings", {"file": sent}, follow=True)

    page = send(GOOD + "ciqikou,水位,明天,181,m,吴淞\n").content.decode()
    assert "1 行" in page
    assert "时间" in page
    assert "明天" in page
    kept = ReadingFile.objects.latest("pk").pk
    book = load_workbook(
        io.BytesIO(keeper.get(f"/devices/import-readings/{kept}?faults=file").content)
    )
    assert [line[:3] for line in book.active.iter_rows(min_row=2, values_only=True)] == [
        (6, "时间", "明天")
    ]
    page = send(GOOD).content.decode()
    assert not Reading.objects.exists()
    pk = ReadingFile.objects.latest("pk").pk
    assert f"/devices/import-readings/{pk}/take" in page
    for _time in range(2):
        assert keeper.post(f"/devices/import-readings/{pk}/take", follow=True).status_code == 200
    assert Reading.objects.count() == 3
    assert "再次导入" in send(GOOD).content.decode()
    verbs = AuditEntry.objects.filter(verb="sensing.import_readings")
    assert verbs.count() == 2
    assert keeper.post("/devices/import-readings", {}).status_code == 422
    assert keeper.get("/devices/import-readings/99").status_code == 404
    assert keeper.post("/devices/import-readings/99/take").status_code == 404
