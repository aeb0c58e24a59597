"""Frames a second that the recorder turns into readings, values, health and alarms.

The physical limit is measured in the same run on the same disk: SQLite taking the same rows by
`executemany`, one fsynced transaction a batch, with nothing looked up, judged or derived. The ratio
says what revisions, newest values, thresholds and health cost.

    python benchmarks/ingest/recorder.py [--stations 100] [--rounds 40] [--batch 200]
"""

import argparse
import json
import os
import platform
import sqlite3
import statistics
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

from anlan.vocabulary import clock
from anlan.vocabulary.elements import Element
from anlan.vocabulary.frames import Frame
from anlan.vocabulary.readings import Reading

START = datetime(2020, 8, 18, 8, tzinfo=clock.CHINA)
STEP = timedelta(minutes=5)


def traffic(stations: int, rounds: int) -> list[Frame]:
    """Every station's stage and voltage, every five minutes."""
    frames = []
    for turn in range(rounds):
        at = START + turn * STEP
        for number in range(stations):
            device = f"{number:010d}"
            readings = (
                Reading(device, Element.STAGE, at, 180.0 + 0.01 * turn, at),
                Reading(device, Element.BATTERY, at, 12.6, at),
            )
            frames.append(Frame("sl651", device, at, "7E7E", readings))
    return frames


def prepare(folder: Path, stations: int) -> None:
    """An empty installation with the stations, each with one threshold."""
    os.environ["ANLAN_HOME"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "anlan.portal.settings"
    os.environ.pop("ANLAN_DATABASE_URL", None)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("migrate", database="readings", verbosity=0)
    from anlan.operations.people.actions import PLATFORM
    from anlan.operations.sensing.actions import NewStation, NewThreshold, register_stations

    register_stations(
        PLATFORM,
        [
            NewStation(
                code=f"g{number}", name=f"g{number}", kind="stage", device=f"{number:010d}",
                lon=106.4, lat=29.6, area_code="500106", interval_s=300, datum="wusong",
                elements=("stage", "battery"),
            )
            for number in range(stations)
        ],
        [
            NewThreshold(
                station=f"g{number}", element="stage", kind="warning", value=300.0,
                datum="wusong", duration_s=600, valid_from=date(2010, 1, 1),
            )
            for number in range(stations)
        ],
    )  # fmt: skip


def recorded(frames: list[Frame], size: int) -> list[float]:
    """Seconds of each batch through the recorder."""
    from anlan.operations.sensing.actions import record_frames

    drill, spent = clock.DrillClock(START), []
    clock.use(drill)
    for first in range(0, len(frames), size):
        batch = frames[first : first + size]
        drill.move_to(batch[-1].received_at)
        began = clock.stopwatch()
        record_frames(batch)
        spent.append(clock.stopwatch() - began)
    return spent


def bare(frames: list[Frame], size: int, folder: Path) -> list[float]:
    """Seconds of each batch as bare rows into SQLite, fsynced."""
    store, spent = sqlite3.connect(folder / "bare.sqlite3"), []
    store.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE reading (series INTEGER,"
        " at TEXT, source TEXT, value REAL, sent_at TEXT, received_at TEXT,"
        " PRIMARY KEY (series, at, source));"
    )
    for first in range(0, len(frames), size):
        began = clock.stopwatch()
        rows = [
            (int(r.device) * 2 + place, r.at.isoformat(), frame.protocol, r.value,
             r.sent_at.isoformat(), frame.received_at.isoformat())
            for frame in frames[first : first + size]
            for place, r in enumerate(frame.readings)
        ]  # fmt: skip
        store.executemany("INSERT INTO reading VALUES (?, ?, ?, ?, ?, ?)", rows)
        store.commit()
        spent.append(clock.stopwatch() - began)
    store.close()
    return spent


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--stations", type=int, default=100)
    asked.add_argument("--rounds", type=int, default=40)
    asked.add_argument("--batch", type=int, default=200)
    given = asked.parse_args()
    frames = traffic(given.stations, given.rounds)
    with tempfile.TemporaryDirectory(prefix="anlan-recorder-") as name:
        folder = Path(name)
        prepare(folder, given.stations)
        limit = bare(frames, given.batch, folder)
        spent = recorded(frames, given.batch)
    ours, theirs = len(frames) / sum(spent), len(frames) / sum(limit)
    print(
        json.dumps(
            {
                "frames": len(frames), "batch": given.batch,
                "recorder_frames_per_s": round(ours), "bare_rows_frames_per_s": round(theirs),
                "ratio": round(ours / theirs, 3),
                "batch_p50_ms": round(1000 * statistics.median(spent), 1),
                "batch_worst_ms": round(1000 * max(spent), 1),
                "machine": f"{platform.machine()}, {os.cpu_count()} cores",
            },
            indent=2,
        )
    )  # fmt: skip


if __name__ == "__main__":
    main()
