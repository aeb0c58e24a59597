"""The line of a simulated device: one connection to a gateway, opened when it is needed."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Generic, TypeVar

from anlan.protocols.framing import Decoder, Rejected

M = TypeVar("M")
_READ_BYTES = 4096


class Line(Generic[M]):
    """Bytes out, and the messages of one protocol in."""

    def __init__(self, host: str, port: int, decoder: Callable[[], Decoder[M]]) -> None:
        self._host = host
        self._port = port
        self._new_decoder = decoder
        self._decoder = decoder()
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def connect(self, within_s: float) -> None:
        """Open the line when it is not open; raises `OSError` when nobody listens."""
        if self._writer is None:
            async with asyncio.timeout(within_s):
                self._reader, self._writer = await asyncio.open_connection(self._host, self._port)
            self._decoder = self._new_decoder()

    async def close(self) -> None:
        """Hang up."""
        writer, self._reader, self._writer = self._writer, None, None
        if writer is not None:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def write(self, data: bytes, within_s: float) -> None:
        await self.connect(within_s)
        if self._writer is not None:
            self._writer.write(data)
            await self._writer.drain()

    async def answer(self, wanted: Callable[[M], bool], within_s: float) -> M:
        """The next message that is wanted; raises `TimeoutError` or `ConnectionResetError`."""
        async with asyncio.timeout(within_s):
            while self._reader is not None:
                data = await self._reader.read(_READ_BYTES)
                if not data:
                    raise ConnectionResetError("the centre hung up")
                for part in self._decoder.feed(data):
                    if not isinstance(part, Rejected) and wanted(part):
                        return part
        raise ConnectionResetError("the line is closed")
