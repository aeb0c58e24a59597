"""Documents that are taken and those that are refused, by what is in them."""

import resource
import zipfile
from io import BytesIO

import pytest
from tests import documents

from anlan.backbone import documents as door
from anlan.backbone.papers import DOCX, PDF, docx, pdf
from anlan.backbone.workbooks import XLSX, workbook


@pytest.mark.parametrize(
    ("raw", "media"),
    [
        (documents.pdf, PDF),
        (documents.docx, DOCX),
        (documents.xlsx, XLSX),
        (lambda: pdf("# 保险单\n\n~ 一段"), PDF),
        (lambda: docx("# 保险单\n\n~ 一段"), DOCX),
        (lambda: workbook("名册", [["姓名"], ["张三"]]), XLSX),
    ],
    ids=["pdf", "docx", "xlsx", "our paper", "our document", "our workbook"],
)
def test_a_plain_document_is_what_it_is(raw, media):
    assert door.document_media(raw()) == media


SAYS = {
    "HTML behind the mark of PDF": door.BROKEN, "PDF cut off": door.BROKEN,
    "PDF with a script": door.SCRIPT, "PDF with a packed script": door.SCRIPT,
    "PDF that starts a program": door.SCRIPT, "PDF with an XFA form": door.SCRIPT,
    "PDF with a password": door.LOCKED, "PDF that may not be printed": door.LOCKED,
    "PDF that hides its objects": door.BROKEN, "PDF and archive": door.BOTH,
    "DOCX and PDF": door.BOTH, "archive": door.NONE, "old Word": door.OLD,
    "DOCX with macros": door.MACROS, "DOCM as DOCX": door.MACROS,
    "DOCX with a foreign template": door.FETCHES, "DOCX with entities": door.BROKEN,
    "DOCX that is a bomb": door.BOMB,
}  # fmt: skip


@pytest.mark.parametrize("kind", documents.BAD)
def test_what_is_no_plain_document_is_refused_with_its_reason(kind):
    with pytest.raises(door.Unfit) as fault:
        door.document_media(documents.BAD[kind]())
    assert str(fault.value) == SAYS.get(kind, door.NONE)


def test_a_program_named_into_a_document_is_found():
    for name in ("word/embeddings/oleObject1.bin", "word/activeX/activeX1.xml", "x/run.EXE"):
        with pytest.raises(door.Unfit, match="macros"):
            door.document_media(documents.changed(documents.docx(), put=[(name, b"MZ")]))


def test_a_part_that_lies_about_its_size_is_no_bomb():
    raw = documents.bomb_docx()
    with zipfile.ZipFile(BytesIO(raw)) as packed:
        told = packed.getinfo("word/media/image1.bmp").file_size
    lies = raw.replace(told.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lies != raw
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(door.Unfit):
        door.document_media(lies)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024  # KiB


def test_a_link_in_a_document_fetches_nothing():
    link = documents.TEMPLATE.replace("attachedTemplate", "hyperlink")
    put = [("word/_rels/settings.xml.rels", f"{documents.RELATIONS}{link}</Relationships>")]
    assert door.document_media(documents.changed(documents.docx(), put=put)) == DOCX
