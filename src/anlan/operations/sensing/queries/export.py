"""A series as a file: CSV with a byte-order mark for Excel, or a workbook."""

import csv
import io
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.backbone.workbooks import workbook
from anlan.operations.sensing.queries.flagged import FlaggedRow
from anlan.operations.sensing.queries.picture import DATUM_WORDS, flag_words
from anlan.operations.sensing.queries.readings import Values
from anlan.operations.sensing.queries.stations import StationRow
from anlan.operations.sensing.rules.elements import ELEMENT_WORDS
from anlan.operations.sensing.rules.quality import CHECKS
from anlan.vocabulary.datum import Datum
from anlan.vocabulary.elements import Element


def datum_word(datum: str) -> str:
    return pgettext(*DATUM_WORDS[Datum(datum)]) if datum else ""


def table(
    row: StationRow, element: Element, values: Values, datum: str, moved: float
) -> list[list[str | float]]:
    """Header and rows: time, value in unit and datum, marks; "no data" stays empty."""
    quantity = pgettext(ELEMENT_WORDS[element].context, ELEMENT_WORDS[element].word)
    head = " ".join(part for part in (quantity, values.unit, datum_word(datum)) if part)
    lines: list[list[str | float]] = [
        [_("Time"), f"{row.name} {head}", pgettext("quality", "Marks")]
    ]
    for at, value, flags in zip(values.at, values.value, values.flags, strict=True):
        figure = "" if value is None else round(value + moved, 3)
        lines.append([f"{at:%Y-%m-%d %H:%M}", figure, flag_words(flags)])
    return lines


def flagged_table(rows: Sequence[FlaggedRow]) -> list[list[str | float]]:
    """The flagged readings of a station: what, when, why, and what was said of it."""
    lines: list[list[str | float]] = [
        [_("Time"), pgettext("quality", "Element"), _("Value"), pgettext("quality", "Unit"),
         pgettext("quality", "Why"), pgettext("quality", "Judged"), pgettext("quality", "By whom"),
         _("Note")]
    ]  # fmt: skip
    for one in rows:
        term = ELEMENT_WORDS[Element(one.element)]
        unit = " ".join(part for part in (one.unit, datum_word(one.datum)) if part)
        judged, why = flag_words(one.verdict), flag_words(one.flags & CHECKS)
        lines.append(
            [f"{one.at:%Y-%m-%d %H:%M}", pgettext(term.context, term.word), one.value, unit, why,
             judged, one.judged_by, one.note]
        )  # fmt: skip
    return lines


def csv_of(row: StationRow, element: Element, values: Values, datum: str, moved: float) -> bytes:
    sink = io.StringIO()
    csv.writer(sink).writerows(table(row, element, values, datum, moved))
    return ("\ufeff" + sink.getvalue()).encode()


def workbook_of(
    row: StationRow, element: Element, values: Values, datum: str, moved: float
) -> bytes:
    return workbook(row.name, table(row, element, values, datum, moved))
