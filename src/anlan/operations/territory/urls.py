from django.urls import path

from anlan.operations.territory import views

urlpatterns = [
    path("things/<slug:kind>/<slug:code>", views.thing_page, name="thing"),
    path("people/<int:ident>/phone", views.phone, name="show-phone"),
]
