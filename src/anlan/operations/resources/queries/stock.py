from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from anlan.operations.people.queries import Scope
from anlan.operations.resources.models import KitNorm, StockLot
from anlan.operations.resources.queries.sight import visible
from anlan.operations.resources.rules import KitLine, kit, people_served
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True)
class SupplyRow:
    """One batch of an item in one store.

    `per_person` is the kit's norm of the day for a resettled person, None outside the kit.
    """

    code: str
    item_code: str
    item_name: str
    unit: str
    quantity: Decimal
    store_code: str
    area_code: str
    storage: str
    made_on: date | None
    expires_on: date | None
    owner: str
    schematic: bool
    per_person: Decimal | None

    @property
    def kit(self) -> bool:
        """Does it belong to the resettlement kit (K-47)?"""
        return self.per_person is not None

    @property
    def stock(self) -> Decimal:
        return self.quantity


@dataclass(frozen=True, slots=True)
class KitRow:
    """K-47: how many resettled people the stock serves, with every line it comes from."""

    people: int
    lines: tuple[KitLine, ...]


def supplies(scope: Scope | None = None, *, store_code: str | None = None) -> list[SupplyRow]:
    """Stock that `scope` may see (None: the platform itself sees all), by item, first out first."""
    norms = {norm.item_id: norm.per_person for norm in _norms(clock.today())}
    rows = visible(StockLot.objects.select_related("item"), scope)
    if store_code:
        rows = rows.filter(store_code=store_code)
    return [
        SupplyRow(
            lot.code, lot.item_id, lot.item.name, lot.item.unit, lot.quantity, lot.store_code,
            lot.area_code, lot.storage, lot.made_on, lot.expires_on, lot.owner, lot.schematic,
            norms.get(lot.item_id),
        )
        for lot in rows.order_by("item_id", "expires_on", "code")
    ]  # fmt: skip


def resettlement_kit(on: date | None = None) -> KitRow:
    """Stock that has not expired against the norms of the day (today by default)."""
    day = on or clock.today()
    fresh = StockLot.objects.filter(Q(expires_on=None) | Q(expires_on__gt=day))
    stock = fresh.values_list("item_id").annotate(total=Sum("quantity"))
    lines = kit(
        {n.item_id: (n.item.name, n.item.unit, float(n.per_person)) for n in _norms(day)},
        {item: float(total) for item, total in stock},
    )
    return KitRow(people_served(lines), tuple(lines))


def _norms(day: date) -> QuerySet[KitNorm]:
    norms = KitNorm.objects.select_related("item").filter(valid_from__lte=day)
    return norms.filter(Q(valid_to=None) | Q(valid_to__gt=day))
