from django.urls import path

from anlan.operations.risks.views import files, hazards, one_map, risks

urlpatterns = [
    path("risks", risks.risks_page, name="risks"),
    path("risks/export", risks.export, name="risks-export"),
    path("risks/new", risks.new_page, name="new-risk"),
    path("risks/import", files.import_page, name="risks-import"),
    path("risks/import/<int:sent_file_id>", files.file_page, name="risks-sent-file"),
    path("risks/import/<int:sent_file_id>/take", files.take, name="take-risks"),
    path("risks/import/template", files.template, name="risks-template"),
    path("risks/<int:risk_id>", risks.risk_page, name="risk"),
    path("risks/<int:risk_id>/rate", risks.rate_page, name="rate-risk"),
    path("risks/<int:risk_id>/step", risks.take, name="risk-step"),
    path("risks/<int:risk_id>/place", one_map.place_page, name="place-risk"),
    path("risks/<int:risk_id>/card", one_map.card, name="risk-card"),
    path("risks/plans/<int:plan_id>", one_map.plan_picture, name="site-plan"),
    path("enterprises/<int:enterprise_id>/risks", one_map.map_page, name="risk-map"),
    path("enterprises/<int:enterprise_id>/risks/plan", one_map.add_plan, name="add-site-plan"),
    path("enterprises/<int:enterprise_id>/risks/board", one_map.board, name="risk-board"),
    path("major-hazards", hazards.hazards_page, name="major-hazards"),
    path("major-hazards/export", hazards.export, name="major-hazards-export"),
    path(
        "enterprises/<int:enterprise_id>/major-hazard", hazards.compute_page, name="compute-hazard"
    ),
    path("major-hazards/<int:hazard_id>", hazards.hazard_page, name="major-hazard"),
]
