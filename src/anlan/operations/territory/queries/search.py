"""Find a thing by its name or code."""

from dataclasses import dataclass
from itertools import chain

from django.db.models import Q

from anlan.operations.people.queries import Scope
from anlan.operations.territory.models import Area, Road, Site
from anlan.operations.territory.queries.areas import area_names
from anlan.operations.territory.queries.sites import SiteRow, visible
from anlan.operations.territory.rules import SiteKind

STATIONS = {SiteKind.STAGE_STATION, SiteKind.RAIN_STATION}


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer of the search, with the page of the thing."""

    kind: str
    code: str
    name: str
    area_name: str
    lon: float
    lat: float
    link: str


def link_to(kind: str, code: str) -> str:
    """The address of the file of an area or a road."""
    return f"/things/{kind}/{code}"


def link_to_site(site: SiteRow | Site) -> str:
    """The address of a site's file; shelters, cameras and senders of data have their own pages."""
    if site.kind in STATIONS or site.attributes.get("live"):
        return f"/stations/{site.code}"
    if site.kind == SiteKind.CAMERA:
        return f"/cameras/{site.code}"
    if site.kind == SiteKind.SHELTER:
        return f"/shelters/{site.code}"
    return link_to(site.kind, site.code)


def search(scope: Scope, text: str, limit: int = 20) -> list[Hit]:
    """Areas, sites and roads whose name or code holds `text`; areas first, short names first."""
    wanted = text.strip()
    prefix = scope.area_prefix
    if not wanted or not prefix:
        return []
    match = Q(name__icontains=wanted) | Q(code__istartswith=wanted)
    inside = Q(code__startswith=prefix)
    found_areas = Area.objects.defer("wkb").filter(match, inside).order_by("code")[:limit]
    found_sites = visible(Site.objects.filter(match), scope).order_by("code")[:limit]
    found_roads = Road.objects.filter(match, area_code__startswith=prefix).order_by("code")[:limit]
    names = area_names()
    hits = chain(
        (
            Hit("area", a.code, a.name, names.get(a.parent_code, ""), a.lon, a.lat,
                link_to("area", a.code))
            for a in found_areas
        ),
        (
            Hit(s.kind, s.code, s.name, names.get(s.area_code, ""), s.lon, s.lat,
                link_to_site(s))
            for s in found_sites
        ),
        (
            Hit("road", r.code, r.name, names.get(r.area_code, ""), (r.west + r.east) / 2,
                (r.south + r.north) / 2, link_to("road", r.code))
            for r in found_roads
        ),
    )  # fmt: skip
    ordered = sorted(hits, key=lambda hit: (not hit.name.startswith(wanted), len(hit.name)))
    return ordered[:limit]
