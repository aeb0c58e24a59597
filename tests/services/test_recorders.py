"""Four recorders on PostgreSQL tell an alarm of every kind once."""

import pytest
from tests.operations.sensing.test_recorders_together import SCRIPT
from tests.portal.running import python

from .parts import beside

pytestmark = pytest.mark.services
MIGRATED = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""


class NoBus:
    url = ""


def test_four_recorders_on_postgresql_store_once_and_raise_once(tmp_path, database):
    said = python(tmp_path, MIGRATED + SCRIPT, beside(tmp_path, database, NoBus))
    assert said.strip() == "[] 13 0 6 6 20"
