"""What all connections hand in during one turn of the event loop goes to the spool together."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future as Promise

from anlan.backbone.records import LARGEST_PAYLOAD
from anlan.backbone.spool import Spool

log = logging.getLogger(__name__)

Told = Callable[[BaseException | None], None]


class TooLong(ValueError):
    """A line that no spool takes."""


class Spooling:
    """A spool as seen from one event loop."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._lines: list[bytes] = []
        self._waiting: list[Told] = []

    def put(self, lines: Sequence[bytes], told: Told) -> None:
        """Call `told` with None once the lines are on the disk, in order and together.

        It is called with `SpoolFault` or the disk's `OSError` when they are not: then nothing may
        be acknowledged. Raises `TooLong` for a line that no spool takes.
        """
        if max(map(len, lines)) > LARGEST_PAYLOAD:
            raise TooLong(f"a record holds at most {LARGEST_PAYLOAD} bytes")
        if not self._waiting:
            loop = asyncio.get_running_loop()
            loop.call_soon(self._hand_in, loop)
        self._lines += lines
        self._waiting.append(told)

    def _hand_in(self, loop: asyncio.AbstractEventLoop) -> None:
        lines, self._lines = self._lines, []
        waiting, self._waiting = self._waiting, []
        try:
            promise = self._spool.append_soon(lines)
        except Exception as fault:
            _tell(waiting, fault)
            return
        promise.add_done_callback(lambda done: _tell_later(loop, waiting, done))


def _tell_later(loop: asyncio.AbstractEventLoop, waiting: list[Told], done: "Promise[int]") -> None:
    """In the spool's thread; a loop that has ended has nobody waiting."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(_tell, waiting, done.exception())


def _tell(waiting: list[Told], fault: BaseException | None) -> None:
    """One that fails when it is told hurts only itself."""
    for told in waiting:
        try:
            told(fault)
        except Exception:
            log.exception("who had handed in lines failed when told what became of them")
