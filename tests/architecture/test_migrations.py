"""No table is described otherwise than its migrations make it."""

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils.translation import override


def test_the_migrations_make_what_the_models_say():
    laid = MigrationLoader(None)
    with override(None):
        said = MigrationAutodetector(laid.project_state(), ProjectState.from_apps(apps))
        missing = said.changes(graph=laid.graph)
    assert not {app: [str(one.operations) for one in new] for app, new in missing.items()}
