"""A loaded district for tests that run the whole platform in processes of its own."""

import fcntl
import shutil

import pytest

from .running import anlan

HOUSEHOLDS = 1500


@pytest.fixture(scope="session")
def district_home(tmp_path_factory, worker_id):
    """An installation with a small district, made once for all workers of a run."""
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "district"
    with (shared.with_suffix(".lock")).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "ready").exists():
            shutil.rmtree(shared, ignore_errors=True)
            done = anlan(
                shared, "district", "load", "shapingba", "--demo", "--households", str(HOUSEHOLDS)
            )
            assert done.returncode == 0, done.stdout + done.stderr
            (shared / "ready").touch()
    return shared


@pytest.fixture
def own_home(district_home, tmp_path):
    """A copy of the district's installation that a test may change."""
    return shutil.copytree(district_home, tmp_path / "home")
