"""A new database gets the tables as they are now, not every shape they once had (ADR 0018).

To walk through all the migrations takes a minute and more, nearly all of it spent on imagining each
table of the past. What has data is brought up to date by its migrations as ever.
"""

from django.apps import apps
from django.db import connections, router
from django.db.migrations.executor import MigrationExecutor

# Its tables of readings and tracks are laid out in SQL of their own, which only migrations hold.
LAID_OUT_IN_SQL = "sensing"


def is_new(alias: str) -> bool:
    """Whether no migration was ever applied there."""
    return not MigrationExecutor(connections[alias]).loader.applied_migrations


def lay_out(alias: str) -> None:
    """Create every table that belongs into the database, and count every migration as applied."""
    connection = connections[alias]
    executor = MigrationExecutor(connection)
    newest = executor.loader.graph.leaf_nodes()
    executor.migrate([one for one in newest if _is_migrated(one[0])])
    there = set(connection.introspection.table_names())
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.db_table not in there and router.allow_migrate_model(alias, model):
                editor.create_model(model)
        executor.loader.build_graph()
        for migration, _ in executor.migration_plan(newest):
            executor.recorder.record_applied(migration.app_label, migration.name)


def _is_migrated(label: str) -> bool:
    """Django's own apps are: their tables differ from their models in the width of a number."""
    return label == LAID_OUT_IN_SQL or not apps.get_app_config(label).name.startswith("anlan.")
