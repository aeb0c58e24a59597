"""The enterprise register: list, export, form, file, claim."""

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
from anlan.operations.safety.actions import (
    claim_enterprise,
    correct_enterprise,
    end_membership,
    hand_out_code,
    register_enterprise,
    show_phones,
)
from anlan.operations.safety.queries.beside import sections
from anlan.operations.safety.queries.enterprises import Dossier, enterprise_file
from anlan.operations.safety.queries.persons import regulators
from anlan.operations.safety.queries.picking import picker
from anlan.operations.safety.queries.registers import ENTERPRISES
from anlan.operations.safety.queries.scope import enterprises_in
from anlan.operations.safety.rules.enterprises import REGULATOR_WORDS
from anlan.operations.safety.rules.states import STATE_PILLS, STATE_WORDS, State
from anlan.operations.safety.views.asking import number
from anlan.operations.territory.queries import area_names, places_under
from anlan.vocabulary.transitions import Refused


@require_GET
@requires("safety.view")
def enterprises_page(request: HttpRequest) -> HttpResponse:
    scope, named = scope_of(request.user), area_names()
    asked = registers.asked_here(request, ENTERPRISES)
    page = registers.page(ENTERPRISES, enterprises_in(scope), asked, scope)
    context = {
        "page": page, "names": named, "places": places_under(scope.area_prefix or "", named),
        "may_register": scope.may("safety.register"),
    }  # fmt: skip
    return render(request, "safety/enterprises.html", context)


@require_GET
@requires("safety.view")
def pick(request: HttpRequest) -> HttpResponse:
    """What a form's search for an enterprise found, as it is typed."""
    required = request.GET.get("required") == "yes"
    chosen = picker(scope_of(request.user), request.GET.dict(), required=required)
    return render(request, "safety/picked.html", {"picker": chosen})


@require_GET
@requires("safety.view")
def export(request: HttpRequest) -> HttpResponse:
    rows = enterprises_in(scope_of(request.user))
    named = area_names()
    return registers.taken_out(request, ENTERPRISES, rows, named, "/enterprises", "enterprises")


@require_http_methods(["GET", "POST"])
@requires("safety.register")
def new_page(request: HttpRequest) -> HttpResponse:
    scope, named = scope_of(request.user), area_names()
    entered = registers.Entered({"state": "open"})
    if request.method == "POST":
        values, entered = _typed(request, scope, named)
        if not entered.errors:
            try:
                pk = register_enterprise(actor_of(request), values)
            except Refused as fault:
                entered.errors["credit_code"] = worded(fault)
            else:
                return HttpResponseRedirect(f"/enterprises/{pk}", status=303)
    return _form(request, entered, places_under(scope.area_prefix or "", named), None)


@require_http_methods(["GET", "POST"])
@requires("safety.register")
def correct_page(request: HttpRequest, enterprise_id: int) -> HttpResponse:
    scope, named = scope_of(request.user), area_names()
    file = _file(enterprise_id, scope)
    one = file.enterprise
    now = {f.key: registers.written(f, getattr(one, f.key, "")) for f in ENTERPRISES.typed}
    entered = registers.Entered(now | {key: getattr(one, key) for key in REGULATOR_WORDS})
    if request.method == "POST":
        values, entered = _typed(request, scope, named)
        if not entered.errors:
            try:
                seen = number(request.POST.get("seen", ""))
                why = str(request.POST.get("reason", ""))
                correct_enterprise(actor_of(request), enterprise_id, values, seen, why)
            except Refused as fault:
                entered.errors["name"] = worded(fault)
            else:
                messages.success(request, _("Saved; what it said before is kept."))
                return HttpResponseRedirect(f"/enterprises/{enterprise_id}", status=303)
    return _form(request, entered, places_under(scope.area_prefix or "", named), file)


def _typed(
    request: HttpRequest, scope: Scope, named: dict[str, str]
) -> tuple[dict[str, Any], registers.Entered]:
    codes = {code for code, _name in places_under(scope.area_prefix or "", named)}
    values, entered = registers.typed(ENTERPRISES, request.POST.dict(), codes)
    if scope.reach == "sector" and values.get("sector") not in (None, scope.sector):
        entered.errors["sector"] = _("Your unit keeps enterprises of its own sector.")
    known = regulators()
    for key in REGULATOR_WORDS:
        chosen = str(request.POST.get(key, ""))
        if chosen and chosen not in known:
            entered.errors[key] = _("This unit is not known.")
        values[key] = chosen
    return values, entered


