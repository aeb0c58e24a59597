from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "anlan.operations.incidents"
    label = "incidents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from anlan.operations.hotline.queries.known import offer_known
        from anlan.operations.incidents.queries.known import known_of

        offer_known(known_of)
