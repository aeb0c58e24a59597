from django.apps import AppConfig


class ChemicalsConfig(AppConfig):
    name = "anlan.operations.chemicals"
    label = "chemicals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from anlan.operations.chemicals.queries.beside import chain_of, chemicals_of
        from anlan.operations.chemicals.queries.illegal import activity_of
        from anlan.operations.safety.queries.beside import offer_danger_section, offer_section

        offer_section(chain_of)
        offer_section(chemicals_of)
        offer_danger_section(activity_of)
