"""Today's tasks, and how many of those due were done."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anlan.backbone.workbooks import XLSX
from anlan.operations.checks.queries.due import covered
from anlan.operations.checks.queries.registers import TASKS
from anlan.operations.checks.queries.scope import tasks_in
from anlan.operations.checks.views.asking import names, places
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.registers import queries as registers
from anlan.vocabulary import clock

LOOKED_BACK = timedelta(days=30)


@require_GET
@requires("checks.view")
def tasks_page(request: HttpRequest) -> HttpResponse:
    scope, named = scope_of(request.user), names()
    asked = registers.asked(TASKS, request.GET.dict() or {"view": "open"})
    today = clock.today()
    yesterday = today - timedelta(days=1)
    context = {
        "page": registers.page(TASKS, tasks_in(scope), asked, scope), "names": named,
        "places": places(scope, named), "may_check": scope.may("checks.do"),
        "own": scope.reach == "itself", "today": today,
        "month": covered(scope, today - LOOKED_BACK, yesterday),
    }  # fmt: skip
    return render(request, "checks/tasks.html", context)


@require_GET
@requires("checks.view")
def export(request: HttpRequest) -> HttpResponse:
    """What the list shows, as a workbook."""
    scope = scope_of(request.user)
    asked = registers.asked(TASKS, request.GET.dict())
    found = registers.matching(TASKS, tasks_in(scope), asked, scope)
    try:
        body = registers.exported(TASKS, found, names(), str(request.user))
    except registers.TooMany as fault:
        messages.error(request, _("More than %(most)s rows match; filter first.") % {"most": fault})
        return HttpResponseRedirect(f"/checks/tasks?{asked.address()}", status=303)
    answer = HttpResponse(body, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="self-checks-{clock.today()}.xlsx"'
    return answer
