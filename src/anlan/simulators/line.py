"""A simulated device and its line: one connection to a gateway, opened when it is needed."""

import asyncio
import contextlib
import logging
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Generic, Self, TypeVar

from anlan.protocols.framing import Decoder, Rejected

log = logging.getLogger(__name__)

M = TypeVar("M")
_READ_BYTES = 4096
_KEPT = 64


class Line(Generic[M]):
    """Bytes out, and the messages of one protocol in."""

    def __init__(self, host: str, port: int, decoder: Callable[[], Decoder[M]]) -> None:
        self._host = host
        self._port = port
        self._new_decoder = decoder
        self._decoder = decoder()
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._heard: deque[M] = deque(maxlen=_KEPT)

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
        """The next message that is wanted; raises `TimeoutError` or `ConnectionResetError`.

        What else is said meanwhile is kept for `hear`.
        """
        async with asyncio.timeout(within_s):
            while True:
                found = next((part for part in self._heard if wanted(part)), None)
                if found is not None:
                    self._heard.remove(found)
                    return found
                await self._read()

    async def hear(self, within_s: float) -> M | None:
        """The next message of any kind; None when the time is over or the line is closed."""
        try:
            return await self.answer(lambda _message: True, within_s)
        except (OSError, TimeoutError):
            return None

    async def _read(self) -> None:
        if self._reader is None:
            raise ConnectionResetError("the line is closed")
        data = await self._reader.read(_READ_BYTES)
        if not data:
            raise ConnectionResetError("the centre hung up")
        parts = self._decoder.feed(data)
        self._heard += [part for part in parts if not isinstance(part, Rejected)]


class OnLine(ABC, Generic[M]):
    """What every simulated device does on its line. `answer_s`: real seconds until it sends again.

    Used as a context it hangs up at the end.
    """

    device: str
    answer_s: float
    resends: int
    last_answer: M | None
    _line: Line[M]

    async def __aenter__(self) -> Self:
        await self.connect()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def connect(self) -> None:
        """Open the line when it is not open."""
        await self._line.connect(self.answer_s)

    async def close(self) -> None:
        """Hang up."""
        await self._line.close()

    async def send_raw(self, data: bytes) -> None:
        """Any bytes at all, for a station that is out of order."""
        await self._line.write(data, self.answer_s)

    @abstractmethod
    def answers(self, part: M, message: M) -> bool:
        """Is this the centre's answer to the message?"""

    def obey(self, order: M) -> list[bytes]:
        """Carry out an order of the centre; the frames that answer it, none where it is none."""
        return []

    def leaves(self, order: M) -> bool:
        """Does the device hang up once it has answered this order?"""
        return False

    async def attend(self, for_s: float) -> int:
        """Stay on line for so many real seconds and obey; how many orders were answered.

        An order that makes the device hang up ends it.
        """
        obeyed, loop = 0, asyncio.get_running_loop()
        until = loop.time() + for_s
        while (order := await self._line.hear(until - loop.time())) is not None:
            frames = self.obey(order)
            if frames:
                await self.send_raw(b"".join(frames))
                obeyed += 1
            if self.leaves(order):
                await self.close()
        return obeyed

    async def exchange(self, message: M, frame: bytes) -> M | None:
        """Send and await the answer, again after silence; None when none came.

        Raises `ConnectionRefusedError` when nobody listens.
        """
        for _ in range(1 + self.resends):
            try:
                await self.send_raw(frame)
                answer = await self._line.answer(lambda p: self.answers(p, message), self.answer_s)
            except (OSError, TimeoutError) as error:
                log.info("station %s got no answer: %r", self.device, error)
                await self.close()
                if isinstance(error, ConnectionRefusedError):
                    raise
                continue
            self.last_answer = answer
            return answer
        return None
