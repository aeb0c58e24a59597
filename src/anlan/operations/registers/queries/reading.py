"""A register out of a file that somebody sends: its rows as typed values, its faults by cell."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.backbone.tables import (
    Line,
    NotText,
    NotWorkbook,
    TooLarge,
    csv_lines,
    excel_lines,
)
from anlan.operations.registers.queries.declaration import Kind, Register
from anlan.operations.registers.queries.typing import Wrong, parsed, series

MOST_ROWS = 50_000
HEAD_WITHIN = 5  # lines: a title or an exporter's mark may stand above the head
ZIP = b"PK\x03\x04"


class Unreadable(ValueError):
    """The file as a whole cannot be read; the text says why in the reader's language."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell; `line` counts as in Excel, from 1."""

    line: int
    column: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands in a file: values by key with their line, and the faults of the other rows."""

    rows: list[tuple[int, dict[str, Any]]]
    faults: list[Fault]
    missing: tuple[str, ...]  # columns of the register that the file has not

    @property
    def faulty_lines(self) -> int:
        return len({one.line for one in self.faults})


def read_sheet(
    register: Register, raw: bytes, areas: Mapping[str, str], within: Collection[str]
) -> Sheet:
    """Read an Excel workbook or a CSV by the words of the register's fields.

    `areas`: names by code, so that a place may be named; `within`: codes that rows may lie in.
    A row with a fault gives no values. Raises `Unreadable`.
    """
    lines = _lines(raw)
    at, columns = _head(register, lines)
    codes = {name: code for code, name in areas.items() if code in within}
    rows, faults = [], []
    for number, line in enumerate(lines[at + 1 :], start=at + 2):
        cells = {key: _text(line[place]) if place < len(line) else ""
                 for key, place in columns.items()}  # fmt: skip
        if not any(cells.values()):
            continue
        values, wrong = _row(register, cells, codes, within)
        faults += [Fault(number, column, text, why) for column, text, why in wrong]
        if not wrong:
            rows.append((number, values))
    missing = [pgettext(*one.word) for one in register.typed if one.key not in columns]
    return Sheet(rows, faults, tuple(missing))


def head_of(register: Register) -> list[str]:
    """The first line of a file to fill in."""
    return [pgettext(*one.word) for one in register.typed]


def _lines(raw: bytes) -> list[Line]:
    try:
        reader = excel_lines if raw[:4] == ZIP else csv_lines
        lines = reader(raw, MOST_ROWS + 1)  # one more, so that none is left out unsaid
    except (NotText, NotWorkbook):
        raise Unreadable(_("This is neither an Excel workbook (.xlsx) nor a CSV.")) from None
    except TooLarge:
        raise Unreadable(_("The workbook unpacks to more than is ever read.")) from None
    if len(lines) > MOST_ROWS:
        raise Unreadable(_("At most %(most)d rows at once.") % {"most": MOST_ROWS})
    return lines


def _head(register: Register, lines: list[Line]) -> tuple[int, dict[str, int]]:
    """Where the head stands, and the place of each column that is known."""
    words = {pgettext(*one.word): one.key for one in register.typed}
    needed = {one.key for one in register.typed if one.required}
    for at, line in enumerate(lines[:HEAD_WITHIN]):
        named = [_text(cell) for cell in line]
        columns = {words[word]: place for place, word in enumerate(named) if word in words}
        if needed <= set(columns):
            return at, columns
    lacking = series(word for word, key in words.items() if key in needed)
    raise Unreadable(_("No line of the file names all of these columns: %(words)s.")
                     % {"words": lacking})  # fmt: skip


def _row(
    register: Register, cells: Mapping[str, str], codes: Mapping[str, str], within: Collection[str]
) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    values, wrong = {}, []
    for one in register.typed:
        if one.key not in cells:
            continue
        text = cells[one.key]
        if one.kind is Kind.AREA:
            text = codes.get(text, text)
        try:
            values[one.key] = parsed(one, text, within)
        except Wrong as fault:
            wrong.append((pgettext(*one.word), text[:60], str(fault)))
    return values, wrong


def _text(cell: object) -> str:
    """A cell as it would be typed: no trailing .0, a day as 2026-07-01."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return f"{cell:%Y-%m-%d}"
    return str(cell).strip()
