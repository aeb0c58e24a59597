"""Illegal activities with chemicals: list, export, a new lead, a danger's mark."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.chemicals.actions import (
    Mark,
    correct_mark,
    mark_danger,
    report_activity,
    withdraw_mark,
)
from anlan.operations.chemicals.models import IllegalActivity
from anlan.operations.chemicals.queries.illegal import (
    ACTIVITIES,
    MARKING,
    REPORTING,
    activities_in,
)
from anlan.operations.chemicals.rules.illegal import VERB_WORDS
from anlan.operations.chemicals.rules.words import ILLEGAL, KEEP
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.safety.actions import Find
from anlan.operations.safety.queries.picking import Picker, picker
from anlan.operations.safety.queries.scope import dangers_in
from anlan.operations.territory.queries import area_names, places_under
from anlan.vocabulary.transitions import Refused

ADDRESS = "/chemicals/illegal"
MARKED = tuple(one.key for one in MARKING.typed)


@require_GET
@requires(ILLEGAL)
def activities_page(request: HttpRequest) -> HttpResponse:
    scope, named = scope_of(request.user), area_names()
    asked = registers.asked_here(request, ACTIVITIES, "stands")
    context = {
        "page": registers.page(ACTIVITIES, activities_in(scope), asked, scope), "names": named,
        "places": places_under(scope.area_prefix or "", named), "may_keep": scope.may(KEEP),
        "may_pursue": True,
    }  # fmt: skip
    return render(request, "chemicals/illegal.html", context)


@require_GET
@requires(ILLEGAL)
def export(request: HttpRequest) -> HttpResponse:
    rows = activities_in(scope_of(request.user))
    return registers.taken_out(
        request, ACTIVITIES, rows, area_names(), ADDRESS, "chemicals-illegal"
    )


@require_http_methods(["GET", "POST"])
@requires(KEEP)
def new_activity(request: HttpRequest) -> HttpResponse:
    """A danger and its mark in one."""
    scope, named = scope_of(request.user), area_names()
    if not scope.may(ILLEGAL):
        raise Http404
    firm = picker(scope, (request.POST or request.GET).dict())
    entered = registers.Entered({"key": secrets.token_hex(16), "source": "inspection"})
    places = places_under(scope.area_prefix or "", named)
    if request.method == "POST" and firm.searching:
        entered = registers.Entered(request.POST.dict())
    elif request.method == "POST":
        given = _with_firm(request.POST.dict(), firm)
        values, entered = registers.typed(REPORTING, given, {code for code, _name in places})
        if not entered.errors:
            done = _reported(request, values, entered, firm)
            if done is not None:
                return done
    context = {
        "entered": entered, "fields": REPORTING.typed, "places": places, "picker": firm,
        "key": entered.values.get("key", ""),
    }  # fmt: skip
    status = 422 if entered.errors else 200
    return render(request, "chemicals/illegal_form.html", context, status=status)


def _with_firm(given: dict[str, Any], firm: Picker) -> dict[str, str]:
    """Where an enterprise is chosen, its place and sector need not be typed."""
    said = {key: str(value) for key, value in given.items()}
    return said | {key: said.get(key) or firm.row.get(key, "") for key in ("area_code", "sector")}


def _reported(
    request: HttpRequest, values: dict[str, Any], entered: registers.Entered, firm: Picker
) -> HttpResponse | None:
    mark = Mark(**{key: values.pop(key) for key in MARKED})
    scope = scope_of(request.user)
    key = entered.values.get("key", "")[:64] or secrets.token_hex(16)
    try:
        find = Find(key=key, enterprise_id=firm.chosen, **values)
        pk = report_activity(actor_of(request), scope, find, mark)
    except Refused as fault:
        entered.errors["title"] = worded(fault)
        return None
    messages.success(request, _("The danger is registered and marked."))
    seen = dangers_in(scope).filter(pk=pk).exists()
    return HttpResponseRedirect(f"/dangers/{pk}" if seen else ADDRESS, status=303)


@require_http_methods(["GET", "POST"])
@requires(KEEP)
def mark_page(request: HttpRequest, danger_id: int) -> HttpResponse:
    """A danger's mark: made, corrected."""
    danger = _danger(request, danger_id)
    kept = IllegalActivity.objects.filter(danger=danger_id).first()
    one = kept if kept is not None and kept.withdrawn_at is None else None
    entered = registers.Entered({key: getattr(one, key) for key in MARKED} if one else {})
    if request.method == "POST":
        values, entered = registers.typed(MARKING, request.POST.dict())
        if not entered.errors and _marked(request, danger_id, values, entered):
            return HttpResponseRedirect(f"/dangers/{danger_id}", status=303)
    context = {
        "danger": danger, "entered": entered, "fields": MARKING.typed, "one": one,
        "given": request.POST, "history": _history(kept), "places": [],
    }  # fmt: skip
    status = 422 if entered.errors else 200
    return render(request, "chemicals/illegal_form.html", context, status=status)


def _marked(
    request: HttpRequest, danger_id: int, values: dict[str, Any], entered: registers.Entered
) -> bool:
    who = actor_of(request), scope_of(request.user), danger_id, Mark(**values)
    try:
        if "seen" in request.POST:
            seen = registers.key_of(request.POST["seen"])
            correct_mark(*who, reason=request.POST.get("reason", ""), seen=seen)
        else:
            mark_danger(*who)
    except Refused as fault:
        entered.errors["activity"] = worded(fault)
        return False
    messages.success(request, _("The mark is kept."))
    return True


@require_POST
@requires(KEEP)
def withdraw_page(request: HttpRequest, danger_id: int) -> HttpResponse:
    """It is no such activity after all."""
    _danger(request, danger_id)
    try:
        withdraw_mark(
            actor_of(request), scope_of(request.user), danger_id,
            reason=request.POST.get("reason", ""),
        )  # fmt: skip
        messages.success(request, _("The mark counts no more; what it said stays."))
    except Refused as fault:
        messages.error(request, worded(fault))
    return HttpResponseRedirect(f"{ADDRESS}/{danger_id}", status=303)


def _danger(request: HttpRequest, danger_id: int) -> Any:
    """The danger within the sight of who may see such marks; else 404."""
    scope = scope_of(request.user)
    found = dangers_in(scope).filter(pk=danger_id).first() if scope.may(ILLEGAL) else None
    if found is None:
        raise Http404
    return found


def _history(one: IllegalActivity | None) -> list[dict[str, Any]]:
    """Newest first, as the page reads it."""
    kept = one.history if one is not None else []
    return [
        row | {"at": parse_datetime(row["at"]), "word": pgettext(*VERB_WORDS[row["verb"]])}
        for row in reversed(kept)
    ]
