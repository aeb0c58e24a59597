from django.urls import path, re_path

from anlan.operations.resources import views

urlpatterns = [
    path("shelters", views.shelters_page, name="shelters"),
    path("shelters/export", views.shelters_export, name="shelters-export"),
    path("shelters/<slug:code>", views.shelter_page, name="shelter"),
    re_path(
        r"^shelters/(?P<code>[-\w]+)/(?P<verb>open|close|count)$",
        views.change_shelter,
        name="change-shelter",
    ),
    path("teams", views.teams_page, name="teams"),
    path("teams/<slug:code>", views.team_page, name="team"),
]
