from django.urls import path

from anlan.operations.safety.views import (
    dangers,
    enterprise_files,
    enterprises,
    phone,
    public,
    records,
    steps,
    together,
)

urlpatterns = [
    path("dangers", dangers.dangers_page, name="dangers"),
    path("dangers/export", dangers.export, name="dangers-export"),
    path("dangers/new", dangers.find_page, name="find-danger"),
    path("dangers/together", together.dangers_page, name="dangers-together"),
    path("dangers/<int:danger_id>", dangers.danger_page, name="danger"),
    path("dangers/<int:danger_id>/step", steps.take, name="danger-step"),
    path("dangers/<int:danger_id>/photo", steps.add_photo, name="danger-photo"),
    path("dangers/<int:danger_id>/supervision", steps.supervise, name="danger-supervision"),
    path("dangers/<int:danger_id>/correct", records.correct, name="correct-danger"),
    path("dangers/<int:danger_id>/progress", records.progress, name="danger-progress"),
    path("dangers/photos/<int:photo_id>", steps.photo_page, name="danger-photo-file"),
    path("enterprises", enterprises.enterprises_page, name="enterprises"),
    path("enterprises/export", enterprises.export, name="enterprises-export"),
    path("enterprises/pick", enterprises.pick, name="pick-enterprise"),
    path("enterprises/together", together.enterprises_page, name="enterprises-together"),
    path("enterprises/new", enterprises.new_page, name="new-enterprise"),
    path("enterprises/import", enterprise_files.import_page, name="enterprises-import"),
    path("enterprises/import/template", enterprise_files.template, name="enterprises-template"),
    path("enterprises/import/<int:file_id>", enterprise_files.file_page, name="enterprise-file"),
    path(
        "enterprises/import/<int:file_id>/take", enterprise_files.take, name="take-enterprises"
    ),
    path("enterprises/claim", enterprises.claim_page, name="claim-enterprise"),
    path("enterprises/<int:enterprise_id>", enterprises.enterprise_page, name="enterprise"),
    path(
        "enterprises/<int:enterprise_id>/correct", enterprises.correct_page,
        name="correct-enterprise",
    ),
    path("enterprises/<int:enterprise_id>/code", enterprises.code, name="enterprise-code"),
    path(
        "enterprises/<int:enterprise_id>/members/end", enterprises.end_member, name="end-member"
    ),
    path("enterprises/<int:enterprise_id>/phones", enterprises.phones, name="enterprise-phones"),
    path("supervisions", public.supervisions_page, name="supervisions"),
    path("fieldwork/dangers", phone.take_danger, name="take-danger"),
    path("fieldwork/dangers/photos", phone.take_photo, name="take-danger-photo"),
    path("fieldwork/rectifications", phone.take_rectification, name="take-rectification"),
]  # fmt: skip
