"""Long messages in several frames (4.4.3): divided, and put together again.

What is missing when the last packet has come, or when nothing has come for a while, is asked for
with 8003, at most twice without anything new. A packet that comes again after its message was whole
asks for nothing; when they all come again, the message is whole again.
"""

from collections import OrderedDict
from dataclasses import dataclass, field, replace

from anlan.protocols.jt808.frames import LONGEST_BODY
from anlan.protocols.jt808.messages import Message, Packet

# So that a message fits a spool's line, whatever of it is escaped: in figures below a megabyte.
# And so that 8003 of 2013, which counts them in a byte, can ask for all that are missing.
MOST_PACKETS = 200
_OPEN_AT_ONCE = 8
_LARGEST_BYTES = 1024 * 1024
PATIENCE_S = 20.0  # [pv] between two packets of a message
_ASKED = 2
_ANEW = "the message began anew in another number of packets"

Key = tuple[str, int, int]


def divided(message: Message) -> tuple[Message, ...]:
    """The message as it stands when it fits a frame, else its packets with serials one by one."""
    if len(message.body) <= LONGEST_BODY:
        return (message,)
    pieces = [
        message.body[at : at + LONGEST_BODY] for at in range(0, len(message.body), LONGEST_BODY)
    ]
    return tuple(
        replace(
            message,
            body=piece,
            serial=(message.serial + n) & 0xFFFF,
            packet=Packet(len(pieces), n + 1),
        )
        for n, piece in enumerate(pieces)
    )


@dataclass(frozen=True, slots=True)
class Added:
    """What a packet, or waiting in vain for one, makes of a message.

    `whole` is the message when this was the last packet missing. `missing` are the numbers to ask
    for, `first` the serial of the first packet, `of` a packet of that message. `given_up` are
    packets of messages that will not be whole, `why` says what is wrong with them.
    """

    whole: Message | None = None
    missing: tuple[int, ...] = ()
    first: int = 0
    of: Message | None = None
    given_up: tuple[Message, ...] = ()
    why: str = ""


@dataclass(slots=True)
class _Open:
    total: int
    heard_at: float
    parts: dict[int, Message] = field(default_factory=dict)
    asked: int = 0
    size: int = 0
    again: bool = False  # it was whole before: what does not come now is not missed

    def put(self, number: int, packet: Message, now: float) -> None:
        self.heard_at = now
        if number not in self.parts:
            self.parts[number] = packet
            self.size += len(packet.raw)
            self.asked = 0

    def missing(self) -> tuple[int, ...]:
        return tuple(n for n in range(1, self.total + 1) if n not in self.parts)


class Assembler:
    """Puts the packets of divided messages together; holds at most 8 and 1 MiB, oldest out.

    `now` is a clock of real seconds: what waits longer than `PATIENCE_S` is `overdue`.
    """

    def __init__(self) -> None:
        self._open: OrderedDict[Key, _Open] = OrderedDict()
        self._lately: OrderedDict[Key, int] = OrderedDict()  # whole messages, in how many packets

    def __len__(self) -> int:
        """Messages of which packets are still missing."""
        return len(self._open)

    def add(self, message: Message, now: float = 0.0) -> Added:
        """Take a message, or one packet of it.

        Packets belong together by terminal, message and the serial that their first one has. A
        packet that contradicts the ones before it (another total) begins the message anew.
        """
        if message.packet is None:
            return Added(message)
        number, total = message.packet.number, message.packet.total
        key = (message.phone, message.id, (message.serial - number + 1) & 0xFFFF)
        one = self._open.get(key)
        left: tuple[Message, ...] = ()
        if one is None or one.total != total:
            left = self._drop(key)
            one = self._open[key] = _Open(total, now, again=self._lately.get(key) == total)
        one.put(number, message, now)
        why = _ANEW if left else ""
        if len(one.parts) == total:
            self._done(key, total)
            return Added(_joined(one), given_up=left, why=why)
        while len(self._open) > _OPEN_AT_ONCE or self._size() > _LARGEST_BYTES:
            left += self._drop(next(iter(self._open)))
            why = "too many messages at once"
        if key in self._open and number == total and not one.again:
            return self._ask(key, one, left, why)
        return Added(given_up=left, why=why)

    def due_at(self) -> float | None:
        """When the first of the messages will have waited too long; None without any."""
        return min((one.heard_at + PATIENCE_S for one in self._open.values()), default=None)

    def overdue(self, now: float) -> list[Added]:
        """What to do about the messages of which nothing has come for so long."""
        late = [(k, one) for k, one in self._open.items() if one.heard_at + PATIENCE_S <= now]
        for key, one in late:
            one.heard_at = now
            if one.again:
                self._drop(key)
        return [self._ask(key, one, (), "") for key, one in late if not one.again]

    def give_up(self) -> tuple[Message, ...]:
        """The packets of every message that is not whole; they are let go."""
        return tuple(packet for key in list(self._open) for packet in self._drop(key))

    def _ask(self, key: Key, one: _Open, left: tuple[Message, ...], why: str) -> Added:
        missing = one.missing()
        one.asked += 1
        if one.asked > _ASKED:
            why = f"packet {missing[0]} of {one.total} did not come"
            return Added(given_up=(*left, *self._drop(key)), why=why)
        newest = one.parts[max(one.parts)]
        return Added(missing=missing, first=key[2], of=newest, given_up=left, why=why)

    def _done(self, key: Key, total: int) -> None:
        del self._open[key]
        self._lately[key] = total
        self._lately.move_to_end(key)
        if len(self._lately) > _OPEN_AT_ONCE:
            self._lately.popitem(last=False)

    def _size(self) -> int:
        return sum(one.size for one in self._open.values())

    def _drop(self, key: Key) -> tuple[Message, ...]:
        """Let go of a message; returns the packets of it that are in vain."""
        one = self._open.pop(key, None)
        return () if one is None or one.again else tuple(one.parts.values())


def _joined(one: _Open) -> Message:
    parts = [one.parts[number] for number in sorted(one.parts)]
    return replace(
        parts[0],
        packet=None,
        body=b"".join(part.body for part in parts),
        raw=b"".join(part.raw for part in parts),
    )
