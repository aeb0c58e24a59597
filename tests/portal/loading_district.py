"""A small Shapingba for the tests of a module: loaded once, rolled back after it."""

from contextlib import ExitStack
from functools import cache

import pytest
from django.db import connections, transaction

from anlan.terrain import schematic

HOUSEHOLDS = 3000
OWN = ("people", "territory", "resources")


@pytest.fixture(scope="module")
def shapingba(django_db_setup, django_db_blocker):
    """The district with 3,000 households and the demo logins; the lines the loader said."""
    from anlan.portal.loading import district as loader

    said = []
    patch = pytest.MonkeyPatch()
    patch.setattr(schematic, "build", _build_once())
    # Other rooms have their own tests.
    patch.setattr(loader, "_doors", lambda _door: ())
    with django_db_blocker.unblock(), ExitStack() as stack:
        for alias in connections:
            atomic = transaction.atomic(using=alias)
            stack.enter_context(atomic)
        assert (
            loader.load_district("shapingba", households=HOUSEHOLDS, demo=True, say=said.append)
            == 0
        )
        patch.undo()
        yield said
        for alias in connections:
            transaction.set_rollback(True, using=alias)


@cache
def _build_once():
    return cache(schematic.build)
