"""Killed at any moment, nothing that was acknowledged is lost and nothing is there twice."""

import asyncio
import contextlib
import itertools
import os
import random
import shutil
import signal
import threading
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from anlan.operations.drills.rules.scenario import read_scenario
from anlan.simulators.sl651_station import Sl651Station
from anlan.vocabulary.elements import Element

from .running import python, rows, running, until

pytestmark = [pytest.mark.slow, pytest.mark.prove("kill")]
ROUNDS = 60 if os.environ.get("ANLAN_PROVE") else 3
DRILLS = Path(__file__).resolve().parents[2] / "src/anlan/districts/shapingba/drills"
DEVICE, PASSWORD = "5001060001", 4660
GAUGE = """
from datetime import date
from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.actions import load_district_files
from anlan.portal.exercise import DISTRICTS
print(load_district_files(PLATFORM, DISTRICTS / "shapingba"))
"""
READINGS = "SELECT at, value FROM sensing_reading WHERE series = ? ORDER BY at"
SERIES = """
SELECT s.id FROM sensing_series s JOIN sensing_station t ON t.id = s.station_id
WHERE t.code = 'ciqikou' AND s.element = 'stage'
"""


@pytest.fixture(scope="module")
def home(migrated_home, tmp_path_factory):
    """An installation that knows its stations and nothing else."""
    folder = shutil.copytree(migrated_home, tmp_path_factory.mktemp("kill") / "home")
    assert int(python(folder, GAUGE)) > 3
    return folder


@pytest.fixture(scope="module")
def crest():
    """What Ciqikou reports in the drill, every five minutes."""
    document = tomllib.loads((DRILLS / "jialing-crest.toml").read_text(encoding="utf-8"))
    scenario = read_scenario(
        "jialing-crest", document,
        lambda file: (DRILLS / "jialing-crest" / file).read_text(encoding="utf-8"),
    )  # fmt: skip
    return scenario.points(scenario.inputs[0])


def reports(crest):
    """The crest's points without end: the same wave again a week later."""
    week = timedelta(days=7)
    for number in itertools.count():
        for point in crest:
            yield point.at + number * week, point.value


async def feed(port, points, acked):
    """Send until nobody answers any more; `acked` gathers what the gateway thanked for."""
    station = Sl651Station("127.0.0.1", port, DEVICE, PASSWORD, answer_s=2.0, resends=0)
    with contextlib.suppress(OSError):
        for at, value in points:
            if not await station.send(at, {Element.STAGE: value}):
                break
            acked[at] = value
    await station.close()


def killed_while_feeding(home, points, acked, delay_s):
    with running(home) as platform:
        before = len(acked)
        timer = threading.Timer(delay_s, platform.kill)

        async def play():
            feeding = asyncio.create_task(feed(platform.gateway, points, acked))
            while len(acked) == before and not feeding.done():
                await asyncio.sleep(0.005)
            timer.start()
            await feeding

        asyncio.run(play())
        timer.join()
        assert platform.process.returncode == -signal.SIGKILL
    return len(acked) - before


def stored(home):
    (series,) = rows(home, "anlan.sqlite3", SERIES)[0]
    found = rows(home, "readings.sqlite3", READINGS, (series,))
    return [(datetime.fromisoformat(at).replace(tzinfo=UTC), value) for at, value in found]


def test_every_acknowledged_frame_is_there_once_whenever_it_is_killed(home, crest, proof):
    luck = random.Random(651)
    points, acked, rounds = reports(crest), {}, []
    for _round in range(ROUNDS):
        rounds.append(killed_while_feeding(home, points, acked, luck.uniform(0.0, 1.2)))
    with running(home) as platform:
        wanted = {(at.astimezone(UTC), value) for at, value in acked.items()}
        until(lambda: wanted <= set(stored(home)), within_s=60)
        found = stored(home)
        assert len(found) == len({at for at, _value in found})
        code, said = platform.stop()
        assert code == 0, said
    assert all(rounds)
    proof(
        "Killed while frames come in",
        f"{ROUNDS} times SIGKILL at a random moment of a drill's ingest: {len(acked)} frames "
        f"acknowledged, {len(wanted & set(found))} of them stored, each once.",
    )
