"""A period's report in parts, each asked for alone, so that a round is never long and whoever waits
sees how far it is: the board, then every unit's figures in all rooms."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.people.queries import Scope
from anlan.operations.statistics.queries.board import board
from anlan.operations.statistics.queries.lines import Seen
from anlan.operations.statistics.queries.papers import PAGE, page_of, sheet_of
from anlan.operations.statistics.queries.rooms import other_rooms
from anlan.vocabulary import clock
from anlan.vocabulary.periods import Period


def first_part(of: Seen, period: Period, scope: Scope, exporter: str) -> dict[str, Any]:
    """The board, and which units are to follow: word, area code, sector."""
    found = board(of, period)
    every = found.units
    units = [["", "", ""]]
    units += [[one.name, one.key, ""] for one in every.townships]
    units += [[one.name, "", one.key] for one in every.departments]
    return {
        "page": page_of(found, exporter), "rows": [list(row) for row in sheet_of(found, exporter)],
        "firms": [[one.name, one.count] for one in found.late_firms],
        "repeating": [[one.name, one.count] for one in found.repeating_firms],
        "checks": [[one.name, one.checks.due, one.checks.done] for one in found.months],
        "units": units, "rooms": [], "head": [], "title": _("Work safety report"),
    }  # fmt: skip


def unit_part(said: Mapping[str, Any], n: int, of: Seen, period: Period, scope: Scope) -> Any:
    """The figures of one unit in all rooms: the head, and the row."""
    word, area, sector = said["units"][n]
    kind = of.kind | {k: v for k, v in (("area_code", area), ("sector", sector)) if v}
    sections = other_rooms(scope, kind, period, clock.today())
    figures = [(room.word, one) for room in sections for one in room.figures]
    head = [f"{room} · {one.word}" for room, one in figures]
    return head, [word or _("In all"), *(float(one.value) for _room, one in figures)]


def drawing(said: Mapping[str, Any]) -> dict[str, Any]:
    """What the worker gets."""
    unit = pgettext("statistics", "Unit")
    tables = [
        [], [unit, *said["head"]], *said["rooms"],
        [], [_("Most late dangers")], *said["firms"],
        [], [_("Most repeats")], *said["repeating"],
    ]  # fmt: skip
    page = dict(said["page"])
    page["rooms"] = {
        "title": _("Enforcement, hotline and accidents by unit"), "head": [unit, *said["head"]],
        "rows": [[_written(one) for one in row] for row in said["rooms"]],
    }  # fmt: skip
    page["checks"] = {
        "title": _("Self-checks by month"), "months": said["checks"],
        "names": [pgettext("self-checks", "Due"), pgettext("self-checks", "Done")],
    }  # fmt: skip
    page["firms"] = {"title": _("Most late dangers"), "rows": [[n, f"{c:,}"] for n, c in
                                                               said["firms"]]}  # fmt: skip
    return {
        "page": PAGE + MORE, "said": page, "title": said["title"],
        "rows": [*said["rows"], *tables],
    }  # fmt: skip


def _written(value: object) -> str:
    return f"{value:,.0f}" if isinstance(value, float) else str(value)


# The second page: self-checks by month as bars, the rooms' figures by unit, who is most behind.
MORE = """
#pagebreak()
#text(10pt, stroke: 0.2pt, said.checks.title)
#h(8pt) #box(rect(width: 7pt, height: 7pt, fill: luma(170))) #said.checks.names.at(0)
#h(6pt) #box(rect(width: 7pt, height: 7pt, fill: black)) #said.checks.names.at(1)
#let top = calc.max(1, ..said.checks.months.map(one => one.at(1)))
#let pole(n, ink) = rect(width: 9pt, height: 32mm * n / top, fill: ink, stroke: none)
#grid(columns: (1fr,) * calc.max(1, said.checks.months.len()), align: center + bottom,
  ..said.checks.months.map(one => stack(dir: ltr, spacing: 1pt,
    pole(one.at(1), luma(170)), pole(one.at(2), black))),
  ..said.checks.months.map(one => {v(2pt); text(6pt)[#one.at(0) \\ #one.at(1) / #one.at(2)]}))
#v(6pt)
#text(10pt, stroke: 0.2pt, said.rooms.title)
#table(columns: (1fr,) + (auto,) * (said.rooms.head.len() - 1), inset: 2.2pt, stroke: 0.3pt,
  align: (x, y) => if x == 0 { left } else { right },
  table.header(..said.rooms.head.map(one => text(5.5pt, one))),
  ..said.rooms.rows.flatten().map(one => text(6.5pt, one)))
#text(10pt, stroke: 0.2pt, said.firms.title)
#table(columns: (1fr, auto), inset: 2.2pt, stroke: 0.3pt,
  ..said.firms.rows.flatten().map(one => text(7pt, one)))
"""
