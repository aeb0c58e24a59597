"""Many stations at once: so many frames a second over all of them, and how fast they are answered.

Each station has a line of its own and waits for its answer before it sends again. The pace is kept
from the beginning on: what a slow answer holds up is sent after it, and its wait counts.
"""

import argparse
import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from anlan.portal.cli.language import _
from anlan.portal.cli.trouble import Trouble

SAY_EVERY_S = 5.0
Send = Callable[[], Awaitable[bool]]


@dataclass(slots=True)
class Tally:
    """Frames sent and acknowledged, and from each one's due time to its answer, seconds."""

    sent: int = 0
    acknowledged: int = 0
    waits: list[float] = field(default_factory=list)

    def note(self, acknowledged: bool, wait_s: float) -> None:
        self.sent += 1
        self.acknowledged += acknowledged
        if acknowledged:
            self.waits.append(wait_s)

    def line(self, seconds: float) -> str:
        words = _("{sent} sent, {acked} acknowledged, {rate:.0f} a second, wait p50 {p50:.0f} ms, "
                  "p99 {p99:.0f} ms")  # fmt: skip
        return words.format(
            sent=self.sent, acked=self.acknowledged, rate=self.acknowledged / max(seconds, 1e-9),
            p50=1000 * share(self.waits, 0.5), p99=1000 * share(self.waits, 0.99),
        )  # fmt: skip


def share(waits: Sequence[float], part: float) -> float:
    """The wait that so great a part of all stays within; 0 without any.

    >>> share([0.3, 0.1, 0.2], 0.5)
    0.2
    """
    ranked = sorted(waits)
    return ranked[min(int(part * len(ranked)), len(ranked) - 1)] if ranked else 0.0


def addresses(first: str, count: int) -> list[str]:
    """The first address and those after it, counted on in its last digits.

    >>> addresses("5001060009", 2)
    ['5001060009', '5001060010']
    """
    found = re.search(r"\d+$", first)
    size = len(found[0]) if found else 0
    begin = int(found[0]) if found else 0
    if not size or len(str(begin + count - 1)) > size:
        line = _("{device} does not end in digits enough for {count} stations")
        raise Trouble(line.format(device=first, count=count), 2)
    return [f"{first[:-size]}{begin + n:0{size}d}" for n in range(count)]


async def load(stations: Sequence[Send], asked: argparse.Namespace) -> int:
    """Send `--rate` frames a second over the stations; 0 when every one was acknowledged."""
    rate, for_s = asked.rate or float(len(stations)), asked.for_s
    loop, tally = asyncio.get_running_loop(), Tally()
    begin = loop.time()
    async with asyncio.TaskGroup() as group:
        saying = group.create_task(_say(tally, begin))
        working = [
            group.create_task(_work(send, begin + n / rate, len(stations) / rate, for_s, tally))
            for n, send in enumerate(stations)
        ]
        await asyncio.wait(working)
        saying.cancel()
    print(tally.line(loop.time() - begin), flush=True)
    return 0 if tally.sent == tally.acknowledged else 1


async def _work(send: Send, first: float, every_s: float, for_s: float, tally: Tally) -> None:
    loop, due = asyncio.get_running_loop(), first
    until = loop.time() + for_s
    while due < until:
        await asyncio.sleep(due - loop.time())
        try:
            acknowledged = await send()
        except ConnectionRefusedError:
            raise
        except OSError:
            acknowledged = False
        tally.note(acknowledged, loop.time() - due)
        due += every_s


async def _say(tally: Tally, begin: float) -> None:
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(SAY_EVERY_S)
        print(tally.line(loop.time() - begin), flush=True)
