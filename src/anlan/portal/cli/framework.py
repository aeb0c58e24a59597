"""Starting the web framework, only for the commands that need the database."""

import os

from anlan.portal.cli.language import _, spoken
from anlan.portal.cli.trouble import Trouble


def start() -> None:
    """Load the settings and every app."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anlan.portal.settings")
    import django

    try:
        django.setup()
    except PermissionError as refused:
        line = _("cannot write in {folder}; set ANLAN_HOME to a folder of your own")
        raise Trouble(line.format(folder=refused.filename)) from None
    from django.utils import translation

    # What the apps say at the command line is said in its language too.
    translation.activate(spoken())


def waiting(alias: str) -> int:
    """How many migrations a database lacks. Raises Django's `OperationalError` when it is away."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    from anlan.portal.routing import app_of

    executor = MigrationExecutor(connections[alias])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes(app_of(alias))))


def migrate() -> int:
    """Bring every database up to date; returns how many migrations were applied.

    A database that holds the tables of one app has only that app's migrations applied: those of
    the others would change nothing in it, and take as long as where they do.
    """
    from django.conf import settings
    from django.core.management import call_command
    from django.db.utils import OperationalError

    from anlan.portal.routing import app_of

    applied = 0
    for alias in settings.DATABASES:
        try:
            count = waiting(alias)
        except OperationalError as fault:
            line = _("the database cannot be reached: {fault}")
            raise Trouble(line.format(fault=str(fault).strip().splitlines()[0])) from None
        if count:
            app = [name for name in (app_of(alias),) if name]
            call_command("migrate", *app, database=alias, verbosity=0, interactive=False)
        applied += count
    return applied
