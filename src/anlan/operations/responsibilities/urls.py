from django.urls import path

from anlan.operations.responsibilities.views import capacity, commendations, lists, sheets, works

urlpatterns = [
    path("responsibilities", lists.board_page, name="responsibilities"),
    path("responsibilities/new", lists.new_page, name="new-bearer"),
    path("responsibilities/works", works.works_page, name="year-works"),
    path("responsibilities/works/export", works.export, name="year-works-export"),
    path("responsibilities/works/import", sheets.import_page, name="import-year-works"),
    path("responsibilities/works/import/template", sheets.template, name="year-works-template"),
    path(
        "responsibilities/works/import/<int:works_file_id>", sheets.file_page,
        name="year-works-file",
    ),
    path(
        "responsibilities/works/import/<int:works_file_id>/take", sheets.take,
        name="take-year-works",
    ),
    path("responsibilities/works/<int:work_id>", works.work_page, name="year-work"),
    path("responsibilities/works/<int:work_id>/step", works.step, name="year-work-step"),
    path("responsibilities/works/<int:work_id>/amend", works.amend_page, name="amend-year-work"),
    path("responsibilities/works/<int:work_id>/photo", works.add, name="year-work-photo"),
    path(
        "responsibilities/photos/<int:work_photo_id>", works.photo_page,
        name="year-work-photo-file",
    ),
    path("responsibilities/duties/<int:duty_id>/change", lists.change, name="change-duty"),
    path("responsibilities/duties/<int:duty_id>/end", lists.end_a_duty, name="end-duty"),
    path("responsibilities/capacity", capacity.board_page, name="capacity"),
    path("responsibilities/capacity/open", capacity.open_a_year, name="open-capacity"),
    path(
        "responsibilities/capacity/<int:capacity_id>", capacity.check_page, name="capacity-check"
    ),
    path(
        "responsibilities/capacity/<int:capacity_id>/answers", capacity.keep,
        name="capacity-answers",
    ),
    path(
        "responsibilities/capacity/<int:capacity_id>/step", capacity.step, name="capacity-step"
    ),
    path("responsibilities/commendations", commendations.list_page, name="commendations"),
    path(
        "responsibilities/commendations/export", commendations.export,
        name="commendations-export",
    ),
    path("responsibilities/commendations/new", commendations.new_page, name="new-commendation"),
    path(
        "responsibilities/commendations/import", commendations.import_page,
        name="import-commendations",
    ),
    path(
        "responsibilities/commendations/import/template", commendations.template,
        name="commendations-template",
    ),
    path(
        "responsibilities/commendations/import/<int:commend_file_id>", commendations.file_page,
        name="commendations-file",
    ),
    path(
        "responsibilities/commendations/import/<int:commend_file_id>/take", commendations.take,
        name="take-commendations",
    ),
    path(
        "responsibilities/commendations/<int:commendation_id>/revoke", commendations.revoke,
        name="revoke-commendation",
    ),
    path("responsibilities/<int:bearer_id>", lists.bearer_page, name="bearer"),
    path("responsibilities/<int:bearer_id>/sign", lists.sign, name="sign-list"),
    path("responsibilities/<int:bearer_id>/end", lists.end, name="end-bearer"),
    path("responsibilities/<int:bearer_id>/duties", lists.add, name="add-duty"),
    path("responsibilities/<int:bearer_id>/works/new", works.new_page, name="new-year-work"),
]  # fmt: skip
