"""Readings a second from simulated stations over TCP to rows on the disk, beside bare rows.

Every station sends a frame of four readings, awaits the gateway's acknowledgement (which comes
after the fsync of the spool) and sends the next. The clock runs from the first frame until the last
reading is a row. What each part took of the processors a frame says where the rest went, and which
part the bottleneck is: two cores have two million microseconds a second for all parts and the
stations. Beside it stands how much of the aims (20,000 readings a second on PostgreSQL, 10,000 on
SQLite, half of the bare limit) was reached. The bare limit, in the same run on the same disk: the
same rows by `executemany` into the same SQLite table, or by `COPY` into the same PostgreSQL table,
with the same durability and nothing looked up, judged or derived.

At half the load that was reached, one station more crosses its threshold again and again: the
seconds from its frame to the alarm in the database.

    python benchmarks/ingest/end_to_end.py [--database sqlite|postgresql] [--seconds 10]
        [--stations 400]
"""

import argparse
import asyncio
import contextlib
import json
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from installation import Installation, on_postgresql, on_sqlite

from anlan.protocols import sl651
from anlan.simulators.sl651_station import Sl651Station
from anlan.vocabulary import clock
from anlan.vocabulary.elements import Element

PASSWORD = 4660
STEP, MINUTE = timedelta(minutes=5), timedelta(minutes=1)
ELEMENTS = ("stage", "discharge", "rain_hour", "battery")
VALUES = {
    Element.STAGE: 181.25, Element.DISCHARGE: 3120.0, Element.RAIN_HOUR: 2.5, Element.BATTERY: 12.6,
}  # fmt: skip
CROSSERS = [f"99999999{n:02d}" for n in range(50)]
CROSSINGS = 12  # of each, a minute apart: a frame states its time by the minute
READINGS = (
    "SELECT series, at, source, value, sent_at, received_at FROM sensing_reading ORDER BY"
    " received_at"
)
COUNT = "SELECT count(*) FROM sensing_reading"
AIMS = {"sqlite": 10_000, "postgresql": 20_000}  # readings a second
OF_BARE = 0.5
INSTALLATIONS = {"sqlite": on_sqlite, "postgresql": on_postgresql}


_HEARD = memoryview(bytearray(4096))  # by all stations: what is said is only counted


class _Station(asyncio.BufferedProtocol):
    """Sends the next frame when the last one is acknowledged; frames are made beforehand."""

    def __init__(self, frames: list[bytes], pause_s: float, done: asyncio.Future[None]) -> None:
        self._frames = iter(frames)
        self._pause_s = pause_s
        self._done = done
        self.acked = 0
        self.late = False
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]
        self._send()

    def get_buffer(self, sizehint: int) -> memoryview:
        return _HEARD

    def buffer_updated(self, nbytes: int) -> None:
        self.acked += 1
        if self._pause_s:
            asyncio.get_running_loop().call_later(self._pause_s, self._send)
        else:
            self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._done.done():
            self._done.set_result(None)

    def _send(self) -> None:
        frame = next(self._frames, None)
        if frame is None or self._transport is None or self.late:
            if self._transport:
                self._transport.close()
            return
        self._transport.write(frame)


def frames_of(device: str, count: int, begin: datetime) -> list[bytes]:
    station = Sl651Station("", 0, device, PASSWORD)
    return [sl651.encode(station.report(begin + n * STEP, VALUES)) for n in range(count)]


