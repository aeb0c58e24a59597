"""What an installation makes for itself when it begins."""

from pathlib import Path

from anlan.portal import settings


def test_of_two_processes_that_begin_together_both_find_one_key(tmp_path, monkeypatch):
    """The other one's key appears between our look and our writing."""
    monkeypatch.setattr(settings, "HOME", tmp_path)
    first = settings._secret("data.key", 32)
    with monkeypatch.context() as looked_too_early:
        looked_too_early.setattr(Path, "exists", lambda path: False)
        assert settings._secret("data.key", 32) == first
    assert settings._secret("data.key", 32) == first
    assert [path.name for path in (tmp_path / "secrets").iterdir()] == ["data.key"]
