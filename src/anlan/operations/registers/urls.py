from django.urls import path

from anlan.operations.registers import views

urlpatterns = [
    path("views/save", views.save, name="save-view"),
    path("views/drop", views.drop, name="drop-view"),
]
