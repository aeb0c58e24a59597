from django.apps import AppConfig


class InsuranceConfig(AppConfig):
    name = "anlan.operations.insurance"
    label = "insurance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from anlan.operations.insurance.queries.beside import cover_of, services_of
        from anlan.operations.insurance.queries.ratings import evaluators
        from anlan.operations.oversight.queries.evaluations import offer_providers
        from anlan.operations.safety.queries.beside import offer_section

        offer_providers(evaluators)
        offer_section(cover_of)
        offer_section(services_of)
