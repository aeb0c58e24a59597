"""What the gateway makes of SL 651 frames: readings for the spool, and the answer after them."""

import hmac

from anlan.gateways import listener
from anlan.gateways.directory import DeviceEntry
from anlan.gateways.listener import Taken
from anlan.protocols import sl651
from anlan.protocols.sl651 import Control, Direction, Message
from anlan.vocabulary import clock
from anlan.vocabulary.frames import Frame


class Conversation(listener.Conversation[Message]):
    """One line of SL 651 stations."""

    protocol = "sl651"
    new_decoder = sl651.Sl651Decoder

    def hear(self, message: Message) -> Taken:
        if message.direction is Direction.DOWN:
            return Taken((self.bad(message.raw, message.station, "direction", "a centre's frame"),))
        entry = self.gateway.directory.get(message.station)
        if entry is None:
            return self._refused(message, "unknown_station", "")
        if not _same_password(message.password, entry):
            return self._refused(message, "password", f"{message.password:04X}")
        return self._accepted(message, entry)

    def _accepted(self, message: Message, entry: DeviceEntry) -> Taken:
        if message.packet is not None:
            detail = f"packet {message.packet.number} of {message.packet.total}"
            return Taken((self.bad(message.raw, message.station, "unsupported", detail),))
        if message.function == sl651.HEARTBEAT:
            self.gateway.counters.heartbeats += 1
            return Taken()
        now = clock.now()
        readings = sl651.readings(message, now)
        frame = Frame(self.protocol, message.station, now, message.raw.hex().upper(), readings)
        bad = (self.bad(message.raw, message.station, *doubt) for doubt in sl651.doubts(message))
        answer = b""
        if message.function in sl651.SELF_REPORTS:
            answer = sl651.encode(sl651.answer(message, now, _thanks(message, entry)))
        return Taken((frame, *bad), answer)

    def _refused(self, message: Message, reason: str, detail: str) -> Taken:
        """Kept, and answered with NAK where the station awaits an answer at all."""
        bad = self.bad(message.raw, message.station, reason, detail)
        if message.function not in sl651.SELF_REPORTS or message.sent_at is None:
            return Taken((bad,))
        refusal = sl651.answer(message, clock.now(), Control.NAK)
        return Taken((bad,), sl651.encode(refusal), thanks=False)


def _same_password(given: int, entry: DeviceEntry) -> bool:
    return hmac.compare_digest(
        given.to_bytes(2, "big"), (entry.password & 0xFFFF).to_bytes(2, "big")
    )


def _thanks(message: Message, entry: DeviceEntry) -> Control:
    if message.end is Control.ETB:
        return Control.ACK
    return Control.ESC if entry.stays_online else Control.EOT
