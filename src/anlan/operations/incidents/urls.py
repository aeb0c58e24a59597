from django.urls import path

from anlan.operations.incidents import views

urlpatterns = [
    path("incidents", views.incidents_page, name="incidents"),
    path("incidents/new", views.new_page, name="new-incident"),
    path("incidents/<int:incident_id>", views.incident_page, name="incident"),
    path("incidents/<int:incident_id>/report", views.report_form, name="write-report"),
    path("incidents/<int:incident_id>/reports/<int:report_id>", views.report_page, name="report"),
    path(
        "incidents/<int:incident_id>/reports/<int:report_id>/<slug:verb>",
        views.change_report,
        name="change-report",
    ),
    path("incidents/<int:incident_id>/<slug:verb>", views.change, name="change-incident"),
]
