from django.urls import path

from anlan.operations.assessment.views import indicators, scorecards

urlpatterns = [
    path("indicators", indicators.indicators_page, name="indicators"),
    path("indicators/<str:code>", indicators.indicator_page, name="indicator"),
    path("scorecards", scorecards.board_page, name="scorecards"),
    path("scorecards/export", scorecards.export, name="scorecards-export"),
    path("scorecards/open", scorecards.open_a_year, name="open-scorecards"),
    path("scorecards/publish", scorecards.publish_all, name="publish-scorecards"),
    path("scorecards/<int:scorecard_id>", scorecards.card_page, name="scorecard"),
    path("scorecards/<int:scorecard_id>/step", scorecards.step, name="scorecard-step"),
    path("scorecards/<int:scorecard_id>/evidence", scorecards.add, name="scorecard-evidence"),
    path(
        "scorecards/evidence/<int:scorecard_paper_id>", scorecards.paper_page,
        name="scorecard-paper",
    ),
]  # fmt: skip
