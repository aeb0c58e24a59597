"""What is asked of a register's list, and the page that answers it. A page costs two queries."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.utils.translation import pgettext

from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries.declaration import Field, Kind, Register
from anlan.operations.registers.queries.typing import clean
from anlan.vocabulary import clock

ROWS = 25
EVERY = "every"  # row, as beside the views
SEARCHED_LETTERS = 60
PAGE_FIGURES = 7


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asked for; whatever the register does not know was left out."""

    view: str = ""
    text: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    down: bool = False
    page: int = 1

    def address(self, **other: object) -> str:
        """The query part of this list's address, with something else asked for."""
        sort = f"-{self.sort}" if self.down else self.sort
        said = {"view": self.view, "q": self.text, **self.filters, "sort": sort}
        return urlencode({key: value for key, value in (said | other).items() if value})


@dataclass(frozen=True, slots=True)
class Tab:
    key: str
    word: str
    count: int
    here: bool
    late: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Rows as `values()` gave them, `count` of all that match, and what leads to the others."""

    register: Register
    asked: Asked
    rows: list[dict[str, Any]]
    count: int
    tabs: tuple[Tab, ...]

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // ROWS))

    @property
    def first(self) -> int:
        return (self.asked.page - 1) * ROWS + 1 if self.count else 0

    @property
    def last(self) -> int:
        return min(self.asked.page * ROWS, self.count)

    @property
    def filtered(self) -> bool:
        return bool(self.asked.text or self.asked.filters)


def asked(register: Register, given: Mapping[str, str]) -> Asked:
    """The question in an address: unknown views, filters, values and columns count as not given."""
    filters = {}
    for one in register.fields:
        value = clean(given.get(one.key, ""))
        if one.filtered and value and _filter(one, value) is not None:
            filters[one.key] = value
    sort = given.get("sort", "")
    known = {one.key for one in register.fields if one.sorted}
    return Asked(
        view=next((v.key for v in register.views if v.key == given.get("view", "")), ""),
        text=clean(given.get("q", ""))[:SEARCHED_LETTERS],
        filters=filters,
        sort=sort.removeprefix("-") if sort.removeprefix("-") in known else "",
        down=sort.startswith("-"),
        page=_page_number(given.get("page", "")),
    )


def _page_number(text: str) -> int:
    """A page from 1 on; whatever is none, or longer than any register, means the first."""
    known = text.isascii() and text.isdigit() and len(text) <= PAGE_FIGURES
    return max(1, int(text)) if known else 1


def matching(
    register: Register, rows: QuerySet[Any], question: Asked, scope: Scope
) -> QuerySet[Any]:
    """The rows of the question, in its order. `rows` are those within the reader's scope."""
    found = _viewed(register, _filtered(register, rows, question), question, scope)
    return _ordered(register, found, question)


def page(register: Register, rows: QuerySet[Any], question: Asked, scope: Scope) -> Page:
    """The page asked for; one past the end gives the last. `rows`: within the reader's scope."""
    narrowed = _filtered(register, rows, question)
    counts = _counts(register, narrowed, scope)
    count = counts[question.view or EVERY]
    number = min(question.page, max(1, -(-count // ROWS)))
    begin = (number - 1) * ROWS
    found = _ordered(register, _viewed(register, narrowed, question, scope), question)
    keys = ["pk", *(one.key for one in register.listed)]
    return Page(
        register,
        replace(question, page=number),
        list(found.values(*keys)[begin : begin + ROWS]),
        count,
        tuple(
            Tab(v.key, pgettext(*v.word), counts[v.key], v.key == question.view, v.late)
            for v in register.views
        ),
    )


def _counts(register: Register, rows: QuerySet[Any], scope: Scope) -> dict[str, int]:
    """How many rows there are, in each view and in all (`EVERY`). One query."""
    today = clock.today()
    views = {v.key: Count("pk", filter=v.rows(scope, today)) for v in register.views}
    return rows.order_by().aggregate(**{EVERY: Count("pk")}, **views)


def _viewed(
    register: Register, rows: QuerySet[Any], question: Asked, scope: Scope
) -> QuerySet[Any]:
    for view in register.views:
        if view.key == question.view:
            return rows.filter(view.rows(scope, clock.today()))
    return rows


def _filtered(register: Register, rows: QuerySet[Any], question: Asked) -> QuerySet[Any]:
    for key, value in question.filters.items():
        condition = _filter(register.field(key), value)
        if condition is not None:
            rows = rows.filter(condition)
    if question.text:
        found = Q()
        for one in register.fields:
            if one.searched:
                found |= Q(**{f"{one.key}__icontains": question.text})
        rows = rows.filter(found)
    return rows


def _ordered(register: Register, rows: QuerySet[Any], question: Asked) -> QuerySet[Any]:
    if not question.sort:
        return rows.order_by(*register.order, "pk")
    return rows.order_by(f"-{question.sort}" if question.down else question.sort, "pk")


def _filter(one: Field, value: str) -> Q | None:
    """The condition of a filter's value; None for a value that the field cannot have.

    A day means: until then. An area means: it and whatever lies in it.
    """
    if one.kind is Kind.CHOICE:
        return Q(**{one.key: value}) if value in one.choices else None
    if one.kind is Kind.AREA:
        return Q(**{f"{one.key}__startswith": value}) if value.isdecimal() else None
    if one.kind is Kind.DAY:
        try:
            return Q(**{f"{one.key}__lte": date.fromisoformat(value)})
        except ValueError:
            return None
    return Q(**{one.key: value[: one.longest]})
