from django.urls import path

from anlan.operations.statistics import views

urlpatterns = [path("statistics", views.statistics_page, name="statistics")]
