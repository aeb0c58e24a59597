"""A district to walk through, lived in for an evening: made once a run, laid out for each module.

On SQLite the finished databases are kept as two files beside the run's data folder; a module gets a
copy of them in its test database and leaves the database as it found it. The first worker that asks
makes them, others wait for it. On another database each module lives the evening itself and rolls
back.
"""

import fcntl
import json
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections, transaction
from tests.lived_in import story
from tests.pictures import copy_in, copy_out

from anlan.vocabulary import clock

HOUSEHOLDS = 800
BOTH = pytest.mark.django_db(databases="__all__")
CHAPTERS = ("evening", "night")


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


@contextmanager
def lived_in(chapter="evening"):
    """The house at the end of a chapter, in this process's test database; empty again after."""
    standing, before = settings.ANLAN_STANDING, clock.current()
    settings.ANLAN_STANDING = "Exercise"
    try:
        with _databases(chapter) as house:
            yield house
    finally:
        settings.ANLAN_STANDING = standing
        clock.use(before)


def _databases(chapter):
    sqlite = all(connections[alias].vendor == "sqlite" for alias in connections)
    return _laid_out(chapter) if sqlite else _lived_and_rolled_back(chapter)


@contextmanager
def _laid_out(chapter):
    folder = picture(chapter)
    with tempfile.TemporaryDirectory() as kept:
        for alias in connections:
            copy_out(alias, Path(kept) / f"{alias}.sqlite3")
            copy_in(alias, folder / f"{alias}.sqlite3")
        try:
            yield _house(folder)
        finally:
            for alias in connections:
                copy_in(alias, Path(kept) / f"{alias}.sqlite3")


@contextmanager
def _lived_and_rolled_back(chapter):
    with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
        for one in CHAPTERS[: CHAPTERS.index(chapter) + 1]:
            _live(one, Path(folder))
        yield _house(Path(folder))
        for alias in connections:
            transaction.set_rollback(True, using=alias)


def picture(chapter):
    """The folder with the two database files at the end of a chapter, made if it is not there.

    The test database must be empty, and is empty again afterwards.
    """
    folder = Path(settings.ANLAN_HOME) / "lived-in" / chapter
    folder.mkdir(parents=True, exist_ok=True)
    with (folder.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "house.json").exists():
            _make(chapter, folder)
    return folder


def _make(chapter, folder):
    before = CHAPTERS.index(chapter) - 1
    if before >= 0 and not (folder.parent / CHAPTERS[before] / "house.json").exists():
        earlier = folder.parent / CHAPTERS[before]
        earlier.mkdir(parents=True, exist_ok=True)
        _make(CHAPTERS[before], earlier)
    with tempfile.TemporaryDirectory() as empty:
        for alias in connections:
            copy_out(alias, Path(empty) / f"{alias}.sqlite3")
            if before >= 0:
                copy_in(alias, folder.parent / CHAPTERS[before] / f"{alias}.sqlite3")
        try:
            _live(chapter, folder)
            for alias in connections:
                copy_out(alias, folder / f"{alias}.sqlite3")
            _note(folder)
        finally:
            for alias in connections:
                copy_in(alias, Path(empty) / f"{alias}.sqlite3")


def _live(chapter, folder):
    with tempfile.TemporaryDirectory() as spools:
        if chapter == "evening":
            _load()
            story.the_evening(Path(spools))
        else:
            story.goes_on(Path(spools), clock.now())


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
    if not (folder / "house.json").exists():
        _note(folder)
    said = json.loads((folder / "house.json").read_text(encoding="utf-8"))
    house = House(datetime.fromisoformat(said["now"]), tuple(said["letters"]))
    house.set_clock()
    return house


@pytest.fixture(scope="module")
def _house_of_module(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), lived_in() as house:
        yield house


@pytest.fixture
def house(_house_of_module, db, settings):
    """The lived-in district, rolled back after each test; standing Exercise, its own clock.

    A module that uses it carries ``pytestmark = BOTH``.
    """
    settings.ANLAN_STANDING = "Exercise"
    _house_of_module.set_clock()
    return _house_of_module
