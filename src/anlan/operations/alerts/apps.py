from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "anlan.operations.alerts"
    label = "alerts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from anlan.operations.alerts.queries.known import known_of
        from anlan.operations.hotline.queries.known import offer_known

        offer_known(known_of)
