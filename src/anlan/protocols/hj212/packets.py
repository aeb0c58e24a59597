"""Long messages in several frames (2017: 6.3.2, PNUM and PNO): divided, and put together again."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace

from anlan.protocols.framing import NotEncodable
from anlan.protocols.hj212.messages import Message, Packet, encode
from anlan.protocols.hj212.segment import DATA_TIME, Content, Fields, observations

MOST_PACKETS = 256  # of a message that is put together
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
            return joined([parts[n] for n in sorted(parts)])
        while len(self._open) > _OPEN_AT_ONCE or self._bytes > _LARGEST_BYTES:
            self._drop(next(iter(self._open)))
        return None

    def _drop(self, key: Key) -> None:
        self._bytes -= sum(len(part.raw) for part in self._open.pop(key, {}).values())


def joined(parts: Sequence[Message], device: str = "") -> Message:
    """The message of all its packets, in order: without a packet, and its `raw` is every frame.

    A time that is only said again is said once. `device` stands for the MN where it is given.
    """
    content: list[Fields] = []
    at: Fields = ()
    for group in (group for part in parts for group in part.content):
        if group[0][0] == DATA_TIME:
            if group == at:
                continue
            at = group
        content.append(group)
    return replace(
        parts[0],
        mn=device or parts[0].mn,
        flag=None if parts[0].flag is None else parts[0].flag & ~_DIVIDED,
        packet=None,
        content=tuple(content),
        raw=b"".join(part.raw for part in parts),
    )


def name_of(message: Message) -> str:
    """What the packets of one message have in common; empty for those without QN (2005)."""
    return f"{message.cn} {message.request}" if message.request else ""


def certain(message: Message) -> Message:
    """What of a packet no other packet can change; a message in one piece as it stands.

    A factor may be cut in two, and so may its time be said in another packet: certain is what
    stands behind a time, has its flag, and is neither the first factor of a packet that goes on
    from another nor the last of one that others follow.
    """
    if message.packet is None:
        return message
    groups, goes_on = message.content, message.packet.number > 1
    if goes_on:
        dated = (n for n, group in enumerate(groups) if group[0][0] == DATA_TIME)
        groups = groups[next(dated, len(groups)) :]
    every = [one.code for one in message.observations]
    cut = {*every[: 1 if goes_on else 0]}
    if message.packet.number < message.packet.total:
        cut |= {*every[-1:]}
    flagged = {one.code for one in observations(groups) if one.text("Flag")} - cut
    kept = (
        tuple(pair for pair in group if pair[0] == DATA_TIME or _code(pair[0]) in flagged)
        for group in groups
    )
    return replace(message, content=tuple(group for group in kept if group))


def _code(key: str) -> str:
    return key.rpartition("-")[0]
