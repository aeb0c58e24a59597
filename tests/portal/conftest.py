"""A loaded district for tests that run the whole platform in processes of its own."""

import shutil

import pytest
from tests.once import made_once

from .running import anlan

HOUSEHOLDS = 1500


@pytest.fixture(scope="session")
def district_home(migrated_home, tmp_path_factory, worker_id):
    """An installation with a small district, made once for all workers of a run."""

    def make(folder):
        shutil.copytree(migrated_home, folder)
        done = anlan(
            folder, "district", "load", "shapingba", "--demo", "--households", str(HOUSEHOLDS)
        )
        assert done.returncode == 0, done.stdout + done.stderr

    return made_once(tmp_path_factory, worker_id, "district", make)


@pytest.fixture
def own_home(district_home, tmp_path):
    """A copy of the district's installation that a test may change."""
    return shutil.copytree(district_home, tmp_path / "home")
