"""Routes and posts: list, export, form, file, closing, calling out."""

import secrets
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.patrols.actions import (
    NewBeat,
    call_out,
    change_beat,
    close_beat,
    make_beat,
)
from anlan.operations.patrols.actions.beats import may_keep
from anlan.operations.patrols.forms.phone import beat_of
from anlan.operations.patrols.models import Beat
from anlan.operations.patrols.queries import board
from anlan.operations.patrols.queries.registers import BEATS, LEVELS, RESPONSES
from anlan.operations.patrols.queries.scope import beats_in, tasks_in
from anlan.operations.patrols.queries.terms import terms
from anlan.operations.patrols.queries.units import units
from anlan.operations.patrols.rules.places import (
    line_text,
    points_text,
    typed_line,
    typed_points,
)
from anlan.operations.patrols.rules.states import KEEP, Means, Rhythm
from anlan.operations.patrols.views.asking import features, map_props, person, register
from anlan.operations.patrols.views.board import worded as row_of
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries import moment_typed
from anlan.operations.territory.queries import area_names, places_under
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused

LATEST = 14


@require_GET
@requires("patrols.view")
def beats_page(request: HttpRequest) -> HttpResponse:
    scope, named = scope_of(request.user), area_names()
    declared = register(scope)
    asked = registers.asked_here(request, declared, "open")
    page = registers.page(declared, beats_in(scope), asked, scope)
    context = {
        "page": page, "names": named, "may_keep": scope.may(KEEP),
        "places": places_under(scope.area_prefix or "-", named),
    }  # fmt: skip
    return render(request, "patrols/beats.html", context)


@require_GET
@requires("patrols.view")
def export(request: HttpRequest) -> HttpResponse:
    """What the list shows, as a workbook."""
    scope = scope_of(request.user)
    declared = register(scope)
    rows = beats_in(scope)
    return registers.taken_out(request, declared, rows, area_names(), "/patrols/routes", "routes")


@require_GET
@requires("patrols.view")
def beat_page(request: HttpRequest, beat_id: int) -> HttpResponse:
    beat, scope = _beat(request, beat_id), scope_of(request.user)
    latest = tasks_in(scope).filter(beat=beat).select_related("patroller")
    context = {
        "beat": beat, "register": BEATS, "names": area_names(),
        "unit": units().get(beat.unit, beat.unit),
        "called": called_by(beat), "repeat_h": beat.repeat_h or terms(clock.today()).repeat_h,
        "latest": [row_of(one) for one in latest.order_by("-day", "-turn")[:LATEST]],
        "map": map_props(f"/patrols/routes/{beat.pk}/map", board.fit_beat(beat)),
        "may_keep": beat.closed_at is None and may_keep(person(request), beat.unit),
    }  # fmt: skip
    return render(request, "patrols/beat.html", context)


def called_by(beat: Beat) -> list[str]:
    """What calls a route out by itself, in words."""
    said = []
    if beat.alert_level:
        level = pgettext(*LEVELS[f"{beat.alert_level}"])
        said.append(_("an alert from %(level)s on") % {"level": level})
    if beat.response_level:
        level = pgettext(*RESPONSES[f"{beat.response_level}"])
        said.append(_("a response from %(level)s on") % {"level": level})
    return said


@require_GET
@requires("patrols.view")
def map_part(request: HttpRequest, beat_id: int, patrol_part: str) -> HttpResponse:
    """One layer of the map of a route."""
    beat = _beat(request, beat_id)
    found = {"lines": board.beat_lines(beat), "points": board.beat_points(beat)}
    return features(patrol_part, found)


@require_http_methods(["GET", "POST"])
@requires("patrols.keep")
def new_page(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user)
    first = {
        "key": secrets.token_hex(16), "means": Means.FOOT, "rhythm": Rhythm.DAILY,
        "area_code": scope.area_prefix or "", "unit": scope.organisation,
        "begins_on": f"{clock.today()}",
    }  # fmt: skip
    return _form(request, first, None)


