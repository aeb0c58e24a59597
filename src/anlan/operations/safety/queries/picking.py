"""The choice of an enterprise on a form: sought by name, credit code or address, then chosen.

A form holds `safety/picker.html` with a `Picker`; its view asks `picker()` what was sent. Without
scripts the button *Search* sends the form back with what was found (`Picker.searching`: nothing is
saved then); with scripts what is found follows the typing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries import clean, holds
from anlan.operations.safety.models import Enterprise
from anlan.operations.safety.queries.scope import enterprises_in

KEY, SOUGHT, SEARCH = "enterprise", "enterprise_q", "enterprise_search"
MOST_FOUND, MOST_LISTED = 10, 30
SOUGHT_LETTERS = 60
LONGEST_ID = 18
_SHOWN = ("pk", "name", "credit_code", "address", "area_code", "sector")


@dataclass(frozen=True, slots=True)
class Picker:
    """`found` holds what may be chosen, the chosen one first; `more`: the search must be narrowed.

    `required`: the form is not sent without an enterprise.
    """

    text: str = ""
    chosen: int | None = None
    found: tuple[Mapping[str, Any], ...] = ()
    more: bool = False
    searching: bool = False
    required: bool = False

    @property
    def row(self) -> Mapping[str, Any]:
        """What the chosen one's file says; empty when none is chosen."""
        return self.found[0] if self.chosen is not None else {}


def picker(scope: Scope, given: Mapping[str, Any], *, required: bool = False) -> Picker:
    """What a form or address says of the enterprise, within sight. At most three queries.

    `enterprise` is an id; one out of sight counts as not chosen. Who sees a single enterprise
    and searched for nothing has that one chosen.
    """
    text = clean(str(given.get(SOUGHT, "")))[:SOUGHT_LETTERS]
    rows = enterprises_in(scope).exclude(state="closed")
    chosen = _chosen(enterprises_in(scope), str(given.get(KEY, "")))
    found = _found(rows, text, scope)
    if chosen is None and not text and scope.reach == "itself" and len(found) == 1:
        chosen = found[0]
    first = () if chosen is None else (chosen,)
    others = [one for one in found[:MOST_FOUND] if chosen is None or one["pk"] != chosen["pk"]]
    return Picker(
        text, chosen["pk"] if chosen else None, (*first, *others), len(found) > MOST_FOUND,
        SEARCH in given, required,
    )  # fmt: skip


def choices(scope: Scope, text: str) -> list[Enterprise]:
    """The first of those within sight that a text finds."""
    rows = enterprises_in(scope).exclude(state="closed")
    return list(sought(rows, clean(text)[:SOUGHT_LETTERS]).order_by("name")[:MOST_LISTED])


def sought(rows: QuerySet[Enterprise], text: str) -> QuerySet[Enterprise]:
    """Those whose name, credit code or address holds the text."""
    if not text:
        return rows
    found = Q()
    for key in ("name", "credit_code", "address"):
        found |= holds(key, text)
    return rows.filter(found)


def _chosen(rows: QuerySet[Enterprise], given: str) -> Mapping[str, Any] | None:
    if not (given.isascii() and given.isdigit() and len(given) <= LONGEST_ID):
        return None
    return next(iter(rows.filter(pk=int(given)).values(*_SHOWN)), None)


def _found(rows: QuerySet[Enterprise], text: str, scope: Scope) -> list[Mapping[str, Any]]:
    """Nothing is offered before something is sought, except to who sees only a few."""
    if not text and scope.reach != "itself":
        return []
    return list(sought(rows, text).order_by("name", "pk").values(*_SHOWN)[: MOST_FOUND + 1])
