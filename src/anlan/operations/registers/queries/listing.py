"""What is asked of a register's list, and the page that answers it. A page costs three queries.

At millions of rows the counts are what costs: the view that is shown is counted up to `MOST_LISTED`
(what a district has in a year), and as many can be turned over; the other tabs up to
`MOST_COUNTED`, a search to `MOST_SEARCHED`. A search looks at every text in sight once, or asks
what the register has instead of them (`Register.sought`): words of two characters are the rule in
Chinese, and no index of three letters finds them. The rows' keys are found in an index, from the
nearer end; the rows themselves are read for one page only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.utils.translation import pgettext

from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries.declaration import (
    SINCE,
    UNTIL,
    Field,
    Kind,
    Register,
    View,
)
from anlan.operations.registers.queries.typing import clean
from anlan.operations.registers.queries.ways import along_the_order, within
from anlan.vocabulary import clock

ROWS = 25
MOST_LISTED, MOST_COUNTED, MOST_SEARCHED = 200_000, 10_000, 1_000
NONE_GIVEN = "-"  # as a filter's value: the field is empty
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
    """A view's tab. `count` None: not counted, as what is searched is found very often."""

    key: str
    word: str
    count: int | None
    here: bool
    late: bool
    more: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Rows as `values()` gave them, `count` of all that match, and what leads to the others.

    `more`: so many match that they were not counted to the end.
    """

    register: Register
    asked: Asked
    rows: list[dict[str, Any]]
    count: int
    tabs: tuple[Tab, ...]
    more: bool = False

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
        for key in _filter_keys(one):
            value = clean(given.get(key, ""))
            if value and _filter(one, key, value) is not None:
                filters[key] = value
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
    narrowed, limit, most = _narrowed(register, rows, question)
    found = _viewed(register, narrowed, question, scope)
    others = [view for view in register.views if most and view.key != question.view]
    today = clock.today()
    count, *counts = _counted(
        [_some(found, limit),
         *(_some(narrowed.filter(view.rows(scope, today)), most) for view in others)]
    )  # fmt: skip
    more, count = count > limit, min(count, limit)
    tallies = {view.key: n for view, n in zip(others, counts, strict=True)}
    number = min(question.page, max(1, -(-count // ROWS)))
    tabs = (
        Tab(v.key, pgettext(*v.word), count, True, v.late, more) if v.key == question.view
        else _tab(v, tallies.get(v.key), most) for v in register.views
    )  # fmt: skip
    span = ((number - 1) * ROWS, ROWS)
    keys = _keys(register, question, found, span, count, more)
    return Page(
        register, replace(question, page=number), _rows(register, rows, keys), count, tuple(tabs),
        more,
    )  # fmt: skip


def part(
    register: Register, rows: QuerySet[Any], question: Asked, scope: Scope, size: int
) -> tuple[int, bool, list[int]]:
    """How many rows match, whether they were not counted to the end, and the keys of a page of
    `size`, empty past the end: counted and turned over as far as the list itself. Two queries."""
    narrowed, limit, _most = _narrowed(register, rows, question)
    found = _viewed(register, narrowed, question, scope)
    count = _counted([_some(found, limit)])[0]
    more, count = count > limit, min(count, limit)
    span = ((question.page - 1) * size, size)
    return count, more, _keys(register, question, found, span, count, more)


def counts(
    register: Register, rows: QuerySet[Any], questions: Sequence[Asked], scope: Scope
) -> list[int]:
    """How many rows each question has, exactly, in one query. `rows`: within the reader's scope."""
    return _counted([matching(register, rows, one, scope) for one in questions])


def _tab(view: View, count: int | None, most: int) -> Tab:
    word, more = pgettext(*view.word), count is not None and count > most
    return Tab(view.key, word, most if more else count, False, view.late, more)


def _some(rows: QuerySet[Any], most: int) -> QuerySet[Any]:
    """As many rows as are ever counted, and one more."""
    return rows.order_by().values("pk")[: most + 1]


def _narrowed(
    register: Register, rows: QuerySet[Any], question: Asked
) -> tuple[QuerySet[Any], int, int]:
    """The rows of filter and search, how many of the view that is shown are listed, how many of
    another are counted."""
    if question.text:
        return _hits(register, rows, question)
    return _filtered(register, rows, question), MOST_LISTED, MOST_COUNTED


def _hits(
    register: Register, rows: QuerySet[Any], question: Asked
) -> tuple[QuerySet[Any], int, int]:
    """What a search finds: looked for once, and where it is little, named by its keys from then on.

    Where it is much, only the view that is shown is counted: each of the others might have to look
    at every text for its thousand.
    """
    named = None if register.sought is None else register.sought(question.text)
    if named is None:
        sought = _filtered(register, rows, question)
    else:
        sought = _filtered(register, rows, replace(question, text="")).filter(named)
    found = list(sought.order_by().values_list("pk", flat=True)[: MOST_SEARCHED + 1])
    if len(found) > MOST_SEARCHED:
        return sought, MOST_SEARCHED, 0
    return rows.filter(pk__in=found), MOST_SEARCHED, MOST_SEARCHED


