"""The gateway's end of a line: bytes in, answers out, whatever carries them."""

import asyncio
import socket
from collections.abc import Callable
from math import inf
from typing import Any, Protocol, cast

HANG_UP_S = 2.0


class Answers(Protocol):
    """Where the answers of a line go, and how its other end is held back.

    `apart`: how many pieces may wait that do not flow together; None where they are one stream.
    `silent_s`: real seconds of silence after which there is no line any more.
    """

    apart: int | None
    silent_s: float

    def write(self, data: bytes) -> None: ...

    def peer(self) -> tuple[Any, ...]:
        """Host and port at the other end."""
        ...

    def wait(self) -> None:
        """Take no more from the device until `go_on`."""
        ...

    def go_on(self) -> None: ...

    def hang_up(self) -> None:
        """Close; the line is told once it is `lost`."""
        ...


class Heard(Protocol):
    """A line as its end sees it."""

    def heard(self, data: bytes) -> bool:
        """Bytes of the device; False where there is no room for them."""
        ...

    def ended(self) -> None:
        """The device says no more; it may still be answered."""
        ...

    def crowded(self, full: bool) -> None:
        """Whether the device leaves its answers untaken."""
        ...

    def lost(self) -> None:
        """The end is no more."""
        ...


class Connection(asyncio.BufferedProtocol):
    """The end of a TCP connection. `opened` is called with it once it stands.

    All connections of a gateway read into one `buffer`: what came is taken out at once.
    """

    __slots__ = ("_buffer", "_hanging_up", "_line", "_opened", "_transport", "_write_bytes")
    apart: int | None = None
    silent_s = inf

    def __init__(
        self, opened: "Callable[[Connection], Heard | None]", buffer: memoryview, write_bytes: int
    ) -> None:
        self._opened = opened
        self._buffer = buffer
        self._write_bytes = write_bytes
        self._line: Heard | None = None
        self._hanging_up: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._transport.set_write_buffer_limits(high=self._write_bytes)
        line: socket.socket = transport.get_extra_info("socket")
        line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, self._write_bytes)
        self._line = self._opened(self)

    def get_buffer(self, sizehint: int) -> memoryview:
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        if self._line is not None:
            self._line.heard(self._buffer[:nbytes].tobytes())

    def eof_received(self) -> bool:
        if self._line is not None:
            self._line.ended()
        return True  # it may still be answered; the line hangs up

    def pause_writing(self) -> None:
        if self._line is not None:
            self._line.crowded(True)

    def resume_writing(self) -> None:
        if self._line is not None:
            self._line.crowded(False)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._hanging_up is not None:
            self._hanging_up.cancel()
        if self._line is not None:
            self._line.lost()

    def write(self, data: bytes) -> None:
        self._transport.write(data)

    def peer(self) -> tuple[Any, ...]:
        return tuple(self._transport.get_extra_info("peername") or ("?", 0))

    def wait(self) -> None:
        self._transport.pause_reading()

    def go_on(self) -> None:
        self._transport.resume_reading()

    def hang_up(self) -> None:
        """Close; a client that does not take what is still to be sent is not waited for long."""
        if self._transport.is_closing():
            return
        self._transport.close()
        loop = asyncio.get_running_loop()
        self._hanging_up = loop.call_later(HANG_UP_S, self._transport.abort)
