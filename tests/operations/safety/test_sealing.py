"""Photos and documents that were kept before files were sealed: sealed one by one, lost never."""

import hashlib
import os
from pathlib import Path

import pytest

from anlan.operations.people.actions import seal_file
from anlan.operations.people.models import AuditEntry
from anlan.operations.safety.actions import keep_photo, seal_kept, sealing
from anlan.operations.safety.queries.photographs import kept_bytes, open_files, sealed_file
from anlan.portal import condition
from anlan.portal.cli import evidence, framework
from anlan.portal.diagnosis import GOOD, WARN

pytestmark = pytest.mark.django_db(databases="__all__")
SENT = [b"\xff\xd8 photo %d " % n + bytes(range(256)) * 9 for n in range(3)]


class Killed(BaseException):
    """The process ended here."""


def digest(raw):
    return hashlib.sha256(raw).hexdigest()


def opened(raw):
    """Kept as it was before files were sealed."""
    path = sealed_file(digest(raw)).with_suffix("")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    return path


@pytest.fixture
def old():
    return [opened(raw) for raw in SENT]


def sealed():
    done = list(seal_kept())
    return sum(one.count for one in done), [pair for one in done for pair in one.left]


def all_given_back():
    return all(kept_bytes(digest(raw)) == raw for raw in SENT)


def test_what_lay_open_is_sealed_once_and_still_given_back(old, settings):
    assert sealed() == (3, [])
    assert sealed() == (0, [])
    lying = [one for one in (Path(settings.ANLAN_HOME) / "evidence").rglob("*") if one.is_file()]
    assert sorted(one.name for one in lying) == sorted(f"{digest(raw)}.sealed" for raw in SENT)
    for one in lying:
        assert b"photo" not in one.read_bytes()
    assert all_given_back()
    assert AuditEntry.objects.get(verb="safety.seal_files").detail == {"sealed": 3, "left": []}


@pytest.mark.parametrize("step", range(12))
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_any_step_it_loses_nothing_and_goes_on(old, monkeypatch, step, when):
    """A step is whatever the disk is told: to sync, to give a file its name, to remove one."""
    left = step

    def fatal(real):
        def told(*given, **named):
            nonlocal left
            left -= 1
            if left == -1 and when == "before":
                raise Killed
            real(*given, **named)
            if left == -1:
                raise Killed

        return told

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fatal(os.fsync))
        patched.setattr(Path, "replace", fatal(Path.replace))
        patched.setattr(Path, "unlink", fatal(Path.unlink))
        with pytest.raises(Killed):
            list(seal_kept())
    assert all_given_back()
    assert sealed()[1] == []
    assert all_given_back()
    assert list(open_files()) == []


def test_a_spoilt_file_is_named_and_stays_as_it_lies(old):
    old[1].write_bytes(b"rot")
    assert sealed() == (2, [(old[1].name, sealing.SPOILT)])
    assert old[1].read_bytes() == b"rot"
    assert not sealed_file(old[1].name).exists()


def test_a_file_that_cannot_be_read_is_named_and_stays(old, monkeypatch):
    read = Path.read_bytes

    def failing(path):
        if path == old[0]:
            raise OSError(5, "Input/output error")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", failing)
    assert sealed() == (2, [(old[0].name, "Input/output error")])
    assert old[0].exists()


@pytest.mark.parametrize("beside", [b"", b"half of it", seal_file])
def test_a_sealed_copy_beside_that_does_not_open_is_made_anew(old, beside):
    sealed_file(old[0].name).write_bytes(beside if isinstance(beside, bytes) else beside(b"else"))
    assert sealed() == (3, [])
    assert all_given_back()


def test_a_copy_that_is_not_read_back_leaves_the_open_one(old, monkeypatch):
    monkeypatch.setattr(sealing, "seal_file", lambda raw: raw)
    assert sealed() == (0, [(one.name, sealing.NOT_BACK) for one in sorted(old)])
    assert [one.read_bytes() for one in old] == SENT


def test_what_is_sent_now_is_sealed_beside_one_that_lay_open(old):
    assert keep_photo(SENT[0]) == digest(SENT[0])
    assert sealed() == (3, [])
    assert all_given_back()


def test_a_page_that_reads_while_it_is_sealed_is_given_it(old, monkeypatch):
    read, path = Path.read_bytes, old[0]

    def late(asked):
        if asked == path:  # it was looked for, and is sealed before it is read
            monkeypatch.setattr(Path, "read_bytes", read)
            list(seal_kept())
        return read(asked)

    monkeypatch.setattr(Path, "read_bytes", late)
    assert kept_bytes(path.name) == SENT[0]


def doctor():
    (said,) = [one for one in condition.findings() if one.subject == "photos and documents"]
    return said.state, said.says


def test_the_command_and_the_doctor_say_how_many_and_names_what_is_left(old, monkeypatch, capsys):
    for done_already in ("start", "migrate"):
        monkeypatch.setattr(framework, done_already, lambda: 0)
    old[2].write_bytes(b"rot")
    assert doctor() == (WARN, "3 lie open on the disk; run `anlan evidence seal`")
    assert evidence.seal(None) == 1
    said = capsys.readouterr().out
    assert f"{old[2].name} lies open still" in said
    assert "2 photos and documents sealed" in said
    old[2].write_bytes(SENT[2])
    assert evidence.seal(None) == 0
    assert evidence.seal(None) == 0
    assert "no photo or document lies open" in capsys.readouterr().out
    assert doctor()[0] == GOOD
