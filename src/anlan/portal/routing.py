"""On SQLite the readings have a database file of their own."""

from typing import Any

from django.db.models import Model

IN_READINGS = {"reading", "readingrevision", "latestreading", "rollup", "rollupdue"}


def app_of(alias: str) -> str | None:
    """The one app whose tables a database holds; None when it holds those of all."""
    return "sensing" if alias == "readings" else None


class ReadingsRouter:
    """Sends the sensing app's reading tables to the `readings` database."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        return self._home(model._meta.app_label, model._meta.model_name)

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        return self._home(model._meta.app_label, model._meta.model_name)

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **hints: Any
    ) -> bool:
        if model_name is None:
            return db == "default"
        return self._home(app_label, model_name) == db

    def _home(self, app_label: str, model_name: str | None) -> str:
        in_readings = app_label == app_of("readings") and (model_name or "").lower() in IN_READINGS
        return "readings" if in_readings else "default"
