"""What a figure of the board consists of: a unit with its score, an enterprise, a key sector."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from anlan.operations.people.queries import requires, scope_of
from anlan.operations.registers import queries as registers
from anlan.operations.safety.queries.registers import ENTERPRISES
from anlan.operations.safety.queries.scope import enterprises_in
from anlan.operations.statistics import queries
from anlan.operations.statistics.queries import Line
from anlan.operations.statistics.queries.coverage import enterprises_looked_at
from anlan.operations.statistics.queries.rooms import of_enterprise, other_rooms
from anlan.operations.statistics.queries.words import cycles, period_word, score_parts, whose
from anlan.operations.statistics.views.asking import (
    asked_board,
    asked_period,
    asked_sight,
)
from anlan.operations.statistics.views.board import tabs
from anlan.operations.territory.queries import area_names, places_under
from anlan.vocabulary import clock


@require_GET
@requires("assessment.view")
def unit_page(request: HttpRequest) -> HttpResponse:
    """A street or a department in a period: the parts of its score, and all rooms' figures."""
    of, found = asked_sight(request), asked_board(request)
    line = _unit(found.units, of)
    if line is None:
        raise Http404
    period, today = found.units.period, clock.today()
    weights = found.units.rule.weights
    context = {
        "line": line, "board": found, "tabs": tabs(), "period_word": period_word(period),
        "whose": whose(of), "parts": score_parts(line, weights), "rule": found.units.rule,
        "sections": other_rooms(scope_of(request.user), of.kind, period, today),
        "cycles": cycles(found), "period": period, "asked": request.GET,
    }  # fmt: skip
    return render(request, "statistics/unit.html", context)


def _unit(found: queries.Units, of: queries.Seen) -> Line | None:
    """The line of the unit that is asked for: a department's within a street is the street's."""
    if of.one_street:
        return next((one for one in found.townships if one.key == of.area), None)
    return next((one for one in found.departments if one.key == of.sector), None)


@require_GET
@requires("assessment.view")
def coverage_page(request: HttpRequest) -> HttpResponse:
    """The enterprises of a key sector that an authority has looked at in a period, or has not."""
    scope, of, period, named = (
        scope_of(request.user), asked_sight(request), asked_period(request), area_names()
    )  # fmt: skip
    looked = request.GET.get("looked", "no") == "yes"
    asked = registers.asked(ENTERPRISES, {"page": request.GET.get("page", "")})
    rows = enterprises_looked_at(scope, of, period, looked)
    context = {
        "page": registers.page(ENTERPRISES, rows, asked, scope), "names": named,
        "places": places_under(scope.area_prefix or "-", named), "looked": looked,
        "period": period, "period_word": period_word(period), "whose": whose(of), "of": of,
    }  # fmt: skip
    return render(request, "statistics/coverage.html", context)


@require_GET
@requires("safety.view")
def enterprise_page(request: HttpRequest, enterprise_id: int) -> HttpResponse:
    """An enterprise's figures in a period, of every room that the reader has."""
    scope, period = scope_of(request.user), asked_period(request)
    firm = enterprises_in(scope).filter(pk=enterprise_id).first()
    if firm is None:
        raise Http404
    context = {
        "firm": firm, "period": period, "period_word": period_word(period), "tabs": tabs(),
        "sections": of_enterprise(scope_of(request.user), enterprise_id, period, clock.today()),
    }  # fmt: skip
    return render(request, "statistics/enterprise.html", context)
