from django.urls import path

from anlan.operations.messaging import views

urlpatterns = [
    path("r/<str:token>", views.receipt, name="receipt"),
    path("r/<str:token>/opened", views.opened, name="receipt_opened"),
]
