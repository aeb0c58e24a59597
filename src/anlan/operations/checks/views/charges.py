"""Who of a unit inspects what: the list, one put in charge, many out of a file."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.checks.actions import NewCharge, end_charge, put_in_charge
from anlan.operations.checks.actions.perform import REGULATE
from anlan.operations.checks.queries.charges import CHARGES, ROWS, charges_in, inspectors_of
from anlan.operations.checks.views.asking import checker
from anlan.operations.people.queries import requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries import Look
from anlan.operations.risks.actions import FilePages
from anlan.operations.safety.queries.picking import picker
from anlan.operations.safety.queries.scope import enterprises_in
from anlan.operations.territory.queries import area_names, places_under
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


@require_http_methods(["GET", "POST"])
@requires("checks.view")
def charges_page(request: HttpRequest) -> HttpResponse:
    """A POST puts somebody of one's unit in charge, of an enterprise or else of a place."""
    scope, named, wrong = scope_of(request.user), area_names(), ""
    picked = picker(scope, request.POST)
    if request.method == "POST" and not picked.searching:
        new = NewCharge(
            account_id=registers.key_of(request.POST.get("inspector", "")) or 0,
            enterprise_id=picked.chosen, area_code=request.POST.get("area_code", "")[:12],
        )  # fmt: skip
        try:
            put_in_charge(checker(request), new)
            messages.success(request, _("Assigned: what is owed there is in their list now."))
            return HttpResponseRedirect("/checks/inspectors", status=303)
        except Refused as fault:
            wrong = worded(fault)
    may_assign = scope.may(REGULATE) and bool(scope.organisation)
    rows = charges_in(scope)
    page = registers.page(CHARGES, rows, registers.asked_here(request, CHARGES), scope)
    mine = rows.filter(organisation=scope.organisation or "-")
    context = {
        "page": page, "names": named, "places": places_under(scope.area_prefix or "", named),
        "mine": frozenset(mine.values_list("pk", flat=True)) if may_assign else frozenset(),
        "may_assign": may_assign, "inspectors": inspectors_of(scope) if may_assign else [],
        "picker": picked, "wrong": wrong, "entered": request.POST,
    }  # fmt: skip
    return render(request, "checks/charges.html", context, status=422 if wrong else 200)


@require_GET
@requires("checks.view")
def export(request: HttpRequest) -> HttpResponse:
    rows = charges_in(scope_of(request.user))
    return registers.taken_out(
        request, CHARGES, rows, area_names(), "/checks/inspectors", "inspectors"
    )


@require_POST
@requires(REGULATE)
def end(request: HttpRequest, charge_id: int) -> HttpResponse:
    if not charges_in(scope_of(request.user)).filter(pk=charge_id).exists():
        raise Http404
    try:
        end_charge(checker(request), charge_id)
        messages.success(request, _("The assignment is ended."))
    except Refused as fault:
        messages.error(request, worded(fault))
    return HttpResponseRedirect("/checks/inspectors", status=303)


def _put_rows(request: HttpRequest, sheet: registers.Sheet, look: Look) -> None:
    """Rows of one's own unit: the inspector by login, and an enterprise or a place."""
    who, scope = checker(request), scope_of(request.user)
    people = {one.username: one.id for one in inspectors_of(scope)}
    codes = {str(values["credit_code"]) for _line, values in sheet.rows}
    seen = enterprises_in(scope).filter(credit_code__in=codes)
    firms = dict(seen.values_list("credit_code", "pk"))
    for line, values in sheet.rows:
        code = str(values["credit_code"])
        if code and code not in firms:
            word = pgettext(*ROWS.field("credit_code").word)
            look.refuse(line, word, code, _("There is no such enterprise within your sight."))
            continue
        new = NewCharge(
            account_id=people.get(str(values["username"]), 0), enterprise_id=firms.get(code),
            area_code=str(values["area_code"]),
        )  # fmt: skip
        try:
            look.count(put_in_charge(who, new))
        except Refused as fault:
            look.refuse(line, "", str(values["username"]), worded(fault))


template, import_page, file_page, take = FilePages(
    kind="inspectors", right=REGULATE, register=ROWS, put=_put_rows,
    names={"template": "inspectors-template", "import": "import-inspectors", "back": "inspectors"},
    words={
        "title": N_("Import who inspects what"), "list": N_("Who inspects what"),
        "help": N_("A row an assignment: the inspector's login and an enterprise's credit code, "
                   "or the code of a place. First you see what the file would do; nothing is "
                   "changed until you take it in."),
    },
).views()  # fmt: skip
