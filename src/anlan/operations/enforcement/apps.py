from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    name = "anlan.operations.enforcement"
    label = "enforcement"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from anlan.operations.checks.queries.beside import offer_check_section
        from anlan.operations.enforcement.queries.visits import cases_of_check

        offer_check_section(cases_of_check)
