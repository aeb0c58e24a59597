from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "anlan.operations.campaigns"
    label = "campaigns"
    default_auto_field = "django.db.models.BigAutoField"
