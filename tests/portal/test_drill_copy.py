"""A drill's copy of the district: everything of the district, nothing of what happened."""

import os
import sqlite3

import pytest
from django.apps import apps

from anlan.portal import exercise
from anlan.portal.furnishing import FORGOTTEN, KEPT, tables


def test_every_table_is_kept_or_forgotten_on_purpose():
    there = {m._meta.label_lower for m in apps.get_models(include_auto_created=True)}
    named = tables(KEPT) | tables(FORGOTTEN)
    assert there - named == set()
    assert named - there == set()
    assert not tables(KEPT) & tables(FORGOTTEN)


@pytest.fixture
def installation(tmp_path):
    home = tmp_path / "home"
    (home / "secrets").mkdir(parents=True)
    (home / "secrets" / "data.key").write_bytes(b"k" * 32)
    (home / "territory").mkdir()
    (home / "territory" / "terrain.tif").write_bytes(b"ground")
    connection = sqlite3.connect(home / "anlan.sqlite3")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE thing (name TEXT)")
    connection.execute("INSERT INTO thing VALUES ('bridge')")
    connection.commit()
    yield home
    connection.close()


def test_a_running_database_is_copied_whole(installation, tmp_path, monkeypatch):
    monkeypatch.delenv("ANLAN_DATABASE_URL", raising=False)
    copy = tmp_path / "copy"
    copy.mkdir()
    assert exercise.copy_home(installation, copy)
    rows = sqlite3.connect(copy / "anlan.sqlite3").execute("SELECT name FROM thing").fetchall()
    assert rows == [("bridge",)]
    assert (copy / "secrets" / "data.key").read_bytes() == b"k" * 32
    assert (copy / "territory" / "terrain.tif").read_bytes() == b"ground"


def test_writing_in_the_copy_leaves_the_original_alone(installation, tmp_path, monkeypatch):
    monkeypatch.delenv("ANLAN_DATABASE_URL", raising=False)
    copy = tmp_path / "copy"
    copy.mkdir()
    exercise.copy_home(installation, copy)
    with sqlite3.connect(copy / "anlan.sqlite3") as connection:
        connection.execute("DELETE FROM thing")
    rows = sqlite3.connect(installation / "anlan.sqlite3").execute("SELECT * FROM thing")
    assert rows.fetchall() == [("bridge",)]


def test_an_empty_installation_has_nothing_to_copy(tmp_path):
    assert not exercise.copy_home(tmp_path, tmp_path / "copy")


def test_a_database_elsewhere_is_not_copied(installation, tmp_path, monkeypatch):
    monkeypatch.setenv("ANLAN_DATABASE_URL", "postgresql://somewhere/else")
    assert not exercise.copy_home(installation, tmp_path / "copy")
    assert os.listdir(tmp_path) == ["home"]
