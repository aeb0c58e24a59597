"""Enterprises for the rooms above, as frozen rows; and the words that a sector or trait has."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries import clean
from anlan.operations.safety.models import Enterprise, Membership
from anlan.operations.safety.queries.picking import SOUGHT_LETTERS, sought
from anlan.operations.safety.queries.scope import enterprises_in
from anlan.operations.safety.rules.enterprises import SECTOR_WORDS, TRAIT_WORDS

__all__ = [
    "SECTOR_WORDS", "TRAIT_WORDS", "EnterpriseRow", "claimants", "enterprise_by_code",
    "enterprise_row", "enterprises_by", "enterprises_of", "enterprises_to_choose",
    "operating_enterprises",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class EnterpriseRow:
    """An enterprise. `level` is its risk, 1 red … 4 blue, None as long as nobody has rated it.

    `regulator`: the unit that regulates it, by code; its sector's before its street.
    """

    id: int
    name: str
    area_code: str
    address: str
    sector: str
    trade: str
    traits: tuple[str, ...]
    level: int | None
    regulator: str


_KEYS = (
    "pk", "name", "area_code", "address", "sector", "trade", "traits", "level",
    "sector_regulator", "local_regulator",
)  # fmt: skip


def operating_enterprises() -> Iterator[EnterpriseRow]:
    """Every enterprise that operates, in one query, read piece by piece."""
    rows = Enterprise.objects.filter(state="open").order_by("pk").values_list(*_KEYS)
    return (_row(one) for one in rows.iterator(chunk_size=5_000))


def enterprise_row(enterprise_id: int, scope: Scope) -> EnterpriseRow | None:
    """One enterprise within sight, else None."""
    return next(iter(_rows(enterprises_in(scope).filter(pk=enterprise_id))), None)


def enterprises_by(ids: Collection[int]) -> list[EnterpriseRow]:
    """Enterprises by id, whoever sees them, operating or not."""
    return _rows(Enterprise.objects.filter(pk__in=ids))


def closed_among(ids: Collection[int]) -> frozenset[int]:
    """Those of these enterprises, by id, that are closed."""
    rows = Enterprise.objects.filter(pk__in=ids, state="closed")
    return frozenset(rows.values_list("pk", flat=True))


def closed_ids() -> QuerySet[Enterprise, int]:
    """Those of all, as a part of another room's question."""
    return Enterprise.objects.filter(state="closed").values_list("pk", flat=True)


def enterprise_by_code(credit_code: str, scope: Scope) -> EnterpriseRow | None:
    """The enterprise of a credit code within sight, else None."""
    return next(iter(_rows(enterprises_in(scope).filter(credit_code=credit_code))), None)


def enterprises_to_choose(scope: Scope, text: str, most: int) -> list[EnterpriseRow]:
    """Operating enterprises within sight that the text finds, by name."""
    found = sought(enterprises_in(scope).filter(state="open"), clean(text)[:SOUGHT_LETTERS])
    return _rows(found.order_by("name")[:most])


def enterprises_of(scope: Scope, ids: Collection[int]) -> list[EnterpriseRow]:
    """The operating enterprises of these ids within sight."""
    return _rows(enterprises_in(scope).filter(state="open", pk__in=ids)) if ids else []


def claimants(role: str = "") -> dict[int, list[int]]:
    """The open accounts that work for each enterprise, of one role where given. One query."""
    found: dict[int, list[int]] = {}
    rows = Membership.objects.filter(until=None, account__is_active=True).order_by("pk")
    if role:
        rows = rows.filter(account__role=role)
    for enterprise, account in rows.values_list("enterprise_id", "account_id"):
        found.setdefault(enterprise, []).append(account)
    return found


def _rows(found: QuerySet[Enterprise]) -> list[EnterpriseRow]:
    return [_row(one) for one in found.values_list(*_KEYS)]


def _row(one: tuple[Any, ...]) -> EnterpriseRow:
    pk, name, area, address, sector, trade, traits, level, by_sector, local = one
    regulator = by_sector or local
    return EnterpriseRow(
        pk, name, area, address, sector, trade, tuple(traits), level, regulator
    )  # fmt: skip
