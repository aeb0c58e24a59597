"""Hidden dangers: list, export, the form of a find, the file with its steps."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import Scope, requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.safety.actions import Find, find_danger
from anlan.operations.safety.forms import FIVE_WORDS, FORMS
from anlan.operations.safety.models import Danger, DangerStep
from anlan.operations.safety.queries.beside import danger_sections
from anlan.operations.safety.queries.dangers import cases_of, danger_file
from anlan.operations.safety.queries.persons import regulators
from anlan.operations.safety.queries.picking import Picker, picker
from anlan.operations.safety.queries.registers import DANGERS
from anlan.operations.safety.queries.scope import dangers_in, enterprises_in
from anlan.operations.safety.queries.supervision import progress_of
from anlan.operations.safety.rules.correcting import may_correct
from anlan.operations.safety.rules.loop import FIVE
from anlan.operations.safety.rules.next_step import RECTIFIER, SUPERVISOR, Standing, turn
from anlan.operations.safety.rules.states import STATE_PILLS, STATE_WORDS, VERB_WORDS, Source, State
from anlan.operations.safety.views.asking import person
from anlan.operations.safety.views.steps import forms_of
from anlan.operations.territory.queries import area_names, places_under
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused


@require_GET
@requires("safety.view")
def dangers_page(request: HttpRequest) -> HttpResponse:
    scope, named = scope_of(request.user), area_names()
    asked = registers.asked_here(request, DANGERS, "open")
    page = registers.page(DANGERS, dangers_in(scope), asked, scope)
    context = {
        "page": page, "names": named, "places": places_under(scope.area_prefix or "", named),
        "rows": [_line(row, named) for row in page.rows],
        "late": next(tab for tab in page.tabs if tab.key == "late"),
        "may_find": scope.may("safety.find"),
    }  # fmt: skip
    return render(request, "safety/dangers.html", context)


def _line(row: dict[str, Any], named: dict[str, str]) -> dict[str, Any]:
    state = State(row["state"])
    due = row["due_on"]
    left = (due - clock.today()).days if due and state != State.CLOSED else None
    return row | {
        "where": registers.place(row["area_code"], named), "pill": STATE_PILLS[state],
        "state_word": pgettext(*STATE_WORDS[state]), "left": left,
        "short": row["number"].rpartition("-")[2].lstrip("0"),
    }  # fmt: skip


@require_GET
@requires("safety.view")
def export(request: HttpRequest) -> HttpResponse:
    rows = dangers_in(scope_of(request.user))
    return registers.taken_out(request, DANGERS, rows, area_names(), "/dangers", "dangers")


@require_http_methods(["GET", "POST"])
@requires("safety.find")
def find_page(request: HttpRequest) -> HttpResponse:
    scope, named = scope_of(request.user), area_names()
    own = scope.reach == "itself"
    if own and not enterprises_in(scope).exists():
        return HttpResponseRedirect("/enterprises/claim", status=303)
    firm = picker(scope, request.POST or request.GET, required=own)
    entered = registers.Entered(_given({"key": secrets.token_hex(16)}, scope, firm))
    if request.method == "POST" and firm.searching:
        entered = registers.Entered(_given(request.POST.dict(), scope, firm))
    elif request.method == "POST":
        given = _given(request.POST.dict(), scope, firm)
        values, entered = registers.typed(DANGERS, given, _codes(scope, named))
        if not entered.errors:
            find = Find(
                key=request.POST.get("key", "")[:64] or secrets.token_hex(16),
                enterprise_id=firm.chosen, **values,
            )  # fmt: skip
            try:
                pk = find_danger(actor_of(request), person(request), find)
            except Refused as fault:
                entered.errors["title"] = worded(fault)
            else:
                messages.success(request, _("The danger is registered."))
                seen = dangers_in(scope).filter(pk=pk).exists()
                return HttpResponseRedirect(f"/dangers/{pk}" if seen else "/dangers", status=303)
    context = {
        "entered": entered, "fields": [f for f in DANGERS.typed if f.key != "source" or not own],
        "places": places_under(scope.area_prefix or "", named), "own": own, "picker": firm,
    }  # fmt: skip
    return render(request, "safety/find.html", context, status=422 if entered.errors else 200)


def _given(given: dict[str, Any], scope: Scope, firm: Picker) -> dict[str, str]:
    """What was typed; where an enterprise is chosen, its place and sector need not be."""
    given = {"source": _source(scope.role)} | {key: str(value) for key, value in given.items()}
    if scope.reach == "itself":
        given["source"] = Source.SELF_CHECK
    for key in ("area_code", "sector"):
        given[key] = given.get(key) or firm.row.get(key, "")
    return given


def _source(role: str) -> str:
    return Source.PATROL if role == "grid_worker" else Source.INSPECTION


def _codes(scope: Scope, named: dict[str, str]) -> set[str]:
    return {code for code, _name in places_under(scope.area_prefix or "", named)}


@require_GET
@requires("safety.view")
def danger_page(request: HttpRequest, danger_id: int) -> HttpResponse:
    scope = scope_of(request.user)
    one = person(request)
    file = danger_file(danger_id, scope, one)
    if file is None:
        raise Http404
    danger = file.danger
    running, names = progress_of(danger) if danger.listed else None, area_names()
    units = regulators()
    context: dict[str, Any] = {
        "progress": running,
        "may_report": running is not None and scope.may("safety.regulate")
        and (one.bureau or danger.regulator in ("", one.organisation)),
        "may_correct": may_correct(danger.state, danger.regulator, danger.found_by_id, one),
        "sections": danger_sections(scope, danger.pk),
        "suggested": next((s.said["suggested"] for s in file.steps if "suggested" in s.said), ""),
        "file": file, "danger": danger, "pill": STATE_PILLS[State(danger.state)],
        "state_word": pgettext(*STATE_WORDS[State(danger.state)]),
        "steps": [
            (step, pgettext(*VERB_WORDS[step.verb]), _before(step, names)) for step in file.steps
        ],
        "cases": cases_of(file.steps), "may_open_case": scope.may("enforcement.view"),
        "may_open_call": scope.may("calls.view"),
        "five": [(pgettext(*FIVE_WORDS[key]), danger.five.get(key, "")) for key in FIVE],
        "reports": [
            (pgettext(*FORMS[verb].button), day,
             next((step.said for step in file.steps if step.verb == verb), {}))
            for verb, day in file.reports
        ],
        "forms": forms_of(file, one, units), "names": names,
        "regulator": units.get(danger.regulator, ""), "next": _next(danger, units),
        "lacking": [_(one) for one in file.lacking], "register": DANGERS,
        "may_prosecute": scope.may("enforcement.handle") and danger.state != "CLOSED",
        "may_list": scope.may("safety.supervise"), "may_add": danger.state != "CLOSED",
    }  # fmt: skip
    return render(request, "safety/danger.html", context)


def _next(danger: Danger, units: Mapping[str, str]) -> str:
    """Whose turn it is, by name; empty where it is nobody's of the loop."""
    asked = turn(Standing(
        danger.state, danger.grade, danger.source, danger.countersigned_by_id is not None,
        danger.resume_asked_at is not None,
    ))  # fmt: skip
    if asked is None:
        return ""
    whom, sentence = asked
    unit = units.get(danger.regulator) or _("The regulator")
    who = {SUPERVISOR: danger.supervisor_name, RECTIFIER: danger.rectifier_name or danger.unit}
    return _(sentence) % {"who": who.get(whom) or unit}


def _before(step: DangerStep, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """What the record said before a correction, in words."""
    said = step.said.get("before", {})
    fields = [(one, said[one.key]) for one in DANGERS.fields if one.key in said]
    return [(pgettext(*one.word), registers.shown(one, text, names)) for one, text in fields]
