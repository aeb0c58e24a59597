"""The item library as the rules read it."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from anlan.operations.checks.models import CheckItem
from anlan.operations.checks.rules.library import Item, Kind
from anlan.operations.safety.queries.rows import EnterpriseRow


def items_in_force() -> list[Item]:
    """Every item in force. One query."""
    return [item_of(one) for one in current_items().order_by("code")]


def items_at(moment: datetime) -> list[Item]:
    """The items that were in force then. One query."""
    then = CheckItem.objects.filter(Q(until=None) | Q(until__gt=moment), since__lte=moment)
    return [item_of(one) for one in then.order_by("code")]


def current_items() -> QuerySet[CheckItem]:
    return CheckItem.objects.filter(until=None)


def item_of(row: CheckItem) -> Item:
    return Item(
        id=row.pk, code=row.code, version=row.version, text=row.text, basis=row.basis,
        clause=row.clause, method=row.method, weight=row.weight, cycle=row.cycle, uses=row.uses,
        sector=row.sector, trait=row.trait, trade=row.trade, level=row.level,
    )  # fmt: skip


def kind_of(one: EnterpriseRow) -> Kind:
    return Kind(one.sector, frozenset(one.traits), one.trade, one.level)


def versions_of(code: str) -> list[CheckItem]:
    """Every version of an item, newest first."""
    return list(CheckItem.objects.filter(code=code).order_by("-version"))


def as_said(item: Item) -> dict[str, Any]:
    """An item as a phone's form and the interface say it."""
    return {
        "code": item.code, "version": item.version, "text": item.text, "method": item.method,
        "basis": f"{item.basis} {item.clause}".strip(), "key": item.key, "cycle": item.cycle,
    }  # fmt: skip
