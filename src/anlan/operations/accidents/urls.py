from django.urls import path

from anlan.operations.accidents.views import accidents, steps

urlpatterns = [
    path("accidents", accidents.accidents_page, name="accidents"),
    path("accidents/export", accidents.export, name="accidents-export"),
    path("accidents/new", accidents.new_page, name="new-accident"),
    path("accidents/<int:accident_id>", accidents.accident_page, name="accident"),
    path("accidents/<int:accident_id>/step", steps.take, name="accident-step"),
    path(
        "accidents/<int:accident_id>/liabilities", accidents.liabilities,
        name="accident-liabilities",
    ),
    path(
        "accidents/<int:accident_id>/reports/<int:number>", accidents.take_report,
        name="accident-report",
    ),
]  # fmt: skip
