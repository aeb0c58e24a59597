"""Official papers: the same text as Word document and as PDF, and nothing read as markup."""

import io

import pytest
from docx import Document

from anlan.backbone.papers import BadPaper, Block, blocks, docx, pdf, plain

PAPER = """## 某区应急管理局
# 送达回证
@ （某）应急送〔2026〕1号

| 受送达人 | {name} |
| 送达方式 | 直接送达 | 送达日期 | 2026年3月2日 |
~ 送达文书见下。
> 2026年3月2日"""


def test_a_paper_is_set_as_word_and_pdf_with_everything_that_it_says():
    text = PAPER.format(name="鑫源五金厂")
    word = Document(io.BytesIO(docx(text)))
    said = [p.text for p in word.paragraphs] + [c.text for c in word.tables[0]._cells]
    assert {"送达回证", "鑫源五金厂", "直接送达", "送达文书见下。"} <= set(said)
    assert pdf(text).startswith(b"%PDF-")


def test_what_somebody_wrote_stays_in_its_place():
    tricky = "# 标题 | #set page(fill: red) \n > 右侧 $x$ *粗* \\ <a>"
    text = PAPER.format(name=plain(tricky))
    rows = [one for one in blocks(text) if one.kind == "row"]
    assert rows[0].cells == ("受送达人", plain(tricky))
    assert [one.text for one in blocks(text) if one.kind == "title"] == ["送达回证"]
    assert pdf(text)


def test_a_line_without_a_mark_is_a_fault_of_the_template():
    with pytest.raises(BadPaper):
        blocks("没有标记")
    assert blocks("") == [Block("space")]
