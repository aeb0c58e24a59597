"""Memory of a connection that is open and silent, and what the gateway still does beside them.

Stations in a process of their own open connections to the SL 651 gateway, each sends one frame and
stays. Beside it the bare limit: a server that keeps the same connections with a plain
`asyncio.Protocol` that does nothing.

    python benchmarks/ingest/idle.py [--connections 2000]
"""

import argparse
import asyncio
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from anlan.backbone.spool import Spool
from anlan.gateways.directory import DeviceDirectory
from anlan.gateways.limits import Limits
from anlan.gateways.listener import serve
from anlan.gateways.sl651 import Conversation
from anlan.simulators.sl651_station import Sl651Station
from anlan.vocabulary import clock
from anlan.vocabulary.elements import Element

PASSWORD = 4660
AT_ONCE = 200
PER_ADDRESS = 20_000  # ports of one loopback address


def allow_files(count: int) -> None:
    wanted = count + 500
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < wanted:
        raise SystemExit(f"this machine lets a process open {hard} files, {wanted} are needed")
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def resident_kb() -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1])
    raise SystemExit("no VmRSS here")


async def play(port: int, count: int, speak: bool) -> None:
    """The clients' process: opens connections, says so, and waits."""
    gate = asyncio.Semaphore(AT_ONCE)
    kept = []

    async def one(number: int) -> None:
        async with gate:
            station = Sl651Station("127.0.0.1", port, f"{number:010d}", PASSWORD, answer_s=60)
            await station.connect()
            if speak:
                await station.send(clock.now(), {Element.STAGE: 181.0})
            kept.append(station)

    await asyncio.gather(*(one(number) for number in range(count)))
    print("open", flush=True)
    await asyncio.to_thread(sys.stdin.readline)


async def clients(port: int, count: int, speak: bool) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable, __file__, f"--play={port}", f"--connections={count}",
        *(["--speak"] if speak else []), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    if process.stdout is None or await process.stdout.readline() != b"open\n":
        raise SystemExit("the stations failed")
    return process


async def gateway(count: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="anlan-idle-") as name:
        spool = Spool(Path(name) / "spool")
        devices = {f"{n:010d}": PASSWORD for n in range(count + 1)}
        house = await serve(
            Conversation, DeviceDirectory(devices), spool, limits=Limits(connections=count + 10)
        )
        before = resident_kb()
        process = await clients(house.port, count, speak=True)
        after = resident_kb()
        waits = await _beside(house.port, f"{count:010d}")
        cpu = os.times().user + os.times().system
        await asyncio.sleep(3)
        busy = (os.times().user + os.times().system - cpu) / 3
        process.kill()
        await process.wait()
        house.close()
        await house.wait_closed()
        spool.close()
    return {
        "kb_a_connection": round((after - before) / count, 1),
        "idle_cpu_share": round(busy, 3),
        "ack_beside_them_p50_ms": round(1000 * waits[len(waits) // 2], 1),
        "ack_beside_them_worst_ms": round(1000 * waits[-1], 1),
    }


async def _beside(port: int, device: str) -> list[float]:
    waits = []
    async with Sl651Station("127.0.0.1", port, device, PASSWORD, answer_s=30) as station:
        for _ in range(50):
            began = clock.stopwatch()
            await station.send(clock.now(), {Element.STAGE: 181.0})
            waits.append(clock.stopwatch() - began)
    return sorted(waits)


async def bare(count: int) -> float:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(asyncio.Protocol, "127.0.0.1", 0, backlog=1024)
    before = resident_kb()
    process = await clients(server.sockets[0].getsockname()[1], count, speak=False)
    after = resident_kb()
    process.kill()
    await process.wait()
    server.close()
    return round((after - before) / count, 1)


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--connections", type=int, default=2000)
    asked.add_argument("--play", type=int, help=argparse.SUPPRESS)
    asked.add_argument("--speak", action="store_true", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.connections > PER_ADDRESS:
        raise SystemExit(f"at most {PER_ADDRESS} connections")
    allow_files(given.connections)
    if given.play:
        asyncio.run(play(given.play, given.connections, given.speak))
        return
    limit = asyncio.run(bare(given.connections))
    found = asyncio.run(gateway(given.connections))
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(
        json.dumps(
            {"connections": given.connections, **found, "bare_kb_a_connection": limit,
             "ratio": round(found["kb_a_connection"] / limit, 2)}, indent=2,
        )
    )  # fmt: skip


if __name__ == "__main__":
    main()
