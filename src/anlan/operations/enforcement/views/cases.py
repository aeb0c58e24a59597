"""Enforcement cases: list, export, the form of a new one, the file with its steps and papers."""

import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.enforcement.actions import (
    NewCase,
    open_case,
    remark_of,
    show_party,
    take_step,
)
from anlan.operations.enforcement.models import CaseStep
from anlan.operations.enforcement.queries.cases import certificates_of
from anlan.operations.enforcement.queries.origin import (
    Origin,
    number,
    origin_of,
    origin_of_check,
    party_in,
)
from anlan.operations.enforcement.queries.penalties import penalty_said
from anlan.operations.enforcement.queries.registers import CASES
from anlan.operations.enforcement.queries.scope import cases_in
from anlan.operations.enforcement.queries.typed import hidden, spoken
from anlan.operations.enforcement.rules.exhibits import KIND_WORDS
from anlan.operations.enforcement.rules.forms import CHOICES, FORMS, PAPER_WORDS
from anlan.operations.enforcement.rules.penalties import Penalty, of_text
from anlan.operations.enforcement.rules.states import STATE_PILLS, STATE_WORDS, STEP_WORDS, State
from anlan.operations.enforcement.views.asking import file_of, person, unit_of
from anlan.operations.enforcement.views.drawing import forms_of
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import Scope, requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries import step_said
from anlan.operations.safety.queries.picking import picker
from anlan.operations.territory.queries import area_names
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused

MOST = 100


@require_GET
@requires("enforcement.view")
def cases_page(request: HttpRequest) -> HttpResponse:
    scope, named = scope_of(request.user), area_names()
    asked = registers.asked_here(request, CASES, "open")
    page = registers.page(CASES, cases_in(scope, unit_of(request)), asked, scope)
    context = {
        "page": page, "names": named, "places": _streets(named),
        "rows": [_line(row, named) for row in page.rows],
        "may_open": scope.may("enforcement.handle"),
    }  # fmt: skip
    return render(request, "enforcement/cases.html", context)


def _streets(named: dict[str, str]) -> list[tuple[str, str]]:
    return [(code, name) for code, name in sorted(named.items()) if len(code) == 9]


def _line(row: dict[str, Any], named: dict[str, str]) -> dict[str, Any]:
    state, last = State(row["state"]), row["due_on"]
    beside = Penalty(gains=row["gains"], others=of_text(row["others"]))
    return row | {
        "beside": penalty_said(beside), "where": registers.place(row["area_code"], named),
        "pill": STATE_PILLS[state],
        "state_word": pgettext(*STATE_WORDS[state]),
        "left": (last - clock.today()).days if last else None,
    }  # fmt: skip


@require_GET
@requires("enforcement.view")
def export(request: HttpRequest) -> HttpResponse:
    rows = cases_in(scope_of(request.user), unit_of(request))
    return registers.taken_out(request, CASES, rows, area_names(), "/cases", "cases")


@require_http_methods(["GET", "POST"])
@requires("enforcement.handle")
def new_page(request: HttpRequest) -> HttpResponse:
    """Plan an inspection; out of a danger, an enterprise or a check when the address names one."""
    scope, named = scope_of(request.user), area_names()
    given = request.POST if request.method == "POST" else request.GET
    origin = _origin(scope, given)
    entered = registers.Entered({"key": secrets.token_hex(16), **origin.values})
    if request.method == "POST":
        values, entered = registers.typed(CASES, request.POST.dict(), set(named))
        if not entered.errors:
            new = _new(request.POST, values, origin, scope)
            try:
                pk = open_case(actor_of(request), person(request), new)
            except Refused as fault:
                entered.errors["title"] = worded(fault)
            else:
                return HttpResponseRedirect(f"/cases/{pk}", status=303)
    context = {
        "entered": entered, "fields": CASES.typed, "places": _streets(named), "origin": origin,
        "picker": picker(scope, request.GET, required=True),
        "certificates": certificates_of(unit_of(request), clock.today()),
        "chosen": request.POST.getlist("officers"),
        "hands": {scope.account_id, origin.visit.by_id if origin.visit else None},
        "candidates": [(one, pgettext(*one.state)) for one in origin.candidates],
        "taken_up": request.POST.getlist("dangers"),
    }  # fmt: skip
    status = 422 if entered.errors else 200
    return render(request, "enforcement/new.html", context, status=status)


