"""A list as a workbook for Excel."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST_TITLE = 31

Cell = str | int | float | None


def workbook(
    title: str, rows: Iterable[Sequence[object]], text_columns: Iterable[int] = ()
) -> bytes:
    """One sheet, a row a sequence, header first; a title is cut to the 31 letters Excel takes.

    What is typed in the `text_columns` (counted from 1) stays text: long numbers keep their digits.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:_LONGEST_TITLE])
    for number in text_columns:
        sheet.column_dimensions[get_column_letter(number)].number_format = "@"
    for row in rows:
        sheet.append(list(row))
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()
