from django.urls import path

from anlan.operations.checks.views import charges, fieldwork, library, plans, records, tasks

urlpatterns = [
    path("fieldwork", fieldwork.fieldwork_page, name="fieldwork"),
    path("fieldwork/session", fieldwork.session, name="fieldwork-session"),
    path("fieldwork/pack", fieldwork.pack_page, name="fieldwork-pack"),
    path("fieldwork/checks", fieldwork.take_check, name="take-check"),
    path("fieldwork/photos", fieldwork.take_photo, name="take-check-photo"),
    path("checks", records.records_page, name="checks"),
    path("checks/tasks", tasks.tasks_page, name="check-tasks"),
    path("checks/tasks/export", tasks.export, name="check-tasks-export"),
    path("checks/inspections", plans.inspections_page, name="inspections"),
    path("checks/inspections/export", plans.export, name="inspections-export"),
    path("checks/plans", plans.plans_page, name="inspection-plans"),
    path("checks/plans/single", plans.single_page, name="plan-single-check"),
    path("checks/plans/<int:inspection_plan_id>/end", plans.end, name="end-inspection-plan"),
    path("checks/inspectors", charges.charges_page, name="inspectors"),
    path("checks/inspectors/export", charges.export, name="inspectors-export"),
    path("checks/inspectors/import", charges.import_page, name="import-inspectors"),
    path("checks/inspectors/import/template", charges.template, name="inspectors-template"),
    path(
        "checks/inspectors/import/<int:inspectors_file_id>", charges.file_page,
        name="inspectors-file",
    ),
    path(
        "checks/inspectors/import/<int:inspectors_file_id>/take", charges.take,
        name="take-inspectors",
    ),
    path("checks/inspectors/<int:charge_id>/end", charges.end, name="end-charge"),
    path("checks/items", library.items_page, name="check-items"),
    path("checks/items/export", library.export, name="check-items-export"),
    path("checks/items/new", library.new_item_page, name="new-check-item"),
    path("checks/items/import", library.import_page, name="import-check-items"),
    path("checks/items/<str:item_code>", library.item_page, name="check-item"),
    path(
        "checks/items/<str:item_code>/correct", library.correct_item_page,
        name="correct-check-item",
    ),
    path("checks/items/<str:item_code>/retire", library.retire, name="retire-check-item"),
    path("checks/photos/<int:check_photo_id>", records.photo_page, name="check-photo"),
    path("checks/<int:check_id>", records.record_page, name="check"),
    path("checks/<int:check_id>/correct", records.correct_page, name="correct-check"),
]  # fmt: skip
