"""A loaded district for tests that run the whole platform in processes of its own."""

import shutil

import pytest
from tests.once import made_once

from .playing import play_side_by_side, report
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


@pytest.fixture(scope="session")
def drills(district_home, tmp_path_factory, worker_id):
    """The same drill of the crest twice, side by side, at full pace: once for all workers."""

    def make(folder):
        folders = [folder / name for name in ("first", "second")]
        for one in folders:
            one.mkdir(parents=True)
        play_side_by_side(district_home, folders)

    folder = made_once(tmp_path_factory, worker_id, "drills", make)
    return [folder / name for name in ("first", "second")]


@pytest.fixture(scope="session")
def crest(drills):
    return report(drills[0])
