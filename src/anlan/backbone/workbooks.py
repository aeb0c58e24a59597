"""A list as a workbook for Excel."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST_TITLE = 31

Cell = str | int | float | None


def workbook(title: str, rows: Iterable[Sequence[object]]) -> bytes:
    """One sheet, a row a sequence, header first; a title is cut to the 31 letters Excel takes."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:_LONGEST_TITLE])
    for row in rows:
        sheet.append(list(row))
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()
