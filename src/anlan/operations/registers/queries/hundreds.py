"""A register's list for other programs: a hundred rows a page, asked for as on the list's page."""

from collections.abc import Mapping
from typing import Any

from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries.declaration import Register
from anlan.operations.registers.queries.listing import asked, part

HUNDRED = 100


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
