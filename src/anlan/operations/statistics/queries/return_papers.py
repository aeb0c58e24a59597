"""The statutory sheet of an enterprise's dangers to take along: a form on paper, a workbook."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.backbone.papers import typeset
from anlan.backbone.workbooks import workbook
from anlan.operations.people.queries.days import full_day_words, full_moment_words
from anlan.operations.registers.queries import watermark
from anlan.operations.statistics.queries.returns import ReturnFile
from anlan.operations.statistics.queries.words import period_word
from anlan.operations.statistics.rules.returns import COUNTED, GRADES, SOURCE
from anlan.vocabulary.words import NP_, Term

GRADE_WORDS: dict[str, Term] = {
    "general": NP_("return line", "General dangers"),
    "major": NP_("return line", "Major dangers"),
    "ungraded": NP_("return line", "Not graded yet"),
    "whole": NP_("return line", "In all"),
}
COUNT_WORDS: dict[str, Term] = {
    "found": NP_("return column", "Found"),
    "closed": NP_("return column", "Rectified and closed"),
    "open": NP_("return column", "Open at the end"),
    "due": NP_("return column", "Due by the end"),
    "due_closed": NP_("return column", "of those closed"),
}
FIVE_WORDS: dict[str, Term] = {
    "responsibility": NP_("return plan", "Responsibility"),
    "measures": NP_("return plan", "Measures"),
    "funds": NP_("return plan", "Funds"),
    "time": NP_("return plan", "Deadline"),
    "contingency": NP_("return plan", "Contingency plan"),
    "all": NP_("return plan", "All five"),
}
DASH = "—"


def table_of(figures: dict[str, Any]) -> list[tuple[str, list[int], str]]:
    """A line a grade: its word, the counts, the rate of those due."""
    return [
        (pgettext(*GRADE_WORDS[grade]), [figures[grade][key] for key in COUNTED],
         _rate(figures[grade]))
        for grade in (*GRADES, "whole")
    ]  # fmt: skip


def heads() -> list[str]:
    return [*(pgettext(*COUNT_WORDS[key]) for key in COUNTED), _("Rectified of those due")]


def plans_of(figures: dict[str, Any]) -> list[tuple[str, int]]:
    """How many major dangers have each provision of their plan."""
    return [(pgettext(*word), figures["planned"][key]) for key, word in FIVE_WORDS.items()]


def as_sheet(file: ReturnFile, exporter: str) -> bytes:
    """One sheet of a workbook."""
    figures = file.figures
    rows: list[list[object]] = [[watermark(exporter)], [_title(file)], *_said(file), []]
    rows += [["", *heads()]]
    rows += [[word, *counts, rate] for word, counts, rate in table_of(figures)]
    rows += [[], [_("Plans of major dangers"), figures["majors"]]]
    rows += [[word, count] for word, count in plans_of(figures)]
    rows += [[_("Funds (10,000 yuan)"), figures["funds"]], [], [_signature(file)]]
    return workbook(_title(file), rows)


def as_form(file: ReturnFile, exporter: str) -> bytes:
    """One page A4 as PDF."""
    figures = file.figures
    return typeset(FORM, {
        "title": _title(file), "mark": watermark(exporter),
        "said": [[f"{cell}" for cell in row] for row in _said(file)],
        "heads": ["", *heads()],
        "rows": [[word, *(f"{n}" for n in counts), rate]
                 for word, counts, rate in table_of(figures)],
        "plans": [f"{_('Plans of major dangers')}: {figures['majors']}",
                  *(f"{word} {count}" for word, count in plans_of(figures)),
                  f"{_('Funds (10,000 yuan)')} {figures['funds']}"],
        "signature": _signature(file), "source": SOURCE,
    })  # fmt: skip


def _title(file: ReturnFile) -> str:
    return _("Statistics of hidden dangers and their rectification, %(period)s") % {
        "period": period_word(file.period)
    }


def _said(file: ReturnFile) -> list[list[object]]:
    return [
        [pgettext("return", "Enterprise"), file.name],
        [pgettext("return", "Credit code"), file.credit_code],
        [pgettext("return", "Owed by"), full_day_words(file.row.due_on)],
    ]


def _signature(file: ReturnFile) -> str:
    if file.shown is None:
        return _("Not signed. Principal: ____________")
    said = {
        "name": file.shown.by_name, "version": file.shown.version,
        "at": full_moment_words(file.shown.at),
    }  # fmt: skip
    return _("Principal: %(name)s, signed %(at)s, version %(version)s") % said


def _rate(line: dict[str, int]) -> str:
    return f"{100 * line['due_closed'] / line['due']:.1f} %" if line["due"] else DASH


FORM = """
#let said = json(bytes(sys.inputs.said))
#set page(paper: "a4", flipped: true, margin: 18mm,
  footer: align(center, text(7pt, said.mark)))
#set text(font: sys.inputs.face, size: 10pt, lang: "zh", region: "cn")
#align(center, text(17pt, stroke: 0.35pt, said.title))
#grid(columns: (auto, 1fr), row-gutter: 6pt, column-gutter: 10pt, ..said.said.flatten())
#v(4pt)
#table(columns: (1.4fr,) + (1fr,) * (said.heads.len() - 1), inset: 6pt, stroke: 0.5pt,
  align: (x, y) => if x == 0 { left } else { center },
  ..said.heads.map(one => text(9pt, one)), ..said.rows.flatten())
#said.plans.join("　")
#v(14pt)
#align(right, said.signature)
#align(right, text(8pt, said.source))
"""
