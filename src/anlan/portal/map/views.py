"""The one map's page and what its island asks for."""

import hashlib
import json
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from anlan.operations.people.queries import requires, scope_of
from anlan.operations.territory.queries import (
    area_names,
    link_to_site,
    search,
    site,
    sites_around,
)
from anlan.portal.map import ground, offered
from anlan.portal.terms import right_word

MOST_KM = 30.0
MOST_FOUND = 200
_YEAR = "private, max-age=31536000, immutable"


@require_safe
@requires("territory.map")
def page(request: HttpRequest) -> HttpResponse:
    """The one map; `?code=` selects a thing, `?layers=a,b` says which layers are on."""
    scope = scope_of(request.user)
    props: dict[str, Any] = {
        "layers": "/map/layers.json", "base": "/map/base.json", "fit": "district",
        "search": "/map/search", "around": "/map/around", "file": "#map-file",
        "tools": True, "legend": True, "inset": True,
    }  # fmt: skip
    wanted = [key for key in request.GET.get("layers", "").split(",") if key]
    if wanted:
        props["on"] = wanted
    code = request.GET.get("code", "")
    chosen = site(code, scope) if code else None
    if chosen:
        props["selected"] = {
            "code": chosen.code, "name": chosen.name, "lon": chosen.lon, "lat": chosen.lat,
            "link": link_to_site(chosen),
        }  # fmt: skip
    return render(request, "map/page.html", {"props": props, "code": code, "chosen": chosen})


def _edition_tag(request: HttpRequest, *args: Any, **kwargs: Any) -> str:
    return f'"{ground.edition().key}"'


@require_safe
@condition(etag_func=_edition_tag)
def base(request: HttpRequest) -> HttpResponse:
    """The ground; open to a household's page too, so it holds nothing but place names."""
    return _answer(ground.base(ground.edition()), "private, no-cache")


@require_safe
def hillshade(request: HttpRequest, theme: str) -> HttpResponse:
    """The shaded relief of the loaded terrain."""
    picture = ground.hillshade(ground.edition(), theme)
    if picture is None:
        raise Http404(_("no terrain is loaded"))
    return HttpResponse(picture, "image/jpeg", headers={"Cache-Control": _YEAR})


@require_safe
@requires("territory.map")
def terrain(request: HttpRequest, z: int, x: int, y: int) -> HttpResponse:
    """Heights for the 3D view."""
    tile = ground.height_tile(ground.edition(), z, x, y)
    if tile is None:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return HttpResponse(tile, "image/png", headers={"Cache-Control": _YEAR})


@require_safe
@requires("territory.map")
def layers(request: HttpRequest) -> HttpResponse:
    """The layers this account may see."""
    return _answer({"layers": offered.layers_for(scope_of(request.user))}, "private, no-cache")


@require_safe
@requires("territory.map")
def layer(request: HttpRequest, key: str) -> HttpResponse:
    """One layer's features within this account's sight, as GeoJSON (lon/lat CGCS2000)."""
    scope = scope_of(request.user)
    found = offered.every_layer().get(key)
    if found is None:
        raise Http404(_("no such layer"))
    if not scope.may(found.right):
        return _problem(HTTPStatus.FORBIDDEN, _("You may not %(what)s") % {
            "what": right_word(found.right)
        })  # fmt: skip
    body = json.dumps(found.features(scope), ensure_ascii=False, separators=(",", ":"))
    tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:24]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=HTTPStatus.NOT_MODIFIED, headers=headers)
    return HttpResponse(body, "application/geo+json", headers=headers)


@require_safe
@requires("territory.map")
def find(request: HttpRequest) -> HttpResponse:
    """Areas, sites and roads by name or code, `?q=`."""
    hits = search(scope_of(request.user), request.GET.get("q", "")[:60])
    return _answer({
        "hits": [
            {"kind": hit.kind, "code": hit.code, "name": hit.name, "area": hit.area_name,
             "lon": hit.lon, "lat": hit.lat, "link": hit.link}
            for hit in hits
        ]
    }, "private, no-cache")  # fmt: skip


@require_safe
@requires("territory.map")
def around(request: HttpRequest) -> HttpResponse:
    """Sites around a point, nearest first: `?lon=&lat=&km=` (at most 30 km)."""
    try:
        lon, lat, km = (float(request.GET[name]) for name in ("lon", "lat", "km"))
    except (KeyError, ValueError):
        return _problem(HTTPStatus.BAD_REQUEST, _("lon, lat and km are numbers, all three needed"))
    if not (-180 <= lon <= 180 and -85 <= lat <= 85 and 0 < km <= MOST_KM):
        return _problem(HTTPStatus.BAD_REQUEST, _("lon, lat or km is out of range"))
    near = sites_around(scope_of(request.user), lon, lat, km)
    names = area_names({one.site.area_code for one in near[:MOST_FOUND]})
    return _answer({
        "total": len(near),
        "hits": [
            {"kind": one.site.kind, "code": one.site.code, "name": one.site.name,
             "area": names.get(one.site.area_code, ""), "lon": one.site.lon, "lat": one.site.lat,
             "distance_m": round(one.distance_m), "link": link_to_site(one.site)}
            for one in near[:MOST_FOUND]
        ],
    }, "private, no-cache")  # fmt: skip


def _answer(content: dict[str, Any], keep: str) -> HttpResponse:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, "application/json", headers={"Cache-Control": keep})


def _problem(status: HTTPStatus, title: str) -> HttpResponse:
    """An RFC 9457 problem document."""
    body = json.dumps({"title": title, "status": int(status)}, ensure_ascii=False)
    return HttpResponse(body, "application/problem+json", status=status)
