"""A register in words: its fields, once, for list, filters, form, export and import alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Q

from anlan.operations.people.queries import Scope
from anlan.vocabulary.words import Term

SINCE, UNTIL = "_since", "_until"  # behind a day's key, as a filter: from this day on, until it


class Kind(StrEnum):
    """What a field holds. SEVERAL is a list of choices; AREA an area code, shown by its name;
    AMOUNT a number with decimals (two, as of money), whose unit stands in its word."""

    TEXT = "text"
    LONG = "long"
    WHOLE = "whole"
    AMOUNT = "amount"
    DAY = "day"
    MOMENT = "moment"
    CHOICE = "choice"
    SEVERAL = "several"
    AREA = "area"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field. `key` names it in forms, addresses and files, and on the model.

    `help` is an English message id. What is `personal` is typed and brought in, but never listed or
    exported. `conditions`: what a choice asks of the rows, where it is not the field's own value.
    `untyped`: choices that a record may have, and nobody types. `drawn`: a LONG text that is a
    line, one place a row (longitude, latitude; CGCS2000), of at most so many; a form draws it.
    `stands_by`: a LONG text of named places, one a row, that stand on the map of the line of this
    key.
    `to_come`: a day that is empty is one that has not come yet, and lies after any other.
    """

    key: str
    word: Term
    kind: Kind = Kind.TEXT
    choices: Mapping[Any, Term] = field(default_factory=dict)
    required: bool = False
    longest: int = 200
    least: int = 0
    most: int = 1_000_000_000
    decimals: int = 2
    help: str = ""
    listed: bool = True
    typed: bool = True
    filtered: bool = False
    searched: bool = False
    sorted: bool = False
    personal: bool = False
    conditions: Mapping[str, Q] = field(default_factory=dict)
    untyped: tuple[str, ...] = ()
    drawn: int = 0
    stands_by: str = ""
    to_come: bool = False

    @property
    def offered(self) -> Mapping[Any, Term]:
        """The choices of a form, a file and the interface."""
        return {key: word for key, word in self.choices.items() if key not in self.untyped}


@dataclass(frozen=True, slots=True)
class View:
    """A saved view: a tab with its count. `rows` is asked with the reader's scope and the day."""

    key: str
    word: Term
    rows: Callable[[Scope, date], Q]
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """`title` heads list and export; `order` sorts when nobody asks otherwise (model paths).

    `sought`: where the searched texts stand in a much shorter table too, the rows that it finds;
    None for a text of which it finds too many to be worth it.
    """

    title: Term
    fields: tuple[Field, ...]
    order: tuple[str, ...]
    views: tuple[View, ...] = ()
    sought: Callable[[str], Q | None] | None = None

    def field(self, key: str) -> Field:
        """Raises `KeyError` for a key that no field has."""
        for one in self.fields:
            if one.key == key:
                return one
        raise KeyError(key)

    def field_of(self, key: str) -> Field:
        """The field that a filter is of. Raises `KeyError`."""
        return self.field(key.removesuffix(SINCE).removesuffix(UNTIL))

    @property
    def listed(self) -> tuple[Field, ...]:
        return tuple(one for one in self.fields if one.listed and not one.personal)

    @property
    def typed(self) -> tuple[Field, ...]:
        return tuple(one for one in self.fields if one.typed)
