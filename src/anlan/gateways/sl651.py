"""What the gateway makes of SL 651 frames: readings for the spool, and the answer after them."""

import asyncio
import hmac
from collections.abc import Iterator
from dataclasses import replace

from anlan.gateways import conversation
from anlan.gateways.conversation import Taken
from anlan.gateways.directory import DeviceEntry
from anlan.gateways.listener import Gateway
from anlan.gateways.orders import Order
from anlan.protocols import sl651
from anlan.protocols.framing import Reason, Rejected
from anlan.protocols.sl651 import Control, Direction, Message, orders
from anlan.protocols.sl651.answers import answered
from anlan.protocols.sl651.content import BASIC
from anlan.protocols.sl651.messages import addressed
from anlan.protocols.sl651.packets import Added
from anlan.vocabulary import clock
from anlan.vocabulary.frames import Frame, Line
from anlan.vocabulary.readings import Command, Outcome

_AT_ONCE = 1500  # readings that one line of the spool has room for


class Conversation(conversation.Conversation[Message]):
    """One line of SL 651 stations."""

    protocol = "sl651"
    new_decoder = sl651.Sl651Decoder

    def __init__(self, gateway: Gateway, peer: str) -> None:
        super().__init__(gateway, peer)
        self._last: dict[str, Message] = {}
        self._packets = sl651.Assembler()

    def take(self, part: Message | Rejected) -> Taken:
        """A frame with a wrong check code is its station's, where its header names one we know."""
        if isinstance(part, Rejected) and part.reason is Reason.CHECK:
            station = addressed(part.raw)
            if station in self.gateway.directory:
                part = replace(part, sender=station)
        return super().take(part)

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
            return self._heartbeat(message)
        return self._whole(
            message, sl651.answer(message, clock.now(), self._thanks(message, entry))
        )

    def _heartbeat(self, message: Message) -> Taken:
        """It is never answered. That the station is on line is kept, and is no report."""
        self.gateway.counters.heartbeats += 1
        if not self.is_news(message.station):
            return Taken(speaker=message.station)
        raw = message.raw.hex().upper()
        beat = Frame(self.protocol, message.station, clock.now(), raw, (), beat=True)
        return Taken((beat,), speaker=message.station)

    def _packet(self, packet: Message, entry: DeviceEntry) -> Taken:
        """One of several: nothing is answered before the body is whole or lacks a packet."""
        added = self._packets.add(packet, asyncio.get_running_loop().time())
        if added.whole is not None:
            end = self._thanks(added.whole, entry)
            thanks = sl651.answer(replace(added.whole, packet=packet.packet), clock.now(), end)
            self._last[packet.station] = _address(added.whole)
            taken = self._whole(added.whole, thanks)
            return replace(taken, lines=(*taken.lines, *self._given_up(added)))
        return self._lacking(added)

    @property
    def due_s(self) -> float | None:
        at = self._packets.due_at()
        return None if at is None else at - asyncio.get_running_loop().time()

    def due(self) -> list[Taken]:
        """Also the last packet of a body is asked for when it does not come."""
        late = self._packets.overdue(asyncio.get_running_loop().time())
        return [self._lacking(added) for added in late]

    def _lacking(self, added: Added) -> Taken:
        bad = self._given_up(added)
        if added.of is None:
            return Taken(bad)
        serial = self._packets.serial(added.of)
        again = sl651.ask_again(added.of, serial, added.again, clock.now())
        return Taken(bad, sl651.encode(again), thanks=False)

    def _given_up(self, added: Added) -> tuple[Line, ...]:
        reason = "too_long" if added.too_large else "incomplete"
        return tuple(self.bad(one.raw, one.station, reason, added.why) for one in added.given_up)

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
        settled = self._settled(message)
        lines: tuple[Line, ...] = (*frames, *self._relayed(message), *bad, *settled)
        if not settled and (left := sl651.unread(message)):
            shown = b"" if message.function == BASIC else message.raw  # a password may stand there
            lines += (self.bad(shown, message.station, "unsupported", left),)
        behind = tuple(self._behind(message))
        return Taken(lines, sl651.encode(thanks), speaker=message.station, behind=behind)

    def _behind(self, message: Message) -> Iterator[str]:
        """The registered stations that a relay speaks for: what is addressed to them it passes on.

        They are addressed as themselves, each with its own password (6.6.2.7).
        """
        for station in {*sl651.relayed(message), sl651.about(message)} - {message.station}:
            entry = self.gateway.directory.get(station)
            if entry is not None and self._believed(message, station):
                word = entry.password & 0xFFFF
                self._last[station] = replace(_address(message), station=station, password=word)
                yield station

    def _believed(self, message: Message, station: str) -> bool:
        """May the sender speak for the station? Not where the register has others report for it."""
        entry = self.gateway.directory.get(station)
        return entry is None or entry.account in ("", message.station)

    def _relayed(self, message: Message) -> Iterator[Line]:
        """What a relay or a concentrator says of other stations goes to these, known or not."""
        now, raw = clock.now(), message.raw.hex().upper()
        for station in sl651.relayed(message):
            if not self._believed(message, station):
                yield self.bad(message.raw, message.station, "foreign_station", station)
                continue
            found = sl651.readings(message, now, station)
            for n in range(0, max(len(found), 1), _AT_ONCE):
                part = found[n : n + _AT_ONCE]
                yield Frame(self.protocol, station, now, "" if n else raw, part)
            for one in sl651.pictures(message, station):
                yield Frame(self.protocol, station, now, "", (), pictures=(one,))

    def order(self, command: Command) -> Order | None:
        """The centre's question; the station's answer has the same function."""
        to = self._last.get(command.device)
        asked = to and _question(to, command)
        return Order(sl651.encode(asked), f"{asked.function:02X}") if asked else None

    def _settled(self, message: Message) -> tuple[Line, ...]:
        """What an answer says of the orders it belongs to: its sender's, or those of stations that
        a relay answers for."""
        others, other = sl651.relayed(message), sl651.about(message)
        own = other == message.station and (
            not others or any(one.station == other for one in message.reports)
        )
        lines = [self._outcome(message)] if own else []
        for station in dict.fromkeys((*others, *(() if own else (other,)))):
            if station != message.station and self._believed(message, station):
                lines.append(self._outcome(replace(message, station=station)))
        return tuple(line for line in lines if line is not None)

    def _outcome(self, message: Message) -> Line | None:
        """What the answer of a station says. A station that will not is silent."""
        device, key = message.station, f"{message.function:02X}"
        command = self.gateway.orders.unanswered(device, key)
        if command is None:
            return None
        asked = _question(message, command)
        taken = asked is None or sl651.agrees(message, asked)
        said = answered(message, message.sent_at or clock.now())
        return self.settle(device, key, Outcome.OK if taken else Outcome.REFUSED, *said)

    def _thanks(self, message: Message, entry: DeviceEntry) -> Control:
        """ESC keeps a station on line: one that stays, or has something to be told or to answer."""
        if message.end is Control.ETB:
            return Control.ACK
        stations = (message.station, *sl651.relayed(message))
        busy = any(map(self.gateway.orders.open, stations))
        return Control.ESC if entry.stays_online or busy else Control.EOT

    def _refused(self, message: Message, reason: str, detail: str) -> Taken:
        """Kept, and answered with NAK where the station awaits an answer at all."""
        bad = self.bad(message.raw, message.station, reason, detail)
        if message.function not in sl651.SELF_REPORTS or message.sent_at is None:
            return Taken((bad,))
        refusal = sl651.answer(message, clock.now(), Control.NAK)
        return Taken((bad,), sl651.encode(refusal), thanks=False)


def _address(message: Message) -> Message:
    """What an order must know of a message, without its content: that may be a picture."""
    return replace(message, reports=(), rest=b"", raw=b"")


def _same_password(given: int, entry: DeviceEntry) -> bool:
    known = [(one & 0xFFFF).to_bytes(2, "big") for one in (entry.password, *entry.also)]
    return any(hmac.compare_digest(given.to_bytes(2, "big"), one) for one in known)


def _question(to: Message, command: Command) -> Message | None:
    try:
        return orders.ordered(to, command.verb, dict(command.arguments), clock.now())
    except sl651.NotEncodable:
        return None
