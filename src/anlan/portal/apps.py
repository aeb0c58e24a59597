"""Starts the apps' reactions and layers once Django is up."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps


class PortalConfig(AppConfig):
    name = "anlan.portal"
    label = "portal"

    def ready(self) -> None:
        for app in apps.get_app_configs():
            if app.name.startswith("anlan.operations."):
                for part in ("events", "reactions"):
                    if find_spec(f"{app.name}.{part}"):
                        import_module(f"{app.name}.{part}")
