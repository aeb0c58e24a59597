"""Packets from a broker of somebody else, whose queue must go on whatever lies in it.

A message at QoS 1 that we cannot take comes again with every connection until it is acknowledged.
So one that is too long is let pass without being kept, one that breaks the standard too, and both
come out as `Passed`, with what an acknowledgement needs.
"""

from dataclasses import dataclass

from anlan.protocols.framing import Cut, Malformed, Reason, Rejected
from anlan.protocols.mqtt.decoding import Front, decode, front
from anlan.protocols.mqtt.packets import LEVEL_311, Kind, Packet

LONGEST_HEARD = 256 * 1024  # of a packet of a broker; a line of the spool holds 1 MiB, in hex
_LONGEST_TOPIC = 0xFFFF
_SHOWN = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed(Packet):
    """A PUBLISH that was let pass, why, and how long it was; `raw` is how it began."""

    topic: str
    number: int | None
    size: int
    reason: Reason
    detail: str


class BrokerDecoder:
    """Bytes of a connection to a broker in, packets out; never raises.

    Holds at most the longest packet and what one `feed` brings.
    """

    def __init__(self, level: int = LEVEL_311) -> None:
        self._level = level
        self._buffer = bytearray()
        self._passing = 0

    @property
    def pending(self) -> int:
        """Bytes that are held of a packet that has begun."""
        return len(self._buffer)

    def feed(self, data: bytes) -> list[Packet | Rejected]:
        """Whole packets, what was let pass, and bytes that are no MQTT, in their order."""
        passed = min(self._passing, len(data))
        self._passing -= passed
        self._buffer += data[passed:]
        found: list[Packet | Rejected] = []
        while self._buffer and (part := self._next()) is not None:
            found.append(part)
        return found

    def _next(self) -> Packet | Rejected | None:
        begun = front(self._buffer)
        if begun is None:
            return None
        if isinstance(begun, Cut):
            return Rejected(begun.reason or Reason.GARBAGE, self._take(begun.size), begun.detail)
        if begun.size > LONGEST_HEARD:
            return self._too_long(begun)
        if len(self._buffer) < begun.size:
            return None
        raw = self._take(begun.size)
        try:
            return decode(raw, self._level)
        except Malformed as fault:
            return _passed(raw, begun, Reason.MALFORMED, str(fault)) or Rejected(
                Reason.MALFORMED, raw, str(fault)
            )

    def _too_long(self, begun: Front) -> Packet | Rejected | None:
        enough = min(begun.size, begun.head + 2 + _LONGEST_TOPIC + 2)
        if len(self._buffer) < enough:
            return None
        detail = f"a packet of {begun.size} bytes; {LONGEST_HEARD} are taken"
        raw = self._take(min(begun.size, len(self._buffer)))
        self._passing = begun.size - len(raw)
        return _passed(raw, begun, Reason.RANGE, detail) or Rejected(Reason.RANGE, raw, detail)

    def _take(self, size: int) -> bytes:
        raw = bytes(self._buffer[:size])
        del self._buffer[:size]
        return raw


def _passed(raw: bytes, begun: Front, reason: Reason, detail: str) -> Passed | None:
    """What can still be said of a PUBLISH (3.3.2); None where it cannot be acknowledged."""
    if raw[0] >> 4 != Kind.PUBLISH:
        return None
    at = begun.head + 2
    topic = raw[at : at + int.from_bytes(raw[begun.head : at], "big")]
    at += len(topic)
    number = int.from_bytes(raw[at : at + 2], "big") if raw[0] & 6 else None
    if number == 0 or raw[0] & 6 == 6:
        return None
    return Passed(
        topic=topic.decode(errors="replace"), number=number, size=begun.size, reason=reason,
        detail=detail, raw=raw[: at + _SHOWN],
    )  # fmt: skip