def _form(
    request: HttpRequest,
    entered: registers.Entered,
    where: list[tuple[str, str]],
    file: Dossier | None,
) -> HttpResponse:
    words = _regulator_words()
    context = {
        "entered": entered, "fields": ENTERPRISES.typed, "places": where, "file": file,
        "units": [
            (key, words[key], entered.values.get(key, ""), entered.errors.get(key, ""))
            for key in REGULATOR_WORDS
        ],
        "regulators": sorted(regulators().items()),
        "seen": file.enterprise.versions.count() if file else "",
    }  # fmt: skip
    return render(
        request, "safety/enterprise_form.html", context, status=422 if entered.errors else 200
    )


@require_GET
@requires("safety.view")
def enterprise_page(request: HttpRequest, enterprise_id: int) -> HttpResponse:
    scope, named = scope_of(request.user), area_names()
    file = _file(enterprise_id, scope)
    one, units = file.enterprise, regulators()
    facts = [
        (pgettext(*field.word), registers.shown(field, getattr(one, field.key), named))
        for field in ENTERPRISES.typed if not field.personal
    ]  # fmt: skip
    context = {
        "file": file, "one": one, "facts": facts, "phones": None,
        "regulators": [
            (word, units.get(getattr(one, key), "")) for key, word in _regulator_words().items()
        ],
        "dangers": [
            (danger, STATE_PILLS[State(danger.state)], pgettext(*STATE_WORDS[State(danger.state)]))
            for danger in file.dangers
        ],
        "versions": [(v, _before(v.before, units, named)) for v in file.versions],
        "sections": sections(scope, one.pk),
        "may_register": scope.may("safety.register"), "may_find": scope.may("safety.find"),
        "may_plan": scope.may("safety.regulate") and bool(scope.organisation),
        "has_phone": bool(one.principal_phone_sealed or one.manager_phone_sealed),
    }  # fmt: skip
    return render(request, "safety/enterprise.html", context)


def _before(
    before: dict[str, Any], units: dict[str, str], named: dict[str, str]
) -> list[tuple[str, str]]:
    """What a version said, in words; codes of units by their names."""
    words = _regulator_words()
    shown = [
        (pgettext(*field.word),
         "***" if field.personal else registers.shown(field, before[field.key], named))
        for field in ENTERPRISES.fields if field.key in before
    ]  # fmt: skip
    return shown + [(words[k], units.get(before[k], "—")) for k in REGULATOR_WORDS if k in before]


def _regulator_words() -> dict[str, str]:
    return {key: pgettext(*word) for key, word in REGULATOR_WORDS.items()}


@require_POST
@requires("safety.register")
def code(request: HttpRequest, enterprise_id: int) -> HttpResponse:
    """Hand out a claim code: it is shown on this answer and nowhere else."""
    file = _file(enterprise_id, scope_of(request.user))
    fresh = hand_out_code(actor_of(request), enterprise_id)
    return render(request, "safety/code.html", {"one": file.enterprise, "code": fresh})


@require_POST
@requires("safety.register")
def end_member(request: HttpRequest, enterprise_id: int) -> HttpResponse:
    """Take an account's access to the enterprise away."""
    _file(enterprise_id, scope_of(request.user))
    try:
        account = number(request.POST.get("account", "")) or 0
        end_membership(actor_of(request), enterprise_id, account)
        messages.success(request, _("The account has no access to this enterprise any more."))
    except Refused as fault:
        messages.error(request, worded(fault))
    return HttpResponseRedirect(f"/enterprises/{enterprise_id}", status=303)


@require_POST
@requires("safety.view")
def phones(request: HttpRequest, enterprise_id: int) -> HttpResponse:
    """The phones of an enterprise's people; who looked is recorded."""
    file = _file(enterprise_id, scope_of(request.user))
    shown = show_phones(actor_of(request), file.enterprise)
    return render(request, "safety/phones.html", {"phones": shown})


@require_http_methods(["GET", "POST"])
@requires("safety.claim")
def claim_page(request: HttpRequest) -> HttpResponse:
    entered = registers.Entered({})
    if request.method == "POST":
        entered = registers.Entered({k: str(v) for k, v in request.POST.items()})
        try:
            pk = claim_enterprise(
                actor_of(request), entered.values.get("credit_code", ""),
                entered.values.get("code", ""),
            )  # fmt: skip
        except Refused as fault:
            entered.errors["code"] = worded(fault)
        else:
            messages.success(request, _("The file is yours now."))
            return HttpResponseRedirect(f"/enterprises/{pk}", status=303)
    status = 422 if entered.errors else 200
    return render(request, "safety/claim.html", {"entered": entered}, status=status)


def _file(enterprise_id: int, scope: Scope) -> Dossier:
    file = enterprise_file(enterprise_id, scope)
    if file is None:
        raise Http404
    return file
