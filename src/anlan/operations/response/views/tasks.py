"""Tasks as their owners meet them, on a phone first: one list, one task, one decision."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, worded
from anlan.operations.response import forms, queries
from anlan.operations.response.actions import accept_task, clear_task, report_task
from anlan.operations.response.rules.plan import Answer
from anlan.operations.response.views.frame import answer, sight
from anlan.operations.territory.queries import area_names
from anlan.vocabulary.transitions import Refused


@require_GET
@requires("response.view")
def tasks_page(request: HttpRequest) -> HttpResponse:
    scope, organisation = sight(request)
    rows = queries.my_tasks(scope, organisation)
    context = {
        "open": [row for row in rows if row.open], "done": [row for row in rows if not row.open],
        "late": sum(row.late for row in rows), "names": area_names({r.area_code for r in rows}),
    }  # fmt: skip
    return render(request, "response/tasks.html", context)


@require_GET
@requires("response.view")
def task_page(request: HttpRequest, task_id: int) -> HttpResponse:
    scope, organisation = sight(request)
    found = queries.task(task_id, scope, organisation)
    if found is None:
        raise Http404
    row, reports = found
    names = area_names([row.area_code, row.area_code[:9]])
    shares = queries.shelter_of(row.owner_code) if row.report == Answer.PEOPLE else []
    may = scope.may("response.report") or scope.may("response.dispatch")
    context = {
        "row": row, "reports": reports, "shares": shares, "pill": "late" if row.late else row.pill,
        "place": names.get(row.area_code[:9], ""),
        "counts": row.report in (Answer.PEOPLE, Answer.HEADCOUNT), "may": may and row.open,
        "may_count": may and row.report == Answer.HEADCOUNT and row.state == "DONE",
        "may_clear": scope.may("response.dispatch") and row.open,
        "on_behalf": scope.may("response.dispatch"),
    }  # fmt: skip
    return render(request, "response/task.html", context)


@require_POST
@requires("response.view")
def change_task(request: HttpRequest, task_id: int, verb: str) -> HttpResponse:
    who, address = actor_of(request), f"/tasks/{task_id}"
    if verb == "accept":
        return answer(request, lambda: _accepted(accept_task(who, task_id)), address)
    if verb == "clear":

        def clear() -> str:
            clear_task(who, task_id, request.POST.get("why", ""))
            return _("The task is cleared.")

        return answer(request, clear, address)
    if verb != "report":
        raise Http404
    try:
        words = forms.task_words(request.POST)
    except Refused as fault:
        messages.error(request, worded(fault))
        return HttpResponseRedirect(address, status=303)
    return answer(request, lambda: _reported(report_task(who, task_id, words)), address)


def _accepted(new: bool) -> str:
    return _("Accepted.") if new else _("This task was accepted already.")


def _reported(new: bool) -> str:
    return _("Reported.") if new else _("This was reported already.")
