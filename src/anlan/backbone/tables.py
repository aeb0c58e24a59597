"""A table out of bytes somebody sends: CSV in UTF-8 or GB 18030, or the first sheet of a workbook.

Bytes from outside are distrusted: a workbook that unpacks to more than `MOST_UNPACKED` is not
opened, and no more than the asked rows and `MOST_COLUMNS` columns are read of anything.
"""

import csv
import io
import zipfile
from collections.abc import Sequence
from itertools import islice
from typing import Any

from openpyxl import load_workbook

MOST_UNPACKED = 64 * 1024 * 1024
MOST_COLUMNS = 100
ENCODINGS = ("utf-8-sig", "gb18030")
Line = Sequence[Any]


class NotText(ValueError):
    """The bytes are neither UTF-8 nor GB 18030 text, or no table of it."""


class NotWorkbook(ValueError):
    """The bytes are no Excel workbook."""


class TooLarge(ValueError):
    """The workbook unpacks to more than is ever read."""


def csv_lines(raw: bytes, most_rows: int | None = None) -> list[Line]:
    """The lines of a CSV, at most `most_rows`. Raises `NotText`."""
    for encoding in ENCODINGS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            lines = islice(csv.reader(io.StringIO(text, "")), most_rows)
            return [line[:MOST_COLUMNS] for line in lines]
        except csv.Error as fault:
            raise NotText(str(fault)) from fault
    raise NotText("neither UTF-8 nor GB 18030")


def excel_lines(raw: bytes, most_rows: int | None = None, *, formulas: bool = False) -> list[Line]:
    """The rows of a workbook's first sheet, at most `most_rows`.

    A formula comes as its text with `formulas`, else as the value that Excel last saw. Raises
    `NotWorkbook`, `TooLarge`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            # What is read of a member never exceeds the size stated here: zipfile sees to that.
            if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
                raise TooLarge("the workbook unpacks to too much")
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=not formulas)
    except TooLarge:
        raise
    except Exception as fault:  # openpyxl raises whatever its XML and its classes raise
        raise NotWorkbook(str(fault)) from fault
    try:
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(values_only=True, max_row=most_rows, max_col=MOST_COLUMNS)
        return [_trimmed(line) for line in rows]
    except Exception as fault:
        raise NotWorkbook(str(fault)) from fault
    finally:
        book.close()


def _trimmed(line: Line) -> Line:
    """Without the empty cells at its end."""
    end = len(line)
    while end and line[end - 1] is None:
        end -= 1
    return list(line[:end])
