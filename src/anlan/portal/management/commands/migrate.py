"""Django's own command, but for a database that is new."""

from typing import Any

from django.core.management.commands import migrate

from anlan.portal.new_database import is_new, lay_out


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        """Bring a database up to date; a new one is laid out at once."""
        alias = options["database"]
        if not options["app_label"] and is_new(alias):
            lay_out(alias)
        super().handle(*args, **options)
