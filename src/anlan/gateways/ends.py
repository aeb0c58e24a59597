"""The gateway's end of a line: bytes in, answers out, whatever carries them."""

import asyncio
import socket
from typing import Any, Protocol

HANG_UP_S = 2.0


class Incoming(Protocol):
    """What a device says."""

    async def read(self, most: int, /) -> bytes:
        """The next bytes; none when the line has ended."""
        ...


class Outgoing(Protocol):
    """What a device is answered."""

    def write(self, data: bytes) -> None: ...

    def backlog(self) -> int:
        """Bytes that the line has not taken yet."""
        ...

    async def drain(self) -> None:
        """Until the line takes more."""
        ...

    def peer(self) -> tuple[Any, ...]:
        """Host and port at the other end."""
        ...

    async def hang_up(self) -> None: ...


class StreamAnswers:
    """The answers' end of a TCP connection."""

    def __init__(self, writer: asyncio.StreamWriter, write_bytes: int) -> None:
        self._writer = writer
        writer.transport.set_write_buffer_limits(high=write_bytes)
        line: socket.socket = writer.get_extra_info("socket")
        line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, write_bytes)

    def write(self, data: bytes) -> None:
        self._writer.write(data)

    def backlog(self) -> int:
        return self._writer.transport.get_write_buffer_size()

    async def drain(self) -> None:
        await self._writer.drain()

    def peer(self) -> tuple[Any, ...]:
        return tuple(self._writer.get_extra_info("peername") or ("?", 0))

    async def hang_up(self) -> None:
        """Close; a client that does not take what is still to be sent is not waited for long."""
        self._writer.close()
        try:
            async with asyncio.timeout(HANG_UP_S):
                await self._writer.wait_closed()
        except (OSError, TimeoutError, asyncio.CancelledError):
            self._writer.transport.abort()
