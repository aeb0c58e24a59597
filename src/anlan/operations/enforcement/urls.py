from django.urls import path

from anlan.operations.enforcement.views import (
    cases,
    discretion,
    exhibits,
    office,
    papers,
    public,
    served,
)

urlpatterns = [
    path("cases", cases.cases_page, name="cases"),
    path("cases/export", cases.export, name="cases-export"),
    path("cases/new", cases.new_page, name="new-case"),
    path("cases/certificates", office.certificates_page, name="officer-certificates"),
    path("cases/discretion", discretion.discretion_page, name="discretion"),
    path("cases/discretion/template", discretion.template, name="discretion-template"),
    path("cases/discretion/import", discretion.import_page, name="discretion-import"),
    path("cases/discretion/import/<int:file_id>", discretion.file_page, name="discretion-file"),
    path("cases/discretion/import/<int:file_id>/take", discretion.take, name="take-discretion"),
    path("cases/<int:case_id>", cases.case_page, name="case"),
    path("cases/<int:case_id>/step", cases.take, name="case-step"),
    path("cases/<int:case_id>/party", cases.party, name="case-party"),
    path("cases/<int:case_id>/files", exhibits.add, name="add-exhibit"),
    path("cases/files/<int:exhibit_id>", exhibits.take_file, name="exhibit-file"),
    path("cases/papers/<int:paper_id>/file", papers.take_file, name="paper-file"),
    path("cases/papers/<int:paper_id>/correct", papers.correct_page, name="correct-paper"),
    path("notices", served.notices_page, name="enforcement-notices"),
    path("penalties", public.penalties_page, name="penalties"),
    path("penalties/before", public.before_page, name="enforcement-public"),
]
