"""Databases kept from an earlier run count only while their migrations are what they were."""

import pytest
from tests import kept


@pytest.fixture
def sources(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "PLACE", tmp_path / "cache")
    monkeypatch.setattr(kept, "SOURCES", tmp_path / "sources")
    migrations = tmp_path / "sources" / "room" / "migrations"
    migrations.mkdir(parents=True)
    (migrations / "0001_initial.py").write_text("a table")
    migrated = tmp_path / "migrated"
    migrated.mkdir()
    (migrated / "anlan.sqlite3").write_text("a table")
    kept.keep(migrated)
    return migrations


@pytest.fixture
def begun(tmp_path):
    def begin():
        folder = tmp_path / "begun"
        folder.mkdir()
        kept.begin_with_kept(folder)
        return sorted(file.name for file in folder.iterdir())

    return begin


def test_a_new_migration_goes_on_from_what_was_kept(sources, begun):
    (sources / "0002_more.py").write_text("a column")
    assert begun() == ["anlan.sqlite3"]


def test_a_changed_migration_begins_from_nothing(sources, begun):
    (sources / "0001_initial.py").write_text("another table")
    assert begun() == []


def test_a_migration_that_is_gone_begins_from_nothing(sources, begun):
    (sources / "0001_initial.py").unlink()
    assert begun() == []
