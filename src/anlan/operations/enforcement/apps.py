from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    name = "anlan.operations.enforcement"
    label = "enforcement"
    default_auto_field = "django.db.models.BigAutoField"
