"""What the gateway makes of GB/T 26875.3 frames: notices for the spool, and the confirmation."""

from dataclasses import replace
from datetime import datetime

from anlan.gateways import conversation
from anlan.gateways.conversation import Taken
from anlan.gateways.listener import Gateway
from anlan.gateways.orders import Order
from anlan.protocols import gb26875
from anlan.protocols.framing import Rejected
from anlan.protocols.gb26875 import Message
from anlan.vocabulary import clock
from anlan.vocabulary.frames import Frame, Line
from anlan.vocabulary.readings import Command, Outcome, Verb

_ANSWERS = {gb26875.Command.CONFIRM, gb26875.Command.DENY, gb26875.Command.RESPOND}
_SHORT = 1  # bytes of a unit that makers send as a sign of life


class Conversation(conversation.Conversation[Message]):
    """One line of transmission units. The protocol has no password: the address is the device."""

    protocol = "gb26875"
    new_decoder = gb26875.Gb26875Decoder

    def __init__(self, gateway: Gateway, peer: str) -> None:
        super().__init__(gateway, peer)
        self._last: dict[str, Message] = {}
        # Another line does not begin with the serials of the one before.
        self._serial = int(clock.now().timestamp()) & 0xFFFF

    def take(self, part: Message | Rejected) -> Taken:
        """A whole frame that is spoilt is denied, so that a known unit need not wait in vain."""
        taken = super().take(part)
        header = gb26875.header_of(part.raw) if isinstance(part, Rejected) else None
        if header is None or header.source not in self.gateway.directory:
            return taken
        return self._denied(taken.lines, header)

    def hear(self, message: Message) -> Taken:
        device = message.source
        if device not in self.gateway.directory:
            return self._stranger(message)
        if message.command == gb26875.Command.CONTROL or _of_a_centre(message):
            return self._refused(message, "direction", "a centre's frame")
        self._last[device] = message
        match message.command:
            case gb26875.Command.CONFIRM | gb26875.Command.DENY:
                return Taken(self._settled(message), speaker=device)
            case gb26875.Command.REQUEST:
                return self._asked(message)
            case gb26875.Command.SEND | gb26875.Command.RESPOND:
                return self._told(message)
        return self._refused(message, "unsupported", f"command {message.command}")

    def order(self, command: Command) -> Order | None:
        """The command under a serial of its own, which the unit's answer repeats."""
        to = self._last.get(command.device)
        self._serial = (self._serial + 1) & 0xFFFF
        asked = to and _question(to, command, self._serial, clock.now())
        return Order(gb26875.encode(asked), _key(asked)) if asked else None

    def _stranger(self, message: Message) -> Taken:
        bad = self.bad(message.raw, message.source, "unknown_station", "")
        if message.command != gb26875.Command.SEND:
            return Taken((bad,))
        return self._denied((bad,), message)

    def _refused(self, message: Message, reason: str, detail: str) -> Taken:
        return self._denied((self.bad(message.raw, message.source, reason, detail),), message)

    def _denied(self, lines: tuple[Line, ...], message: Message) -> Taken:
        """Kept as bad; what wanted an answer gets the denial. An answer is never answered."""
        if message.command in _ANSWERS:
            return Taken(lines)
        refusal = gb26875.deny(message, clock.now())
        return Taken(lines, gb26875.encode(refusal), thanks=False)

    def _told(self, message: Message) -> Taken:
        """Data: in the spool first, then confirmed. What is the maker's own is kept as such.

        Of a spoilt unit what can be read is taken; it is denied where announced objects lack.
        """
        now, device = clock.now(), message.source
        lines: list[Line] = [gb26875.told(message, now)]
        if len(message.rest) > _SHORT:
            detail = f"type {message.rest[0]}"
            lines.append(self.bad(message.raw, device, "unsupported", detail))
        elif message.unit is not None and message.unit.fault:
            lines.append(self.bad(message.raw, device, "malformed", message.unit.fault))
        elif message.unit is None:
            self.gateway.counters.heartbeats += 1
        if doubt := gb26875.doubt(message):
            lines.append(self.bad(message.raw, device, "malformed", doubt))
        if message.command == gb26875.Command.RESPOND:
            lines += self._settled(message)
        if message.unit is not None and message.unit.lacking:
            return replace(self._denied(tuple(lines), message), speaker=device)
        answer = gb26875.answer(message, now)
        return Taken(tuple(lines), gb26875.encode(answer) if answer else b"", speaker=device)

    def _asked(self, message: Message) -> Taken:
        """A unit asks one thing alone: what time it is."""
        now, raw = clock.now(), message.raw.hex().upper()
        if message.unit is None or message.unit.type not in gb26875.CLOCK_TYPES:
            return self._refused(message, "unsupported", "a request")
        frame = Frame(self.protocol, message.source, now, raw, ())
        answer = gb26875.encode(gb26875.tell_time(message, now))
        return Taken((frame,), answer, thanks=False, speaker=message.source)

    def _settled(self, message: Message) -> tuple[Line, ...]:
        refused = message.command == gb26875.Command.DENY
        outcome = Outcome.REFUSED if refused else Outcome.OK
        line = self.settle(message.source, _key(message), outcome, gb26875.answered(message))
        return (line,) if line else ()


def _of_a_centre(message: Message) -> bool:
    """Data of a type by which centres ask and order: they state nothing."""
    sent = message.command == gb26875.Command.SEND
    return sent and message.type is not None and message.type.way is gb26875.Way.DOWN


def _key(message: Message) -> str:
    return f"{message.serial:04X}"


def _question(to: Message, command: Command, serial: int, at: datetime) -> Message | None:
    match command.verb:
        case Verb.SET_CLOCK:
            return gb26875.control(to, gb26875.SET_CLOCK, serial, at)
        case Verb.ASK_NOW:
            return gb26875.read(to, gb26875.READ_STATUS, serial, at)
        case Verb.INSPECT:
            minutes = gb26875.INSPECTION_MIN
            return gb26875.control(to, gb26875.INSPECT, serial, at, minutes)
    return None
