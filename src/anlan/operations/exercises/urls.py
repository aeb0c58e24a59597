from django.urls import path

from anlan.operations.exercises import views

urlpatterns = [
    path("exercises", views.exercises_page, name="exercises"),
    path("exercises/new", views.new_page, name="new-exercise"),
    path("exercises/<int:exercise_id>", views.exercise_page, name="exercise"),
    path("exercises/<int:exercise_id>/finding", views.finding, name="add-finding"),
    path(
        "exercises/<int:exercise_id>/findings/<int:finding_id>/fix", views.fix, name="fix-finding"
    ),
]
