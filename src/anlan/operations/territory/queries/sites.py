"""Sites on the one map, and what lies around a point."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Count, Q, QuerySet
from pyproj import Geod

from anlan.operations.people.queries import Scope
from anlan.operations.territory.models import Household, Road, Site
from anlan.operations.territory.rules import SiteKind, box_around, cell_ranges

_ELLIPSOID = Geod(ellps="GRS80")


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A point of the one map, lon/lat CGCS2000. `schematic` marks an invented record."""

    code: str
    kind: str
    name: str
    area_code: str
    lon: float
    lat: float
    attributes: dict[str, Any]
    schematic: bool
    source: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """A site and its distance from the point asked about, metres on the ellipsoid."""

    site: SiteRow
    distance_m: float


@dataclass(frozen=True, slots=True)
class RoadRow:
    code: str
    name: str
    grade: str
    area_code: str
    length_m: float
    schematic: bool
    wkb: bytes


def sites(
    scope: Scope | None, kind: str | None = None, codes: Iterable[str] | None = None
) -> list[SiteRow]:
    """Sites that `scope` may see (None: the platform itself sees all), by code."""
    rows = visible(Site.objects.all(), scope)
    if kind:
        rows = rows.filter(kind=kind)
    if codes is not None:
        rows = rows.filter(pk__in=set(codes))
    return [site_row(s) for s in rows.order_by("code")]


def site(code: str, scope: Scope | None = None) -> SiteRow | None:
    """One site; None when there is none or the scope may not see it."""
    found = visible(Site.objects.filter(pk=code), scope).first()
    return site_row(found) if found else None


def site_counts_in(area_code: str) -> dict[SiteKind, int]:
    """How many sites of each kind an area holds, in the order of the kinds."""
    rows = Site.objects.filter(area_code__startswith=area_code).values("kind")
    counted = {row["kind"]: row["number"] for row in rows.annotate(number=Count("code"))}
    return {kind: counted[kind.value] for kind in SiteKind if kind.value in counted}


def existing_codes(register: str) -> frozenset[str]:
    """Codes of real (not schematic) records of a register: `sites` or `households`."""
    if register == "sites":
        return frozenset(Site.objects.filter(schematic=False).values_list("code", flat=True))
    return frozenset(Household.objects.filter(schematic=False).values_list("code", flat=True))


def site_counts(scope: Scope | None) -> dict[str, int]:
    """How many sites of each kind are visible."""
    rows = visible(Site.objects.all(), scope).values("kind").annotate(number=Count("code"))
    return {row["kind"]: row["number"] for row in rows.order_by("kind")}


def sites_around(
    scope: Scope | None, lon: float, lat: float, km: float, kinds: Iterable[str] = ()
) -> list[Near]:
    """Visible sites within `km` kilometres of a point (exact, on the ellipsoid), nearest first."""
    near = Q()
    for first, last in cell_ranges(box_around(lon, lat, km)):
        near |= Q(cell__gte=first, cell__lte=last)
    rows = visible(Site.objects.filter(near), scope)
    wanted = set(kinds)
    if wanted:
        rows = rows.filter(kind__in=wanted)
    found = list(rows.order_by("code"))
    if not found:
        return []
    there = np.array([(s.lon, s.lat) for s in found])
    _, _, metres = _ELLIPSOID.inv(
        np.full(len(found), lon), np.full(len(found), lat), there[:, 0], there[:, 1]
    )
    order = np.argsort(metres, kind="stable")
    return [Near(site_row(found[i]), float(metres[i])) for i in order if metres[i] <= km * 1000.0]


def roads(scope: Scope | None) -> list[RoadRow]:
    """Road segments that `scope` may see, by code; `wkb` is a line in lon/lat."""
    rows = visible_areas(Road.objects.all(), scope)
    return [
        RoadRow(r.code, r.name, r.grade, r.area_code, r.length_m, r.schematic, bytes(r.wkb))
        for r in rows.order_by("code")
    ]


def visible(rows: QuerySet[Site], scope: Scope | None) -> QuerySet[Site]:
    """Only rows whose area lies in the scope."""
    if scope is None:
        return rows
    prefix = scope.area_prefix
    return rows.filter(area_code__startswith=prefix) if prefix else rows.none()


def visible_areas(rows: QuerySet[Road], scope: Scope | None) -> QuerySet[Road]:
    if scope is None:
        return rows
    prefix = scope.area_prefix
    return rows.filter(area_code__startswith=prefix) if prefix else rows.none()


def site_row(s: Site) -> SiteRow:
    return SiteRow(
        s.code, s.kind, s.name, s.area_code, s.lon, s.lat, s.attributes, s.schematic, s.source
    )
