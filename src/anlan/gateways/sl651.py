"""What the gateway makes of SL 651 frames: readings for the spool, and the answer after them."""

import hmac
import socket

from anlan.backbone.spool import Spool
from anlan.gateways.directory import DeviceDirectory, DeviceEntry
from anlan.gateways.listener import Gateway, Limits, Taken
from anlan.protocols import sl651
from anlan.protocols.framing import Rejected
from anlan.protocols.sl651 import Control, Direction, Message
from anlan.vocabulary import clock
from anlan.vocabulary.frames import BadFrame, Frame

PROTOCOL = "sl651"


async def serve(
    directory: DeviceDirectory,
    spool: Spool,
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    limits: Limits | None = None,
    sock: socket.socket | None = None,
) -> Gateway:
    """Listen on host and port (or on a bound socket) until `Gateway.close`."""
    gateway = Gateway(directory, spool, limits or Limits(), Conversation)
    await gateway.listen(host, port, sock)
    return gateway


class Conversation:
    """One line of SL 651 stations."""

    def __init__(self, gateway: Gateway, peer: str) -> None:
        self._gateway = gateway
        self._peer = peer
        self._decoder = sl651.Sl651Decoder()

    @property
    def pending(self) -> int:
        return self._decoder.pending

    def feed(self, data: bytes) -> list[Taken]:
        return [self._take(part) for part in self._decoder.feed(data)]

    def flush(self) -> list[Taken]:
        return [self._take(part) for part in self._decoder.flush()]

    def _take(self, part: Message | Rejected) -> Taken:
        if isinstance(part, Rejected):
            return Taken((self._bad(part.raw, part.sender, part.reason, part.detail),))
        if part.direction is Direction.DOWN:
            return Taken((self._bad(part.raw, part.station, "direction", "a centre's frame"),))
        entry = self._gateway.directory.get(part.station)
        if entry is None:
            return self._refused(part, "unknown_station", "")
        if not _same_password(part.password, entry):
            return self._refused(part, "password", f"{part.password:04X}")
        return self._accepted(part, entry)

    def _accepted(self, message: Message, entry: DeviceEntry) -> Taken:
        if message.packet is not None:
            detail = f"packet {message.packet.number} of {message.packet.total}"
            return Taken((self._bad(message.raw, message.station, "unsupported", detail),))
        if message.function == sl651.HEARTBEAT:
            self._gateway.counters.heartbeats += 1
            return Taken()
        now = clock.now()
        readings = sl651.readings(message, now)
        frame = Frame(PROTOCOL, message.station, now, message.raw.hex().upper(), readings)
        bad = (self._bad(message.raw, message.station, *doubt) for doubt in sl651.doubts(message))
        answer = b""
        if message.function in sl651.SELF_REPORTS:
            answer = sl651.encode(sl651.answer(message, now, _thanks(message, entry)))
        return Taken((frame, *bad), answer)

    def _refused(self, message: Message, reason: str, detail: str) -> Taken:
        """Kept, and answered with NAK where the station awaits an answer at all."""
        bad = self._bad(message.raw, message.station, reason, detail)
        if message.function not in sl651.SELF_REPORTS or message.sent_at is None:
            return Taken((bad,))
        refusal = sl651.answer(message, clock.now(), Control.NAK)
        return Taken((bad,), sl651.encode(refusal), thanks=False)

    def _bad(self, raw: bytes, device: str, reason: str, detail: str) -> BadFrame:
        text = raw.hex().upper()
        return BadFrame(PROTOCOL, device, self._peer, clock.now(), text, str(reason), detail)


def _same_password(given: int, entry: DeviceEntry) -> bool:
    return hmac.compare_digest(
        given.to_bytes(2, "big"), (entry.password & 0xFFFF).to_bytes(2, "big")
    )


def _thanks(message: Message, entry: DeviceEntry) -> Control:
    if message.end is Control.ETB:
        return Control.ACK
    return Control.ESC if entry.stays_online else Control.EOT
