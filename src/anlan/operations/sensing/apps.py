from django.apps import AppConfig


class SensingConfig(AppConfig):
    name = "anlan.operations.sensing"
    label = "sensing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from anlan.operations.sensing import reactions  # noqa: F401
