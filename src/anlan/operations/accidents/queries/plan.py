"""The accidents in production that the plan's indicators K-01 and K-03 count: the whole district's.

What was not in production is kept in the register, and left out here by its flag (`domain.md` 5).
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from anlan.operations.accidents.models import Accident
from anlan.operations.accidents.rules.states import Mark
from anlan.vocabulary.clock import CHINA


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


def in_use(end: datetime) -> bool:
    """Whether the register of accidents was kept by then: an accident of any kind that happened
    before stands in it. Where none ever did, nobody can tell "none" from "not entered"."""
    return Accident.objects.filter(occurred_at__lt=end).exists()


@dataclass(frozen=True, slots=True)
class Judged:
    """An accident as it counts against who answers for its place or sector; `level` 1 worst … 4,
    `marks`: late, missed, false, concealed."""

    id: int
    number: str
    title: str
    on: date
    level: int
    marks: tuple[str, ...]


def judged(area: str, sector: str, year: int) -> list[Judged]:
    """In production, of a year, in an area (its code's beginning) and, where one is named, of a
    sector; the oldest first. For a reader who was found to see that unit. One query."""
    first, after = (datetime.combine(date(one, 1, 1), time(), CHINA) for one in (year, year + 1))
    rows = Accident.objects.filter(
        in_production=True, area_code__startswith=area, occurred_at__gte=first,
        occurred_at__lt=after,
    ).order_by("occurred_at", "pk")  # fmt: skip
    return [
        Judged(one.pk, one.number, one.title, one.occurred_at.astimezone(CHINA).date(), one.level,
               (*([Mark.LATE] if one.late else []), *one.marks))
        for one in (rows.filter(sector=sector) if sector else rows)
    ]  # fmt: skip
