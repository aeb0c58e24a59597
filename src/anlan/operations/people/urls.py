from django.urls import path

from anlan.operations.people import views

urlpatterns = [
    path("audit", views.audit_page, name="audit"),
    path("audit/export", views.audit_export, name="audit-export"),
    path("system", views.system_page, name="system"),
    path("system/events/<int:event_id>/retry", views.retry, name="retry-event"),
    path("accounts", views.accounts_page, name="accounts"),
    path("accounts/<int:account_id>/<slug:verb>", views.account_step, name="account-step"),
]
