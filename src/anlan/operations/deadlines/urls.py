from django.urls import path

from anlan.operations.deadlines import views

urlpatterns = [
    path("absences", views.absences_page, name="absences"),
    path("absences/end", views.end, name="end-absence"),
]
