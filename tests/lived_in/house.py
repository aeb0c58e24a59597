"""A district to walk through, lived in for an evening: made once a run, laid out for each module.

On SQLite the first worker that asks lives the evening, in a data folder of its own, and the
finished folder is kept for all workers of the run: a module gets a copy of its databases in its
test database and of its files in its worker's data folder, and leaves the database as it found it.
On another database each module lives the evening itself and rolls back.
"""

import json
import shutil
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections, transaction
from tests.lived_in import story
from tests.once import made_once
from tests.pictures import copy_in, copy_out

from anlan.vocabulary import clock

HOUSEHOLDS = 800
BOTH = pytest.mark.django_db(databases="__all__")


@dataclass(frozen=True)
class House:
    """The district as it stands at `now`; what lies in it is asked of the apps' own queries."""

    now: datetime
    letters: tuple = field(default_factory=tuple)

    def set_clock(self):
        clock.use(clock.DrillClock(self.now))

    def token(self, number=0):
        """The signed link's token of one household's or responsible person's message."""
        return self.letters[number]["link"].rsplit("/", 1)[1]


@pytest.fixture(scope="session")
def evening(django_db_setup, django_db_blocker, tmp_path_factory, worker_id):
    """The run's folder with the evening's databases and ``home``; None where it is no SQLite."""
    if any(connections[alias].vendor != "sqlite" for alias in connections):
        return None
    with django_db_blocker.unblock():
        return made_once(tmp_path_factory, worker_id, "lived-in", _make)


@contextmanager
def lived_in(evening):
    """The house at the end of the evening, in this process's test database; empty again after."""
    standing, before = settings.ANLAN_STANDING, clock.current()
    settings.ANLAN_STANDING = "Exercise"
    try:
        with _laid_out(evening) if evening else _lived_and_rolled_back() as house:
            yield house
    finally:
        settings.ANLAN_STANDING = standing
        clock.use(before)


@contextmanager
def _laid_out(evening):
    with _put_back():
        for alias in connections:
            copy_in(alias, evening / f"{alias}.sqlite3")
        shutil.copytree(evening / "home", settings.ANLAN_HOME, dirs_exist_ok=True)
        yield _house(evening)


@contextmanager
def _lived_and_rolled_back():
    with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
        _live()
        _note(Path(folder))
        yield _house(Path(folder))
        for alias in connections:
            transaction.set_rollback(True, using=alias)


def _make(folder):
    standing, home, before = settings.ANLAN_STANDING, settings.ANLAN_HOME, clock.current()
    (folder / "home").mkdir(parents=True)
    settings.ANLAN_STANDING, settings.ANLAN_HOME = "Exercise", folder / "home"
    try:
        with _put_back():
            _live()
            for alias in connections:
                copy_out(alias, folder / f"{alias}.sqlite3")
            _note(folder)
    finally:
        settings.ANLAN_STANDING, settings.ANLAN_HOME = standing, home
        clock.use(before)


@contextmanager
def _put_back():
    """The test databases hold afterwards what they held before."""
    with tempfile.TemporaryDirectory() as kept:
        for alias in connections:
            copy_out(alias, Path(kept) / f"{alias}.sqlite3")
        try:
            yield
        finally:
            for alias in connections:
                copy_in(alias, Path(kept) / f"{alias}.sqlite3")


def _live():
    with tempfile.TemporaryDirectory() as spools:
        _load()
        story.the_evening(Path(spools))


def _load():
    from anlan.portal import loading

    clock.use(clock.DrillClock(story.BEGINS))
    said = []
    assert loading.load_district(
        "shapingba", households=HOUSEHOLDS, seed=2020, demo=True, say=said.append
    ) == 0, said  # fmt: skip


def _note(folder):
    said = {"now": clock.now().isoformat(), "letters": story.letters()}
    (folder / "house.json").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")


def _house(folder):
    said = json.loads((folder / "house.json").read_text(encoding="utf-8"))
    house = House(datetime.fromisoformat(said["now"]), tuple(said["letters"]))
    house.set_clock()
    return house


@pytest.fixture(scope="module")
def _house_of_module(django_db_setup, django_db_blocker, evening):
    with django_db_blocker.unblock(), lived_in(evening) as house:
        yield house


@pytest.fixture
def house(_house_of_module, db, settings):
    """The lived-in district, rolled back after each test; standing Exercise, its own clock.

    A module that uses it carries ``pytestmark = BOTH``.
    """
    settings.ANLAN_STANDING = "Exercise"
    _house_of_module.set_clock()
    return _house_of_module
