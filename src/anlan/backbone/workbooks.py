"""A list as a workbook for Excel."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST_TITLE = 31

Cell = str | int | float | None


def workbook(
    title: str, rows: Iterable[Sequence[object]], text_columns: Iterable[int] = ()
) -> bytes:
    """One sheet, a row a sequence, header first; a title is cut to the 31 letters Excel takes.

    What is typed in the `text_columns` (counted from 1) stays text: long numbers keep their digits.
    No text becomes a formula, whoever wrote it; what a workbook cannot hold is left out.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:_LONGEST_TITLE])
    for number in text_columns:
        sheet.column_dimensions[get_column_letter(number)].number_format = "@"
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def _cell(sheet: Any, value: object) -> object:
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    if not text.startswith("="):
        return text
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell
