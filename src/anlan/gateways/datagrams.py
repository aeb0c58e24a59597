"""Devices that speak over UDP: to the gateway each address is a line like any other.

A datagram that finds no room is lost, as datagrams are: it was not acknowledged, and the device
sends again.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, cast

Address = tuple[Any, ...]
WAITING = 32  # datagrams of one address
ADDRESSES = 5000  # at once; a stranger can invent any number of them
SILENT_S = 120.0  # an address is forgotten after so much silence


class Reader:
    """The datagrams of one address, one a read."""

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[bytes] = asyncio.Queue(WAITING)

    async def read(self, _most: int) -> bytes:
        try:
            async with asyncio.timeout(SILENT_S):
                return await self._waiting.get()
        except TimeoutError:
            return b""

    def take(self, datagram: bytes) -> bool:
        """Keep a datagram until it is read; False when too many wait."""
        try:
            self._waiting.put_nowait(datagram)
        except asyncio.QueueFull:
            return False
        return True


class Writer:
    """Answers to one address, each a datagram."""

    def __init__(self, transport: asyncio.DatagramTransport, address: Address) -> None:
        self._transport = transport
        self._address = address

    def write(self, data: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.sendto(data, self._address)

    def backlog(self) -> int:
        return 0

    async def drain(self) -> None:
        """Nothing waits."""

    def peer(self) -> Address:
        return self._address

    async def hang_up(self) -> None:
        """There is no line to close."""


Accept = Callable[[Reader, Writer], Coroutine[Any, Any, None]]


class Datagrams(asyncio.DatagramProtocol):
    """One bound port. `accept` is run once for every address that speaks, until it falls silent."""

    def __init__(self, accept: Accept, dropped: Callable[[], None]) -> None:
        self._accept = accept
        self._dropped = dropped
        self._readers: dict[Address, Reader] = {}
        self._transport: asyncio.DatagramTransport | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # Python 3.11's transport of datagrams is no subclass of `DatagramTransport`.
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: Address) -> None:
        reader = self._readers.get(addr)
        if reader is None:
            reader = self._open(addr)
        if not data or reader is None or not reader.take(data):
            self._dropped()

    def _open(self, addr: Address) -> Reader | None:
        if self._transport is None or len(self._readers) >= ADDRESSES:
            return None
        reader = self._readers[addr] = Reader()
        task = asyncio.create_task(self._accept(reader, Writer(self._transport, addr)))
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._ended(done, addr))
        return reader

    def _ended(self, task: "asyncio.Task[None]", addr: Address) -> None:
        self._tasks.discard(task)
        self._readers.pop(addr, None)
