from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "anlan.operations.safety"
    label = "safety"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from anlan.operations.deadlines.queries import offer_colleagues, offer_heads, offer_members
        from anlan.operations.safety.queries.persons import members, principals
        from anlan.operations.safety.queries.scope import colleagues, is_claimed, works_for

        offer_colleagues(colleagues)
        offer_heads(principals)
        offer_members(members, works_for, is_claimed)
