from django.urls import path

from anlan.operations.statistics.views import board, units

urlpatterns = [
    path("statistics", board.statistics_page, name="statistics"),
    path("statistics/export", board.export, name="statistics-export"),
    path("statistics/report", board.report, name="statistics-report"),
    path("statistics/unit", units.unit_page, name="statistics-unit"),
    path("statistics/coverage", units.coverage_page, name="statistics-coverage"),
    path(
        "enterprises/<int:enterprise_id>/statistics", units.enterprise_page,
        name="enterprise-statistics",
    ),
]  # fmt: skip
