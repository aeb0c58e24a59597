"""The alarm rules of a station: listed, tried on the last 30 days, set, changed and ended."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlan.operations.people.queries import Scope, requires, scope_of
from anlan.operations.sensing import queries
from anlan.operations.sensing.actions import (
    NewRule,
    end_maintenance,
    end_rule,
    plan_maintenance,
    set_rule,
)
from anlan.operations.sensing.actions.rules import drafted
from anlan.operations.sensing.forms import Entered
from anlan.operations.sensing.models import AlarmRule, Maintenance
from anlan.operations.sensing.queries.picture import DATUM_WORDS, rule_word
from anlan.operations.sensing.queries.preview import Preview, preview
from anlan.operations.sensing.rule_forms import (
    as_typed,
    blank,
    typed_rule,
    typed_span,
)
from anlan.operations.sensing.rules.expressions import FUNCTIONS, BadExpression
from anlan.operations.sensing.rules.kinds import ELEMENT_WORDS, OWNER_SECTORS
from anlan.operations.sensing.rules.rule_kinds import (
    KIND_WORDS,
    RATE_WORDS,
    THRESHOLD_WORDS,
    Direction,
    RuleKind,
)
from anlan.operations.sensing.views.lines import acting, said, seen
from anlan.vocabulary.datum import Datum
from anlan.vocabulary.readings import Element
from anlan.vocabulary.transitions import Refused


@require_GET
@requires("sensing.view")
def rules_page(request: HttpRequest, code: str) -> HttpResponse:
    """Every version of every rule with its source, and the station's maintenance."""
    scope = scope_of(request.user)
    row = seen(scope, code)
    rows, elements = [_line(one) for one in queries.rules_of(code)], queries.elements(code)
    context = {
        "station": row, "ruling": [one for one in rows if one["row"].now],
        "past": [one for one in rows if not one["row"].now], "may_set": may_set(scope, row),
        "kinds": [(kind.value, said(word)) for kind, word in KIND_WORDS.items()],
        "maintenances": [
            {"row": one, "word": _element_word(one.element)}
            for one in queries.maintenances_of(code)
        ],
        "elements": [(one, _element_word(one)) for one in elements],
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
    return _form(request, row, entered, None)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("sensing.rules")
def change_rule(request: HttpRequest, code: str, rule_id: int) -> HttpResponse:
    row = _settable(request, code)
    old = queries.rule(code, rule_id)
    if old is None or not old.now:
        raise Http404
    return _form(request, row, as_typed(old), old)


@require_POST
@requires("sensing.rules")
def end(request: HttpRequest, code: str, rule_id: int) -> HttpResponse:
    row = _settable(request, code)
    try:
        if end_rule(acting(request), row.code, rule_id):
            messages.success(request, _("The rule is out of force from today. It stays listed."))
        else:
            messages.info(request, _("The rule was out of force already."))
    except AlarmRule.DoesNotExist:
        raise Http404 from None
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
        plan_maintenance(acting(request), row.code, *span, reason, element)
        messages.success(request, _("Planned. What would be an alarm then is only recorded."))
    except Refused as fault:
        messages.error(request, _(fault.message) % fault.parameters)
    return redirect("station-rules", code)


@require_POST
@requires("sensing.rules")
def end_maintaining(request: HttpRequest, code: str, maintenance_id: int) -> HttpResponse:
    row = _settable(request, code)
    try:
        if end_maintenance(acting(request), row.code, maintenance_id):
            messages.success(request, _("The maintenance is over. Alarms are raised again."))
        else:
            messages.info(request, _("The maintenance was over already."))
    except Maintenance.DoesNotExist:
        raise Http404 from None
    return redirect("station-rules", code)


def may_set(scope: Scope, row: queries.StationRow) -> bool:
    """May they set this station's rules? A department only those of its own sector's stations."""
    own = scope.reach != "sector" or scope.sector == OWNER_SECTORS.get(row.kind)
    return scope.may("sensing.rules") and own


def _settable(request: HttpRequest, code: str) -> queries.StationRow:
    scope = scope_of(request.user)
    row = seen(scope, code)
    if not may_set(scope, row):
        raise Http404
    return row


def _form(
    request: HttpRequest, row: queries.StationRow, entered: Entered, old: queries.RuleRow | None
) -> HttpResponse:
    """The form; a POST tries the rule on the last 30 days, or saves it."""
    elements, found, status = queries.elements(row.code), None, 200
    if request.method == "POST":
        posted = {key: str(value) for key, value in request.POST.items()}
        new, entered = typed_rule(posted, row, elements, old)
        if new is not None:
            try:
                if posted.get("do") == "save":
                    set_rule(acting(request), new, instead_of=old.id if old else None)
                    messages.success(request, _("The rule is in force."))
                    return redirect("station-rules", row.code)
                found = _tried(new)
            except BadExpression as fault:
                reason = _(fault.message) % fault.parameters
                words = _("Character %(position)d: %(reason)s.")
                entered.errors["expression"] = words % {
                    "position": fault.position, "reason": reason,
                }  # fmt: skip
            except Refused as fault:
                entered.errors["name"] = _(fault.message) % fault.parameters
        status = 422 if entered.errors else 200
    kind = RuleKind(entered.values.get("kind") or RuleKind.THRESHOLD)
    sides = RATE_WORDS if kind is RuleKind.RATE else THRESHOLD_WORDS
    context = {
        "station": row, "old": old, "entered": entered, "kind": kind.value,
        "kind_word": said(KIND_WORDS[kind]), "sides": _sides(sides), "functions": FUNCTIONS,
        "elements": [(one, _element_word(one)) for one in elements], "found": found,
        "datums": [one.value for one in Datum], "levels": "1234",
    }  # fmt: skip
    return render(request, "sensing/rule_form.html", context, status=status)


def _sides(words: dict[Direction, Any]) -> list[tuple[str, str]]:
    return [(side.value, said(word)) for side, word in words.items()]


def _tried(new: NewRule) -> dict[str, Any]:
    """What the rule would have said, and the curve as the hydrograph island draws it."""
    rule, series = drafted(new)
    found = preview(rule, series)
    unit = series[0].unit + ("/h" if new.kind is RuleKind.RATE else "")
    return {
        "alarms": found.alarms, "points": found.points,
        "unit": "h" if new.kind is RuleKind.MISSING else unit,
        "counts": new.kind is not RuleKind.EXPRESSION,
        "chart": _chart(new, found, unit, series[0].datum),
    }  # fmt: skip


def _chart(new: NewRule, found: Preview, unit: str, datum: str) -> dict[str, Any]:
    chart: dict[str, Any] = {
        "title": new.name, "unit": "" if new.kind is RuleKind.EXPRESSION else unit,
        "now": found.until.isoformat(), "since": found.since.isoformat(),
        "observed": found.curve, "thresholds": [],
    }  # fmt: skip
    if new.kind in (RuleKind.THRESHOLD, RuleKind.RATE):
        falling = new.kind is RuleKind.RATE and new.direction is Direction.BELOW
        level = -found.limit if falling else found.limit
        chart["thresholds"] = [{"word": new.name, "value": round(level, 3), "dashed": True}]
    if datum and new.kind is RuleKind.THRESHOLD:
        chart["datum"] = pgettext(*DATUM_WORDS[Datum(datum)])
    return chart


def _element_word(element: str) -> str:
    return said(ELEMENT_WORDS[Element(element)]) if element in set(Element) else element


def _line(row: queries.RuleRow) -> dict[str, Any]:
    """A rule in the words of its kind."""
    sides = RATE_WORDS if row.kind == RuleKind.RATE else THRESHOLD_WORDS
    return {
        "row": row, "word": rule_word(row.name), "kind": said(KIND_WORDS[RuleKind(row.kind)]),
        "element": _element_word(row.element), "minutes": row.duration_s / 60,
        "side": said(sides[Direction(row.direction)]), "window": row.window_s / 60,
        "expected": row.value / 60, "value": f"{row.value:g}", "band": f"{row.hysteresis:g}",
    }  # fmt: skip
