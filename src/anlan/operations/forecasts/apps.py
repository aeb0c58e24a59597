from django.apps import AppConfig


class ForecastsConfig(AppConfig):
    name = "anlan.operations.forecasts"
    label = "forecasts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from anlan.operations.forecasts import reactions  # noqa: F401
        from anlan.operations.forecasts.queries.outlook import outlook_of
        from anlan.operations.sensing.queries import offer_outlook

        offer_outlook(outlook_of)
