"""A period's statistics to take along: a workbook, and one page on paper with its charts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.backbone.papers import typeset
from anlan.backbone.workbooks import workbook
from anlan.operations.registers.queries import watermark
from anlan.operations.statistics.queries.board import Board, Enforcer
from anlan.operations.statistics.queries.lines import Line
from anlan.operations.statistics.queries.words import (
    SECTOR_WORDS,
    cycles,
    kinds,
    period_word,
    whose,
    word_of,
)

DASH = "—"


@dataclass(frozen=True, slots=True)
class Paper:
    """What is said above the figures: title, whose they are, who took them out."""

    title: str
    whose: str
    mark: str


def _paper(found: Board, exporter: str) -> Paper:
    said = {"period": period_word(found.units.period)}
    return Paper(_("Work safety statistics, %(period)s") % said, whose(found.seen),
                 watermark(exporter))  # fmt: skip


def as_workbook(found: Board, exporter: str) -> bytes:
    """One sheet, table under table; its first lines say who took it out, of whom, of when."""
    return workbook(_paper(found, exporter).title, sheet_of(found, exporter))


def sheet_of(found: Board, exporter: str) -> list[list[object]]:
    """The rows of the workbook."""
    paper = _paper(found, exporter)
    return [[paper.mark], [paper.title], [paper.whose], *_tables(found)]


def _head(first: str) -> list[str]:
    return [
        first, pgettext("dangers", "Found"), pgettext("dangers", "Closed"),
        pgettext("dangers", "Due"), pgettext("dangers", "Due and closed"),
        _("Rectified of those due"), pgettext("dangers", "Closed in time"),
        pgettext("dangers", "Repeats"), _("Sent back by the re-check"),
        pgettext("dangers", "Late now"),
        pgettext("dangers", "Days to close"), _("Self-checks owed"), _("Self-checks done"),
        _("Cycles kept"), pgettext("inspections", "Inspections"),
        pgettext("statistics", "Score"),
    ]  # fmt: skip


def _cells(word: str, one: Line) -> list[object]:
    tally, checks = one.tally, one.checks
    return [
        word, tally.found, tally.closed, tally.to_close, tally.due_closed, _percent(one.rectified),
        tally.in_time, tally.repeated, _percent(one.returned),
        DASH if one.late is None else one.late, _rounded(one.days),
        checks.due, checks.done, _percent(one.cycle), checks.inspections,
        DASH if one.score.points is None else one.score.points,
    ]  # fmt: skip


def _tables(found: Board) -> Iterator[list[object]]:
    every = found.units
    yield []
    yield [*_head("")]
    yield _cells(_("In all"), every.whole)
    tables = [
        (_("Streets and towns"), [(one.name, one) for one in every.townships]),
        (_("Departments"), [(one.name, one) for one in every.departments]),
        (_("By month"), [(one.name, one) for one in found.months]),
    ]  # fmt: skip
    for title, lines in tables:
        if lines:
            yield []
            yield [*_head(title)]
            for word, one in lines:
                yield _cells(word, one)
    yield from _kind_tables(found)
    yield []
    yield [_("Key sectors looked at")]
    for part in found.coverage:
        yield [word_of(SECTOR_WORDS, part.sector), part.covered, part.enterprises]
    yield []
    yield [_("Nothing found"), _names(every.zero_units)]
    yield [_("Zero cases"), _names(every.caseless)]
    if every.enforcers:
        yield []
        yield [_("Units with officers"), _("Cases filed")]
        for unit in every.enforcers:
            yield [unit.name, unit.cases]


def _names(units: Iterable[Line | Enforcer]) -> str:
    return "、".join(one.name for one in units) or DASH


def _kind_tables(found: Board) -> Iterator[list[object]]:
    """Dangers by kind and self-checks by cycle: only what is counted of them."""
    for title, lines in kinds(found):
        if lines:
            yield []
            yield [*_head(title)[:8]]
            for word, one in lines:
                yield _cells(word, one)[:8]
    if lines := cycles(found):
        yield []
        yield [_("Self-checks by cycle"), pgettext("self-checks", "Due"),
               pgettext("self-checks", "Done"), pgettext("self-checks", "Done late"),
               pgettext("self-checks", "Missed"), _("Cycles kept")]  # fmt: skip
        for word, one in lines:
            checks = one.checks
            yield [word, checks.due, checks.done, checks.late, checks.missed, _percent(one.cycle)]


def as_page(found: Board, exporter: str) -> bytes:
    """One page A4 as PDF: the figures in all, found and closed by month, the units."""
    return typeset(PAGE, page_of(found, exporter))


def page_of(found: Board, exporter: str) -> dict[str, Any]:
    """What `PAGE` reads."""
    every, paper = found.units, _paper(found, exporter)
    units = [*every.townships, *every.departments]
    whole = every.whole
    return {
        "title": paper.title, "whose": paper.whose, "mark": paper.mark,
        "figures": [
            [pgettext("dangers", "Found"), f"{whole.tally.found:,}"],
            [pgettext("dangers", "Closed"), f"{whole.tally.closed:,}"],
            [_("Rectified of those due"), _percent(whole.rectified)],
            [pgettext("dangers", "Closed in time"), _percent(whole.in_time)],
            [pgettext("dangers", "Late now"), f"{whole.late or 0:,}"],
            [pgettext("dangers", "Repeats"), f"{whole.tally.repeated:,}"],
            [_("Sent back by the re-check"), _percent(whole.returned)],
            [_("Cycles kept"), _percent(whole.cycle)],
            [pgettext("inspections", "Inspections"), f"{whole.checks.inspections:,}"],
        ],
        "bars": {
            "title": _("By month"), "names": [pgettext("dangers", "Found"),
                                              pgettext("dangers", "Closed")],
            "months": [[one.name, one.tally.found, one.tally.closed] for one in found.months],
        },
        "head": [pgettext("statistics", "Unit"), pgettext("dangers", "Found"),
                 _("Rectified of those due"), pgettext("dangers", "Late now"),
                 pgettext("statistics", "Score")],
        "rows": [
            [one.name, f"{one.tally.found:,}", _percent(one.rectified), f"{one.late or 0:,}",
             DASH if one.score.points is None else f"{one.score.points:g}"]
            for one in units
        ],
        "zero": [[_("Nothing found"), _names(every.zero_units)],
                 [_("Zero cases"), _names(every.caseless)]],
    }  # fmt: skip


def _percent(part: float | None) -> str:
    return DASH if part is None else f"{100 * part:.0f} %"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


# Black on white, tables in two columns so that a district's units fit one page (`ui.md` 2).
PAGE = """
#let said = json(bytes(sys.inputs.said))
#set page(paper: "a4", margin: (x: 16mm, top: 14mm, bottom: 14mm),
  footer: align(center, text(7pt, said.mark)))
