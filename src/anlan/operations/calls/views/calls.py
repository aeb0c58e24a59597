"""Calls for the staff: list, export, the form of a call, a call's file, its photos."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.calls.actions import NewCall, add_call_photo, make_call
from anlan.operations.calls.forms import FORMS
from anlan.operations.calls.queries.files import File, call_file, call_photo
from anlan.operations.calls.queries.scope import calls_in
from anlan.operations.calls.rules.states import (
    DRAFT,
    MAKE,
    STATE_PILLS,
    STATE_WORDS,
    VERB_WORDS,
    Kind,
    State,
    Urgency,
)
from anlan.operations.calls.views.asking import person, register
from anlan.operations.calls.views.steps import given_choices
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import Scope, requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.safety.queries.photographs import photo_answer, sent_bytes
from anlan.operations.safety.queries.picking import Picker, picker
from anlan.operations.safety.queries.scope import dangers_in, enterprises_in
from anlan.operations.territory.queries import area_names, places_under
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


@require_GET
@requires("calls.view")
def calls_page(request: HttpRequest) -> HttpResponse:
    scope, named = scope_of(request.user), area_names()
    declared, units = register()
    asked = registers.asked_here(request, declared, "open")
    page = registers.page(declared, calls_in(scope), asked, scope)
    context = {
        "page": page, "names": named, "rows": [_line(row, units) for row in page.rows],
        "places": places_under(scope.area_prefix or "-", named), "may_call": _may_call(scope),
    }  # fmt: skip
    return render(request, "calls/calls.html", context)


def _line(row: dict[str, Any], units: dict[str, str]) -> dict[str, Any]:
    state = State(row["state"])
    return row | {
        "pill": STATE_PILLS[state], "state_word": pgettext(*STATE_WORDS[state]),
        "unit_name": units.get(row["unit"], row["unit"]),
        "street_name": units.get(row["street"], row["street"]),
    }  # fmt: skip


def _may_call(scope: Scope) -> bool:
    return scope.may(DRAFT) and scope.organisation != ""


@require_GET
@requires("calls.view")
def export(request: HttpRequest) -> HttpResponse:
    """What the list shows, as a workbook."""
    declared, _units = register()
    rows = calls_in(scope_of(request.user))
    return registers.taken_out(request, declared, rows, area_names(), "/calls", "calls")


@require_http_methods(["GET", "POST"])
@requires("calls.draft")
def new_page(request: HttpRequest) -> HttpResponse:
    """The form of a call, short enough for a phone; a grid worker's is the street's draft."""
    scope, named = scope_of(request.user), area_names()
    declared, _units = register()
    places = places_under(scope.area_prefix or "-", named)
    firm = picker(scope, request.POST or request.GET)
    first = {
        "key": secrets.token_hex(16), "urgency": Urgency.NORMAL, "kind": Kind.POWER,
        "area_code": str(firm.row.get("area_code", "")) or scope.area_prefix or "",
    }  # fmt: skip
    entered = registers.Entered(first)
    if request.method == "POST" and firm.searching:
        entered = registers.Entered(request.POST.dict())
    elif request.method == "POST":
        values, entered = registers.typed(
            declared, request.POST.dict(), {code for code, _name in places}
        )
        try:
            values["lon"], values["lat"] = registers.position(entered.values)
        except registers.Wrong as fault:
            entered.errors["position"] = str(fault)
        if not entered.errors:
            try:
                pk = make_call(actor_of(request), person(request), _new(request, values, firm))
                if "photo" in request.FILES:
                    _keep_photo(request, pk)
            except Refused as fault:
                entered.errors["matter"] = worded(fault)
            else:
                sent = MAKE in scope.rights
                said = _("The department is called.") if sent else _("The street has your draft.")
                messages.success(request, said)
                return HttpResponseRedirect(f"/calls/{pk}", status=303)
    context = {
        "entered": entered, "fields": declared.typed, "places": places, "picker": firm,
        "may_pick": scope.may("safety.view"), "may_send": MAKE in scope.rights,
    }  # fmt: skip
    return render(request, "calls/call_form.html", context, status=422 if entered.errors else 200)


def _new(request: HttpRequest, values: dict[str, Any], firm: Picker) -> NewCall:
    values["urgency"], values["kind"] = Urgency(values["urgency"]), Kind(values["kind"])
    key = f"call:{request.user.pk}:{request.POST.get('key', '')}"[:64]
    return NewCall(key=key, enterprise_id=firm.chosen, **values)


def _keep_photo(request: HttpRequest, call_id: int) -> None:
    raw = sent_bytes(request.FILES.get("photo"), N_("Choose a photo."))
    add_call_photo(actor_of(request), person(request), call_id, raw)


@require_GET
@requires("calls.view")
def call_page(request: HttpRequest, call_id: int) -> HttpResponse:
    return render(request, "calls/call.html", _context(request, _file(request, call_id)))


@require_POST
@requires("calls.view")
def add_photo(request: HttpRequest, call_id: int) -> HttpResponse:
    """A photo more, from the street or the department."""
    _file(request, call_id)
    try:
        _keep_photo(request, call_id)
    except Refused as fault:
        messages.error(request, worded(fault))
    else:
        messages.success(request, _("The photo is kept."))
    return HttpResponseRedirect(f"/calls/{call_id}", status=303)


@require_GET
@requires("calls.view")
def photo_page(request: HttpRequest, call_photo_id: int) -> HttpResponse:
    kept = call_photo(call_photo_id, scope_of(request.user))
    if kept is None:
        raise Http404
    return photo_answer(kept)


def _file(request: HttpRequest, call_id: int) -> File:
    file = call_file(call_id, scope_of(request.user))
    if file is None:
        raise Http404
    return file


def _context(request: HttpRequest, file: File) -> dict[str, Any]:
    call, scope = file.call, scope_of(request.user)
    declared, units = register()
    return {
        "file": file, "call": call, "register": declared, "names": area_names(),
        "pill": STATE_PILLS[State(call.state)],
        "state_word": pgettext(*STATE_WORDS[State(call.state)]),
        "unit": units.get(call.unit, call.unit), "street": units.get(call.street, call.street),
        "steps": [(one, pgettext(*VERB_WORDS[one.verb]), units.get(one.said.get("unit", ""), ""))
                  for one in file.steps],
        "forms": registers.drawn(
            FORMS, file.verbs, file.next_step, given_choices(declared.field("unit").choices)
        ),
        "sees_danger": call.danger_id is not None
        and dangers_in(scope).filter(pk=call.danger_id).exists(),
        "sees_firm": call.enterprise_id is not None
        and enterprises_in(scope).filter(pk=call.enterprise_id).exists(),
    }  # fmt: skip
