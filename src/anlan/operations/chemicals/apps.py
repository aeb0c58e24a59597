from django.apps import AppConfig


class ChemicalsConfig(AppConfig):
    name = "anlan.operations.chemicals"
    label = "chemicals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from anlan.operations.chemicals.queries.beside import chemicals_of
        from anlan.operations.safety.queries.beside import offer_section

        offer_section(chemicals_of)
