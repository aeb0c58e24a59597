"""Areas, sites and search for other programs and for the map's own search."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError

from anlan.operations.people.queries import admitted
from anlan.operations.territory import queries
from anlan.operations.territory.forms import BadPoint, around
from anlan.operations.territory.rules import SiteKind

router = Router()


class AreaOut(Schema):
    """An area; lon/lat (CGCS2000 degrees) is where its label stands."""

    code: str
    name: str
    kind: str
    parent_code: str
    admin_by: str
    households: int
    people: int
    lon: float
    lat: float
    schematic: bool


class SiteOut(Schema):
    """A point of the one map, CGCS2000 degrees."""

    code: str
    kind: str
    name: str
    area_code: str
    lon: float
    lat: float
    attributes: dict[str, Any]
    schematic: bool


class NearOut(Schema):
    """A site and its distance in metres, with the page of its file."""

    code: str
    kind: str
    name: str
    lon: float
    lat: float
    distance_m: float
    link: str


class HitOut(Schema):
    kind: str
    code: str
    name: str
    area_name: str
    lon: float
    lat: float
    link: str


@router.get("/areas", response=list[AreaOut])
def areas(request: HttpRequest, kind: str = "") -> Any:
    prefix = admitted(request, "territory.map").area_prefix
    return queries.areas(kind or None, within=prefix) if prefix else []


@router.get("/sites", response=list[SiteOut])
def sites(request: HttpRequest, kind: SiteKind) -> Any:
    return queries.sites(admitted(request, "territory.map"), kind=kind)


@router.get("/sites/{code}", response=SiteOut)
def site(request: HttpRequest, code: str) -> Any:
    found = queries.site(code, admitted(request, "territory.map"))
    if found is None:
        raise Http404
    return found


@router.get("/around", response=list[NearOut])
def sites_around(request: HttpRequest, lon: float, lat: float, km: float) -> Any:
    """Sites within `km` (at most 30) of a point, nearest first; `kind` may be repeated."""
    scope = admitted(request, "territory.map")
    try:
        asked = around(request.GET)
    except BadPoint as fault:
        raise HttpError(422, "lon, lat and km: a point, and at most 30 km") from fault
    return [
        {
            "code": n.site.code, "kind": n.site.kind, "name": n.site.name, "lon": n.site.lon,
            "lat": n.site.lat, "distance_m": round(n.distance_m, 1),
            "link": queries.link_to_site(n.site),
        }
        for n in queries.sites_around(scope, asked.lon, asked.lat, asked.km, asked.kinds)
    ]  # fmt: skip


@router.get("/search", response=list[HitOut])
def search(request: HttpRequest, q: str, limit: int = 20) -> Any:
    """Areas, sites and roads by name or code."""
    return queries.search(admitted(request, "territory.map"), q[:60], min(max(limit, 1), 50))
