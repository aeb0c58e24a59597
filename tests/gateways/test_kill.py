"""SIGKILL at random moments of ingest: every frame a station was thanked for is there, once.

Its own process runs the gateway, the spool and a recorder that takes records over and commits
them; stations report to it as fast as they can. It is killed, the spool is opened again, and what
the stations were told is compared with what is there.
"""

import asyncio
import json
import os
import random
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from anlan.backbone.spool import Spool
from anlan.simulators.sl651_station import Sl651Station
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA
from anlan.vocabulary.elements import Element
from anlan.vocabulary.frames import Frame, from_line

ROUNDS = 200 if os.environ.get("ANLAN_PROVE") else 3
DEVICES = [f"50010600{n:02d}" for n in range(8)]
OBSERVED = datetime(2020, 8, 20, 8, 0, tzinfo=CHINA)
SMALL_SEGMENTS = 20_000

HOUSE = """
import asyncio, json, os, sys, threading
from pathlib import Path
from anlan.backbone.spool import Spool
from anlan.gateways.directory import DeviceDirectory
from anlan.gateways.limits import Limits
from anlan.gateways.listener import serve
from anlan.gateways.sl651 import Conversation

folder, devices, segment = Path(sys.argv[1]), json.loads(sys.argv[2]), int(sys.argv[3])
spool = Spool(folder / "spool", segment_bytes=segment)


def record():
    with open(folder / "taken", "ab+") as taken:
        taken.seek(0)
        taken.truncate(taken.read().rfind(b"\\n") + 1)  # half a line of a killed round
        while True:
            batch = spool.read(spool.committed, limit=50)
            for number, line in batch:
                taken.write(b"%d %s\\n" % (number, line))
            taken.flush()
            os.fsync(taken.fileno())
            if batch:
                spool.commit(batch[-1][0])
            else:
                threading.Event().wait(0.005)


async def run():
    limits = Limits(bytes_per_s=10**9)
    gateway = await serve(Conversation, DeviceDirectory(devices), spool, limits=limits)
    threading.Thread(target=record, daemon=True).start()
    print(gateway.port, flush=True)
    await asyncio.Event().wait()


asyncio.run(run())
"""


@dataclass
class Told:
    """What the stations were thanked for: (device, stage), and how often."""

    acked: list[tuple[str, float]] = field(default_factory=list)
    count: int = 0


async def report_for_ever(port: int, device: str, told: Told) -> None:
    station = Sl651Station("127.0.0.1", port, device, 0x1234, answer_s=10, resends=0)
    while True:
        told.count += 1
        stage = told.count / 1000
        try:
            acked = await station.send(OBSERVED, {Element.STAGE: stage})
        except OSError:
            return
        if not acked:
            await station.close()
            return
        told.acked.append((device, stage))


async def some_thanks(told: Told, before: int) -> None:
    """Until every station may have been thanked, however slow the machine is today."""
    while len(told.acked) < before + len(DEVICES):
        await asyncio.sleep(0.001)


async def round_of(folder: Path, told: Told, kill_after_s: float) -> None:
    devices = json.dumps(dict.fromkeys(DEVICES, 0x1234))
    arguments = ("-c", HOUSE, str(folder), devices, str(SMALL_SEGMENTS))
    house = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdout=asyncio.subprocess.PIPE
    )
    assert house.stdout is not None
    async with asyncio.timeout(60):
        port = int(await house.stdout.readline())
        stations = [asyncio.create_task(report_for_ever(port, d, told)) for d in DEVICES]
        await some_thanks(told, len(told.acked))
        await asyncio.sleep(kill_after_s)
        house.kill()
        await house.wait()
        await asyncio.gather(*stations)


def there(folder: Path) -> dict[int, tuple[str, float | None]]:
    """number -> (device, stage), from what was taken over and what still waits in the spool."""
    records: dict[int, bytes] = {}
    taken = folder / "taken"
    whole = taken.read_bytes().rpartition(b"\n")[0] if taken.exists() else b""
    for line in whole.splitlines():
        number, _, body = line.partition(b" ")
        assert records.setdefault(int(number), body) == body
    spool = Spool(folder / "spool", segment_bytes=SMALL_SEGMENTS)
    assert spool.damage == []
    for position, body in spool.read(0, limit=10**9):
        assert records.setdefault(position, body) == body
    assert sorted(records) == list(range(1, spool.last + 1)), "numbers have no holes"
    assert max(records, default=0) >= spool.committed
    spool.close()
    frames = {number: from_line(body) for number, body in records.items()}
    found = {}
    for number, frame in frames.items():
        assert isinstance(frame, Frame), frame
        found[number] = (frame.device, frame.readings[0].value)
    return found


@pytest.mark.prove("kill")
def test_every_acknowledged_frame_survives_sigkill_exactly_once(
    tmp_path: Path, proof: Callable[[str, str], None]
) -> None:
    clock.use(clock.DrillClock(OBSERVED))  # a value "observed after it was sent" is no reading
    chance, told = random.Random(651), Told()
    for _ in range(ROUNDS):
        asyncio.run(round_of(tmp_path, told, chance.uniform(0.0, 0.5)))
        found = Counter(there(tmp_path).values())
        lost = [frame for frame in told.acked if found[frame] == 0]
        twice = [frame for frame in told.acked if found[frame] > 1]
        assert lost == []
        assert twice == []
    proof(
        "Acknowledged frames over SIGKILL",
        f"{ROUNDS} kills at random moments of ingest: {len(told.acked)} acknowledged frames, "
        "0 lost, 0 twice",
    )
