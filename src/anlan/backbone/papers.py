"""Official papers: one text in marked lines, set as DOCX (to go on writing) and PDF (to sign).

Every line begins with its mark: ``#`` title, ``##`` who issues it, ``@`` number, ``~`` paragraph,
``=`` paragraph without indent, ``|`` row of the form, ``>`` what stands at the right (signatures,
dates); an empty line is some space. A row has label and value once or twice. `BREAK` inside a line
begins a new one in the same place.
"""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any, Literal

BREAK = "\u2028"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
MARKS = {"##": "issuer", "#": "title", "@": "number", "~": "paragraph", "=": "flush", "|": "row",
         ">": "right"}  # fmt: skip
FACE = "Noto Serif SC"
# A4 with the margins of GB/T 9704-2012; a form of four columns.
COLUMNS = (2.9, 4.7, 2.9, 5.1)


class BadPaper(ValueError):
    """A line without a mark: the template is wrong."""


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a paper: its kind, its text, or the cells of a row."""

    kind: str
    text: str = ""
    cells: tuple[str, ...] = ()


def blocks(text: str) -> list[Block]:
    """The pieces of a marked text; raises `BadPaper`.

    >>> blocks("# 送达回证" + chr(10) + "| 受送达人 | 某厂 |")
    [Block(kind='title', text='送达回证', cells=()), Block(kind='row', text='', cells=('受送达人', '某厂'))]
    """  # noqa: E501
    return list(_blocks(text))


def _blocks(text: str) -> Iterator[Block]:
    for line in text.split("\n"):
        if not line.strip():
            yield Block("space")
            continue
        mark = next((one for one in MARKS if line.startswith(one)), "")
        if not mark:
            raise BadPaper(line)
        said = line[len(mark) :].strip()
        if mark == "|":
            yield Block("row", cells=tuple(one.strip() for one in said.rstrip("|").split("|")))
        else:
            yield Block(MARKS[mark], said)


def plain(text: str) -> str:
    """What somebody wrote, so that it stays inside its place: no marks, no lines of its own."""
    lines = [part.strip() for part in text.replace("\r", "").split("\n") if part.strip()]
    return BREAK.join(lines).replace("|", "｜")


def docx(text: str) -> bytes:
    """The paper as a Word document."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    paper = Document()
    page = paper.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin = Cm(2.8), Cm(2.6)
    page.top_margin, page.bottom_margin = Cm(3), Cm(2.5)
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    normal.paragraph_format.line_spacing = 1.3
    normal.paragraph_format.space_after = Pt(3)
    for kind, run in groupby(blocks(text), key=lambda one: one.kind):
        if kind == "row":
            _docx_rows(paper, list(run))
        else:
            for one in run:
                _docx_line(paper.add_paragraph(), one)
    sink = io.BytesIO()
    paper.save(sink)
    return sink.getvalue()


def _docx_line(line: Any, one: Block) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    piece = line.add_run(one.text.replace(BREAK, "\n"))
    shape = line.paragraph_format
    if one.kind in ("title", "issuer"):
        shape.alignment = WD_ALIGN_PARAGRAPH.CENTER
        piece.font.size, piece.bold = Pt(22 if one.kind == "title" else 16), True
        piece._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    elif one.kind == "number":
        shape.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif one.kind == "right":
        shape.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif one.kind == "paragraph":
        shape.first_line_indent = Pt(24)


def _docx_rows(paper: Any, rows: list[Block]) -> None:
    from docx.shared import Cm

    table = paper.add_table(rows=0, cols=len(COLUMNS))
    table.style = "Table Grid"
    for row in rows:
        cells = table.add_row().cells
        for cell, width in zip(cells, COLUMNS, strict=True):
            cell.width = Cm(width)
        if len(row.cells) == 2:
            cells[1].merge(cells[3])
        for place, said in enumerate(row.cells[: len(COLUMNS)]):
            cells[place].text = said.replace(BREAK, "\n")


def pdf(text: str) -> bytes:
    """The paper as PDF/A, with the fonts of a package: the same on every machine."""
    return bytes(_set(text, "pdf"))


def page_picture(text: str) -> bytes:
    """The first page as PNG, for somebody to look at."""
    pages = _set(text, "png")
    return bytes(pages[0] if isinstance(pages, list) else pages)


def _set(text: str, form: Literal["pdf", "png"]) -> Any:
    from dataclasses import asdict

    import typst

    said = json.dumps([asdict(one) for one in blocks(text)], ensure_ascii=False)
    return typst.compile(
        TYPST.encode(), format=form, font_paths=_fonts(), ppi=110.0,
        sys_inputs={"blocks": said.replace(BREAK, "\\n"), "face": FACE},
        pdf_standards="a-2b" if form == "pdf" else None,
    )  # fmt: skip


def typeset(source: str, said: object) -> bytes:
    """PDF/A out of a typst source of one's own, which reads `said` as JSON at `sys.inputs.said`
    and sets in the face `sys.inputs.face`. Data is never read as markup."""
    import typst

    given = {"said": json.dumps(said, ensure_ascii=False), "face": FACE}
    return bytes(typst.compile(
        source.encode(), format="pdf", font_paths=_fonts(), sys_inputs=given,
        pdf_standards="a-2b",
    ))  # fmt: skip


@cache
def _fonts() -> Any:
    import pylopdf_fonts_zh_cn
    import typst

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[pylopdf_fonts_zh_cn.serif_path().parent],
    )


# What is said comes in as data, so nothing that somebody wrote is ever read as markup.
TYPST = """
#let blocks = json(bytes(sys.inputs.blocks))
#set page(paper: "a4", margin: (left: 28mm, right: 26mm, top: 30mm, bottom: 25mm),
  footer: context align(center, text(9pt)[#counter(page).display("1 / 1", both: true)]))
#set text(font: sys.inputs.face, size: 12pt, lang: "zh", region: "cn")
#set par(leading: 0.85em, spacing: 0.85em, justify: true)
#let say(words, ..how) = text(..how, words)
#let form = ()
#let flush-form(rows) = if rows.len() > 0 {
  set par(justify: false)
  table(columns: (1.2fr, 2fr, 1.2fr, 2.2fr), inset: (x: 5pt, y: 7pt), stroke: 0.6pt,
    align: (x, y) => if calc.even(x) { center + horizon } else { left + horizon },
    ..rows.map(cells => if cells.len() == 2 {
      (table.cell(say(cells.at(0))), table.cell(colspan: 3, align: left + horizon,
        say(cells.at(1))))
    } else { cells.slice(0, 4).map(one => table.cell(say(one))) }).flatten())
}
#for one in blocks {
  if one.kind == "row" { form.push(one.cells); continue }
  flush-form(form)
  form = ()
  if one.kind == "issuer" {
    align(center, say(one.text, size: 16pt, stroke: 0.3pt))
  } else if one.kind == "title" {
    align(center, say(one.text, size: 22pt, stroke: 0.45pt))
  } else if one.kind == "number" {
    align(center, say(one.text))
  } else if one.kind == "right" {
    align(right, say(one.text))
  } else if one.kind == "paragraph" {
    par(first-line-indent: (amount: 2em, all: true), say(one.text))
  } else if one.kind == "flush" {
    par(say(one.text))
  } else {
    v(4pt)
  }
}
#flush-form(form)
"""
