from django.apps import AppConfig


class AccidentsConfig(AppConfig):
    name = "anlan.operations.accidents"
    label = "accidents"
    default_auto_field = "django.db.models.BigAutoField"
