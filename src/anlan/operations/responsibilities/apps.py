from django.apps import AppConfig


class ResponsibilitiesConfig(AppConfig):
    name = "anlan.operations.responsibilities"
    label = "responsibilities"
    default_auto_field = "django.db.models.BigAutoField"
