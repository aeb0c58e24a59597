"""What somebody typed or sent in a file, parsed once by the register's declaration."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.registers.queries.declaration import Field, Kind, Register
from anlan.vocabulary.transitions import Refused

LONGEST_NUMBER = 20
SEPARATORS = re.compile(r"[\s,，、;；]+")
AMOUNT = re.compile(r"[0-9]{1,12}(\.([0-9]{1,6}))?")
CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])


@dataclass(slots=True)
class Entered:
    """What was typed, as it was typed, with what is wrong with it by field."""

    values: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)


class Wrong(ValueError):
    """A value that its field cannot have; the text says why in the reader's language."""


def typed(
    register: Register,
    given: Mapping[str, str],
    areas: Collection[str] | None = None,
    only: Collection[str] | None = None,
) -> tuple[dict[str, Any], Entered]:
    """Typed values by key, beside what was typed and what is wrong with it.

    A field left empty gives "" (text), [] (several) or None. `areas`: codes that an AREA may be;
    `only`: keys of the fields that this form has.
    """
    entered = Entered({key: str(value) for key, value in given.items()})
    values: dict[str, Any] = {}
    for one in register.typed:
        if only is not None and one.key not in only:
            continue
        text = given.get(one.key, "")
        if one.kind is Kind.SEVERAL:
            text = entered.values[one.key] = text or _ticked(one, given)
        try:
            values[one.key] = parsed(one, text, areas)
        except Wrong as fault:
            entered.errors[one.key] = str(fault)
    return values, entered


def written(one: Field, value: Any) -> str:
    """A value as a form shows it to be changed."""
    if one.kind is Kind.SEVERAL:
        return ",".join(value)
    return "" if value is None else str(value)


def _ticked(one: Field, given: Mapping[str, str]) -> str:
    """The choices whose boxes are ticked: each has one of its own in the form."""
    return ",".join(str(key) for key in one.offered if f"{one.key}.{key}" in given)


def clean(text: str) -> str:
    """What somebody typed, without control characters and margins; lines end in a line feed."""
    return text.replace("\r\n", "\n").translate(CONTROL).strip()


def series(words: Iterable[str]) -> str:
    """Words one after the other, as the reader's language writes them."""
    return pgettext("between words", ", ").join(words)


def key_of(text: str) -> int | None:
    """The number of a record as a form sends it; None for whatever is none.

    >>> key_of("17"), key_of("²"), key_of("9" * 40)
    (17, None, None)
    """
    return (
        int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER - 1 else None
    )


def required(text: str, missing: str) -> str:
    """What somebody wrote, without its margins; raises `Refused` with `missing` when nothing."""
    text = clean(text)
    if not text:
        raise Refused(missing)
    return text


def parsed(one: Field, text: str, areas: Collection[str] | None = None) -> Any:
    """One value; raises `Wrong`."""
    text = clean(text)
    if not text:
        if one.required:
            raise Wrong(_("%(field)s is missing.") % {"field": pgettext(*one.word)})
        if one.kind is Kind.SEVERAL:
            return []
        return "" if one.kind in (Kind.TEXT, Kind.LONG, Kind.CHOICE, Kind.AREA) else None
    return _PARSERS[one.kind](one, text, areas)


def _text(one: Field, text: str, _areas: Collection[str] | None) -> str:
    if len(text) > one.longest:
        raise Wrong(_("At most %(most)d characters.") % {"most": one.longest})
    if one.kind is Kind.TEXT and "\n" in text:
        raise Wrong(_("One line only."))
    return text


def _whole(one: Field, text: str, _areas: Collection[str] | None) -> int:
    if text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER:
        value = int(text)
        if one.least <= value <= one.most:
            return value
    said = {"least": one.least, "most": one.most}
    raise Wrong(_("A whole number from %(least)d to %(most)d.") % said)


def _amount(one: Field, text: str, _areas: Collection[str] | None) -> Decimal:
    """With the separators that people write between thousands, or without."""
    plain = text.replace(",", "").replace("，", "")
    found = AMOUNT.fullmatch(plain)
    exact = found is not None and len(found[2] or "") <= one.decimals
    if exact and one.least <= Decimal(plain) <= one.most:
        return Decimal(plain)
    said = {"least": one.least, "most": f"{one.most:,}", "decimals": one.decimals}
    raise Wrong(_("An amount from %(least)s to %(most)s, with at most %(decimals)d decimals.")
                % said)  # fmt: skip


def _day(_one: Field, text: str, _areas: Collection[str] | None) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise Wrong(_("A day such as 2026-07-01.")) from None


def _choice(one: Field, text: str, _areas: Collection[str] | None) -> str:
    """By its key, or by its word as a file says it."""
    if text in one.offered:
        return text
    for key, word in one.offered.items():
        if pgettext(*word) == text:
            return str(key)
    words = series(pgettext(*word) for word in one.offered.values())
    raise Wrong(_("One of: %(words)s.") % {"words": words})


def _several(one: Field, text: str, areas: Collection[str] | None) -> list[str]:
    """Each once, in the order in which they are declared."""
    named = {_choice(one, part, areas) for part in SEPARATORS.split(text) if part}
    return [str(key) for key in one.offered if key in named]


def _area(_one: Field, text: str, areas: Collection[str] | None) -> str:
    if areas is not None and text not in areas:
        raise Wrong(_("This place is not in your territory, or not known."))
    return text


_PARSERS = {
    Kind.TEXT: _text, Kind.LONG: _text, Kind.WHOLE: _whole, Kind.AMOUNT: _amount,
    Kind.DAY: _day, Kind.MOMENT: _day, Kind.CHOICE: _choice, Kind.SEVERAL: _several,
    Kind.AREA: _area,
}  # fmt: skip
