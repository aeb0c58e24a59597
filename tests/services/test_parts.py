"""Gateway, two recorders, bus and database in processes of their own, killed at random.

What the gateway acknowledged is in the database, once.
"""

import asyncio
import contextlib
import os
import random
from collections import Counter
from datetime import datetime, timedelta

import pytest

from anlan.simulators.sl651_station import Sl651Station
from anlan.vocabulary import clock
from anlan.vocabulary.elements import Element

from .house import PASSWORD, STATIONS
from .servers import until

pytestmark = [pytest.mark.services, pytest.mark.prove("parts"), pytest.mark.slow]
ROUNDS = 50 if os.environ.get("ANLAN_PROVE") else 4
START = datetime(2020, 1, 1, tzinfo=clock.CHINA)  # long past: no round observes what is to come


def stage_at(at):
    """What a station reports at a moment, metres."""
    return round(180 + at.minute / 100, 2)


async def report(house, number, minutes, acked):
    """One station that reports every few milliseconds; `acked`: what it was thanked for."""
    station = Sl651Station(
        "127.0.0.1", house.gateway.port, f"{number:010d}", PASSWORD, answer_s=3.0, resends=0
    )
    with contextlib.suppress(OSError):
        for minute in minutes:
            at = START + timedelta(minutes=minute)
            if not await station.send(at, {Element.STAGE: stage_at(at)}):
                break
            acked.add((f"{number:010d}", at))
    await station.close()


async def load(house, seconds, begin, acked, kill):
    """All stations report while something is killed at a moment of `seconds`."""
    ends = asyncio.get_running_loop().time() + seconds

    def minutes(first):
        minute = first
        while asyncio.get_running_loop().time() < ends:
            yield minute
            minute += 1

    stations = [report(house, n, minutes(begin), acked) for n in range(STATIONS)]
    await asyncio.gather(*stations, kill())


def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice(house, proof):
    dice = random.Random(651)
    acked, killed = set(), Counter()
    for turn in range(ROUNDS):
        victim = list(house.parts)[turn] if turn < 5 else dice.choice(list(house.parts))
        wait_s = dice.uniform(0.2, 0.8)

        async def kill(name=victim, wait_s=wait_s):
            await asyncio.sleep(wait_s)
            await asyncio.to_thread(house.parts[name].kill)

        asyncio.run(load(house, 1.0, turn * 10_000, acked, kill))
        killed[victim] += 1
        house.parts[victim].start()
    stored = []

    def all_there():
        stored[:] = house.stored()
        return acked <= {(device, at) for device, at, _value in stored}

    until(all_there, "the last of the acknowledged readings", within_s=120)
    moments = Counter((device, at) for device, at, _value in stored)
    assert len(acked) > 10 * ROUNDS
    assert max(moments.values()) == 1
    assert all(value == stage_at(at) for _device, at, value in stored)
    assert house.database.rows("SELECT count(*) FROM sensing_readingrevision") == [(0,)]
    proof(
        "Gateway, two recorders, NATS and PostgreSQL killed at random",
        f"{ROUNDS} kills ({', '.join(f'{n} {name}' for name, n in sorted(killed.items()))}),"
        f" {len(acked)} acknowledged readings, 0 lost, 0 twice",
    )
