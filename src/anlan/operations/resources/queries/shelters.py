from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from anlan.operations.people.queries import Scope
from anlan.operations.resources.models import Headcount, Shelter
from anlan.operations.resources.queries.sight import visible
from anlan.operations.territory.queries import sites


@dataclass(frozen=True, slots=True)
class ShelterRow:
    """A shelter: place in CGCS2000 degrees, effective area in m², people it may take and holds.

    `needs_water_margin_m` is how far its ground must stay above the water to be opened.
    """

    code: str
    name: str
    area_code: str
    lon: float
    lat: float
    capacity: int
    area_m2: float
    occupied: int
    open: bool
    needs_water_margin_m: float
    tier: str
    duration: str
    opened_at: datetime | None
    counted_at: datetime | None
    keeper: str
    schematic: bool


@dataclass(frozen=True, slots=True)
class HeadcountRow:
    at: datetime
    people: int
    counted_by: str


@dataclass(frozen=True, slots=True)
class ShelterTotals:
    """Sums over the shelters one may see."""

    count: int
    open: int
    capacity: int
    open_capacity: int
    occupied: int
    area_m2: float


def shelters(
    scope: Scope | None = None, *, codes: Iterable[str] | None = None, only_open: bool = False
) -> list[ShelterRow]:
    """Shelters that `scope` may see (None: the platform itself sees all), by code."""
    rows = _visible(scope)
    if codes is not None:
        rows = rows.filter(pk__in=set(codes))
    if only_open:
        rows = rows.filter(open=True)
    places = {s.code: s for s in sites(scope, kind="shelter")}
    return [
        ShelterRow(
            s.code, places[s.code].name, s.area_code, places[s.code].lon, places[s.code].lat,
            s.capacity, s.area_m2, s.occupied, s.open, s.water_margin_m, s.tier, s.duration,
            s.opened_at, s.counted_at, s.keeper, s.schematic,
        )
        for s in rows.order_by("code")
        if s.code in places
    ]  # fmt: skip


def shelter(code: str, scope: Scope | None = None) -> ShelterRow | None:
    return next(iter(shelters(scope, codes=[code])), None)


def shelter_totals(scope: Scope | None = None) -> ShelterTotals:
    rows = list(_visible(scope))
    return ShelterTotals(
        count=len(rows),
        open=sum(s.open for s in rows),
        capacity=sum(s.capacity for s in rows),
        open_capacity=sum(s.capacity for s in rows if s.open),
        occupied=sum(s.occupied for s in rows if s.open),
        area_m2=sum(s.area_m2 for s in rows),
    )


def headcounts(code: str, limit: int = 50) -> list[HeadcountRow]:
    """Who counted how many in a shelter, newest first."""
    rows = Headcount.objects.filter(shelter_id=code).order_by("-at", "-id")[:limit]
    return [HeadcountRow(r.at, r.people, r.counted_by) for r in rows]


def _visible(scope: Scope | None) -> QuerySet[Shelter]:
    return visible(Shelter.objects.all(), scope)
