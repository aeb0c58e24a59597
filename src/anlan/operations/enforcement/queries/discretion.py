"""What a discretion table sent in as a file would do, row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from anlan.operations.enforcement.models import DiscretionRow
from anlan.operations.enforcement.queries.penalties import given_of
from anlan.operations.enforcement.rules.states import VIEW
from anlan.operations.people.queries import Scope
from anlan.vocabulary.words import N_

KEYS = (
    "violation", "law", "basis", "circumstances", "party", "least", "most", "law_most", "others",
)  # fmt: skip
Row = tuple[int, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Sorted:
    """New rows, new versions of rows in force, how many stay, and rows refused (line, why)."""

    new: list[Row] = field(default_factory=list)
    changed: list[tuple[Row, DiscretionRow]] = field(default_factory=list)
    same: list[int] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)


def in_force(day: date) -> QuerySet[DiscretionRow]:
    """The rows that hold on a day."""
    return DiscretionRow.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day
    )


def rows_in(scope: Scope) -> QuerySet[DiscretionRow]:
    """Every version of every row: the table is the district's, for all who see cases."""
    return DiscretionRow.objects.all() if scope.may(VIEW) else DiscretionRow.objects.none()


def alike(version: DiscretionRow, values: Mapping[str, Any]) -> bool:
    """Does a version say just this, from whatever day?"""
    return all(getattr(version, key) == values.get(key, "") for key in KEYS)


def sort_out(rows: Sequence[Row], valid_from: date) -> Sorted:
    """Compare a file's rows, to hold from a day on, with the versions on record. One query."""
    codes = [str(values["code"]) for _line, values in rows]
    newest: dict[str, DiscretionRow] = {}
    for one in DiscretionRow.objects.filter(code__in=codes).order_by("valid_from"):
        newest[one.code] = one
    found, lines = Sorted(), set[str]()
    for line, typed in rows:
        given = given_of(str(typed.get("others", "")))
        values = {**typed, "others": given or ""}
        row = (line, values)
        code = str(values["code"])
        known = newest.get(code)
        why = _refusal(values, known, valid_from, code in lines)
        if given is None:
            why = N_("The column names another penalty that is not known.")
        lines.add(code)
        if why:
            found.refused.append((line, why))
        elif known is None or known.valid_to is not None:
            found.new.append(row)
        elif alike(known, values):
            found.same.append(line)
        else:
            found.changed.append((row, known))
    return found


def _refusal(
    values: Mapping[str, Any], known: DiscretionRow | None, valid_from: date, twice: bool
) -> str:
    if twice:
        return N_("This code stands in the file before.")
    if not 0 <= values["least"] <= values["most"] <= values["law_most"]:
        return N_("The amounts go from the least over the most to the law's maximum.")
    if not values["law_most"] and not values["others"]:
        return N_("A row gives a fine or another penalty.")
    if known is None:
        return ""
    if known.valid_from >= valid_from or (known.valid_to and known.valid_to >= valid_from):
        return N_("A version of this row holds from the same day or later.")
    return ""
