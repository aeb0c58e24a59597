"""Long messages in several frames (4.4.3): divided, and put together again."""

from collections import OrderedDict
from dataclasses import replace

from anlan.protocols.jt808.frames import LONGEST_BODY
from anlan.protocols.jt808.messages import Message, Packet

# So that a message fits a spool's line, whatever of it is escaped: in figures below a megabyte.
# And so that 8003 of 2013, which counts them in a byte, can ask for all that are missing.
MOST_PACKETS = 200
_OPEN_AT_ONCE = 8
_LARGEST_BYTES = 1024 * 1024

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


class Assembler:
    """Puts the packets of divided messages together; holds at most 8 and 1 MiB, oldest out."""

    def __init__(self) -> None:
        self._open: OrderedDict[Key, dict[int, Message]] = OrderedDict()
        self._bytes = 0

    def __len__(self) -> int:
        """Messages of which packets are still missing."""
        return len(self._open)

    def add(self, message: Message) -> Message | None:
        """The whole message when this was its last missing packet; else None.

        Packets belong together by terminal, message and the serial that their first one has. A
        packet that contradicts the ones before it (another total) begins the message anew.
        """
        if message.packet is None:
            return message
        key = (message.phone, message.id, (message.serial - message.packet.number + 1) & 0xFFFF)
        parts = self._open.setdefault(key, {})
        if any(part.packet.total != message.packet.total for part in parts.values() if part.packet):
            self._bytes -= sum(len(part.raw) for part in parts.values())
            parts.clear()
        if message.packet.number not in parts:
            self._bytes += len(message.raw)
            parts[message.packet.number] = message
        if len(parts) == message.packet.total:
            self._drop(key)
            whole = [parts[number] for number in sorted(parts)]
            return replace(
                whole[0],
                packet=None,
                body=b"".join(part.body for part in whole),
                raw=b"".join(part.raw for part in whole),
            )
        while len(self._open) > _OPEN_AT_ONCE or self._bytes > _LARGEST_BYTES:
            self._drop(next(iter(self._open)))
        return None

    def missing(self, message: Message) -> tuple[int, tuple[int, ...]] | None:
        """The first packet's serial and the numbers that have not come of the message it is of."""
        if message.packet is None:
            return None
        first = (message.serial - message.packet.number + 1) & 0xFFFF
        parts = self._open.get((message.phone, message.id, first), {})
        absent = tuple(n for n in range(1, message.packet.total + 1) if n not in parts)
        return first, absent

    def _drop(self, key: Key) -> None:
        self._bytes -= sum(len(part.raw) for part in self._open.pop(key, {}).values())
