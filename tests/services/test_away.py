"""The database away: what comes meanwhile waits on disks, and is caught up with in less time."""

import asyncio
import os
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from anlan.simulators.sl651_station import Sl651Station
from anlan.vocabulary import clock
from anlan.vocabulary.elements import Element

from .house import PASSWORD, STATIONS
from .servers import pause

pytestmark = [pytest.mark.services, pytest.mark.prove("away"), pytest.mark.slow]
AWAY_S = 600.0 if os.environ.get("ANLAN_PROVE") else 4.0
BEFORE_S = 5.0  # of the same load, so that every process has what it always holds
WITHIN_S = max(AWAY_S, 30.0)  # the parts need some seconds to find a database again
EVERY_S = 0.04  # a station's reports
BOUND_MB = 40  # what waits in ten minutes would be more than 60
START = datetime(2020, 1, 1, tzinfo=clock.CHINA)


@dataclass
class Load:
    """Stations that report at a steady pace until they are told to stop."""

    port: int
    acked: set = field(default_factory=set)
    ended: bool = False

    async def report(self, number):
        loop, device = asyncio.get_running_loop(), f"{number:010d}"
        station = Sl651Station("127.0.0.1", self.port, device, PASSWORD, answer_s=30.0, resends=0)
        at, due = START, loop.time()
        while not self.ended:
            assert await station.send(at, {Element.STAGE: 180.0})
            self.acked.add((device, at))
            at, due = at + timedelta(minutes=1), due + EVERY_S
            await asyncio.sleep(max(0.0, due - loop.time()))
        await station.close()

    async def while_(self, scene):
        async with asyncio.TaskGroup() as stations:
            for number in range(STATIONS):
                stations.create_task(self.report(number))
            try:
                await scene()
            finally:
                self.ended = True


def own_memory(process):
    """MB that a process holds of its own; pages of files it reads are not counted."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(r"RssAnon:\s+(\d+)", status)[1]) / 1024


class Memory:
    """What the parts hold, against what they held before."""

    def __init__(self, house):
        recorders = {f"recorder {n}": part for n, part in enumerate(house.recorders, 1)}
        parts = {"gateway": house.gateway, **recorders}
        self.processes = {name: part.process for name, part in parts.items()}
        self.before = self._now()
        self.grown = dict.fromkeys(self.before, 0.0)

    def look(self):
        for name, holds in self._now().items():
            self.grown[name] = max(self.grown[name], holds - self.before[name])

    def _now(self):
        return {name: own_memory(process) for name, process in self.processes.items()}


def missing(house, acked):
    return acked - {(device, at) for device, at, _value in house.stored()}


def test_a_database_away_loses_nothing_is_caught_up_with_and_fills_no_memory(house, proof):
    load = Load(house.gateway.port)
    seen = {}

    async def scene():
        await asyncio.sleep(BEFORE_S)
        seen["memory"] = memory = Memory(house)
        await asyncio.to_thread(house.database.kill)
        began, before = clock.stopwatch(), len(load.acked)
        while clock.stopwatch() < began + AWAY_S:
            await asyncio.sleep(0.5)
            memory.look()
        seen["waiting"] = len(load.acked) - before

    asyncio.run(load.while_(scene))
    house.database.start()
    began = clock.stopwatch()
    while left := missing(house, load.acked):
        assert clock.stopwatch() < began + WITHIN_S, f"{len(left)} of {len(load.acked)} not there"
        seen["memory"].look()
        pause(0.5)
    caught_up_s = clock.stopwatch() - began
    assert seen["waiting"] > STATIONS
    grown = seen["memory"].grown
    assert max(grown.values()) < BOUND_MB, grown
    proof(
        "NATS, PostgreSQL, a gateway and two recorders",
        f"database away for {AWAY_S:.0f} s under {seen['waiting'] / AWAY_S:.0f} frames/s:"
        f" {len(load.acked)} acknowledged, 0 lost; the {seen['waiting']} that waited were caught up"
        f" with in {caught_up_s:.0f} s, {AWAY_S / caught_up_s:.1f} times as fast as they came;"
        f" memory grew by {', '.join(f'{mb:.1f} MB ({name})' for name, mb in grown.items())},"
        f" bound {BOUND_MB} MB each",
    )
