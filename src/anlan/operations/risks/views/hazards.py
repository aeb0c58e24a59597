"""Major hazard sources: register, computation with every figure shown, file with its versions."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of, worded
from anlan.operations.registers import queries as registers
from anlan.operations.risks.actions import keep_major_hazard
from anlan.operations.risks.models import MajorHazard
from anlan.operations.risks.queries.registers import HAZARDS
from anlan.operations.risks.queries.scope import hazards_in
from anlan.operations.risks.rules.loop import RATE, may_keep
from anlan.operations.risks.rules.major_hazard import Held, alpha
from anlan.operations.risks.rules.substances import SOURCE, SUBSTANCES
from anlan.operations.risks.views.asking import enterprise, person
from anlan.operations.safety.queries.persons import people_of
from anlan.operations.territory.queries import area_names, streets_under
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

LINES = 8


@require_GET
@requires("safety.view")
def hazards_page(request: HttpRequest) -> HttpResponse:
    scope, named = scope_of(request.user), area_names()
    asked = registers.asked_here(request, HAZARDS, "graded")
    page = registers.page(HAZARDS, hazards_in(scope), asked, scope)
    context = {"page": page, "names": named,
               "places": streets_under(scope.area_prefix or "", named),
               "mine": sorted(person(request).enterprises)}  # fmt: skip
    return render(request, "risks/hazards.html", context)


@require_GET
@requires("safety.view")
def export(request: HttpRequest) -> HttpResponse:
    rows, named = hazards_in(scope_of(request.user)), area_names()
    return registers.taken_out(request, HAZARDS, rows, named, "/major-hazards", "major-hazards")


@require_http_methods(["GET", "POST"])
@requires(RATE)
def compute_page(request: HttpRequest, enterprise_id: int) -> HttpResponse:
    """Compute a unit and keep it; a unit of the same name gets a new version."""
    firm = enterprise(scope_of(request.user), enterprise_id)
    who = person(request)
    if not may_keep(who, enterprise_id, bool(people_of(enterprise_id))):
        messages.error(request, _("The enterprise's own people take this step."))
        return HttpResponseRedirect(f"/enterprises/{enterprise_id}/risks", status=303)
    entered, rows = registers.Entered({"kind": "storage"}), [("", "")] * LINES
    if request.method == "POST":
        values, entered = registers.typed(HAZARDS, request.POST.dict())
        sent = list(zip(request.POST.getlist("substance"), request.POST.getlist("tonnes"),
                        strict=False))[:LINES]  # fmt: skip
        rows = (sent + rows)[:LINES]
        if not entered.errors:
            try:
                held = _held(sent)
                pk = keep_major_hazard(actor_of(request), who, enterprise_id, values, held)
            except Refused as fault:
                entered.errors["held"] = worded(fault)
            else:
                messages.success(request, _("Computed and kept."))
                return HttpResponseRedirect(f"/major-hazards/{pk}", status=303)
    context = {
        "firm": firm, "entered": entered, "fields": HAZARDS.typed, "rows": rows,
        "substances": SUBSTANCES.items(), "error": entered.errors.get("held", ""),
    }  # fmt: skip
    status = 422 if entered.errors else 200
    return render(request, "risks/compute.html", context, status=status)


def _held(sent: list[tuple[str, str]]) -> list[Held]:
    found = []
    for key, text in sent:
        if not key and not text.strip():
            continue
        try:
            found.append(Held(key, float(text)))
        except ValueError:
            raise Refused(N_("Write the mass in tonnes as a number.")) from None
    return found


@require_GET
@requires("safety.view")
def hazard_page(request: HttpRequest, hazard_id: int) -> HttpResponse:
    scope = scope_of(request.user)
    one = hazards_in(scope).select_related("enterprise").filter(pk=hazard_id).first()
    if one is None:
        raise Http404
    versions = MajorHazard.objects.filter(enterprise=one.enterprise_id, name=one.name)
    context = {
        "one": one, "lines": [_line(key, tonnes) for key, tonnes in one.held],
        "alpha": alpha(one.exposed), "source": SOURCE, "register": HAZARDS,
        "versions": versions.exclude(pk=one.pk).order_by("-made_at"),
        "may_keep": may_keep(
            person(request), one.enterprise_id, bool(people_of(one.enterprise_id))
        ),
    }  # fmt: skip
    return render(request, "risks/hazard.html", context)


def _line(key: str, tonnes: float) -> dict[str, Any]:
    known = SUBSTANCES[key]
    share = tonnes / known.threshold_t
    return {"known": known, "tonnes": tonnes, "share": share, "weighed": share * known.beta}
