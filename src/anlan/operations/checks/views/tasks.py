"""Today's tasks, and how many of those due were done."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from anlan.operations.checks.queries.due import covered
from anlan.operations.checks.queries.registers import TASKS
from anlan.operations.checks.queries.scope import tasks_in
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.registers import queries as registers
from anlan.operations.territory.queries import area_names, places_under
from anlan.vocabulary import clock

LOOKED_BACK = timedelta(days=30)


@require_GET
@requires("checks.view")
def tasks_page(request: HttpRequest) -> HttpResponse:
    scope, named = scope_of(request.user), area_names()
    asked = registers.asked_here(request, TASKS, "open")
    today = clock.today()
    yesterday = today - timedelta(days=1)
    context = {
        "page": registers.page(TASKS, tasks_in(scope), asked, scope), "names": named,
        "places": places_under(scope.area_prefix or "", named), "may_check": scope.may("checks.do"),
        "own": scope.reach == "itself", "today": today,
        # Whoever has a street or more reads it in the statistics, where it is counted beforehand.
        "month": None if scope.may("assessment.view")
        else covered(scope, today - LOOKED_BACK, yesterday),
    }  # fmt: skip
    return render(request, "checks/tasks.html", context)


@require_GET
@requires("checks.view")
def export(request: HttpRequest) -> HttpResponse:
    """What the list shows, as a workbook."""
    rows = tasks_in(scope_of(request.user))
    return registers.taken_out(request, TASKS, rows, area_names(), "/checks/tasks", "self-checks")
