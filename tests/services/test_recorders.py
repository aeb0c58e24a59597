"""Four recorders on PostgreSQL tell an alarm of every kind once."""

import pytest
from tests.operations.sensing.test_recorders_together import SCRIPT

from .parts import environment, python

pytestmark = pytest.mark.services
HERE = 'call_command("migrate", database="readings", verbosity=0)'


class NoBus:
    url = ""


def test_four_recorders_on_postgresql_store_once_and_raise_once(tmp_path, database):
    said = python(environment(tmp_path, database, NoBus), SCRIPT.replace(HERE, ""))
    assert said.strip() == "[] 13 0 2 2"
