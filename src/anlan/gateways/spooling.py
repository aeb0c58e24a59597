"""What all connections hand in during one turn of the event loop goes to the spool together."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import Future as Promise

from anlan.backbone.records import LARGEST_PAYLOAD
from anlan.backbone.spool import Spool


class TooLong(ValueError):
    """A line that no spool takes."""


class Spooling:
    """A spool as seen from one event loop."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._lines: list[bytes] = []
        self._waiting: list[asyncio.Future[None]] = []

    async def put(self, lines: Sequence[bytes]) -> None:
        """Until the lines are on the disk, in order and together.

        Raises `SpoolFault` or the disk's `OSError` when they are not: then nothing may be
        acknowledged; `TooLong` for a line that no spool takes.
        """
        if any(len(line) > LARGEST_PAYLOAD for line in lines):
            raise TooLong(f"a record holds at most {LARGEST_PAYLOAD} bytes")
        loop = asyncio.get_running_loop()
        mine: asyncio.Future[None] = loop.create_future()
        if not self._waiting:
            loop.call_soon(self._hand_in, loop)
        self._lines += lines
        self._waiting.append(mine)
        await mine

    def _hand_in(self, loop: asyncio.AbstractEventLoop) -> None:
        lines, self._lines = self._lines, []
        waiting, self._waiting = self._waiting, []
        try:
            promise = self._spool.append_soon(lines)
        except Exception as fault:
            _tell(waiting, fault)
            return
        promise.add_done_callback(lambda done: _tell_later(loop, waiting, done))


def _tell_later(
    loop: asyncio.AbstractEventLoop, waiting: list[asyncio.Future[None]], done: "Promise[int]"
) -> None:
    """In the spool's thread; a loop that has ended has nobody waiting."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(_tell, waiting, done.exception())


def _tell(waiting: list[asyncio.Future[None]], fault: BaseException | None) -> None:
    for one in waiting:
        if one.done():  # its connection ended meanwhile
            continue
        if fault is None:
            one.set_result(None)
        else:
            one.set_exception(fault)
