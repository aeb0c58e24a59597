"""Starts the apps' reactions and layers once Django is up."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps


class PortalConfig(AppConfig):
    name = "anlan.portal"
    label = "portal"

    def ready(self) -> None:
        _compile_stale_catalogues()
        for app in apps.get_app_configs():
            if app.name.startswith("anlan.operations."):
                for part in ("events", "reactions"):
                    if find_spec(f"{app.name}.{part}"):
                        import_module(f"{app.name}.{part}")


def _compile_stale_catalogues() -> None:
    """Chinese edited since the last start is seen at once; an installed package brings its own."""
    from anlan.portal.words import compile_catalogues

    try:
        compile_catalogues(only_stale=True)
    except OSError:
        return
