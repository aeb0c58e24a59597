"""Databases that an earlier run migrated: a later one applies only the migrations that are new.

Kept in the user's cache, beside what each migration's file was; a database is taken up again only
while all the files that made it are as they were. A clean machine keeps nothing and applies all.
"""

import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path

import django

import anlan

SOURCES = Path(anlan.__file__).parent
PLACE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "anlan-tests"
MADE_BY = "migrations.json"
AT_MOST = 6


def _migrations():
    files = {
        str(file.relative_to(SOURCES)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in SOURCES.glob("**/migrations/*.py")
    }
    return {"django": django.__version__, **files}


def begin_with_kept(folder):
    """Lay the databases of an earlier run into the folder, if their migrations still hold."""
    now = _migrations()
    for kept in _by_age():
        before = json.loads((kept / MADE_BY).read_text(encoding="utf-8"))
        if before.items() <= now.items():
            shutil.copytree(kept, folder, dirs_exist_ok=True)
            (folder / MADE_BY).unlink()
            return


def keep(folder):
    """Keep migrated databases for the runs to come."""
    made_by = json.dumps(_migrations(), sort_keys=True)
    goal = PLACE / hashlib.sha256(made_by.encode()).hexdigest()[:16]
    if goal.exists():
        os.utime(goal)
        return
    PLACE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=PLACE, prefix=".") as room:
        whole = Path(room) / "whole"
        shutil.copytree(folder, whole)
        (whole / MADE_BY).write_text(made_by, encoding="utf-8")
        try:
            whole.rename(goal)
        except OSError:  # another run was first
            return
    for old in _by_age()[AT_MOST:]:
        shutil.rmtree(old, ignore_errors=True)


def _by_age():
    """Newest first."""
    there = [one for one in PLACE.glob("[!.]*") if (one / MADE_BY).is_file()]
    return sorted(there, key=lambda one: one.stat().st_mtime, reverse=True)
