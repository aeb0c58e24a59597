"""What the gateway makes of HJ 212 frames: readings for the spool, and the answer after them."""

import hmac
from dataclasses import replace

from anlan.gateways import listener
from anlan.gateways.directory import DeviceEntry
from anlan.gateways.listener import Taken
from anlan.protocols import hj212
from anlan.protocols.hj212 import Message
from anlan.vocabulary import clock
from anlan.vocabulary.frames import Frame

_FIGURES = 6


class Conversation(listener.Conversation[Message]):
    """One line of HJ 212 data loggers.

    Each packet of a divided message is spooled and answered on its own, for each states its
    DataTime and whole factors; nothing waits in memory for a packet that may never come.
    """

    protocol = "hj212"
    new_decoder = hj212.Hj212Decoder

    def hear(self, message: Message) -> Taken:
        entry = self.gateway.directory.get(message.mn.upper())
        if entry is None:
            return Taken((self.bad(message.raw, message.mn.upper(), "unknown_station", ""),))
        if not _same_password(message.pw, entry):
            return Taken((self.bad(message.raw, message.mn.upper(), "password", message.pw),))
        return self._accepted(message)

    def _accepted(self, message: Message) -> Taken:
        now = clock.now()
        device = message.mn.upper()
        readings = hj212.readings(replace(message, mn=device), now)
        frame = Frame(self.protocol, device, now, message.raw.hex().upper(), readings)
        bad = (self.bad(message.raw, device, *doubt) for doubt in hj212.doubts(message, now))
        answer = hj212.answer(message)
        return Taken((frame, *bad), b"" if answer is None else hj212.encode(answer))


def _same_password(given: str, entry: DeviceEntry) -> bool:
    """A password is six figures here; the register keeps the number they make."""
    known = str(entry.password).zfill(_FIGURES)
    return hmac.compare_digest(given.zfill(_FIGURES).encode(), known.encode())
