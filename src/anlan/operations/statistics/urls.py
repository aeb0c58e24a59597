from django.urls import path

from anlan.operations.statistics import views

urlpatterns = [
    path("statistics", views.statistics_page, name="statistics"),
    path("statistics/export", views.export, name="statistics-export"),
    path("statistics/report", views.report, name="statistics-report"),
]
