"""Long messages in several frames (2017: 6.3.2, PNUM and PNO): divided, and put together again."""

from collections import OrderedDict
from dataclasses import replace

from anlan.protocols.framing import NotEncodable
from anlan.protocols.hj212.messages import Message, Packet, encode
from anlan.protocols.hj212.segment import DATA_TIME, Content

_DIVIDED = 2
_OPEN_AT_ONCE = 8
_LARGEST_BYTES = 256 * 1024

Key = tuple[str, str, str]


def divided(message: Message) -> tuple[Message, ...]:
    """The message as it stands when it fits a frame, or its groups in as few frames as they fit.

    The time of the data is repeated in every packet, so that each can be read on its own. Raises
    `NotEncodable` when one group alone does not fit.
    """
    try:
        encode(message)
    except NotEncodable:
        pass
    else:
        return (message,)
    lead = tuple(group for group in message.content if group[0][0] == DATA_TIME)
    rest = [group for group in message.content if group[0][0] != DATA_TIME]
    flagged = replace(message, flag=(message.flag or 0) | _DIVIDED, packet=Packet(9999, 9999))
    contents: list[Content] = []
    current: Content = lead
    for group in rest:
        if current != lead and not _fits(flagged, (*current, group)):
            contents.append(current)
            current = lead
        current = (*current, group)
    contents.append(current)
    packets = tuple(
        replace(flagged, content=each, packet=Packet(len(contents), n))
        for n, each in enumerate(contents, 1)
    )
    for packet in packets:
        encode(packet)
    return packets


def _fits(message: Message, content: Content) -> bool:
    try:
        encode(replace(message, content=content))
    except NotEncodable:
        return False
    return True


class Assembler:
    """Puts the packets of divided messages together; holds at most 8 and 256 KiB, oldest out."""

    def __init__(self) -> None:
        self._open: OrderedDict[Key, dict[int, Message]] = OrderedDict()
        self._bytes = 0

    def __len__(self) -> int:
        """Messages of which packets are still missing."""
        return len(self._open)

    def add(self, message: Message) -> Message | None:
        """The whole message when this was its last missing packet; else None.

        A whole message has no packet any more, and its `raw` is every frame of it in order. A
        packet that contradicts the ones before it (another total) begins the message anew.
        """
        if message.packet is None:
            return message
        key = (message.mn, message.cn, message.request)
        parts = self._open.get(key, {})
        if any(part.packet.total != message.packet.total for part in parts.values() if part.packet):
            self._drop(key)
            parts = {}
        self._bytes += len(message.raw)
        if message.packet.number in parts:
            self._bytes -= len(parts[message.packet.number].raw)
        parts[message.packet.number] = message
        self._open[key] = parts
        if len(parts) == message.packet.total:
            self._drop(key)
            return _whole([parts[n] for n in sorted(parts)])
        while len(self._open) > _OPEN_AT_ONCE or self._bytes > _LARGEST_BYTES:
            self._drop(next(iter(self._open)))
        return None

    def _drop(self, key: Key) -> None:
        self._bytes -= sum(len(part.raw) for part in self._open.pop(key, {}).values())


def _whole(parts: list[Message]) -> Message:
    content: list[tuple[tuple[str, str], ...]] = []
    for part in parts:
        content += [g for g in part.content if g[0][0] != DATA_TIME or g not in content]
    return replace(
        parts[0],
        flag=None if parts[0].flag is None else parts[0].flag & ~_DIVIDED,
        packet=None,
        content=tuple(content),
        raw=b"".join(part.raw for part in parts),
    )
