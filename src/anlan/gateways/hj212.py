"""What the gateway makes of HJ 212 frames: readings for the spool, and the answer after them."""

import hmac
import socket
from dataclasses import replace

from anlan.backbone.spool import Spool
from anlan.gateways.directory import DeviceDirectory, DeviceEntry
from anlan.gateways.listener import Gateway, Limits, Taken
from anlan.protocols import hj212
from anlan.protocols.framing import Rejected
from anlan.protocols.hj212 import Message
from anlan.vocabulary import clock
from anlan.vocabulary.frames import BadFrame, Frame

PROTOCOL = "hj212"
_FIGURES = 6


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
    """One line of HJ 212 data loggers.

    Each packet of a divided message is spooled and answered on its own, for each states its
    DataTime and whole factors; nothing waits in memory for a packet that may never come.
    """

    def __init__(self, gateway: Gateway, peer: str) -> None:
        self._gateway = gateway
        self._peer = peer
        self._decoder = hj212.Hj212Decoder()

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
        entry = self._gateway.directory.get(part.mn.upper())
        if entry is None:
            return Taken((self._bad(part.raw, part.mn, "unknown_station", ""),))
        if not _same_password(part.pw, entry):
            return Taken((self._bad(part.raw, part.mn, "password", part.pw),))
        return self._accepted(part)

    def _accepted(self, message: Message) -> Taken:
        now = clock.now()
        device = message.mn.upper()
        readings = hj212.readings(replace(message, mn=device), now)
        frame = Frame(PROTOCOL, device, now, message.raw.hex().upper(), readings)
        bad = (self._bad(message.raw, device, *doubt) for doubt in hj212.doubts(message, now))
        answer = hj212.answer(message)
        return Taken((frame, *bad), b"" if answer is None else hj212.encode(answer))

    def _bad(self, raw: bytes, device: str, reason: str, detail: str) -> BadFrame:
        text = raw.hex().upper()
        return BadFrame(
            PROTOCOL, device.upper(), self._peer, clock.now(), text, str(reason), detail
        )


def _same_password(given: str, entry: DeviceEntry) -> bool:
    """A password is six figures here; the register keeps the number they make."""
    known = str(entry.password).zfill(_FIGURES)
    return hmac.compare_digest(given.zfill(_FIGURES).encode(), known.encode())
