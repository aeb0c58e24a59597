"""Who works for an enterprise, and who is its head: a room above keeps them, and says so."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from anlan.operations.people.queries import rights_within

Accounts = Callable[[Collection[int]], Mapping[int, Collection[int]]]
Enterprises = Callable[[int | None], QuerySet[Any, int]]
Claimed = Callable[[OuterRef, Collection[str]], Exists]
_HEADS: list[Accounts] = []
_MEMBERS: list[Accounts] = []
_ENTERPRISES: list[Enterprises] = []
_CLAIMED: list[Claimed] = []


def offer_heads(query: Accounts) -> None:
    """A room above says which accounts are the heads of enterprises, both by id."""
    _HEADS.append(query)


def offer_members(accounts: Accounts, enterprises: Enterprises, claimed: Claimed) -> None:
    """A room above says which accounts work for enterprises, for which an account does, and whether
    an open account, of some roles where any are named, works for one: the last two for another
    query to ask within it."""
    _MEMBERS.append(accounts)
    _ENTERPRISES.append(enterprises)
    _CLAIMED.append(claimed)


def heads(enterprises: Collection[int]) -> dict[int, set[int]]:
    """The accounts of the heads of these, by enterprise; one without an account is left out."""
    return _found(_HEADS, enterprises)


def members(enterprises: Collection[int]) -> dict[int, set[int]]:
    """The accounts that work for these, by enterprise."""
    return _found(_MEMBERS, enterprises)


def of_own_enterprise(account_id: int | None) -> list[Q]:
    """Items that are duties of an enterprise for which this account works, one condition for each
    room that keeps such."""
    return [Q(enterprise__in=query(account_id)) for query in _ENTERPRISES]


def of_claimed_enterprise() -> Q:
    """Items that are duties of an enterprise for which somebody works: nobody else does them."""
    return Q(enterprise__isnull=False) & _works()


def of_enterprise_with_nobody() -> Q:
    """Items that are duties of an enterprise for which nobody works who has their right."""
    able = Q(pk__in=[])
    for roles, rights in rights_within().items():
        able |= Q(right__in=rights) & _works(roles)
    return Q(enterprise__isnull=False) & ~able


def _works(roles: Collection[str] = ()) -> Q:
    works = Q(pk__in=[])
    for query in _CLAIMED:
        works |= Q(query(OuterRef("enterprise"), roles))
    return works


def _found(queries: list[Accounts], enterprises: Collection[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for query in queries:
        for one, accounts in query(enterprises).items():
            found.setdefault(one, set()).update(accounts)
    return found
