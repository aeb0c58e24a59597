"""An installation of the platform to measure: one process with SQLite, or in parts on PostgreSQL.

Its parts' processor time is read from /proc, so that a run can say which part is the bottleneck.
"""

import contextlib
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROTOCOLS = ("sl651", "hj212", "mqtt", "jt808", "gb26875")
PORTS = tuple(w for p in PROTOCOLS for w in (f"--{p}-port", "0"))
ANLAN = [sys.executable, "-m", "anlan.portal.cli", "--lang", "en"]

REGISTER = """
import sys
from datetime import date
import django; django.setup()
from django.core.management import call_command
from django.conf import settings
call_command("migrate", verbosity=0)
if "readings" in settings.DATABASES:
    call_command("migrate", database="readings", verbosity=0)
from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.actions import NewStation, NewThreshold
from anlan.operations.sensing.actions import keep_months, register_stations
keep_months()
def station(device):
    return NewStation(code=f"g{device}", name=device, kind="stage", device=device, password=4660,
                      lon=106.4, lat=29.6, area_code="500106", interval_s=300, datum="wusong",
                      elements=("stage", "discharge", "rain_hour", "battery"))
devices = [f"{n:010d}" for n in range(int(sys.argv[1]))] + [f"99999999{n:02d}" for n in range(50)]
register_stations(PLATFORM, [station(d) for d in devices],
    [NewThreshold(station=f"g{d}", element="stage", kind="warning", value=190.0, datum="wusong",
                  valid_from=date(2010, 1, 1)) for d in devices])
"""


@dataclass
class Installation:
    """A running platform: its gateway's port, and how to ask its database."""

    port: int
    url: str | None
    home: Path
    parts: Mapping[str, int]  # name -> process

    def busy_s(self) -> dict[str, float]:
        """Seconds of processor time that each part and its children have taken, all cores."""
        times, parents = {}, {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                _comm, _bracket, behind = stat.read_text().rpartition(") ")
                fields = behind.split()
                process = int(stat.parent.name)
                parents[process] = int(fields[1])
                times[process] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        totals = dict.fromkeys(self.parts, 0.0)
        names = {process: name for name, process in self.parts.items()}
        for process, spent_s in times.items():
            above: int | None = process
            while above is not None and above not in names:
                above = parents.get(above)
            if above is not None:
                totals[names[above]] += spent_s
        return totals

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        if self.url:
            import psycopg

            with psycopg.connect(self.url) as connection:
                return connection.execute(sql).fetchall()
        name = "anlan" if "alarm" in sql else "readings"
        with contextlib.closing(sqlite3.connect(self.home / f"{name}.sqlite3")) as store:
            return store.execute(sql).fetchall()


def free_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(environment: dict[str, str], *words: str) -> tuple[subprocess.Popen[str], list[int]]:
    """An `anlan` process and the ports it names before it waits."""
    process = subprocess.Popen(
        [*ANLAN, *words], env=environment, stdout=subprocess.PIPE, text=True,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    ports = []
    if process.stdout is None:
        raise SystemExit("no output")
    for line in process.stdout:
        tail = line.strip().rsplit(":", 1)[-1]
        if not tail.isdigit():
            return process, ports
        ports.append(int(tail))
    raise SystemExit(f"{words} ended")


def stop(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=20)
    process.kill()


def settings_of(folder: Path, **more: str) -> dict[str, str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("ANLAN_")}
    return clean | {
        "ANLAN_HOME": str(folder / "home"), "DJANGO_SETTINGS_MODULE": "anlan.portal.settings",
        "PYTHONUNBUFFERED": "1", **more,
    }  # fmt: skip


def register(environment: dict[str, str], stations: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", REGISTER, str(stations)], env=environment, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr)


@contextlib.contextmanager
def on_sqlite(folder: Path, stations: int) -> Iterator[Installation]:
    """One process, the embedded database."""
    environment = settings_of(folder)
    register(environment, stations)
    process, ports = start(environment, "up", "--port", "0", *PORTS)  # fmt: skip
    try:
        yield Installation(ports[1], None, folder / "home", {"platform": process.pid})
    finally:
        stop(process)


@contextlib.contextmanager
def on_postgresql(folder: Path, stations: int) -> Iterator[Installation]:
    """Gateway, bus, recorder and database in processes of their own."""
    with postgresql(folder) as (url, database), nats(folder) as (bus, bus_process):
        environment = settings_of(folder, ANLAN_DATABASE_URL=url, ANLAN_EVENTS_URL=bus)
        register(environment, stations)
        gateway, ports = start(environment, "gateway", *PORTS)
        recorder, _none = start(environment, "recorder")
        try:
            parts = {
                "gateway": gateway.pid, "recorder": recorder.pid, "bus": bus_process,
                "database": database,
            }  # fmt: skip
            yield Installation(ports[0], url, folder / "home", parts)
        finally:
            stop(gateway)
            stop(recorder)


@contextlib.contextmanager
def nats(folder: Path) -> Iterator[tuple[str, int]]:
    """Its address and its process."""
    port = free_port()
    process = subprocess.Popen(
        [str(Path(sys.executable).with_name("nats-server")), "-a", "127.0.0.1", "-p", str(port),
         "-js", "-sd", str(folder / "nats")],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield f"nats://127.0.0.1:{port}", process.pid
    finally:
        process.kill()


@contextlib.contextmanager
def postgresql(folder: Path) -> Iterator[tuple[str, int]]:
    """A cluster of its own, fsync on, in the folder: its address and its process."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if not found:
        raise SystemExit("PostgreSQL is not installed here")
    as_user, place = [], folder / "postgresql"
    place.mkdir(parents=True, exist_ok=True)
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        as_user = ["runuser", "-u", "postgres", "--"]
        shutil.chown(place, "postgres")
        folder.chmod(0o755)
    port, data = free_port(), place / "data"

    def run(program: str, *words: str) -> None:
        subprocess.run(
            [*as_user, str(found[0] / program), "-D", str(data), *words], cwd="/", check=True,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip

    if not data.exists():
        run("initdb", "-U", "anlan", "--auth=trust", "-E", "UTF8", "--locale=C")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
    run("pg_ctl", "-s", "-w", "-l", str(place / "log"), "-o", options, "start")
    try:
        process = int((data / "postmaster.pid").read_text().split()[0])
        yield f"postgresql://anlan@127.0.0.1:{port}/postgres", process
    finally:
        run("pg_ctl", "-m", "immediate", "-s", "stop")
