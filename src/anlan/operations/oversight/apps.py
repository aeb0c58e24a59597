from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "anlan.operations.oversight"
    label = "oversight"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from anlan.operations.enforcement.queries.scope import offer_readers
        from anlan.operations.oversight.queries.reviews import to_read

        offer_readers(to_read)
