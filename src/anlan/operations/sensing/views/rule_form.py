"""The form of an alarm rule, of a station or of a site: tried on the last 30 days, then set."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.people.actions import actor_of
from anlan.operations.registers.queries import Entered
from anlan.operations.sensing import queries
from anlan.operations.sensing.actions import NewRule, set_rule
from anlan.operations.sensing.actions.rules import drafted
from anlan.operations.sensing.models import AlarmRule
from anlan.operations.sensing.queries.picture import DATUM_WORDS, rule_word
from anlan.operations.sensing.queries.preview import Preview, preview
from anlan.operations.sensing.rules.expressions import FUNCTIONS, BadExpression
from anlan.operations.sensing.rules.rule_kinds import (
    KIND_WORDS,
    RATE_WORDS,
    THRESHOLD_WORDS,
    Direction,
    RuleKind,
)
from anlan.operations.sensing.views.lines import element_word, said
from anlan.vocabulary.datum import Datum
from anlan.vocabulary.transitions import Refused


@dataclass(frozen=True, slots=True)
class RulePlace:
    """What a rule belongs to: its name, its page, the page of its rules, the series to name.

    `datum`: the station's, "" where there are no stages, "any" on a site; `typed` reads the form.
    """

    name: str
    page: str
    rules: str
    series: list[tuple[str, str]]
    typed: Callable[[dict[str, str], queries.RuleRow | None], tuple[NewRule | None, Entered]]
    datum: str


def rule_form(
    request: HttpRequest, place: RulePlace, entered: Entered, old: queries.RuleRow | None
) -> HttpResponse:
    """The form; a POST tries the rule on the last 30 days, or saves it."""
    found, status = None, 200
    if request.method == "POST":
        posted = {key: str(value) for key, value in request.POST.items()}
        new, entered = place.typed(posted, old)
        if new is not None:
            try:
                if posted.get("do") == "save":
                    set_rule(actor_of(request), new, instead_of=old.id if old else None)
                    messages.success(request, _("The rule is in force."))
                    return redirect(place.rules)
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
        "place": place, "old": old, "entered": entered, "kind": kind.value,
        "kind_word": said(KIND_WORDS[kind]), "sides": _sides(sides), "functions": FUNCTIONS,
        "elements": place.series, "found": found,
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
        "alarms": found.alarms, "broken": found.broken, "points": found.points,
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


def rule_line(row: queries.RuleRow) -> dict[str, Any]:
    """A rule in the words of its kind."""
    sides = RATE_WORDS if row.kind == RuleKind.RATE else THRESHOLD_WORDS
    return {
        "row": row, "word": rule_word(row.name), "kind": said(KIND_WORDS[RuleKind(row.kind)]),
        "element": element_word(row.element), "minutes": row.duration_s / 60,
        "side": said(sides[Direction(row.direction)]), "window": row.window_s / 60,
        "expected": row.value / 60, "value": f"{row.value:.12g}", "band": f"{row.hysteresis:.12g}",
    }  # fmt: skip


def say_ended(request: HttpRequest, end: Callable[[], bool]) -> None:
    """End a rule and say what became of it."""
    try:
        if end():
            messages.success(request, _("The rule is out of force from today. It stays listed."))
        else:
            messages.info(request, _("The rule was out of force already."))
    except AlarmRule.DoesNotExist:
        raise Http404 from None
