from django.urls import path

from anlan.operations.assessment import views

urlpatterns = [
    path("indicators", views.indicators_page, name="indicators"),
    path("indicators/<str:code>", views.indicator_page, name="indicator"),
]
