"""A register's values as people read them, on a page and in a workbook."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.backbone.workbooks import workbook
from anlan.operations.people.queries.days import in_words
from anlan.operations.registers.queries.declaration import Field, Kind, Register
from anlan.operations.registers.queries.typing import series
from anlan.vocabulary import clock

MOST_EXPORTED = 50_000
_NUMBERS = {Kind.WHOLE: "{0:,}", Kind.AMOUNT: "{0:,.{1}f}"}


class TooMany(ValueError):
    """More rows match than a workbook is made of at once."""


def shown(one: Field, value: Any, names: Mapping[str, str]) -> str:
    """One value in words, as a page shows it; `names` has the areas' names by code. Unknown is —.

    A day that a version keeps is a text.
    """
    if isinstance(value, date) or (value and one.kind in (Kind.DAY, Kind.MOMENT)):
        return str(in_words({one.key: value})[one.key])
    return in_figures(one, value, names)


def in_figures(one: Field, value: Any, names: Mapping[str, str]) -> str:
    """The same as a workbook has it: days and moments in figures, that sort and are read again."""
    if value is None or value in ("", []):
        return "—"
    if one.kind is Kind.SEVERAL:
        return series(shown_choice(one, part) for part in value)
    if one.kind is Kind.CHOICE:
        parts = str(value).split(",")  # a field may keep several choices
        if all(part in one.choices for part in parts):
            return series(pgettext(*one.choices[part]) for part in parts)
    if one.kind is Kind.AREA:
        return place(str(value), names)
    if isinstance(value, datetime):
        return f"{value.astimezone(clock.CHINA):%Y-%m-%d %H:%M}"
    return _NUMBERS.get(one.kind, "{0}").format(value, one.decimals)


def shown_choice(one: Field, key: str) -> str:
    """One of several choices in words; one that is known no more by its key."""
    return pgettext(*one.choices[key]) if key in one.choices else key


def place(code: str, names: Mapping[str, str]) -> str:
    """An area in words: street, then community where it is one."""
    parts = [names[part] for part in (code[:9], code) if len(part) > 6 and part in names]
    return " · ".join(dict.fromkeys(parts)) or names.get(code, code)


def exported(
    register: Register, found: QuerySet[Any], names: Mapping[str, str], exporter: str
) -> tuple[bytes, int]:
    """The matching rows as a workbook, and how many; its first line says who took it out, and when.

    Raises `TooMany` above `MOST_EXPORTED` rows.
    """
    keys = [one.key for one in register.listed]
    rows = list(found.values_list(*keys)[: MOST_EXPORTED + 1])
    if len(rows) > MOST_EXPORTED:
        raise TooMany(str(MOST_EXPORTED))
    head = [pgettext(*one.word) for one in register.listed]
    lines = (list(_cells(register, row, names)) for row in rows)
    title = pgettext(*register.title)
    sheet: list[Sequence[object]] = [[watermark(exporter)], head, *lines]
    return workbook(title, sheet, range(1, len(keys) + 1)), len(rows)


def watermark(exporter: str) -> str:
    """Who took something out, when: on every export."""
    said = {"who": exporter, "when": f"{clock.now():%Y-%m-%d %H:%M}"}
    return _("Exported by %(who)s, %(when)s. For official use; personal data masked.") % said


def _cells(register: Register, row: Sequence[Any], names: Mapping[str, str]) -> Iterable[object]:
    for one, value in zip(register.listed, row, strict=True):
        if one.kind in (Kind.WHOLE, Kind.AMOUNT) and value is not None:
            yield value
        else:
            said = in_figures(one, value, names)
            yield "" if said == "—" else said
