"""A new database gets the tables as they are now, not every shape they once had.

To walk through all the migrations takes a minute and more, nearly all of it spent on imagining each
table of the past. What has data is brought up to date by its migrations as ever.
"""

from django.apps import apps
from django.core.management import call_command
from django.db import connections, router
from django.db.migrations.executor import MigrationExecutor

# Its tables of readings and tracks are laid out in SQL of their own, which only migrations hold.
LAID_OUT_IN_SQL = "sensing"


def is_new(alias: str) -> bool:
    """Whether no migration was ever applied there."""
    return not MigrationExecutor(connections[alias]).loader.applied_migrations


def lay_out(alias: str) -> None:
    """Create every table that belongs into the database, and count every migration as applied."""
    call_command("migrate", LAID_OUT_IN_SQL, database=alias, verbosity=0, interactive=False)
    connection = connections[alias]
    there = set(connection.introspection.table_names())
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.db_table not in there and router.allow_migrate_model(alias, model):
                editor.create_model(model)
        executor = MigrationExecutor(connection)
        for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes()):
            executor.recorder.record_applied(migration.app_label, migration.name)
