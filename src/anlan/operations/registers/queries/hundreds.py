"""A register's list for other programs: a hundred rows a page, asked for as on the list's page."""

from collections.abc import Mapping
from typing import Any

from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries.declaration import Register
from anlan.operations.registers.queries.listing import asked, matching

HUNDRED = 100


def hundred(
    register: Register, rows: Any, asking: Mapping[str, Any], scope: Scope
) -> dict[str, Any]:
    """How many match, the number of the page, and its rows."""
    given = {key: str(value) for key, value in asking.items() if value}
    question = asked(register, given)
    found = matching(register, rows, question, scope)
    begin = (question.page - 1) * HUNDRED
    return {"count": found.count(), "page": question.page, "rows": found[begin : begin + HUNDRED]}
