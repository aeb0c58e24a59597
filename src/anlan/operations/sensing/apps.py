from django.apps import AppConfig


class SensingConfig(AppConfig):
    name = "anlan.operations.sensing"
    label = "sensing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from anlan.operations.sensing import reactions  # noqa: F401
        from anlan.operations.sensing.queries import site_watch
        from anlan.operations.territory.queries import offer_watch

        offer_watch(site_watch)
