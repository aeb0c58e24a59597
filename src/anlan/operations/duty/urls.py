from django.urls import path

from anlan.operations.duty import views

urlpatterns = [
    path("", views.desk_page, name="desk"),
    path("log", views.write_log, name="duty-log"),
    path("command", views.command_page, name="command"),
]
