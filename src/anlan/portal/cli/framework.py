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


def migrate() -> int:
    """Bring every database up to date; returns how many migrations were applied."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor
    from django.db.utils import OperationalError

    applied = 0
    for alias in settings.DATABASES:
        try:
            executor = MigrationExecutor(connections[alias])
        except OperationalError as fault:
            line = _("the database cannot be reached: {fault}")
            raise Trouble(line.format(fault=str(fault).strip().splitlines()[0])) from None
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            call_command("migrate", database=alias, verbosity=0, interactive=False)
        applied += len(plan)
    return applied
