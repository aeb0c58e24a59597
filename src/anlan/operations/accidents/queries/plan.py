"""The accidents in production that the plan's indicators K-01 and K-03 count: the whole district's.

What was not in production is kept in the register, and left out here by its flag (`domain.md` 5).
"""

from dataclasses import dataclass
from datetime import datetime

from anlan.operations.accidents.models import Accident


@dataclass(frozen=True, slots=True)
class Counted:
    """An accident in a few words; `level` 1 worst … 4."""

    id: int
    number: str
    title: str
    level: int
    deaths: int
    occurred_at: datetime


def in_production(begin: datetime, end: datetime) -> list[Counted]:
    """From `begin` until before `end`, the newest first. One query.

    For the indicators of the whole district: whoever calls has found out that the reader sees it.
    """
    rows = Accident.objects.filter(
        in_production=True, occurred_at__gte=begin, occurred_at__lt=end
    ).order_by("-occurred_at", "pk")
    names = ("pk", "number", "title", "level", "deaths", "occurred_at")
    return [Counted(*row) for row in rows.values_list(*names)]