async def play(port: int, count: int, seconds: float, rate: float | None) -> None:
    """The stations' process: prints how many frames were acknowledged, and its processor time."""
    begin = clock.now().replace(second=0, microsecond=0) - timedelta(days=25)
    most = min(int(seconds * 8000 / count) + 1, 7000)
    ready = [frames_of(f"{n:010d}", most, begin) for n in range(count)]
    print("ready", flush=True)
    sys.stdin.readline()
    before = _busy_s()
    loop, playing = asyncio.get_running_loop(), []
    for frames in ready:
        ended: asyncio.Future[None] = loop.create_future()
        pause_s = count / rate if rate else 0.0
        _transport, station = await loop.create_connection(
            lambda frames=frames, ended=ended, pause_s=pause_s: _Station(frames, pause_s, ended),
            "127.0.0.1", port,
        )  # fmt: skip
        playing.append((station, ended))
    await asyncio.sleep(seconds)
    for station, _ended in playing:
        station.late = True
    await asyncio.wait([ended for _station, ended in playing], timeout=30)
    print(sum(station.acked for station, _ended in playing), _busy_s() - before)


def _busy_s() -> float:
    spent = os.times()
    return spent.user + spent.system


class Load:
    """The stations, in a process of their own."""

    def __init__(self, port: int, count: int, seconds: float, rate: float | None = None) -> None:
        words = [f"--play={port}", f"--stations={count}", f"--seconds={seconds}"]
        self._process = subprocess.Popen(
            [sys.executable, __file__, *words, *([f"--rate={rate}"] if rate else [])],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        if self._process.stdout is None or self._process.stdout.readline() != "ready\n":
            raise SystemExit("the stations failed")

    def begin(self) -> None:
        if self._process.stdin:
            self._process.stdin.write("go\n")
            self._process.stdin.flush()

    def acknowledged(self) -> tuple[int, float]:
        """How many frames, and the seconds of processor time that the stations took for them."""
        out, _err = self._process.communicate()
        frames, busy_s = out.split()
        return int(frames), float(busy_s)


def wait(seconds: float) -> None:
    asyncio.run(asyncio.sleep(seconds))


def reached(house: Installation, stations: int, seconds: float) -> dict[str, Any]:
    """Readings a second from the first frame to the last row, as fast as stations are answered."""
    load = Load(house.port, stations, seconds)
    before, began = house.busy_s(), clock.stopwatch()
    load.begin()
    acked, stations_s = load.acknowledged()
    answered_s = clock.stopwatch() - began
    while (rows := int(house.ask(COUNT)[0][0])) < 4 * acked:
        if clock.stopwatch() - began > 20 * seconds:
            raise SystemExit(f"{rows} of {4 * acked} readings arrived")
        wait(0.05)
    stored_s = clock.stopwatch() - began
    spent = {part: house.busy_s()[part] - busy for part, busy in before.items()}
    bottleneck = max(spent, key=spent.__getitem__)
    spent["stations"] = stations_s
    return {
        "frames_acknowledged_per_s": acked / answered_s,
        "readings_per_s": rows / stored_s,
        "rows": rows,
        "processor_us_a_frame": {p: round(1e6 * busy / acked) for p, busy in spent.items()},
        "processor_us_a_frame_of_all": round(1e6 * sum(spent.values()) / acked),
        "bottleneck": bottleneck,
    }


def bare(house: Installation, folder: Path, batch: int = 8000) -> float:
    """The same rows a second into an empty table of the same kind, committed batch by batch."""
    rows = house.ask(READINGS)
    batches = [rows[first : first + batch] for first in range(0, len(rows), batch)]
    if house.url:
        return len(rows) / _copied(house.url, batches)
    with contextlib.closing(sqlite3.connect(house.home / "readings.sqlite3")) as store:
        (made,) = store.execute("SELECT sql FROM sqlite_master WHERE name = 'sensing_reading'")
    with contextlib.closing(sqlite3.connect(folder / "bare.sqlite3")) as store:
        store.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; {made[0]}")
        began = clock.stopwatch()
        for each in batches:
            store.executemany(
                "INSERT INTO sensing_reading (series, at, source, value, sent_at, received_at)"
                " VALUES (?, ?, ?, ?, ?, ?)", each,
            )  # fmt: skip
            store.commit()
        return len(rows) / (clock.stopwatch() - began)


def _copied(url: str, batches: list[list[tuple[Any, ...]]]) -> float:
    import psycopg

    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE bare (LIKE sensing_reading INCLUDING ALL)")
        connection.commit()
        began = clock.stopwatch()
        for each in batches:
            copying = connection.cursor().copy(
                "COPY bare (series, at, source, value, sent_at, received_at) FROM STDIN"
            )
            with copying as copy:
                for row in each:
                    copy.write_row(row)
            connection.commit()
        return clock.stopwatch() - began


def alarms(house: Installation, stations: int, rate: float, seconds: float) -> list[float]:
    """Seconds from a frame to the alarm in the database, one station crossing again and again."""
    load = Load(house.port, stations, seconds + 1, rate)
    load.begin()
    waits = asyncio.run(_crossings(house, seconds))
    load.acknowledged()
    return waits


async def _crossings(house: Installation, seconds: float) -> list[float]:
    waits: list[float] = []
    ends = clock.stopwatch() + seconds
    for device in CROSSERS:
        at = clock.now().replace(second=0, microsecond=0) - 2 * CROSSINGS * MINUTE
        async with Sl651Station("127.0.0.1", house.port, device, PASSWORD, answer_s=30) as station:
            for _ in range(CROSSINGS):
                if clock.stopwatch() > ends:
                    return sorted(waits)
                began = clock.stopwatch()
                await station.send(at, {Element.STAGE: 195.0})
                await _until_open(house, device, 1)
                waits.append(clock.stopwatch() - began)
                await station.send(at + MINUTE, {Element.STAGE: 180.0})
                await _until_open(house, device, 0)
                at += 2 * MINUTE
    return sorted(waits)


async def _until_open(house: Installation, device: str, wanted: int) -> None:
    asked = (
        f"SELECT count(*) FROM sensing_alarm WHERE state = 'open' AND station_code = 'g{device}'"
    )
    while int(house.ask(asked)[0][0]) != wanted:
        await asyncio.sleep(0.005)


def measure(database: str, stations: int, seconds: float) -> dict[str, Any]:
    install = INSTALLATIONS[database]
    with tempfile.TemporaryDirectory(prefix="anlan-ingest-") as name:
        folder = Path(name)
        with install(folder, stations) as house:
            found: dict[str, Any] = {"database": database, **reached(house, stations, seconds)}
            found["bare_rows_per_s"] = bare(house, folder)
            found["ratio"] = round(found["readings_per_s"] / found["bare_rows_per_s"], 3)
            found["of_the_aim"] = round(found["readings_per_s"] / AIMS[database], 2)
            found["of_the_aim_beside_bare"] = round(found["ratio"] / OF_BARE, 2)
        again = folder / "again"
        again.mkdir()
        with install(again, stations) as house:
            waits = alarms(house, stations, found["readings_per_s"] / 8, seconds)
            found["alarms"] = len(waits)
            found["alarm_p50_s"] = round(statistics.median(waits), 3)
            found["alarm_p99_s"] = round(waits[len(waits) * 99 // 100], 3)
    return found


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--database", choices=("sqlite", "postgresql"))
    asked.add_argument("--seconds", type=float, default=10.0)
    asked.add_argument("--stations", type=int, default=400)
    asked.add_argument("--play", type=int, help=argparse.SUPPRESS)
    asked.add_argument("--rate", type=float, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.play:
        asyncio.run(play(given.play, given.stations, given.seconds, given.rate))
        return
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for database in (given.database,) if given.database else ("sqlite", "postgresql"):
        if database == "postgresql" and not list(Path("/usr/lib/postgresql").glob("*/bin")):
            print("postgresql: not installed here, not measured")
            continue
        found = measure(database, given.stations, given.seconds)
        print(json.dumps({k: round(v) if k.endswith("per_s") else v for k, v in found.items()}))


if __name__ == "__main__":
    main()
