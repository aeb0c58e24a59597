"""Reports that take a while: ask for one, see how far it is, take it along."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.people.queries.days import period_words
from anlan.operations.statistics.actions import ask_report
from anlan.operations.statistics.models import Report
from anlan.operations.statistics.queries import Seen
from anlan.operations.statistics.queries.reports import own_report, percent, report_answer
from anlan.operations.statistics.queries.words import whose
from anlan.operations.statistics.views.asking import asked_period, asked_sight

NEWEST = 10


@require_POST
@requires("assessment.view")
def ask(request: HttpRequest) -> HttpResponse:
    """A report of what the page shows: the same period, street and sector."""
    of, asked = asked_sight(request), asked_period(request)
    pk = ask_report(actor_of(request), scope_of(request.user).account_id or 0, of, asked)
    return HttpResponseRedirect(f"/statistics/reports/{pk}", status=303)


@require_GET
@requires("assessment.view")
def report_page(request: HttpRequest, period_report_id: int) -> HttpResponse:
    """How far it is, then the two files; and what one has asked for before."""
    row = own_report(period_report_id, scope_of(request.user))
    before = Report.objects.filter(asked_by=row.asked_by_id).exclude(pk=row.pk)
    context = {
        "row": row, "percent": percent(row), "period_word": period_words(row.period),
        "whose": whose(Seen(row.area, row.sector)), "fault": _(row.fault) if row.fault else "",
        "others": [
            (one, period_words(one.period))
            for one in before.defer("pdf", "xlsx", "said").order_by("-asked_at")[:NEWEST]
        ],
    }  # fmt: skip
    part = request.headers.get("HX-Request") == "true"
    name = "statistics/report_state.html" if part else "statistics/report.html"
    return render(request, name, context)


@require_GET
@requires("assessment.view")
def take_pdf(request: HttpRequest, period_report_id: int) -> HttpResponse:
    return report_answer(own_report(period_report_id, scope_of(request.user)), "pdf")


@require_GET
@requires("assessment.view")
def take_workbook(request: HttpRequest, period_report_id: int) -> HttpResponse:
    return report_answer(own_report(period_report_id, scope_of(request.user)), "xlsx")
