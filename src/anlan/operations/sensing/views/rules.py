"""The alarm rules of a station: listed, tried on the last 30 days, set, changed and ended."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import Scope, requires, scope_of
from anlan.operations.sensing import queries
from anlan.operations.sensing.actions import end_maintenance, end_rule, plan_maintenance
from anlan.operations.sensing.models import Maintenance
from anlan.operations.sensing.rule_forms import as_typed, blank, typed_rule, typed_span
from anlan.operations.sensing.rules.rule_kinds import KIND_WORDS, RuleKind
from anlan.operations.sensing.views.lines import element_word, said, seen
from anlan.operations.sensing.views.rule_form import RulePlace, rule_form, rule_line, say_ended
from anlan.vocabulary.transitions import Refused


@require_GET
@requires("sensing.view")
def rules_page(request: HttpRequest, code: str) -> HttpResponse:
    """Every version of every rule with its source, and the station's maintenance."""
    scope = scope_of(request.user)
    row = seen(scope, code)
    rows, elements = [_rule(row, one) for one in queries.rules_of(code)], queries.elements(code)
    context = {
        "station": row, "ruling": [one for one in rows if one["row"].now],
        "past": [one for one in rows if not one["row"].now], "may_set": may_set(scope, row),
        "kinds": [(kind.value, said(word)) for kind, word in KIND_WORDS.items()],
        "maintenances": [
            {"row": one, "word": element_word(one.element)}
            for one in queries.maintenances_of(code)
        ],
        "elements": [(one, element_word(one)) for one in elements],
    }  # fmt: skip
    return render(request, "sensing/rules.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("sensing.rules")
def new_rule(request: HttpRequest, code: str) -> HttpResponse:
    row = _settable(request, code)
    asked = request.GET.get("kind", "")
    kind = RuleKind(asked) if asked in set(RuleKind) else RuleKind.THRESHOLD
    entered = blank(kind, row, queries.elements(code), request.GET.get("element", ""))
    return rule_form(request, _place(row), entered, None)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("sensing.rules")
def change_rule(request: HttpRequest, code: str, rule_id: int) -> HttpResponse:
    row = _settable(request, code)
    old = queries.rule(code, rule_id)
    if old is None or not (old.now or request.method == "POST"):  # saving says what became of it
        raise Http404
    return rule_form(request, _place(row), as_typed(old), old)


@require_POST
@requires("sensing.rules")
def end(request: HttpRequest, code: str, rule_id: int) -> HttpResponse:
    row = _settable(request, code)
    say_ended(request, lambda: end_rule(actor_of(request), row.code, rule_id))
    return redirect("station-rules", code)


@require_POST
@requires("sensing.rules")
def maintain(request: HttpRequest, code: str) -> HttpResponse:
    row = _settable(request, code)
    span, reason = typed_span(request.POST), request.POST.get("reason", "").strip()
    element = request.POST.get("element", "")
    if span is None or not reason or element not in ("", *queries.elements(code)):
        messages.error(request, _("Give begin, end and reason. Nothing was saved."))
        return redirect("station-rules", code)
    try:
        plan_maintenance(actor_of(request), row.code, *span, reason, element)
        messages.success(request, _("Planned. What would be an alarm then is only recorded."))
    except Refused as fault:
        messages.error(request, _(fault.message) % fault.parameters)
    return redirect("station-rules", code)


@require_POST
@requires("sensing.rules")
def end_maintaining(request: HttpRequest, code: str, maintenance_id: int) -> HttpResponse:
    row = _settable(request, code)
    try:
        if end_maintenance(actor_of(request), row.code, maintenance_id):
            messages.success(request, _("The maintenance is over. Alarms are raised again."))
        else:
            messages.info(request, _("The maintenance was over already."))
    except Maintenance.DoesNotExist:
        raise Http404 from None
    return redirect("station-rules", code)


def may_set(scope: Scope, row: queries.StationRow) -> bool:
    """May they set this station's rules? A department only those of its own sector's stations."""
    return scope.may("sensing.rules") and queries.own_kind(scope, row.kind)


def _settable(request: HttpRequest, code: str) -> queries.StationRow:
    scope = scope_of(request.user)
    row = seen(scope, code)
    if not may_set(scope, row):
        raise Http404
    return row


def _rule(row: queries.StationRow, one: queries.RuleRow) -> dict[str, Any]:
    return rule_line(one) | {
        "change": reverse("change-rule", args=[row.code, one.id]),
        "end": reverse("end-rule", args=[row.code, one.id]),
    }


def _place(row: queries.StationRow) -> RulePlace:
    elements = queries.elements(row.code)
    return RulePlace(
        row.name, reverse("station", args=[row.code]), reverse("station-rules", args=[row.code]),
        [(one, element_word(one)) for one in elements],
        lambda post, old: typed_rule(post, row, elements, old), datum=row.datum,
    )  # fmt: skip
