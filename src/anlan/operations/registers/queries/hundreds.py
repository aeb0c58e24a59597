"""What other programs ask of a register and tell it: a hundred rows a page, asked for as on the
list's page; records by the names that they have there."""

import re
from collections.abc import Mapping
from typing import Any

from ninja import Schema

from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries.declaration import Register
from anlan.operations.registers.queries.listing import asked, part
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

HUNDRED = 100
NAME = re.compile(r"[A-Za-z0-9_.-]{1,60}")


class Hundred(Schema):
    """A page of 100; `q` searches as the list does, `view` is one of its tabs."""

    q: str = ""
    view: str = ""
    page: int = 1


class HundredOf(Schema):
    """A page of 100 `rows` of `count`, whether there are `more`, and which page this is."""

    count: int
    more: bool
    page: int


def named(source: str, source_id: str) -> None:
    """Raises `Refused` where another program's name or its id of a record is none to keep."""
    if not (NAME.fullmatch(source) and NAME.fullmatch(source_id)):
        raise Refused(N_("Source and id are letters, digits, - _ . up to 60."))


def hundred(
    register: Register, rows: Any, asking: Mapping[str, Any], scope: Scope
) -> dict[str, Any]:
    """How many match, the number of the page, and its rows; `more`: so many match that they were
    neither counted nor are turned over to the end, as on the list's page. Three queries."""
    given = {key: str(value) for key, value in asking.items() if value}
    question = asked(register, given)
    count, more, keys = part(register, rows, question, scope, HUNDRED)
    by_key = rows.in_bulk(keys)
    found = [by_key[key] for key in keys if key in by_key]
    return {"count": count, "more": more, "page": question.page, "rows": found}
