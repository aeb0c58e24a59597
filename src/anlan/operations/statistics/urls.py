from django.urls import path

from anlan.operations.statistics.views import board, reports, returns, units

urlpatterns = [
    path("statistics", board.statistics_page, name="statistics"),
    path("statistics/export", board.export, name="statistics-export"),
    path("statistics/report", board.report, name="statistics-report"),
    path("statistics/reports", reports.ask, name="ask-report"),
    path("statistics/reports/<int:period_report_id>", reports.report_page, name="report-of-period"),
    path("statistics/reports/<int:period_report_id>/pdf", reports.take_pdf, name="report-pdf"),
    path(
        "statistics/reports/<int:period_report_id>/workbook", reports.take_workbook,
        name="report-workbook",
    ),
    path("statistics/unit", units.unit_page, name="statistics-unit"),
    path("statistics/coverage", units.coverage_page, name="statistics-coverage"),
    path("returns", returns.returns_page, name="returns"),
    path("returns/export", returns.export, name="returns-export"),
    path("returns/<int:return_id>", returns.return_page, name="return"),
    path("returns/<int:return_id>/sign", returns.sign, name="sign-return"),
    path("returns/<int:return_id>/pdf", returns.take_pdf, name="return-pdf"),
    path("returns/<int:return_id>/workbook", returns.take_workbook, name="return-workbook"),
    path(
        "enterprises/<int:enterprise_id>/statistics", units.enterprise_page,
        name="enterprise-statistics",
    ),
]  # fmt: skip
