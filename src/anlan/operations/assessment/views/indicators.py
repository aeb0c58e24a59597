"""Indicators: the list, and one with the records behind its figure."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anlan.operations.assessment import queries
from anlan.operations.assessment.rules.progress import Status
from anlan.operations.people.queries import requires, scope_of


@require_GET
@requires("assessment.view")
def indicators_page(request: HttpRequest) -> HttpResponse:
    rows = queries.indicators(scope_of(request.user))
    state = request.GET.get("status", "")
    tabs = [("", _("All"), len(rows))]
    tabs += [(key, word, number) for key, word, number in queries.counts(rows) if number]
    behind = sum(row.status in (Status.BEHIND, Status.AT_RISK) for row in rows)
    context = {
        "rows": [row for row in rows if not state or row.status == state], "tabs": tabs,
        "state": state, "behind": behind, "measured": sum(row.value is not None for row in rows),
        "total": len(rows),
    }  # fmt: skip
    return render(request, "assessment/list.html", context)


@require_GET
@requires("assessment.view")
def indicator_page(request: HttpRequest, code: str) -> HttpResponse:
    row = queries.indicator(code, scope_of(request.user))
    if row is None:
        raise Http404
    return render(request, "assessment/indicator.html", {"row": row})
