"""What the gateway makes of SL 651 frames: readings for the spool, and the answer after them."""

import hmac
from dataclasses import replace

from anlan.gateways import listener
from anlan.gateways.directory import DeviceEntry
from anlan.gateways.listener import Taken
from anlan.gateways.orders import Order
from anlan.protocols import sl651
from anlan.protocols.sl651 import Control, Direction, Message, orders
from anlan.vocabulary import clock
from anlan.vocabulary.frames import Frame, Line
from anlan.vocabulary.readings import Command, Outcome

_AT_ONCE = 1500  # readings that one line of the spool has room for


class Conversation(listener.Conversation[Message]):
    """One line of SL 651 stations."""

    protocol = "sl651"
    new_decoder = sl651.Sl651Decoder

    def __init__(self, gateway: listener.Gateway, peer: str) -> None:
        super().__init__(gateway, peer)
        self._last: dict[str, Message] = {}
        self._packets = sl651.Assembler()

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
            return self._packet(message, entry)
        self._last[message.station] = message
        if message.function == sl651.HEARTBEAT:
            self.gateway.counters.heartbeats += 1
            return Taken(speaker=message.station)
        return self._whole(
            message, sl651.answer(message, clock.now(), self._thanks(message, entry))
        )

    def _packet(self, packet: Message, entry: DeviceEntry) -> Taken:
        """One of several: nothing is answered before the body is whole or lacks a packet."""
        added = self._packets.add(packet)
        bad = tuple(
            self.bad(each.raw, each.station, "incomplete", added.why) for each in added.given_up
        )
        if added.whole is not None:
            end = self._thanks(added.whole, entry)
            thanks = sl651.answer(replace(added.whole, packet=packet.packet), clock.now(), end)
            self._last[packet.station] = added.whole
            taken = self._whole(added.whole, thanks)
            return replace(taken, lines=(*taken.lines, *bad))
        if not added.again:
            return Taken(bad)
        serial = self._packets.serial(packet)
        again = sl651.ask_again(packet, serial, added.again, clock.now())
        return Taken(bad, sl651.encode(again), thanks=False)

    def left(self) -> Taken:
        packets = self._packets.give_up()
        why = "the line ended before every packet had come"
        return Taken(tuple(self.bad(p.raw, p.station, "incomplete", why) for p in packets))

    def _whole(self, message: Message, thanks: Message) -> Taken:
        now = clock.now()
        found, taken = sl651.readings(message, now), sl651.pictures(message)
        raw = "" if taken else message.raw.hex().upper()
        frames = [
            Frame(self.protocol, message.station, now, "" if n else raw, found[n : n + _AT_ONCE])
            for n in range(0, max(len(found), 1 - len(taken)), _AT_ONCE)
        ]
        frames += [
            Frame(self.protocol, message.station, now, "", (), pictures=(one,)) for one in taken
        ]
        bad = (self.bad(message.raw, message.station, *doubt) for doubt in sl651.doubts(message))
        lines = (*frames, *bad, *self._settled(message))
        return Taken(lines, sl651.encode(thanks), speaker=message.station)

    def order(self, command: Command) -> Order | None:
        """The centre's question; the station's answer has the same function."""
        to = self._last.get(command.device)
        asked = to and _question(to, command)
        return Order(sl651.encode(asked), f"{asked.function:02X}") if asked else None

    def _settled(self, message: Message) -> tuple[Line, ...]:
        """What an answer says of the order it belongs to. A station that will not is silent."""
        device, key = message.station, f"{message.function:02X}"
        command = self.gateway.orders.unanswered(device, key)
        if command is None:
            return ()
        asked = _question(message, command)
        taken = asked is None or sl651.agrees(message, asked)
        sent_at = message.sent_at or clock.now()
        detail = f"{key} 发报时间 {sent_at:%Y-%m-%d %H:%M:%S} {orders.said(message)}".strip()
        line = self.settle(device, key, Outcome.OK if taken else Outcome.REFUSED, detail)
        return (line,) if line else ()

    def _thanks(self, message: Message, entry: DeviceEntry) -> Control:
        """ESC keeps a station on line: one that stays, or has something to be told or to answer."""
        if message.end is Control.ETB:
            return Control.ACK
        busy = self.gateway.orders.open(message.station)
        return Control.ESC if entry.stays_online or busy else Control.EOT

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


def _question(to: Message, command: Command) -> Message | None:
    try:
        return orders.ordered(to, command.verb, dict(command.arguments), clock.now())
    except sl651.NotEncodable:
        return None
