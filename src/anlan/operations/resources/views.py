"""Shelters and teams: lists, files, opening, closing and counting; pages only parse and render."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from anlan.operations.people.actions import actor_of, log_export
from anlan.operations.people.queries import Scope, download, requires, scope_of
from anlan.operations.resources import forms, queries
from anlan.operations.resources.actions import (
    ShelterRefused,
    close_shelter,
    open_shelter,
    record_headcount,
)
from anlan.operations.resources.queries.export import workbook_of
from anlan.operations.resources.rules import (
    DURATION_WORDS,
    TEAM_WORDS,
    TIER_WORDS,
    ShelterDuration,
    ShelterTier,
    TeamKind,
)
from anlan.operations.territory.queries import area_names, areas, responsible_for


@never_cache
@require_GET
@requires("resources.view")
def shelters_page(request: HttpRequest) -> HttpResponse:
    scope, asked = scope_of(request.user), forms.choice(request.GET)
    rows = queries.shelters(scope)
    shown = asked.sorted([row for row in rows if asked.keeps(row)])
    begin = (asked.page - 1) * forms.PAGE
    names = area_names()
    context = {
        "asked": asked,
        "lines": [_line(row, names) for row in shown[begin : begin + forms.PAGE]],
        "found": len(shown), "pages": -(-len(shown) // forms.PAGE),
        "totals": queries.shelter_totals(scope),
        "tabs": [
            ("", _("All"), len(rows)),
            ("open", pgettext("shelters", "Open"), sum(row.open for row in rows)),
            ("closed", pgettext("shelters", "Closed"), sum(not row.open for row in rows)),
        ],
        "tiers": [(t.value, pgettext(*TIER_WORDS[t])) for t in ShelterTier],
        "townships": [
            (a.code, a.name) for a in areas("township", within=scope.area_prefix or "-")
        ],
        "address": _address(request), "may_manage": scope.may("resources.manage"),
    }  # fmt: skip
    return render(request, "resources/shelters.html", context)


@never_cache
@require_GET
@requires("resources.view")
def shelters_export(request: HttpRequest) -> HttpResponse:
    """What the list shows with these filters, all pages, as a workbook."""
    asked = forms.choice(request.GET)
    rows = asked.sorted([r for r in queries.shelters(scope_of(request.user)) if asked.keeps(r)])
    log_export(actor_of(request), "shelters", request.GET.urlencode(), len(rows))
    return download(workbook_of(rows, area_names()), "shelters")


@never_cache
@require_GET
@requires("resources.view")
def shelter_page(request: HttpRequest, code: str) -> HttpResponse:
    """The file of a shelter: room, people in it, keeper, headcounts."""
    scope = scope_of(request.user)
    row = _seen(scope, code)
    context = {
        **_line(row, area_names([row.area_code, row.area_code[:9]])),
        "duration": pgettext(*DURATION_WORDS[ShelterDuration(row.duration)]),
        "counts": queries.headcounts(code, 20),
        "keepers": responsible_for(site_code=code, scope=scope),
        "may_manage": scope.may("resources.manage"),
    }
    return render(request, "resources/shelter.html", context)


@require_POST
@requires("resources.manage")
def change_shelter(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Open, close or count; a second click changes nothing and says so."""
    scope = scope_of(request.user)
    row = _seen(scope, code)
    try:
        messages.success(request, _change(request, scope, row, verb))
    except (ShelterRefused, forms.BadCount) as refusal:
        said = _("%(text)s is not a whole number of people.") % {"text": refusal}
        messages.error(request, str(refusal) if isinstance(refusal, ShelterRefused) else said)
    return HttpResponseRedirect(reverse("shelter", args=[code]))


@never_cache
@require_GET
@requires("resources.view")
def teams_page(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user)
    order = [known.value for known in TeamKind]
    rows = sorted(queries.teams(scope), key=lambda row: (order.index(row.kind), row.code))
    kind = request.GET.get("kind", "")
    counts = Counter(row.kind for row in rows)
    names = area_names()
    context = {
        "kind": kind,
        "tabs": [("", _("All"), len(rows))]
        + [(k.value, pgettext(*TEAM_WORDS[k]), counts[k.value]) for k in TeamKind],
        "lines": [_team_line(row, names) for row in rows if not kind or row.kind == kind],
    }
    return render(request, "resources/teams.html", context)


@never_cache
@require_GET
@requires("resources.view")
def team_page(request: HttpRequest, code: str) -> HttpResponse:
    row = queries.team(code, scope_of(request.user))
    if row is None:
        raise Http404
    context = _team_line(row, area_names([row.area_code, row.area_code[:9]]))
    return render(request, "resources/team.html", context)


def _seen(scope: Scope, code: str) -> queries.ShelterRow:
    row = queries.shelter(code, scope)
    if row is None:
        raise Http404
    return row


def _change(request: HttpRequest, scope: Scope, row: queries.ShelterRow, verb: str) -> str:
    actor = actor_of(request)
    if verb == "open":
        if open_shelter(actor, row.code, scope):
            return _("%(name)s is open.") % {"name": row.name}
        return _("%(name)s was open already.") % {"name": row.name}
    if verb == "close":
        if close_shelter(actor, row.code, scope):
            return _("%(name)s is closed.") % {"name": row.name}
        return _("%(name)s was closed already.") % {"name": row.name}
    count = forms.people(request.POST.get("people", ""))
    record_headcount(actor, row.code, count, scope)
    return _("%(name)s: %(people)s people recorded.") % {
        "name": row.name, "people": f"{count:,}"}  # fmt: skip


def _line(row: queries.ShelterRow, names: dict[str, str]) -> dict[str, Any]:
    return {
        "row": row,
        "place": " ".join(
            names[code]
            for code in dict.fromkeys((row.area_code[:9], row.area_code))
            if code in names
        ),
        "tier": pgettext(*TIER_WORDS[ShelterTier(row.tier)]),
        "state_word": pgettext("shelter", "open") if row.open else pgettext("shelter", "closed"),
        "area": round(row.area_m2),
        "full": row.open and row.occupied >= row.capacity,
    }


def _team_line(row: queries.TeamRow, names: dict[str, str]) -> dict[str, Any]:
    return {
        "row": row,
        "kind_word": pgettext(*TEAM_WORDS[TeamKind(row.kind)]),
        "place": " ".join(
            names[code] for code in dict.fromkeys((row.area_code[:9], row.area_code))
            if code in names
        ),
        "equipment": pgettext("list", ", ").join(
            f"{e.name} {e.usable}/{e.held}" for e in row.equipment
        ),
    }  # fmt: skip


def _address(request: HttpRequest) -> str:
    """The filters as they stand, without the page: for links that change one thing."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()
