"""Reports that take a while: ask for one, see how far it is, take it along."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anlan.backbone.papers import PDF
from anlan.backbone.workbooks import XLSX
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import requires, scope_of
from anlan.operations.people.queries.days import period_words
from anlan.operations.statistics.actions import ask_report
from anlan.operations.statistics.models import Report
from anlan.operations.statistics.queries import Seen
from anlan.operations.statistics.queries.words import whose
from anlan.operations.statistics.views.asking import asked_period, asked_sight

NEWEST = 10
DRAWN = 90  # percent of a report when all its parts are there


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
    row = _own(request, period_report_id)
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
    return _file(_own(request, period_report_id), "pdf", PDF)


@require_GET
@requires("assessment.view")
def take_workbook(request: HttpRequest, period_report_id: int) -> HttpResponse:
    return _file(_own(request, period_report_id), "xlsx", XLSX)


def percent(row: Report) -> int:
    """How much of a report is made."""
    if row.state == "done":
        return 100
    return DRAWN * row.done // row.parts if row.parts else 0


def _own(request: HttpRequest, period_report_id: int) -> Report:
    """One's own: it holds what its asker may see."""
    row = Report.objects.filter(
        pk=period_report_id, asked_by=scope_of(request.user).account_id
    ).first()
    if row is None:
        raise Http404
    return row


def _file(row: Report, kind: str, media: str) -> HttpResponse:
    body = bytes(getattr(row, kind))
    if row.state != "done" or not body:
        raise Http404
    answer = HttpResponse(body, content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="report-{row.period}.{kind}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