@require_http_methods(["GET", "POST"])
@requires("patrols.keep")
def change_page(request: HttpRequest, beat_id: int) -> HttpResponse:
    beat = _beat(request, beat_id)
    if beat.closed_at is not None or not may_keep(person(request), beat.unit):
        raise Http404
    first = {
        key: registers.written(field, getattr(beat, field.key))
        for field in BEATS.typed
        if (key := field.key) not in ("supervisor", "patroller", "deputy", "points", "line",
                                      "since", "until")
    }  # fmt: skip
    first |= {
        "supervisor": f"{beat.supervisor_id}", "patroller": f"{beat.patroller_id}",
        "deputy": f"{beat.deputy_id or ''}", "points": points_text(beat.points),
        "line": line_text(beat.line), "since": f"{beat.since:%H:%M}",
        "until": f"{beat.until:%H:%M}",
    }  # fmt: skip
    return _form(request, first, beat)


def _form(request: HttpRequest, first: dict[str, str], beat: Beat | None) -> HttpResponse:
    scope, named = scope_of(request.user), area_names()
    declared = register(scope)
    places = places_under(scope.area_prefix or "-", named)
    entered = registers.Entered(first)
    if request.method == "POST":
        within = {code for code, _name in places}
        values, entered = registers.typed(declared, request.POST.dict(), within)
        if not entered.errors:
            entered.errors |= _wrong_places(values)
        if not entered.errors:
            try:
                pk = _keep(request, values, beat)
            except Refused as fault:
                entered.errors["name"] = worded(fault)
            else:
                messages.success(request, _("The route is kept."))
                return HttpResponseRedirect(f"/patrols/routes/{pk}", status=303)
    context = {
        "entered": entered, "fields": declared.typed, "places": places, "beat": beat,
        "datum": request.POST.get("datum", ""),
    }  # fmt: skip
    return render(request, "patrols/beat_form.html", context, status=422 if entered.errors else 200)


def _wrong_places(values: dict[str, Any]) -> dict[str, str]:
    """What is wrong with typed points and line, by their field."""
    wrong, radius = dict[str, str](), terms(clock.today()).radius_m
    reads: dict[str, Callable[[str], object]] = {
        "points": lambda text: typed_points(text, radius), "line": typed_line,
    }  # fmt: skip
    for key, read in reads.items():
        try:
            read(values[key])
        except Refused as fault:
            wrong[key] = worded(fault)
    return wrong


def _keep(request: HttpRequest, values: dict[str, Any], beat: Beat | None) -> int:
    given = request.POST
    key = f"beat:{request.user.pk}:{given.get('key', '')}"[:64]
    radius = terms(clock.today()).radius_m
    new: NewBeat = beat_of(values, key, radius, given.get("datum", ""))
    if beat is None:
        return make_beat(actor_of(request), person(request), new)
    change_beat(actor_of(request), person(request), beat.pk, new)
    return beat.pk


@require_POST
@requires("patrols.keep")
def close(request: HttpRequest, beat_id: int) -> HttpResponse:
    _beat(request, beat_id)
    try:
        close_beat(actor_of(request), person(request), beat_id)
        messages.success(request, _("The route is closed. What is due stays."))
    except Refused as fault:
        messages.error(request, worded(fault))
    return HttpResponseRedirect(f"/patrols/routes/{beat_id}", status=303)


@require_POST
@requires("patrols.keep")
def call(request: HttpRequest, beat_id: int) -> HttpResponse:
    """A patrol beside the rhythm."""
    _beat(request, beat_id)
    try:
        reason = request.POST.get("reason", "")
        until = moment_typed(request.POST.get("until", ""))
        call_out(actor_of(request), person(request), beat_id, until=until, reason=reason)
        messages.success(request, _("It is called out: it is on the desk of who patrols."))
    except Refused as fault:
        messages.error(request, worded(fault))
    return HttpResponseRedirect(f"/patrols/routes/{beat_id}", status=303)


def _beat(request: HttpRequest, beat_id: int) -> Beat:
    named = ("supervisor", "patroller", "deputy")
    beat = beats_in(scope_of(request.user)).select_related(*named).filter(pk=beat_id).first()
    if beat is None:
        raise Http404
    return beat
