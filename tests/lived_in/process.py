"""The lived-in house as a real process: pages, gateway and rounds over a copy of its files.

Run as a script it serves until SIGTERM, its clock standing at the instant given, and prints one
line ``ready URL GATEWAY_PORT``. `open_house` starts it from a test.
"""

import contextlib
import hashlib
import os
import select
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
READY_WITHIN_S = 90.0
HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def files_of(house, picture: Path, folder: Path) -> Path:
    """A data folder of its own: databases, keys, terrain, exposure and results of the house."""
    from django.conf import settings

    folder.mkdir(parents=True, exist_ok=True)
    home = Path(settings.ANLAN_HOME)
    shutil.copy(picture / "default.sqlite3", folder / "anlan.sqlite3")
    shutil.copy(picture / "readings.sqlite3", folder / "readings.sqlite3")
    for name in ("territory", "results"):
        shutil.copytree(home / name, folder / name)
    (folder / "secrets").mkdir(mode=0o700)
    (folder / "secrets" / "session.key").write_bytes(bytes.fromhex(settings.SECRET_KEY))
    (folder / "secrets" / "data.key").write_bytes(settings.ANLAN_DATA_KEY)
    return folder


def environment(folder: Path) -> dict[str, str]:
    """What a process of this house finds in its environment."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ANLAN_", "DJANGO_"))}
    return kept | {"ANLAN_HOME": str(folder), "ANLAN_STANDING": "Exercise"}


def fingerprints(folder: Path) -> dict[str, str]:
    """Every table of both databases, and a hash over all its rows in order."""
    found = {}
    for name in ("anlan.sqlite3", "readings.sqlite3"):
        with contextlib.closing(sqlite3.connect(folder / name)) as file:
            tables = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (table,) in tables:
                if table == "sqlite_sequence":
                    continue
                rows = sorted(map(repr, file.execute(f'SELECT * FROM "{table}"')))
                digest = hashlib.sha256("\n".join(rows).encode()).hexdigest()
                found[f"{name.split('.')[0]}.{table}"] = f"{len(rows)}:{digest}"
    return found


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    """The tables whose rows differ, without the database's name."""
    return {name.partition(".")[2] for name in before if before[name] != after.get(name)}


@dataclass(frozen=True)
class Running:
    """A house that serves: its pages' address, its gateway's port, its data folder."""

    url: str
    gateway_port: int
    folder: Path

    def rows(self, sql: str, *values: object) -> list[tuple]:
        with contextlib.closing(sqlite3.connect(self.folder / "anlan.sqlite3")) as file:
            return file.execute(sql, values).fetchall()


@contextlib.contextmanager
def open_house(folder: Path, at: datetime) -> Iterator[Running]:
    """Serve a data folder in a process of its own; ended when the block is left."""
    asked = [sys.executable, str(Path(__file__).resolve()), at.isoformat()]
    log = (folder / "log").open("w")
    process = subprocess.Popen(
        asked, cwd=CHECKOUT, env=environment(folder), stdout=subprocess.PIPE, stderr=log, text=True
    )
    try:
        ready, _, _ = select.select([process.stdout], [], [], READY_WITHIN_S)
        line = process.stdout.readline().split() if ready else []
        assert line[:1] == ["ready"], (folder / "log").read_text(encoding="utf-8")[-2000:]
        yield Running(line[1], int(line[2]), folder)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(20)
        process.stdout.close()
        log.close()


def serve(at: str) -> None:
    from anlan.vocabulary import clock

    clock.use(clock.DrillClock(datetime.fromisoformat(at)))
    from anlan.portal.cli import framework

    framework.start()
    from django.conf import settings

    from anlan.portal import server
    from anlan.portal.listening import address, bound

    settings.PASSWORD_HASHERS = HASHERS
    web, field = bound("127.0.0.1", 0), bound("127.0.0.1", 0)
    settings.ANLAN_PUBLIC_URL = address(web)

    def ready() -> None:
        print(f"ready {address(web)} {field.getsockname()[1]}", flush=True)

    with server.engine() as working:
        server.serve(working.spool, {"sl651": field}, web, working.rounds.run_until, ready)


if __name__ == "__main__":
    serve(sys.argv[1])
