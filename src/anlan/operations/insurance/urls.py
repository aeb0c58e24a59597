from django.urls import path

from anlan.operations.insurance.views import engagements, files, policies, providers, steps

urlpatterns = [
    path("insurance", policies.policies_page, name="policies"),
    path("insurance/export", policies.policies_export, name="policies-export"),
    path("insurance/uncovered", policies.uncovered_page, name="uncovered"),
    path("insurance/uncovered/export", policies.uncovered_export, name="uncovered-export"),
    path("insurance/new", steps.new_page, name="new-policy"),
    path("insurance/import", files.import_page, name="import-policies"),
    path("insurance/import/template", files.template, name="policies-template"),
    path("insurance/import/<int:policy_file_id>", files.file_page, name="policies-file"),
    path("insurance/import/<int:policy_file_id>/take", files.take, name="take-policies"),
    path("insurance/<int:policy_id>", policies.policy_page, name="policy"),
    path("insurance/<int:policy_id>/renew", steps.renew_page, name="renew-policy"),
    path("insurance/<int:policy_id>/correct", steps.correct_page, name="correct-policy"),
    path("insurance/<int:policy_id>/withdraw", steps.withdraw, name="withdraw-policy"),
    path("insurance/<int:policy_id>/documents", steps.add_document, name="add-policy-document"),
    path("insurance/documents/<int:document_id>", steps.document, name="policy-document"),
    path("providers", providers.providers_page, name="providers"),
    path("providers/export", providers.providers_export, name="providers-export"),
    path("providers/new", providers.new_page, name="new-provider"),
    path("providers/import", files.import_providers, name="import-providers"),
    path("providers/import/template", files.provider_template, name="providers-template"),
    path("providers/import/<int:provider_file_id>", files.providers_file, name="providers-file"),
    path(
        "providers/import/<int:provider_file_id>/take", files.take_providers, name="take-providers"
    ),
    path("providers/<int:provider_id>", providers.provider_page, name="provider"),
    path("providers/<int:provider_id>/correct", providers.correct_page, name="correct-provider"),
    path("providers/<int:provider_id>/engage", engagements.new_page, name="new-engagement"),
    path("providers/<int:provider_id>/step", providers.step, name="provider-step"),
    path("providers/published", providers.published_page, name="published-providers"),
    path("engagements", engagements.engagements_page, name="engagements"),
    path("engagements/export", engagements.engagements_export, name="engagements-export"),
    path("engagements/<int:engagement_id>", engagements.engagement_page, name="engagement"),
    path("engagements/<int:engagement_id>/step", engagements.step, name="engagement-step"),
]