def holds(key: str, text: str) -> Q:
    """Rows whose field holds the text; what has no capitals is sought as it is, which is faster."""
    if text.lower() == text.upper():
        return Q(GreaterThan(StrIndex(F(key), Value(text)), 0))
    return Q(**{f"{key}__icontains": text})


def _counted(questions: Sequence[QuerySet[Any]]) -> list[int]:
    """How many rows each question has, in one query."""
    connection = connections[questions[0].db]
    parts: list[str] = []
    given: list[Any] = []
    for one in questions:
        try:
            rows = one if one.query.is_sliced else one.order_by().values("pk")
            sql, parameters = rows.query.sql_with_params()
        except EmptyResultSet:
            parts.append("0")
            continue
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS q)")
        given += parameters
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", given)
        return [int(n) for n in cursor.fetchone()]


def _keys(
    register: Register, question: Asked, found: QuerySet[Any], span: tuple[int, int], count: int,
    more: bool,
) -> list[int]:  # fmt: skip
    """The keys of a page's rows in their order, sought from the nearer end of the list; `span`:
    where the page begins and how long it is."""
    begin = span[0]
    length = min(span[1], count - begin)
    if length <= 0:
        return []
    behind = count - begin - length
    ahead = more or behind >= begin
    unknown = more and count <= MOST_SEARCHED  # a search: there may be very many
    depth = length + (begin if ahead else behind)
    found = along_the_order(found, count, depth, unknown, resorted=bool(question.sort))
    order = _order(register, question)
    if ahead:
        return list(found.order_by(*order).values_list("pk", flat=True)[begin : begin + length])
    turned = [key[1:] if key.startswith("-") else f"-{key}" for key in order]
    keys = found.order_by(*turned).values_list("pk", flat=True)[behind : behind + length]
    return list(keys)[::-1]


def _rows(register: Register, rows: QuerySet[Any], keys: list[int]) -> list[dict[str, Any]]:
    named = ["pk", *(one.key for one in register.listed)]
    by_key = {row["pk"]: row for row in rows.filter(pk__in=keys).order_by().values(*named)}
    return [by_key[key] for key in keys if key in by_key]


def _viewed(
    register: Register, rows: QuerySet[Any], question: Asked, scope: Scope
) -> QuerySet[Any]:
    for view in register.views:
        if view.key == question.view:
            return rows.filter(view.rows(scope, clock.today()))
    return rows


def _filtered(register: Register, rows: QuerySet[Any], question: Asked) -> QuerySet[Any]:
    for key, value in question.filters.items():
        condition = _filter(register.field_of(key), key, value)
        if condition is not None:
            rows = rows.filter(condition)
    if question.text:
        found = Q()
        for one in register.fields:
            if one.searched:
                found |= holds(one.key, question.text)
        rows = rows.filter(found)
    return rows


def _ordered(register: Register, rows: QuerySet[Any], question: Asked) -> QuerySet[Any]:
    return rows.order_by(*_order(register, question))


def _order(register: Register, question: Asked) -> list[str]:
    if not question.sort:
        return [*register.order, "pk"]
    sign = "-" if question.down else ""
    return [f"{sign}{question.sort}", f"{sign}pk"]


def _filter_keys(one: Field) -> tuple[str, ...]:
    """What an address may ask of a field: a day from and until, else the field itself."""
    if not one.filtered:
        return ()
    if one.kind in (Kind.DAY, Kind.MOMENT):
        return (one.key, one.key + SINCE, one.key + UNTIL)
    return (one.key,)


def _filter(one: Field, key: str, value: str) -> Q | None:
    """The condition of a filter's value; None for a value that the field cannot have.

    A day means: until then. An area means: it and whatever lies in it.
    """
    if one.kind in (Kind.CHOICE, Kind.SEVERAL):
        if one.conditions:
            return one.conditions.get(value)
        if value == NONE_GIVEN and not one.required:
            return Q(**{one.key: ""})
        return Q(**{one.key: value}) if value in one.choices else None
    if one.kind is Kind.AREA:
        return within(one.key, value) if value.isascii() and value.isdigit() else None
    return _filter_typed(one, key, value)


def _filter_typed(one: Field, key: str, value: str) -> Q | None:
    if one.kind in (Kind.DAY, Kind.MOMENT):
        return _days(one, value, since=key.endswith(SINCE))
    if one.kind is Kind.WHOLE:
        return _number(one, value)
    return Q(**{one.key: value[: one.longest]})


def _number(one: Field, value: str) -> Q | None:
    known = value.isascii() and value.isdigit() and len(value) <= len(str(one.most))
    return Q(**{one.key: int(value)}) if known else None


def _days(one: Field, value: str, *, since: bool) -> Q | None:
    try:
        day = date.fromisoformat(value)
        after = day + timedelta(days=1)
    except (ValueError, OverflowError):
        return None
    if one.kind is Kind.DAY:
        found = Q(**{f"{one.key}__gte" if since else f"{one.key}__lte": day})
        return found | Q(**{f"{one.key}__isnull": True}) if since and one.to_come else found
    if since:
        return Q(**{f"{one.key}__gte": datetime.combine(day, time(), clock.CHINA)})
    return Q(**{f"{one.key}__lt": datetime.combine(after, time(), clock.CHINA)})
