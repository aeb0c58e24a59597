"""What the register of accidents answers to other rooms."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Q, Sum

from anlan.operations.accidents.models import Accident
from anlan.operations.accidents.queries.plan import Counted, Judged, in_production, in_use, judged
from anlan.operations.accidents.queries.scope import accidents_in
from anlan.operations.people.queries import Scope
from anlan.operations.safety.queries.signboards import named
from anlan.vocabulary import clock

__all__ = [
    "Counted", "Judged", "Tally", "accidents_in", "in_production", "in_production_of", "in_use",
    "judged", "liable", "tally",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tally:
    """Accidents in production of a spell (K-01..03); `loss` in 万元. `apart`: not in production."""

    accidents: int
    deaths: int
    serious: int
    loss: Decimal
    considerable: int
    late: int
    apart: int


def tally(scope: Scope, begin: datetime, end: datetime) -> Tally:
    """Counted from `begin` until before `end`, within sight. One query."""
    rows = accidents_in(scope).filter(occurred_at__gte=begin, occurred_at__lt=end)
    counted = Q(in_production=True)
    found = rows.aggregate(
        accidents=Count("pk", filter=counted), deaths=Sum("deaths", filter=counted),
        serious=Sum("serious", filter=counted) , loss=Sum("loss", filter=counted),
        considerable=Count("pk", filter=counted & Q(level__lte=3)),
        late=Count("pk", filter=counted & Q(late=True)), apart=Count("pk", filter=~counted),
    )  # fmt: skip
    loss = found.pop("loss") or Decimal(0)
    return Tally(loss=loss, **{key: int(value or 0) for key, value in found.items()})


def liable(accident_id: int) -> tuple[int, str] | None:
    """The enterprise of an accident in production, by id or by its exact name, and its title."""
    rows = Accident.objects.filter(pk=accident_id, in_production=True)
    found = rows.values_list("enterprise_id", "unit", "title").first()
    if found is None:
        return None
    enterprise_id = found[0] or named(found[1])
    return (enterprise_id, found[2]) if enterprise_id else None


def in_production_of(firms: Collection[int]) -> list[tuple[int, date]]:
    """Enterprise and day of every accident in production of these enterprises."""
    rows = Accident.objects.filter(enterprise__in=firms, in_production=True)
    found = rows.values_list("enterprise", "occurred_at")
    return [(firm, at.astimezone(clock.CHINA).date()) for firm, at in found if firm is not None]
