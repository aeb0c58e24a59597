"""A series as a file: CSV with a byte-order mark for Excel, or a workbook."""

import csv
import io

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.backbone.workbooks import workbook
from anlan.operations.sensing.queries.readings import Values
from anlan.operations.sensing.queries.stations import StationRow
from anlan.operations.sensing.rules.kinds import ELEMENT_WORDS
from anlan.vocabulary.readings import Element


def table(
    row: StationRow, element: Element, values: Values, datum: str, moved: float
) -> list[list[str | float]]:
    """Header and rows: time, value in unit and datum; "no data" stays empty."""
    words = {"wusong": pgettext("datum", "Wusong"), "yellow_sea": pgettext("datum", "Yellow Sea")}
    quantity = pgettext(ELEMENT_WORDS[element].context, ELEMENT_WORDS[element].word)
    head = " ".join(part for part in (quantity, values.unit, words.get(datum, "")) if part)
    lines: list[list[str | float]] = [[_("Time"), f"{row.name} {head}"]]
    for at, value in zip(values.at, values.value, strict=True):
        lines.append([f"{at:%Y-%m-%d %H:%M}", "" if value is None else round(value + moved, 3)])
    return lines


def csv_of(row: StationRow, element: Element, values: Values, datum: str, moved: float) -> bytes:
    sink = io.StringIO()
    csv.writer(sink).writerows(table(row, element, values, datum, moved))
    return ("\ufeff" + sink.getvalue()).encode()


def workbook_of(
    row: StationRow, element: Element, values: Values, datum: str, moved: float
) -> bytes:
    return workbook(row.name, table(row, element, values, datum, moved))
