"""Who has whose desk today."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from anlan.operations.deadlines.models import Absence
from anlan.operations.people.queries import Staff, names_of, scope_of, stand_ins, unit_staff
from anlan.vocabulary import clock

HANDED_ON = 3  # by so many deputies who are away too, at most
Colleagues = Callable[[int], Collection[int]]
_COLLEAGUES: list[Colleagues] = []


@dataclass(frozen=True, slots=True)
class Away:
    """Who is away, or will be, and who has the desk."""

    account_id: int
    name: str
    deputy: str
    first_on: date
    last_on: date
    now: bool
    id: int


def offer_colleagues(query: Colleagues) -> None:
    """A room above says which accounts work together though they share no unit."""
    _COLLEAGUES.append(query)


def possible_deputies(account_id: int) -> list[Staff]:
    """Who can have this account's desk."""
    return stand_ins(account_id, {one for query in _COLLEAGUES for one in query(account_id)})


def answered_for(account: Any) -> dict[int, str]:
    """Whose absence this account may enter: its own, and as a leader that of its unit."""
    found = {int(account.pk or 0): str(account)}
    if scope_of(account).may("deadlines.deputise"):
        unit = unit_staff(account.organisation_code)
        found |= {one.id: f"{one.display_name} {one.post}".strip() for one in unit}
    return found


def in_sight(account: Any) -> set[int]:
    """Whose absence this account sees: its own and those of its unit."""
    return {int(account.pk or 0), *(one.id for one in unit_staff(account.organisation_code))}


def away(accounts: Iterable[int]) -> list[Away]:
    """Who of these is away, or will be, the first to leave first."""
    today = clock.today()
    rows = list(
        Absence.objects.filter(
            account__in=list(accounts), last_on__gte=today, ended_at=None
        ).order_by("first_on", "pk")
    )
    names = names_of({pk for row in rows for pk in (row.account_id, row.deputy_id)})
    return [
        Away(
            row.account_id, names.get(row.account_id, "—"), names.get(row.deputy_id, "—"),
            row.first_on, row.last_on, row.first_on <= today, row.pk,
        )
        for row in rows
    ]  # fmt: skip


def stands_in_for(account_id: int | None, today: date | None = None) -> QuerySet[Absence, int]:
    """The accounts whose desk this one has today: for another query to ask within it.

    Also those whose deputy is away too and has this one as deputy, and so on.
    """
    valid = absences(today or clock.today())
    reach = Q(deputy=account_id)
    for _ in range(HANDED_ON):
        reach = Q(deputy=account_id) | Q(deputy__in=valid.filter(reach).values("account"))
    return valid.filter(reach).values_list("account_id", flat=True)


def desks_of(account_id: int | None) -> frozenset[int]:
    """The same accounts by id: much sooner asked than by a question within itself."""
    if account_id is None:
        return frozenset()
    pairs = list(absences(clock.today()).values_list("account_id", "deputy_id"))
    found: set[int] = set()
    for _ in range(1 + HANDED_ON):
        found = {absent for absent, who in pairs if who == account_id or who in found}
    return frozenset(found)


def deputies(today: date) -> dict[int, int]:
    """Who has the desk, by the account of who is away; a deputy away too hands it on."""
    said = dict(absences(today).values_list("account_id", "deputy_id"))
    return {absent: _last(absent, said) for absent in said}


def absences(today: date) -> QuerySet[Absence]:
    """Those that last on a day."""
    return Absence.objects.filter(first_on__lte=today, last_on__gte=today, ended_at=None)


def _last(absent: int, said: dict[int, int]) -> int:
    passed, who = {absent}, said[absent]
    while who in said and said[who] not in passed and len(passed) <= HANDED_ON:
        passed.add(who)
        who = said[who]
    return who
