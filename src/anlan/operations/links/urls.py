from django.urls import path

from anlan.operations.links import views

urlpatterns = [
    path("system/links", views.links_page, name="links"),
    path("system/links/<int:listener_id>", views.link_page, name="link"),
    path("system/links/<int:listener_id>/end", views.end, name="end-link"),
    path("system/links/<int:listener_id>/try", views.try_again, name="try-link"),
]
