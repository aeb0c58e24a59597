"""Frames a second that the SL 651 gateway acknowledges, beside what the disk itself can fsync.

The physical limit is measured in the same run on the same folder: how often one thread can append
a line and have it on the disk. Without group commit no gateway acknowledges more than that; the
ratio says what sharing an fsync brings. Stations run in processes of their own.

    python benchmarks/ingest/gateway.py [--seconds 5] [--stations 64] [--folder DIR]
"""

import argparse
import asyncio
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from anlan.backbone import spool as spooling
from anlan.backbone.spool import Spool
from anlan.gateways.directory import DeviceDirectory
from anlan.gateways.limits import Limits
from anlan.gateways.listener import Gateway, serve
from anlan.gateways.sl651 import Conversation
from anlan.simulators.sl651_station import Sl651Station
from anlan.vocabulary import clock
from anlan.vocabulary.elements import Element

LINE = b"x" * 420  # about what a frame of stage and voltage takes in the spool
PASSWORD = 0x1234


def fsyncs_per_second(folder: Path, seconds: float) -> float:
    """One line, one fsync, one thread: the disk's own limit."""
    path = folder / "limit"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    count, began = 0, clock.stopwatch()
    while clock.stopwatch() - began < seconds:
        os.write(handle, LINE)
        spooling.sync(handle)
        count += 1
    spent = clock.stopwatch() - began
    os.close(handle)
    path.unlink()
    return count / spent


async def report(port: int, device: str, until: float) -> list[float]:
    """One station's seconds from frame to acknowledgement."""
    waits = []
    async with Sl651Station("127.0.0.1", port, device, PASSWORD, answer_s=30) as station:
        while clock.stopwatch() < until:
            began = clock.stopwatch()
            if not await station.send(clock.now(), {Element.STAGE: 190.0, Element.BATTERY: 12.5}):
                raise SystemExit("a frame was not acknowledged")
            waits.append(clock.stopwatch() - began)
    return waits


async def stations(port: int, devices: list[str], seconds: float) -> None:
    """The client process: prints the waits of all its stations."""
    until = clock.stopwatch() + seconds
    each = await asyncio.gather(*(report(port, device, until) for device in devices))
    print(json.dumps([wait for waits in each for wait in waits]))


async def acknowledged(gateway: Gateway, devices: list[str], seconds: float) -> list[float]:
    """The waits of every frame of every station, from a process of their own."""
    client = await asyncio.create_subprocess_exec(
        sys.executable, __file__, "--stations-at", str(gateway.port), "--seconds", str(seconds),
        "--devices", ",".join(devices), stdout=subprocess.PIPE, limit=1 << 28,
    )  # fmt: skip
    out, _ = await client.communicate()
    if client.returncode:
        raise SystemExit("the stations failed")
    return sorted(json.loads(out))


async def measure(folder: Path, count: int, seconds: float) -> dict[str, float]:
    devices = [f"50010{n:05d}" for n in range(count)]
    groups = 0
    plain_sync = spooling.sync

    def counting(handle: int) -> None:
        nonlocal groups
        groups += 1
        plain_sync(handle)

    spooling.sync = counting
    spool = Spool(folder / "spool")
    directory = DeviceDirectory(dict.fromkeys(devices, PASSWORD))
    gateway = await serve(Conversation, directory, spool, limits=Limits(bytes_per_s=10**9))
    waits = await acknowledged(gateway, devices, seconds)
    gateway.close()
    await gateway.wait_closed()
    spool.close()
    spooling.sync = plain_sync
    return {
        "frames_per_s": len(waits) / seconds,
        "frames_per_fsync": len(waits) / max(groups, 1),
        "gateway_fsyncs_per_s": groups / seconds,
        "ack_p50_ms": 1000 * waits[len(waits) // 2],
        "ack_p99_ms": 1000 * waits[len(waits) * 99 // 100],
    }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--seconds", type=float, default=5.0)
    asked.add_argument("--stations", type=int, default=64)
    asked.add_argument("--folder", type=Path, help="on the disk to measure")
    asked.add_argument("--stations-at", type=int, help=argparse.SUPPRESS)
    asked.add_argument("--devices", default="", help=argparse.SUPPRESS)
    chosen = asked.parse_args()
    if chosen.stations_at:
        asyncio.run(stations(chosen.stations_at, chosen.devices.split(","), chosen.seconds))
        return
    with tempfile.TemporaryDirectory(dir=chosen.folder) as name:
        folder = Path(name)
        before = fsyncs_per_second(folder, chosen.seconds / 2)
        one = asyncio.run(measure(folder / "one", 1, chosen.seconds))
        many = asyncio.run(measure(folder / "many", chosen.stations, chosen.seconds))
        after = fsyncs_per_second(folder, chosen.seconds / 2)
    limit = (before + after) / 2
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(
        f"disk limit, one line an fsync:  {limit:8.0f} /s  ({before:.0f} before, {after:.0f} after)"
    )
    for label, found in (("1 station", one), (f"{chosen.stations} stations", many)):
        print(
            f"{label:>12}: {found['frames_per_s']:8.0f} frames/s acknowledged "
            f"= {found['frames_per_s'] / limit:.2f} x the disk limit; "
            f"{found['frames_per_fsync']:.1f} frames an fsync, "
            f"{found['gateway_fsyncs_per_s']:.0f} fsyncs/s; "
            f"ack p50 {found['ack_p50_ms']:.1f} ms, p99 {found['ack_p99_ms']:.1f} ms"
        )
    print(json.dumps({"fsync_per_s": limit, "one": one, "many": many}))


if __name__ == "__main__":
    main()
