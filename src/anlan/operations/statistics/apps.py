from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "anlan.operations.statistics"
    label = "statistics"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from anlan.operations.oversight.queries.evaluations import offer_figures
        from anlan.operations.statistics.queries.effect import intensity

        offer_figures(intensity)
