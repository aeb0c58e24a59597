"""What every test stands on: a data folder of its own, a quick password hash, a clock put back."""

import os
import tempfile
from pathlib import Path

# A parallel worker inherits the controller's folder: it takes one of its own instead.
if "ANLAN_HOME" not in os.environ or "PYTEST_XDIST_WORKER" in os.environ:
    _home = tempfile.TemporaryDirectory(prefix="anlan-tests-")
    os.environ["ANLAN_HOME"] = _home.name

import hypothesis
import pytest
from django.utils import translation
from tests.once import made_once
from tests.portal.running import anlan

from anlan.vocabulary import clock

# The suite asks the same questions on every machine, however slow; the long proofs ask new ones.
hypothesis.settings.register_profile(
    "anlan", deadline=None, derandomize="ANLAN_PROVE" not in os.environ, database=None
)
hypothesis.settings.load_profile("anlan")


def pytest_configure(config):
    from django.conf import settings

    # The settings were read before this file was: nothing of a test may land in a real data folder.
    settings.ANLAN_HOME = Path(os.environ["ANLAN_HOME"])
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    _list_the_built_files_once()


def _list_the_built_files_once():
    """Every browser of a test sets up the middleware anew: WhiteNoise would look at each built
    file again for each of them, which takes longer than many a page."""
    from whitenoise.middleware import WhiteNoiseMiddleware

    look, listed = WhiteNoiseMiddleware.add_files_from_finders, {}

    def listed_once(self):
        if not listed:
            before, self.files = self.files, listed
            look(self)
            self.files = before
        self.files.update(listed)

    WhiteNoiseMiddleware.add_files_from_finders = listed_once


@pytest.fixture(scope="session")
def migrated_home(tmp_path_factory, worker_id):
    """A data folder with nothing in it but databases that are up to date; for copying."""

    def make(folder):
        folder.mkdir()
        done = anlan(folder, "db", "migrate")
        assert done.returncode == 0, done.stdout + done.stderr

    return made_once(tmp_path_factory, worker_id, "migrated", make)


@pytest.fixture(autouse=True)
def _the_clock_is_put_back():
    before = clock.current()
    yield
    clock.use(before)


@pytest.fixture(autouse=True)
def _the_language_is_put_back():
    """A page that was asked for in English would leave its language to the next test, and to what
    the next file makes for all of its tests."""
    translation.deactivate()
    yield
    translation.deactivate()


_proofs = []
_skipped = []
PART = os.environ.get("ANLAN_PROVE")


def pytest_collection_modifyitems(config, items):
    """Files with a slow test first, that no worker is left alone with one at the end.

    Proving, the tests of the one part: those marked ``prove("part")``.
    """
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)
    if PART:
        marks = [(item, item.get_closest_marker("prove")) for item in items]
        items[:] = [item for item, mark in marks if mark and mark.args == (PART,)]


@pytest.fixture(scope="session")
def proof():
    """Leave one measured sentence for docs/proof.md: ``proof(subject, sentence)``."""
    return lambda subject, sentence: _proofs.append((subject, sentence))


def pytest_runtest_logreport(report):
    if PART and report.skipped:
        _skipped.append((report.nodeid.partition("::")[2], report.longrepr[2]))


def pytest_sessionstart(session):
    if PART:
        from tests.proof_page import Run

        session.run_of_part = Run(PART)


def pytest_sessionfinish(session, exitstatus):
    if PART and _proofs and exitstatus == 0:
        session.run_of_part.write(_proofs, _skipped)
