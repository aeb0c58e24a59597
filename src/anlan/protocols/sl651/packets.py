"""Bodies too long for one frame (mode M3, 6.3.1.2 c): divided, and put together again.

The station sends all packets one after another; the centre answers once, when it has every one. For
a packet that is missing when the last has come it sends NAK with that packet's number, one at a
time, each at most twice; the station sends it again with ETX.
"""

from collections import OrderedDict
from dataclasses import dataclass, field, replace

from anlan.protocols.framing import Malformed, NotEncodable
from anlan.protocols.sl651.frames import LONGEST_BODY, Control
from anlan.protocols.sl651.messages import Message, Packet, content, opened

_ASKED_AGAIN = 2
_OPEN_AT_ONCE = 8
LARGEST_BYTES = 256 * 1024
_MOST_PACKETS = 0xFFF

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Added:
    """What a packet makes of its body.

    `whole` is the message when this was the last packet missing. `again` is the number of the
    packet to ask for, 0 for none. `given_up` are packets of bodies that will not be whole, `why`
    says what is wrong with them.
    """

    whole: Message | None = None
    again: int = 0
    given_up: tuple[Message, ...] = ()
    why: str = ""


@dataclass(slots=True)
class _Body:
    total: int
    parts: dict[int, Message] = field(default_factory=dict)
    asked: dict[int, int] = field(default_factory=dict)
    size: int = 0

    def put(self, number: int, packet: Message) -> None:
        before = self.parts.get(number)
        self.size += len(packet.raw) - (len(before.raw) if before else 0)
        self.parts[number] = packet

    def missing(self) -> int:
        """The first packet that has not come."""
        return next(n for n in range(1, self.total + 1) if n not in self.parts)


class Assembler:
    """Puts divided bodies of one line together; holds at most 8 and 256 KiB, oldest out."""

    def __init__(self) -> None:
        self._open: OrderedDict[Key, _Body] = OrderedDict()

    def __len__(self) -> int:
        """Bodies of which packets are still missing."""
        return len(self._open)

    def add(self, packet: Message) -> Added:
        """Take one packet; `packet.packet` is not None."""
        number = packet.packet.number if packet.packet else 1
        total = packet.packet.total if packet.packet else 1
        key = (packet.station, packet.function)
        body = self._open.get(key)
        left: tuple[Message, ...] = ()
        if body is None or _another(body, packet, total):
            left = self._drop(key)
            body = self._open[key] = _Body(total)
        body.put(number, packet)
        if len(body.parts) == total:
            self._drop(key)
            return _whole([body.parts[n] for n in range(1, total + 1)], left)
        left += self._bounded()
        if key in self._open and (number == total or packet.end is Control.ETX):
            return self._ask(key, body, body.missing(), left)
        return Added(given_up=left, why="a packet is missing" if left else "")

    def give_up(self) -> tuple[Message, ...]:
        """The packets of every body that is not whole; they are let go."""
        return tuple(packet for key in list(self._open) for packet in self._drop(key))

    def serial(self, packet: Message) -> int | None:
        """The serial of the body that a packet belongs to; None while its first is missing."""
        body = self._open.get((packet.station, packet.function))
        first = body.parts.get(1) if body else None
        return first.serial if first else None

    def _ask(self, key: Key, body: _Body, missing: int, left: tuple[Message, ...]) -> Added:
        body.asked[missing] = body.asked.get(missing, 0) + 1
        if body.asked[missing] > _ASKED_AGAIN:
            why = f"packet {missing} of {body.total} did not come"
            return Added(given_up=(*left, *self._drop(key)), why=why)
        return Added(again=missing, given_up=left, why="a packet is missing" if left else "")

    def _bounded(self) -> tuple[Message, ...]:
        left: tuple[Message, ...] = ()
        while len(self._open) > _OPEN_AT_ONCE or self._size() > LARGEST_BYTES:
            left += self._drop(next(iter(self._open)))
        return left

    def _size(self) -> int:
        return sum(body.size for body in self._open.values())

    def _drop(self, key: Key) -> tuple[Message, ...]:
        body = self._open.pop(key, None)
        return tuple(body.parts.values()) if body else ()


def _another(body: _Body, packet: Message, total: int) -> bool:
    """Whether the packet belongs to a new body: another length, or another serial in front."""
    first = body.parts.get(1)
    renewed = packet.serial is not None and first is not None and packet.serial != first.serial
    return body.total != total or renewed


def _whole(parts: list[Message], left: tuple[Message, ...]) -> Added:
    first = parts[0]
    joined = replace(
        first, packet=None, end=parts[-1].end, rest=b"".join(part.rest for part in parts),
        raw=b"".join(part.raw for part in parts),
    )  # fmt: skip
    try:
        return Added(opened(joined), given_up=left, why="a packet is missing" if left else "")
    except Malformed as fault:
        return Added(given_up=(*left, *parts), why=str(fault))


def divided(message: Message, longest: int = LONGEST_BODY) -> tuple[Message, ...]:
    """The message as it stands when its body fits `longest` bytes, else its packets.

    Every packet but the last ends with ETB. Raises `NotEncodable` for a body that 4095 packets
    do not hold.
    """
    size = 3 * message.coding.wide
    body = content(message)
    if len(body) <= longest:
        return (message,)
    room = longest - size
    pieces = [body[n : n + room] for n in range(0, len(body), room)] if room > 0 else []
    head = len(body) - len(content(replace(message, serial=None, sent_at=None)))
    if not 0 < len(pieces) <= _MOST_PACKETS or len(pieces[0]) < head:
        raise NotEncodable(f"a body of {len(body)} bytes in packets of {longest}")
    bare = replace(message, serial=None, sent_at=None, reports=())
    return tuple(
        replace(
            bare if n > 1 else replace(message, reports=()),
            rest=piece if n > 1 else piece[head:],
            packet=Packet(len(pieces), n),
            end=message.end if n == len(pieces) else Control.ETB,
        )
        for n, piece in enumerate(pieces, 1)
    )
