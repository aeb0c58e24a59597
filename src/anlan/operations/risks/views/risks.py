"""Risk points: list, export, form, file, steps."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import Scope, requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries import series, step_said
from anlan.operations.risks import actions
from anlan.operations.risks.models import RiskPoint
from anlan.operations.risks.queries.entering import FORM, LEC, MATRIX, entered_rating
from anlan.operations.risks.queries.files import File, risk_file
from anlan.operations.risks.queries.registers import RISKS
from anlan.operations.risks.queries.scope import risks_in
from anlan.operations.risks.queries.terms import terms_on
from anlan.operations.risks.rules.accident_types import ACCIDENT_WORDS
from anlan.operations.risks.rules.loop import (
    CONTROL_WORDS,
    CONTROLS,
    KEEP,
    RATE,
    REASON_WORDS,
    STATE_PILLS,
    STATE_WORDS,
    VERB_WORDS,
    State,
)
from anlan.operations.risks.views.asking import enterprise, person
from anlan.operations.safety.queries.picking import picker
from anlan.operations.territory.queries import area_names, streets_under
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import NP_, Term


@require_GET
@requires("safety.view")
def risks_page(request: HttpRequest) -> HttpResponse:
    scope, named = scope_of(request.user), area_names()
    asked = registers.asked_here(request, RISKS, "open")
    page = registers.page(RISKS, risks_in(scope), asked, scope)
    mine = sorted(person(request).enterprises)
    context = {
        "page": page, "names": named, "places": streets_under(scope.area_prefix or "", named),
        "rows": [_line(row, named) for row in page.rows], "mine": mine,
        "may_rate": scope.may(RATE) or scope.may(KEEP),
    }  # fmt: skip
    return render(request, "risks/risks.html", context)


def _line(row: dict[str, Any], named: dict[str, str]) -> dict[str, Any]:
    state = State(row["state"])
    due = row["review_on"]
    return row | {
        "where": registers.place(row["area_code"], named),
        "pill": STATE_PILLS[state], "state_word": pgettext(*STATE_WORDS[state]),
        "late": due is not None and due < clock.today() and state != State.RETIRED,
    }  # fmt: skip


@require_GET
@requires("safety.view")
def export(request: HttpRequest) -> HttpResponse:
    rows = risks_in(scope_of(request.user))
    return registers.taken_out(request, RISKS, rows, area_names(), "/risks", "risks")


@require_http_methods(["GET", "POST"])
@requires(RATE)
def new_page(request: HttpRequest) -> HttpResponse:
    """A new risk point; `?enterprise=` says whose, else one is chosen."""
    scope = scope_of(request.user)
    chosen = request.POST.get("enterprise") or request.GET.get("enterprise", "")
    mine = sorted(person(request).enterprises)
    if not chosen and len(mine) == 1:
        chosen = str(mine[0])
    if not chosen:
        found = picker(scope, request.GET, required=True)
        return render(request, "risks/choose.html", {"picker": found})
    firm = enterprise(scope, chosen)
    entered = registers.Entered({"method": "lec"})
    if request.method == "POST":
        values, entered = _entered(request)
        if not entered.errors:
            try:
                pk = actions.identify_risk(actor_of(request), person(request), firm["pk"], values)
            except Refused as fault:
                entered.errors["name"] = worded(fault)
            else:
                messages.success(request, _("Rated; the principal confirms it."))
                return HttpResponseRedirect(f"/risks/{pk}", status=303)
    return _form(request, entered, firm, None)


@require_http_methods(["GET", "POST"])
@requires(RATE)
def rate_page(request: HttpRequest, risk_id: int) -> HttpResponse:
    """A re-rating is a new version; the form begins with what the last one says."""
    file = _file(request, risk_id)
    if "rate" not in file.verbs:
        messages.error(request, _("The enterprise rates its own risks."))
        return HttpResponseRedirect(f"/risks/{risk_id}", status=303)
    risk = file.risk
    entered = registers.Entered(
        {one.key: str(getattr(risk, one.key, "") or "") for one in FORM} | risk.controls
    )
    if request.method == "POST":
        values, entered = _entered(request)
        if not entered.errors:
            why = request.POST.get("reason", "")
            try:
                actions.rate_risk(actor_of(request), person(request), risk_id, values, reason=why)
            except Refused as fault:
                entered.errors["name"] = worded(fault)
            else:
                messages.success(request, _("Rated; the principal confirms it."))
                return HttpResponseRedirect(f"/risks/{risk_id}", status=303)
    firm = enterprise(scope_of(request.user), risk.enterprise_id)
    return _form(request, entered, firm, risk)


def _entered(request: HttpRequest) -> tuple[dict[str, Any], registers.Entered]:
    given = {key: str(value) for key, value in request.POST.items()}
    return entered_rating(
        given, request.POST.getlist("accident"), request.POST.getlist("cause")
    )  # fmt: skip


def _form(
    request: HttpRequest,
    entered: registers.Entered,
    firm: dict[str, Any],
    risk: RiskPoint | None,
) -> HttpResponse:
    terms, _id = terms_on(clock.today())
    posted = request.method == "POST"
    ticked = request.POST.getlist("accident") if posted else risk.accidents if risk else []
    causes = request.POST.getlist("cause") if posted else risk.causes if risk else []
    fields = {one.key: one for one in FORM}
    context = {
        "entered": entered, "firm": firm, "risk": risk, "terms": terms,
        "first": [fields[key] for key in ("name", "kind", "place", "hazards")],
        "accidents": [(k, pgettext(*w), k in ticked) for k, w in ACCIDENT_WORDS.items()],
        "accident_error": entered.errors.get("accidents", ""),
        "method": fields["method"], "lec": [fields[key] for key in LEC],
        "matrix": [fields[key] for key in MATRIX],
        "causes": [(key, word, key in causes) for key, word in terms.causes.items()],
        "controls": [fields[key] for key in CONTROLS],
        "last": [fields[key] for key in ("holder", "responsible")],
    }  # fmt: skip
    status = 422 if entered.errors else 200
    return render(request, "risks/form.html", context, status=status)


@require_GET
@requires("safety.view")
def risk_page(request: HttpRequest, risk_id: int) -> HttpResponse:
    file = _file(request, risk_id)
    risk, state = file.risk, State(file.risk.state)
    context = {
        "file": file, "risk": risk, "pill": STATE_PILLS[state],
        "state_word": pgettext(*STATE_WORDS[state]), "register": RISKS,
        "accidents": series(pgettext(*ACCIDENT_WORDS[code]) for code in risk.accidents),
        "causes": [risk.terms.values["causes"].get(key, key) for key in risk.causes]
        if risk.terms else [],
        "controls": [(pgettext(*CONTROL_WORDS[k]), risk.controls.get(k, "")) for k in CONTROLS],
        "steps": [(one, pgettext(*VERB_WORDS[one.verb])) for one in file.steps],
        "forms": _forms(file), "may_rate": "rate" in file.verbs,
        "late": risk.review_on is not None and risk.review_on < clock.today(),
        "reasons": [(key, pgettext(*word)) for key, word in REASON_WORDS.items()],
    }  # fmt: skip
    return render(request, "risks/risk.html", context)


# verb -> its button, and whether it asks for a cause and for words.
BUTTONS: dict[str, tuple[Term, bool, bool]] = {
    "confirm": (NP_("risk form", "Confirm"), False, False),
    "send back": (NP_("risk form", "Send back"), False, True),
    "review": (NP_("risk form", "Call for a review"), True, True),
    "order a review": (NP_("risk form", "Order a review"), True, True),
    "retire": (NP_("risk form", "Retire"), False, True),
}


def _forms(file: File) -> list[dict[str, Any]]:
    return [
        {"verb": verb, "button": pgettext(*word), "cause": cause, "words": words,
         "main": verb == "confirm"}
        for verb, (word, cause, words) in BUTTONS.items() if verb in file.verbs
    ]  # fmt: skip


@require_POST
@requires("safety.view")
def take(request: HttpRequest, risk_id: int) -> HttpResponse:
    """Take one step; what it is and what it says are in the form."""
    _file(request, risk_id)
    verb = request.POST.get("verb", "")
    if verb not in BUTTONS:
        raise Http404
    given = {key: str(value) for key, value in request.POST.items()}
    with step_said(request, BUTTONS[verb][0]):
        actions.take_step(actor_of(request), person(request), risk_id, verb, given)
    return HttpResponseRedirect(f"/risks/{risk_id}", status=303)


def _file(request: HttpRequest, risk_id: int) -> File:
    scope: Scope = scope_of(request.user)
    file = risk_file(risk_id, scope, person(request))
    if file is None:
        raise Http404
    return file
