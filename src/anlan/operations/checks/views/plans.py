"""Planned inspections: one's own list for today, everybody's within sight, and the plans."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.checks.actions import SingleCheck, end_plan, make_plan, plan_single
from anlan.operations.checks.actions.plans import PLAN
from anlan.operations.checks.queries.charges import inspectors_of
from anlan.operations.checks.queries.planned import INSPECTIONS, PLANS
from anlan.operations.checks.queries.scope import inspections_in, mine, plans_in, unit_inspections
from anlan.operations.checks.rules.plans import PLANNED_WORDS
from anlan.operations.checks.views.asking import checker
from anlan.operations.people.queries import requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.safety.queries.picking import picker
from anlan.operations.territory.queries import area_names, places_under
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


@require_GET
@requires("checks.view")
def inspections_page(request: HttpRequest) -> HttpResponse:
    """A grid worker's own first, one's own unit's for others; `?whose=unit` or `all` shows more."""
    scope, named = scope_of(request.user), area_names()
    asked = registers.asked(INSPECTIONS, request.GET.dict() or {"view": "today"})
    rows = inspections_in(scope)
    whose = request.GET.get("whose") or ("unit" if scope.may(PLAN) else "me")
    unit = unit_inspections(scope)
    own = whose != "all" and scope.may("checks.do") and unit.exists()
    shown = rows if not own else unit.filter(mine(scope)) if whose == "me" else unit
    page = registers.page(INSPECTIONS, shown, asked, scope)
    known = rows.in_bulk([row["pk"] for row in page.rows])
    context = {
        "page": page, "names": named, "rows": [(row, known[row["pk"]]) for row in page.rows],
        "places": places_under(scope.area_prefix or "", named), "today": clock.today(),
        "may_check": scope.may("checks.do"), "own": own, "whose": whose,
    }  # fmt: skip
    return render(request, "checks/inspections.html", context)


@require_GET
@requires("checks.view")
def export(request: HttpRequest) -> HttpResponse:
    """All that are planned within sight, with the filters of the list."""
    rows = inspections_in(scope_of(request.user))
    return registers.taken_out(
        request, INSPECTIONS, rows, area_names(), "/checks/inspections", "inspections"
    )


@require_http_methods(["GET", "POST"])
@requires("checks.view")
def plans_page(request: HttpRequest) -> HttpResponse:
    """A POST makes a plan of one's own unit."""
    scope, named = scope_of(request.user), area_names()
    own, places = scope.area_prefix or "", places_under(scope.area_prefix or "", named)
    if own in named and own not in dict(places):  # the district as a whole
        places = [(own, named[own]), *places]
    entered = registers.Entered({"area_code": scope.area_prefix or "", "months": "12",
                                 "use": "enforcement", "sector": scope.sector or ""})  # fmt: skip
    if request.method == "POST":
        within = {code for code, _name in places}
        values, entered = registers.typed(PLANS, request.POST.dict(), within)
        try:
            if not entered.errors:
                make_plan(checker(request), values)
                messages.success(request, _("The plan is in force."))
                return HttpResponseRedirect("/checks/plans", status=303)
        except Refused as fault:
            entered.errors["name"] = worded(fault)
    asked = registers.asked(PLANS, request.GET.dict())
    rows = plans_in(scope).filter(ended_at=None)
    context = {
        "page": registers.page(PLANS, rows, asked, scope), "names": named, "places": places,
        "entered": entered, "fields": PLANS.typed,
        "may_plan": scope.may(PLAN) and bool(scope.organisation),
        "mine_plans": rows.filter(
            organisation=scope.organisation or "-"
        ).select_related("enterprise"),
    }  # fmt: skip
    return render(request, "checks/plans.html", context, status=422 if entered.errors else 200)


@require_http_methods(["GET", "POST"])
@requires(PLAN)
def single_page(request: HttpRequest) -> HttpResponse:
    """A check of one enterprise alone; a GET may name the enterprise already."""
    scope, given = scope_of(request.user), request.POST or request.GET
    picked, wrong = picker(scope, given, required=True), ""
    if request.method == "POST" and not picked.searching:
        try:
            plan_single(checker(request), _single(request, picked.chosen))
            messages.success(request, _("Planned: it is on the desk of who goes there."))
            return HttpResponseRedirect("/checks/inspections", status=303)
        except Refused as fault:
            wrong = worded(fault)
    context = {
        "picker": picked, "wrong": wrong, "entered": given, "today": clock.today(),
        "uses": [(key, pgettext(*word)) for key, word in PLANNED_WORDS.items()],
        "inspectors": inspectors_of(scope),
    }  # fmt: skip
    return render(request, "checks/single.html", context, status=422 if wrong else 200)


def _single(request: HttpRequest, enterprise_id: int | None) -> SingleCheck:
    given = request.POST
    due_on = registers.day_typed(given.get("due_on", ""))
    if enterprise_id is None:
        raise Refused(N_("Choose the enterprise."))
    inspector = registers.key_of(given.get("inspector", ""))
    if given.get("inspector") and inspector is None:
        raise Refused(N_("Choose somebody of your own unit who inspects."))
    return SingleCheck(
        enterprise_id=enterprise_id, use=given.get("use", ""), why=given.get("why", ""),
        due_on=due_on, inspector_id=inspector,
    )  # fmt: skip


@require_POST
@requires(PLAN)
def end(request: HttpRequest, inspection_plan_id: int) -> HttpResponse:
    if not plans_in(scope_of(request.user)).filter(pk=inspection_plan_id).exists():
        raise Http404
    try:
        end_plan(checker(request), inspection_plan_id)
        messages.success(request, _("The plan is ended. What is late stays."))
    except Refused as fault:
        messages.error(request, worded(fault))
    return HttpResponseRedirect("/checks/plans", status=303)
