"""QR posters: an enterprise or a street, whose code leads to the form with the place filled in."""

from collections.abc import Sequence

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from anlan.operations.hotline.queries.places import AREA, ENTERPRISE, HAZARDS, token_of
from anlan.operations.hotline.rules.hazards import SIGN_WORDS, Sign
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.safety.queries.picking import SOUGHT_LETTERS, choices
from anlan.operations.safety.queries.scope import enterprises_in
from anlan.operations.territory.queries import area_names, streets_under


@require_GET
@requires("hotline.view")
def posters_page(request: HttpRequest) -> HttpResponse:
    """Which enterprise or street a poster is for."""
    scope, text = scope_of(request.user), request.GET.get("q", "")[:SOUGHT_LETTERS]
    within = streets_under(scope.area_prefix or "-", area_names())
    context = {"enterprises": choices(scope, text), "streets": within, "text": text}
    return render(request, "hotline/posters.html", context)


@require_GET
@requires("hotline.view")
def enterprise_poster(request: HttpRequest, enterprise_id: int) -> HttpResponse:
    rows = enterprises_in(scope_of(request.user)).filter(pk=enterprise_id)
    name = rows.values_list("name", flat=True).first()
    if name is None:
        raise Http404
    return _poster(request, name, token_of(ENTERPRISE, enterprise_id))


@require_GET
@requires("hotline.view")
def area_poster(request: HttpRequest, area_code: str) -> HttpResponse:
    name = area_names().get(area_code)
    if name is None or not area_code.startswith(scope_of(request.user).area_prefix or "-"):
        raise Http404
    return _poster(request, name, token_of(AREA, area_code))


@require_GET
@requires("hotline.view")
def hazard_poster(request: HttpRequest, area_code: str) -> HttpResponse:
    """Of an area, for the signs of natural hazards: it says which they are."""
    name = area_names().get(area_code)
    if name is None or not area_code.startswith(scope_of(request.user).area_prefix or "-"):
        raise Http404
    signs = [pgettext(*word) for key, word in SIGN_WORDS.items() if key != Sign.OTHER]
    return _poster(request, name, token_of(HAZARDS, area_code), signs)


def _poster(request: HttpRequest, name: str, token: str, signs: Sequence[str] = ()) -> HttpResponse:
    address = f"{settings.ANLAN_PUBLIC_URL}/12350/at/{token}"
    drawn = segno.make(address, error="q").svg_inline(scale=8, border=4, omitsize=True)
    context = {"name": name, "address": address, "code": drawn, "signs": signs}
    return render(request, "hotline/poster.html", context)