def _origin(scope: Scope, given: QueryDict) -> Origin:
    """What the address or the form names; a check that is out of sight is not found."""
    if "check" not in given:
        return origin_of(scope, given.get("danger", ""), given.get("enterprise", ""))
    found = origin_of_check(scope, given.get("check", ""))
    if found is None:
        raise Http404
    return found


def _new(given: QueryDict, values: dict[str, Any], origin: Origin, scope: Scope) -> NewCase:
    """What the form says."""
    return NewCase(
        key=given.get("key", "")[:64] or secrets.token_hex(16),
        title=values["title"], area_code=values["area_code"], party_kind=values["party_kind"],
        party={"name": values["party"]} | {
            key: values[key] for key in ("id_number", "principal", "address", "phone")
        },
        officers=_numbers(given, "officers"),
        enterprise_id=party_in(
            scope, origin, values["party_kind"], values["party"], values["id_number"]
        ),
        danger_id=origin.danger_id, visit=origin.visit, taken_up=_numbers(given, "dangers"),
        sight=scope,
    )  # fmt: skip


def _numbers(given: QueryDict, key: str) -> list[int]:
    return [pk for one in given.getlist(key)[:MOST] if (pk := number(one)) is not None]


@require_GET
@requires("enforcement.view")
def case_page(request: HttpRequest, case_id: int) -> HttpResponse:
    file = file_of(request, case_id, reading=True)
    case, scope, today = file.case, scope_of(request.user), clock.today()
    own = case.unit == unit_of(request)
    context = {
        "file": file, "case": case, "pill": STATE_PILLS[State(case.state)],
        "state_word": pgettext(*STATE_WORDS[State(case.state)]), "register": CASES,
        "steps": [(one, pgettext(*STEP_WORDS[one.verb]), _told(one), hidden(one))
                  for one in file.steps],
        "papers": [(one, pgettext(*PAPER_WORDS[one.kind])) for one in file.papers],
        "exhibits": [(one, pgettext(*KIND_WORDS[one.kind])) for one in file.exhibits],
        "exhibit_kinds": [(kind, pgettext(*word)) for kind, word in KIND_WORDS.items()],
        "running": [(one, pgettext(*one.word)) for one in file.running],
        "intended": penalty_said(case.intention, case.terms),
        "decided": penalty_said(case.penalty, case.terms),
        "outside": case.row is not None
        and not case.row.least <= case.intended <= case.row.most,
        "appeals": [(one, pgettext(*CHOICES["appeal"][one.kind]), outcome_of(one.outcome))
                    for one in file.appeals],
        "forms": forms_of(file, today), "names": area_names(), "today": today,
        "may_see_credit": scope.may("credit.view"),
        "own": own,
        "may_correct": own and (
            scope.may("enforcement.handle") or scope.may("enforcement.decide")
        ),
    }  # fmt: skip
    return render(request, "enforcement/case.html", context)


def _told(step: CaseStep) -> list[tuple[str, str]]:
    """What a step was told, word and text."""
    if step.verb == "danger":
        return [(step.said["danger"], _(remark_of(step.said["remark"])))]
    return spoken(step.verb, step.said)


def outcome_of(outcome: str) -> str:
    """How an appeal ended, in words; a decision that was revoked ends it too."""
    word = CHOICES["appeal outcome"].get(outcome)
    return pgettext(*word) if word else _("The decision was revoked.") if outcome else ""


@require_POST
@requires("enforcement.view")
def take(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take one step; what it is and what it says are in the form."""
    file_of(request, case_id)
    verb = request.POST.get("verb", "")
    if verb not in FORMS:
        raise Http404
    given = {key: ",".join(request.POST.getlist(key)) for key in request.POST}
    with step_said(request, STEP_WORDS[verb]):
        take_step(actor_of(request), person(request), case_id, verb, given)
    return HttpResponseRedirect(f"/cases/{case_id}", status=303)


@require_POST
@requires("enforcement.view")
def party(request: HttpRequest, case_id: int) -> HttpResponse:
    """The party in full; who looked is recorded."""
    file = file_of(request, case_id)
    shown, steps = show_party(actor_of(request), file.case)
    told = [(pgettext(*STEP_WORDS[one.verb]), one, spoken(one.verb, one.said)) for one in steps]
    return render(request, "enforcement/party.html", {"party": shown, "told": told})
