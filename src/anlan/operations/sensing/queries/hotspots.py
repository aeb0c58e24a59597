"""Satellite hotspots: the fires they make, and every pixel for the map."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from anlan.operations.people.queries import Scope
from anlan.operations.sensing.models import Hotspot, HotspotCluster
from anlan.operations.territory.queries import area_names
from anlan.vocabulary import clock
from anlan.vocabulary.areas import DISTRICT_DIGITS


@dataclass(frozen=True, slots=True)
class HotspotRow:
    """A pixel (lon/lat degrees, `frp_mw` MW); `area` the township, empty outside the district."""

    id: int
    instrument: str
    satellite: str
    lon: float
    lat: float
    acquired_at: datetime
    confidence: str
    stated: str
    frp_mw: float | None
    area: str
    cluster: int | None


@dataclass(frozen=True, slots=True)
class FireRow:
    """Hotspots that are one fire; `raised_at` None where it was only recorded."""

    id: int
    area: str
    area_code: str
    lon: float
    lat: float
    first_at: datetime
    last_at: datetime
    raised_at: datetime | None
    finding: str
    note: str
    found_at: datetime | None
    found_by: str
    hotspots: tuple[HotspotRow, ...]

    @property
    def open(self) -> bool:
        """Whether it waits for somebody to look."""
        return self.raised_at is not None and self.found_at is None


def hotspots(scope: Scope, days: int) -> list[HotspotRow]:
    """Pixels of the last days within sight, the newest first; the district also sees around it."""
    prefix = scope.area_prefix
    if prefix is None:
        return []
    mine = Q(area_code__startswith=prefix)
    if len(prefix) <= DISTRICT_DIGITS:
        mine |= Q(area_code="")
    since = clock.now() - timedelta(days=days)
    rows = Hotspot.objects.filter(mine, acquired_at__gte=since)
    names = area_names()
    return [_row(one, names) for one in rows.order_by("-acquired_at", "pk")[:2000]]


def fires(pixels: list[HotspotRow]) -> list[FireRow]:
    """The fires that these hotspots make: those that wait first, then the newest."""
    of: dict[int, list[HotspotRow]] = {}
    for one in pixels:
        if one.cluster is not None:
            of.setdefault(one.cluster, []).append(one)
    names = area_names()
    found = [
        _fire(one, names, tuple(of[one.pk]))
        for one in HotspotCluster.objects.filter(pk__in=of).order_by("-last_at", "pk")
    ]
    return sorted(found, key=lambda one: not one.open)


def fires_in(area: str, since: datetime, until: datetime) -> list[FireRow]:
    """Fires raised in an area, first seen in the spell; without their pixels. For the platform."""
    rows = HotspotCluster.objects.filter(
        area_code__startswith=area, first_at__gte=since, first_at__lte=until
    ).exclude(raised_at=None)
    names = area_names()
    return [_fire(one, names, ()) for one in rows.order_by("first_at", "pk")]


def _fire(one: HotspotCluster, names: dict[str, str], pixels: tuple[HotspotRow, ...]) -> FireRow:
    return FireRow(
        one.pk, names.get(one.area_code, one.area_code), one.area_code, one.lon, one.lat,
        one.first_at, one.last_at, one.raised_at, one.finding, one.note, one.found_at,
        one.found_by, pixels,
    )  # fmt: skip


def _row(one: Hotspot, names: dict[str, str]) -> HotspotRow:
    return HotspotRow(
        one.pk, one.instrument, one.satellite, one.lon, one.lat, one.acquired_at, one.confidence,
        one.stated, one.frp_mw, names.get(one.area_code, ""), one.cluster_id,
    )  # fmt: skip
