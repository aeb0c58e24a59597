"""Frames out of a byte stream: a bounded buffer that finds the next frame again after garbage.

A protocol gives one function that looks at the beginning of the buffer and says what stands there.
Nothing that comes in raises: what is no frame comes back as `Rejected`, with its bytes and the
reason, so that a gateway can keep, count and show it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

M = TypeVar("M")


class Malformed(ValueError):
    """A frame that checks, but whose content breaks the standard."""


class NotEncodable(ValueError):
    """A message that the standard has no bytes for."""


class Reason(StrEnum):
    """Why bytes did not become a message. Four different answers, and what they stand on."""

    GARBAGE = "garbage"  # no frame begins here
    CHECK = "check"  # the checksum does not fit
    INCOMPLETE = "incomplete"  # began and never ended
    MALFORMED = "malformed"  # a frame, but its content breaks the standard
    UNSUPPORTED = "unsupported"  # well formed, but not handled here
    RANGE = "out_of_range"  # well formed, but a value that cannot be
    TOO_LONG = "too_long"  # well formed, but more than is taken


@dataclass(frozen=True, slots=True)
class Rejected:
    """Bytes that did not become a message. `sender` is known when the header could be read."""

    reason: Reason
    raw: bytes
    detail: str = ""
    sender: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """The first `size` bytes belong together: a frame, or, with a reason, something rejected."""

    size: int
    reason: Reason | None = None
    detail: str = ""


Splitter = Callable[[bytearray], Cut | None]


class FrameBuffer:
    """Holds at most `limit` bytes, which must be more than the longest frame of the protocol.

    `split` is given a buffer with at least one byte; it answers with a `Cut` of at least one byte
    (neighbouring garbage is put together), or None when a frame has begun and is not whole yet.
    """

    def __init__(self, split: Splitter, limit: int) -> None:
        self._split = split
        self._limit = limit
        self._buffer = bytearray()
        self._garbage = bytearray()
        self._why = Reason.GARBAGE

    def __len__(self) -> int:
        """Bytes of a frame that has begun."""
        return len(self._buffer)

    def feed(self, data: bytes) -> list[bytes | Rejected]:
        """Whole frames and rejected bytes, in the order they came."""
        found: list[bytes | Rejected] = []
        position = 0
        while position < len(data):
            room = self._limit - len(self._buffer)
            self._buffer += data[position : position + room]
            position += room
            self._take(found)
            if len(self._buffer) >= self._limit:  # the splitter waits for more than can be
                self._drop_first(found)
        self._end_garbage(found)
        return found

    def flush(self) -> list[bytes | Rejected]:
        """Give up on what has begun; frames inside the left-over bytes are still found."""
        found: list[bytes | Rejected] = []
        while self._buffer:
            self._drop_first(found)
        self._end_garbage(found)
        return found

    def _drop_first(self, found: list[bytes | Rejected]) -> None:
        """The frame at the front never ends: let its first byte go and look behind it."""
        self._end_garbage(found)
        self._why = Reason.INCOMPLETE
        self._garbage += self._buffer[:1]
        del self._buffer[:1]
        self._take(found)

    def _take(self, found: list[bytes | Rejected]) -> None:
        while self._buffer:
            cut = self._split(self._buffer)
            if cut is None:
                return
            raw = bytes(self._buffer[: cut.size])
            del self._buffer[: cut.size]
            if cut.reason is Reason.GARBAGE:
                self._garbage += raw
                if len(self._garbage) >= self._limit:
                    self._end_garbage(found)
                continue
            self._end_garbage(found)
            found.append(raw if cut.reason is None else Rejected(cut.reason, raw, cut.detail))

    def _end_garbage(self, found: list[bytes | Rejected]) -> None:
        if self._garbage:
            found.append(Rejected(self._why, bytes(self._garbage)))
            self._garbage.clear()
            self._why = Reason.GARBAGE


class Decoder(Generic[M]):
    """Bytes of one connection in, messages and rejected bytes out. Never raises.

    `split` and `longest` are those of the frame; `decode` makes a message of a whole one that
    checks, or raises `Malformed`; `sender` reads from such a frame who sent it.
    """

    def __init__(
        self,
        split: Splitter,
        longest: int,
        decode: Callable[[bytes], M],
        sender: Callable[[bytes], str],
    ) -> None:
        self._frames = FrameBuffer(split, limit=2 * longest)
        self._decode = decode
        self._sender = sender

    @property
    def pending(self) -> int:
        """Bytes of a frame that has begun and is not whole."""
        return len(self._frames)

    def feed(self, data: bytes) -> list[M | Rejected]:
        return [self._message(part) for part in self._frames.feed(data)]

    def flush(self) -> list[M | Rejected]:
        """The line has fallen silent or closed: say what became of a frame that had begun."""
        return [self._message(part) for part in self._frames.flush()]

    def _message(self, part: bytes | Rejected) -> M | Rejected:
        if isinstance(part, Rejected):
            return part
        try:
            return self._decode(part)
        except Malformed as error:
            return Rejected(Reason.MALFORMED, part, str(error), self._sender(part))
