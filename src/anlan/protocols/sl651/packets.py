"""Bodies too long for one frame (mode M3, 6.3.1.2 c): divided, and put together again.

The station sends all packets one after another; the centre answers once, when it has every one. For
a packet that is missing when the last has come, or when nothing has come for a while, it sends NAK
with that packet's number, one at a time, each at most twice; the station sends it again with ETX.
Only the first packet carries a serial number: of the others, what was said otherwise before belongs
to another body.
"""

from collections import OrderedDict
from dataclasses import dataclass, field, replace

from anlan.protocols.framing import Malformed, NotEncodable, Rejected
from anlan.protocols.sl651.frames import LONGEST_BODY, Coding, Control
from anlan.protocols.sl651.messages import Message, Packet, Sl651Decoder, content, opened

_ASKED_AGAIN = 2
_OPEN_AT_ONCE = 8
LARGEST_BODY = 256 * 1024  # bytes
LARGEST_BYTES = 4 * LARGEST_BODY  # of all bodies of a line
PATIENCE_S = 20.0  # between two packets of a body
_MOST_PACKETS = 0xFFF
_TOO_LARGE = f"the body is larger than {LARGEST_BODY // 1024} KiB"
_TOO_MANY = "too many bodies at once"

Key = tuple[str, int, int, Coding]


@dataclass(frozen=True, slots=True)
class Added:
    """What a packet, or waiting in vain for one, makes of a body.

    `whole` is the message when this was the last packet missing. `again` is the number of the
    packet to ask for, 0 for none; `of` a packet of that body. `given_up` are packets of bodies that
    will not be whole, `why` says what is wrong with them, `too_large` that they were too many.
    """

    whole: Message | None = None
    again: int = 0
    of: Message | None = None
    given_up: tuple[Message, ...] = ()
    why: str = ""
    too_large: bool = False


@dataclass(slots=True)
class _Body:
    total: int
    heard_at: float
    parts: dict[int, Message] = field(default_factory=dict)
    asked: dict[int, int] = field(default_factory=dict)
    size: int = 0

    def put(self, number: int, packet: Message, now: float) -> None:
        before = self.parts.get(number)
        self.size += len(packet.raw) - (len(before.raw) if before else 0)
        self.parts[number] = packet
        self.heard_at = now

    def missing(self) -> int:
        """The first packet that has not come."""
        return next(n for n in range(1, self.total + 1) if n not in self.parts)

    def newest(self) -> Message:
        """The packet of the highest number."""
        return self.parts[max(self.parts)]


class Assembler:
    """Puts divided bodies of one line together; holds at most 8 and 1 MiB, oldest out.

    `now` is a clock of real seconds: what waits longer than `PATIENCE_S` is `overdue`.
    """

    def __init__(self) -> None:
        self._open: OrderedDict[Key, _Body] = OrderedDict()
        self._refused: OrderedDict[Key, int] = OrderedDict()  # too large: packets of the body

    def __len__(self) -> int:
        """Bodies of which packets are still missing."""
        return len(self._open)

    def add(self, packet: Message, now: float = 0.0) -> Added:
        """Take one packet; `packet.packet` is not None."""
        number = packet.packet.number if packet.packet else 1
        total = packet.packet.total if packet.packet else 1
        key = _key(packet)
        if self._is_refused(key, number, total):
            return Added(given_up=(packet,), why=_TOO_LARGE, too_large=True)
        body = self._open.get(key)
        left: tuple[Message, ...] = ()
        if body is None or _another(body, packet, total):
            left = self._drop(key)
            body = self._open[key] = _Body(total, now)
        body.put(number, packet, now)
        if body.size > LARGEST_BODY:
            return self._refuse(key, number, total)
        if len(body.parts) == total:
            self._drop(key)
            return _whole([body.parts[n] for n in range(1, total + 1)], left)
        left += (crowd := self._bounded())
        if key in self._open and (number == total or packet.end is Control.ETX):
            return self._ask(key, body, left)
        why = _TOO_MANY if crowd else "a packet is missing" if left else ""
        return Added(given_up=left, why=why)

    def due_at(self) -> float | None:
        """When the first of the bodies will have waited too long; None without any."""
        waits = [body.heard_at + PATIENCE_S for body in self._open.values()]
        return min(waits, default=None)

    def overdue(self, now: float) -> list[Added]:
        """What to do about the bodies of which nothing has come for so long."""
        late = [(k, b) for k, b in self._open.items() if b.heard_at + PATIENCE_S <= now]
        for _key, body in late:
            body.heard_at = now
        return [self._ask(key, body, ()) for key, body in late]

    def give_up(self) -> tuple[Message, ...]:
        """The packets of every body that is not whole; they are let go."""
        return tuple(packet for key in list(self._open) for packet in self._drop(key))

    def serial(self, packet: Message) -> int | None:
        """The serial of the body that a packet belongs to; None while its first is missing."""
        body = self._open.get(_key(packet))
        first = body.parts.get(1) if body else None
        return first.serial if first else None

    def _ask(self, key: Key, body: _Body, left: tuple[Message, ...]) -> Added:
        missing = body.missing()
        body.asked[missing] = body.asked.get(missing, 0) + 1
        if body.asked[missing] > _ASKED_AGAIN:
            why = f"packet {missing} of {body.total} did not come"
            return Added(given_up=(*left, *self._drop(key)), why=why)
        why = "a packet is missing" if left else ""
        return Added(again=missing, of=body.newest(), given_up=left, why=why)

    def _is_refused(self, key: Key, number: int, total: int) -> bool:
        """Whether the packet is one more of a body that was refused; a first one begins anew."""
        refused = self._refused.get(key) == total and number > 1
        if not refused or number == total:
            self._refused.pop(key, None)
        return refused

    def _refuse(self, key: Key, number: int, total: int) -> Added:
        if number < total:
            self._refused[key] = total
            while len(self._refused) > _OPEN_AT_ONCE:
                self._refused.popitem(last=False)
        return Added(given_up=self._drop(key), why=_TOO_LARGE, too_large=True)

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


def _key(packet: Message) -> Key:
    return packet.station, packet.function, packet.centre, packet.coding


def _another(body: _Body, packet: Message, total: int) -> bool:
    """Whether the packet belongs to a new body: another length, another serial in front, or other
    words under a number that was heard already."""
    first = body.parts.get(1)
    renewed = packet.serial is not None and first is not None and packet.serial != first.serial
    known = body.parts.get(packet.packet.number) if packet.packet else None
    return body.total != total or renewed or (known is not None and known.rest != packet.rest)


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


def whole(raw: bytes) -> Message:
    """The message of the bytes of a frame, or of all packets of a body; raises `Malformed`."""
    packets = Assembler()
    for part in Sl651Decoder().feed(raw):
        if isinstance(part, Rejected):
            raise Malformed(part.detail or part.reason)
        if part.packet is None:
            return part
        added = packets.add(part)
        if added.whole is not None:
            return added.whole
    raise Malformed("not every packet of a body")


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
