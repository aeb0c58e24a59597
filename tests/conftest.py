"""What every test stands on: a data folder of its own, a quick password hash, a clock put back."""

import os
import tempfile

if "ANLAN_HOME" not in os.environ:
    _home = tempfile.TemporaryDirectory(prefix="anlan-tests-")
    os.environ["ANLAN_HOME"] = _home.name

import pytest

from anlan.vocabulary import clock


def pytest_configure(config):
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _the_clock_is_put_back():
    before = clock.current()
    yield
    clock.use(before)


_proofs = []


@pytest.fixture(scope="session")
def proof():
    """Leave one measured sentence for docs/proof.md: ``proof(subject, sentence)``."""
    return lambda subject, sentence: _proofs.append((subject, sentence))


def pytest_sessionfinish(session, exitstatus):
    if os.environ.get("ANLAN_PROVE") and _proofs and exitstatus == 0:
        from tests.proof_page import write

        write(_proofs)
