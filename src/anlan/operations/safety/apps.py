from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "anlan.operations.safety"
    label = "safety"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from anlan.operations.deadlines.queries import offer_colleagues
        from anlan.operations.safety.queries.scope import colleagues

        offer_colleagues(colleagues)
