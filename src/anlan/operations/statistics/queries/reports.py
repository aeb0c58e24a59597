"""Reports of a period that somebody has asked for: how far they are, and their files."""

from django.http import Http404, HttpResponse

from anlan.backbone.papers import PDF
from anlan.backbone.workbooks import XLSX
from anlan.operations.people.queries import Scope
from anlan.operations.statistics.models import Report

DRAWN = 90  # percent of a report when all its parts are there
MEDIA = {"pdf": PDF, "xlsx": XLSX}


def own_report(report_id: int, scope: Scope) -> Report:
    """One's own: it holds what its asker may see; "not found" for any other."""
    row = Report.objects.filter(pk=report_id, asked_by=scope.account_id).first()
    if row is None:
        raise Http404
    return row


def percent(row: Report) -> int:
    """How much of a report is made."""
    if row.state == "done":
        return 100
    return DRAWN * row.done // row.parts if row.parts else 0


def report_answer(row: Report, form: str) -> HttpResponse:
    """Its file in a form, pdf or xlsx; "not found" while it is not done."""
    body = bytes(getattr(row, form))
    if row.state != "done" or not body:
        raise Http404
    answer = HttpResponse(body, content_type=MEDIA[form])
    answer["Content-Disposition"] = f'attachment; filename="report-{row.period}.{form}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
