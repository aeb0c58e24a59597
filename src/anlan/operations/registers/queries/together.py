"""Several rows of a list at once: which were chosen, and a step taken of each by its own rule."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries.declaration import Register
from anlan.operations.registers.queries.listing import asked, matching
from anlan.vocabulary.transitions import Refused

MOST_TOGETHER = 200
ROW, EVERY = "row", "every"
LONGEST_ID = 18


@dataclass(frozen=True, slots=True)
class Done:
    """How many rows took the step, and the others by id with the reason."""

    count: int
    refused: dict[int, Refused]


def chosen(register: Register, rows: QuerySet[Any], given: QueryDict, scope: Scope) -> list[int]:
    """The ids that a list's ticks say, or all that its filter matches, within `rows`.

    Ticks are `row`, one each or comma-separated; `every` asks for all.
    More than `MOST_TOGETHER` are never taken at once: one more than that means too many.
    """
    if given.get(EVERY):
        found = matching(
            register,
            rows,
            asked(register, {key: str(value) for key, value in given.items()}),
            scope,
        )
        return list(found.values_list("pk", flat=True)[: MOST_TOGETHER + 1])
    sent = ",".join(given.getlist(ROW)[: MOST_TOGETHER + 1]).split(",")
    said = [int(one) for one in sent if is_number(one)][: MOST_TOGETHER + 1]
    within = set(rows.filter(pk__in=said).values_list("pk", flat=True))
    return [one for one in dict.fromkeys(said) if one in within]


def each(ids: Iterable[int], take: Callable[[int], object]) -> Done:
    """Take the step of every row in a transaction of its own: a refusal stops no other row."""
    count, refused = 0, {}
    for one in ids:
        try:
            take(one)
        except Refused as fault:
            refused[one] = fault
        else:
            count += 1
    return Done(count, refused)


def is_number(text: str) -> bool:
    """Whether it is a whole number that can be a record's id."""
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_ID
