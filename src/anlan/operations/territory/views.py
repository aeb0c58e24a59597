"""The file of a thing, and showing one phone number; pages only parse and render."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import Scope, organisations, requires, scope_of
from anlan.operations.territory import queries
from anlan.operations.territory.actions import NotYours, show_phone
from anlan.operations.territory.queries import facts
from anlan.operations.territory.rules import AREA_WORDS, SITE_WORDS, SiteKind
from anlan.vocabulary.words import NP_, Term

GRADE_WORDS: dict[str, Term] = {
    "trunk": NP_("road grade", "trunk road"),
    "main": NP_("road grade", "main road"),
    "street": NP_("road grade", "street"),
    "lane": NP_("road grade", "village road"),
}
NEAR_KM = 1.0


@never_cache
@require_GET
@requires("territory.map")
def thing_page(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Facts, responsible persons and surroundings of an area, a road or a site."""
    scope = scope_of(request.user)
    context = _file(scope, kind, code)
    if context is None:
        raise Http404
    on_map = kind not in ("area", "road")
    return render(request, "territory/thing.html", context | {"code": code, "on_map": on_map})


@never_cache
@require_POST
@requires("territory.map")
def phone(request: HttpRequest, ident: int) -> HttpResponse:
    """The full number of one responsible person; who looked is recorded."""
    actor = actor_of(request)
    try:
        number = show_phone(actor, ident, scope_of(request.user))
    except NotYours as fault:
        raise Http404 from fault
    whole = "phone" if request.headers.get("HX-Request") else "phone_page"
    return render(request, f"territory/{whole}.html", {"number": number})


def _file(scope: Scope, kind: str, code: str) -> dict[str, Any] | None:
    if kind == "area":
        return _area_file(scope, code)
    if kind == "road":
        return _road_file(scope, code)
    row = queries.site(code, scope)
    if row is None or row.kind != kind:
        return None
    watched = facts.instruments_on(row, scope)
    near = [n for n in queries.sites_around(scope, row.lon, row.lat, NEAR_KM) if n.site != row]
    return {
        "name": row.name,
        "kind_word": pgettext(*SITE_WORDS[SiteKind(row.kind)]),
        "place": facts.place_words(row.area_code),
        "lon": row.lon, "lat": row.lat, "schematic": row.schematic, "source": row.source,
        "facts": facts.site_facts(row),
        "persons": facts.site_persons(code, scope),
        "watched": watched,
        "watches": queries.watches(row, scope),
        "near": [(n, pgettext(*SITE_WORDS[SiteKind(n.site.kind)]),
                  queries.link_to_site(n.site)) for n in near[:12]],
        "near_more": max(0, len(near) - 12),
        "near_km": NEAR_KM,
    }  # fmt: skip


def _area_file(scope: Scope, code: str) -> dict[str, Any] | None:
    row = queries.area(code)
    prefix = scope.area_prefix
    if row is None or not prefix or not code.startswith(prefix):
        return None
    inner = {"district": "township", "township": "community"}.get(row.kind)
    parts = queries.areas(inner, within=code) if inner else []
    return {
        "name": row.name,
        "kind_word": pgettext(*AREA_WORDS[row.kind]) if row.kind in AREA_WORDS else row.kind,
        "place": facts.place_words(row.parent_code) if row.parent_code else "",
        "lon": row.lon, "lat": row.lat, "schematic": row.schematic, "source": row.source,
        "area": row,
        "run_by": {o.code: o.name for o in organisations()}.get(row.admin_by, row.admin_by),
        "parts": parts,
        "counts": [
            (pgettext(*SITE_WORDS[kind]), count)
            for kind, count in queries.site_counts_in(code).items()
        ],
        "persons": facts.area_persons(code, scope),
    }  # fmt: skip


def _road_file(scope: Scope, code: str) -> dict[str, Any] | None:
    row = facts.road(code, scope)
    if row is None:
        return None
    return {
        "name": row.name,
        "kind_word": pgettext(*GRADE_WORDS[row.grade]) if row.grade in GRADE_WORDS else row.grade,
        "place": facts.place_words(row.area_code),
        "lon": row.lon, "lat": row.lat, "schematic": row.schematic, "source": row.source,
        "road": row,
    }  # fmt: skip