#set text(font: sys.inputs.face, size: 8.5pt, lang: "zh", region: "cn")
#align(center, text(17pt, stroke: 0.35pt, said.title))
#v(-4pt)
#align(center, text(9pt, said.whose))
#grid(columns: (1fr,) * said.figures.len(), gutter: 6pt, ..said.figures.map(one => block(
  width: 100%, inset: (y: 5pt), stroke: (top: 0.6pt, bottom: 0.6pt))[
  #text(7pt, one.at(0)) \\ #text(13pt, one.at(1))]))
#text(10pt, stroke: 0.2pt, said.bars.title)
#h(8pt) #box(rect(width: 7pt, height: 7pt, fill: black)) #said.bars.names.at(0)
#h(6pt) #box(rect(width: 7pt, height: 7pt, fill: luma(170))) #said.bars.names.at(1)
#let most = calc.max(1, ..said.bars.months.map(one => calc.max(one.at(1), one.at(2))))
#let tall = 32mm
#let bar(n, ink) = rect(width: 9pt, height: tall * n / most, fill: ink, stroke: none)
#grid(columns: (1fr,) * calc.max(1, said.bars.months.len()), align: center + bottom,
  ..said.bars.months.map(one => stack(dir: ltr, spacing: 1pt,
    bar(one.at(1), black), bar(one.at(2), luma(170)))),
  ..said.bars.months.map(one => {v(2pt); text(6pt)[#one.at(0) \\ #one.at(1) / #one.at(2)]}))
#let half = calc.ceil(said.rows.len() / 2)
#let sheet(rows) = table(columns: (1fr, auto, auto, auto, auto), inset: 2.6pt, stroke: 0.3pt,
  align: (x, y) => if x == 0 { left } else { right },
  ..said.head.map(one => text(6.5pt, stroke: 0.15pt, one)),
  ..rows.flatten().map(one => text(7.2pt, one)))
#grid(columns: (1fr, 1fr), gutter: 8pt, sheet(said.rows.slice(0, half)),
  sheet(said.rows.slice(half)))
#text(7.5pt)[#said.zero.map(one => one.join(": ")).join("; ")]
"""
