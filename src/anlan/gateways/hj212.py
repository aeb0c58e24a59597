"""What the gateway makes of HJ 212 frames: readings for the spool, and the answer after them."""

import hmac
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from anlan.gateways import conversation
from anlan.gateways.conversation import Taken
from anlan.gateways.directory import DeviceEntry
from anlan.gateways.listener import Gateway
from anlan.gateways.orders import Order
from anlan.protocols import hj212
from anlan.protocols.framing import Reason
from anlan.protocols.hj212 import Message, Packet, orders
from anlan.vocabulary import clock
from anlan.vocabulary.frames import Line, Part
from anlan.vocabulary.readings import Command, Outcome
from anlan.vocabulary.words import Words

_FIGURES = 6
_MOST_TOLD = 60  # things that an instrument says of itself


class _Following(NamedTuple):
    """The packet without QN that came last, and how its message is named."""

    cn: str
    packet: Packet
    name: str

    def goes_on_in(self, cn: str, packet: Packet) -> bool:
        after = replace(self.packet, number=self.packet.number + 1)
        return (self.cn, after) == (cn, packet)


class Conversation(conversation.Conversation[Message]):
    """One line of HJ 212 data loggers.

    Each packet of a divided message is spooled and answered on its own, as a frame of what is
    certain in it and as a part of the whole; who records it puts the parts together. Nothing waits
    in memory for a packet that may never come.
    """

    protocol = "hj212"
    new_decoder = hj212.Hj212Decoder

    def __init__(self, gateway: Gateway, peer: str) -> None:
        super().__init__(gateway, peer)
        self._last: dict[str, Message] = {}
        self._asked_at = clock.now()
        self._told: dict[tuple[str, str], tuple[Words, ...]] = {}
        self._following: dict[str, _Following] = {}
        self._begun = 0

    def hear(self, message: Message) -> Taken:
        entry = self.gateway.directory.get(message.mn.upper())
        if entry is None:
            return Taken((self.bad(message.raw, message.mn.upper(), "unknown_station", ""),))
        if not _same_password(message.pw, entry):
            return Taken((self.bad(message.raw, message.mn.upper(), "password", ""),))
        return self._accepted(message)

    def _accepted(self, message: Message) -> Taken:
        device, now = message.mn.upper(), clock.now()
        try:
            answer = hj212.answer(message)
            thanks = b"" if answer is None else hj212.encode(answer)
        except hj212.NotEncodable as error:
            return Taken((self.bad(message.raw, device, Reason.MALFORMED, str(error)),))
        known = hj212.certain(replace(message, mn=device))
        frame = hj212.frame_of(known, device, now, message.raw)
        more = self._part(message, device, now)
        bad = (self.bad(message.raw, device, *doubt) for doubt in hj212.doubts(message, now))
        if message.st != hj212.SYSTEM or device not in self._last:
            self._last[device] = message
        lines = (frame, *more, *bad, *self._settled(device, message))
        return Taken(lines, thanks, speaker=device)

    def _part(self, message: Message, device: str, now: datetime) -> tuple[Line, ...]:
        """A packet as a part of what it belongs to; of too many, it is kept as doubtful."""
        packet = message.packet
        if packet is None:
            return ()
        if packet.total > hj212.MOST_PACKETS:
            why = f"packet {packet.number} of {packet.total}, more than are put together"
            return (self.bad(message.raw, device, Reason.INCOMPLETE, why),)
        name = hj212.name_of(message) or self._unnamed(message, packet, device, now)
        raw = message.raw.hex().upper()
        return (
            Part(self.protocol, device, self.peer, now, raw, name, packet.number, packet.total),
        )

    def _unnamed(self, message: Message, packet: Packet, device: str, now: datetime) -> str:
        """A name for packets without QN (2005): they belong together as they follow each other."""
        last = self._following.get(device)
        if last is not None and last.goes_on_in(message.cn, packet):
            name = last.name
        else:
            self._begun += 1
            name = f"{now.isoformat()} {self.peer} {self._begun}"
        self._following[device] = _Following(message.cn, packet, name)
        return name

    def order(self, command: Command) -> Order | None:
        """The request, under a QN of its own, in the edition in which the device last spoke."""
        to = self._last.get(command.device)
        at = max(clock.now(), self._asked_at + hj212.QN_STEP)
        order = _order(to, command, at) if to else None
        if order is not None:
            self._asked_at = at
        return order

    def _settled(self, device: str, message: Message) -> tuple[Line, ...]:
        """What an answer says of the order it names. 9011 with 1 only says that it is begun.

        What the instrument was asked of itself comes between: its words wait for the end.
        """
        said, key = hj212.outcome(message), (device, message.request)
        if said is None:
            words = orders.told(message)
            if words and self.gateway.orders.unanswered(*key) is not None:
                self._told[key] = (*self._told.get(key, ()), *words)[:_MOST_TOLD]
            return ()
        outcome = Outcome.OK if said.done else Outcome.REFUSED
        told = (said.words, *self._told.pop(key, ()))
        line = self.settle(device, message.request, outcome, *told)
        return (line,) if line else ()


def _order(to: Message, command: Command, at: datetime) -> Order | None:
    """The command in the standard's; None where it has none, or none that far apart."""
    try:
        asked = orders.ordered(to, command.verb, dict(command.arguments), at)
        return Order(hj212.encode(asked), asked.qn) if asked else None
    except hj212.NotEncodable:
        return None


def _same_password(given: str, entry: DeviceEntry) -> bool:
    """The register's text, or the six figures that make its number.

    A device that is registered without a password states none, or zeros: older registers keep
    zeros as no number.
    """
    known = entry.secret
    if not known:
        known, given = str(entry.password).zfill(_FIGURES), given and given.zfill(_FIGURES)
        if not entry.password and not given:
            return True
    return hmac.compare_digest(given.encode(), known.encode())
