"""What the gateway makes of JT/T 808 messages: fixes for the spool, and the answer after them.

A terminal registers (0100) and is given a code, authenticates itself by it (0102) on every line,
and is heard from then on. The code is made of the terminal and of the secret in the register, so
that a terminal keeps it over our restarts; without such a secret nobody is let in. The terminal
that registered first for a vehicle is the vehicle's; another one is refused.
"""

import asyncio
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import replace

from anlan.gateways import conversation
from anlan.gateways.conversation import Taken
from anlan.gateways.directory import DeviceEntry
from anlan.gateways.jt808_places import alarms, fix, signal
from anlan.gateways.listener import Gateway
from anlan.gateways.orders import Order
from anlan.protocols import jt808
from anlan.protocols.framing import Reason
from anlan.protocols.jt808 import Message, Position, orders
from anlan.protocols.jt808.packets import Added
from anlan.protocols.jt808.settings import RESULT_WORDS, listed
from anlan.vocabulary import clock
from anlan.vocabulary.frames import Frame, Line
from anlan.vocabulary.notices import Notice
from anlan.vocabulary.readings import Command, Outcome, Verb
from anlan.vocabulary.words import Words

REGISTER, AUTHENTICATE = 0x0100, 0x0102
ALL_PARAMETERS, WHERE = 0x8104, 0x8201
OTHER_TERMINAL = "other_terminal"
_VEHICLE_HAS_ONE = 1
_OK, _FAILED, _WRONG, _UNSUPPORTED, _NO_SUCH_TERMINAL = 0, 1, 2, 3, 4
_MARK_FIGURES, _CODE_FIGURES = 8, 16
_PHONE_FIGURES = 12
_FAULTS_TOLD = 3
_PLACES_A_LINE = 200


def device_of(phone: str) -> str:
    """The address of a terminal whatever its edition: 12 digits, more only where it has more.

    >>> device_of("00000000013912345678")
    '013912345678'
    """
    return phone.lstrip("0").zfill(_PHONE_FIGURES)


def mark_of(terminal: str) -> str:
    """A terminal in a few figures, which its code begins with."""
    return hashlib.sha256(terminal.encode()).hexdigest()[:_MARK_FIGURES]


def code_of(device: str, mark: str, entry: DeviceEntry) -> str:
    """The code that a terminal is to authenticate itself by; empty where there is no secret."""
    if not entry.secret:
        return ""
    made = hmac.new(entry.secret.encode(), f"jt808:{device}:{mark}".encode(), hashlib.sha256)
    return mark + made.hexdigest()[:_CODE_FIGURES]


class Conversation(conversation.Conversation[Message]):
    """One line of vehicle terminals; on the usual one there is one."""

    protocol = "jt808"
    new_decoder = jt808.Jt808Decoder

    def __init__(self, gateway: Gateway, peer: str) -> None:
        super().__init__(gateway, peer)
        self._packets = jt808.Assembler()
        self._authenticated: dict[str, Message] = {}
        self._sent = 0

    def hear(self, message: Message) -> Taken:
        message = jt808.with_its_flag(message)
        device = device_of(message.phone)
        if message.id >= 0x8000:
            return Taken((self.bad(message.raw, device, "direction", "a platform's message"),))
        entry = self.gateway.directory.get(device)
        if entry is None:
            return self._stranger(message, device)
        if message.id not in (REGISTER, AUTHENTICATE) and device not in self._authenticated:
            return self._refused(message, device, "not_authenticated", f"{message.id:04X}")
        if message.packet is None:
            return self._whole(message, device, entry)
        return self._packet(message, device, entry, message.packet)

    def _packet(
        self, message: Message, device: str, entry: DeviceEntry, packet: jt808.Packet
    ) -> Taken:
        if packet.total > jt808.MOST_PACKETS:
            return self._too_long(message, device, packet)
        added = self._packets.add(message, asyncio.get_running_loop().time())
        if added.whole is None:
            return self._lacking(added)
        taken = self._whole(added.whole, device, entry)
        return replace(taken, lines=(*taken.lines, *self._given_up(added.given_up, added.why)))

    @property
    def due_s(self) -> float | None:
        at = self._packets.due_at()
        return None if at is None else at - asyncio.get_running_loop().time()

    def due(self) -> list[Taken]:
        """Also the last packet of a message is asked for when it does not come."""
        late = self._packets.overdue(asyncio.get_running_loop().time())
        return [self._lacking(added) for added in late]

    def left(self) -> Taken:
        why = "the line ended before every packet had come"
        return Taken(self._given_up(self._packets.give_up(), why))

    def _whole(self, message: Message, device: str, entry: DeviceEntry) -> Taken:
        if message.encryption:
            return self._refused(message, device, "encrypted", "", _UNSUPPORTED)
        try:
            return self._read(message, device, entry, jt808.parse(message))
        except jt808.Malformed as error:
            return self._refused(message, device, "malformed", str(error), _WRONG)

    def _read(
        self, message: Message, device: str, entry: DeviceEntry, body: jt808.Body | None
    ) -> Taken:
        match message.id, body:
            case _, jt808.Registration() as said:
                return self._registration(message, device, said.identity, entry)
            case _, jt808.Authentication() as given:
                return self._authentication(message, device, given.code, entry)
            case 0x0002, _:  # heartbeat
                self.gateway.counters.heartbeats += 1
                # A vehicle that stands says no more.
                lines = (self._frame(message, device),) if self.is_news(device) else ()
                return Taken(lines, self._answer(message), speaker=device)
            case 0x0004, _:  # since 2019 it may ask the time
                told = jt808.told_time(message, self._serial(), clock.now())
                return Taken(answer=jt808.encode(told), speaker=device)
            case 0x0003, _:  # logout
                del self._authenticated[device]
                return Taken((self._frame(message, device),), self._answer(message))
        return self._told(message, device, entry, body)

    def _told(
        self, message: Message, device: str, entry: DeviceEntry, body: jt808.Body | None
    ) -> Taken:
        """Positions, and answers to what was asked. What is not stored is refused, and kept."""
        match body:
            case Position():
                lines = self._placed(message, device, entry, (body,))
            case jt808.Batch() if body.faults and not body.positions:
                return self._refused(message, device, "malformed", body.faults[0], _WRONG)
            case jt808.Batch():
                lines = self._placed(message, device, entry, body.positions, body.faults)
            case jt808.Found():
                lines = self._placed(message, device, entry, (body.position,))
                lines += self._settled(device, WHERE, body.serial, _OK)
            case jt808.Answer():
                lines = self._settled(device, body.of, body.serial, body.result)
            case jt808.Parameters(values, int(serial)):
                lines = self._settled(device, ALL_PARAMETERS, serial, _OK, listed(values))
            case _:
                kind = f"{message.id:04X}"
                return self._refused(message, device, "unsupported", kind, _UNSUPPORTED)
        return Taken(lines, self._answer(message), speaker=device)

    def order(self, command: Command) -> Order | None:
        to = self._authenticated.get(command.device)
        if to is None:
            return None
        try:
            asked = _asked(to, command, self._serial())
            key = f"{asked.id:04X}:{asked.serial}" if asked else ""
            return Order(jt808.encode(asked), key) if asked else None
        except jt808.NotEncodable:
            return None

    def _registration(
        self, message: Message, device: str, terminal: str, entry: DeviceEntry
    ) -> Taken:
        """The first terminal of a vehicle gets a code, and no other until somebody releases it."""
        if entry.terminal not in ("", terminal):
            return self._unregistered(message, device, OTHER_TERMINAL, terminal, _VEHICLE_HAS_ONE)
        code = code_of(device, mark_of(terminal), entry)
        if not code:
            return self._unregistered(message, device, "password", "no secret is registered")
        told = jt808.registered(message, self._serial(), code)
        return Taken((self._frame(message, device),), jt808.encode(told))

    def _authentication(
        self, message: Message, device: str, given: str, entry: DeviceEntry
    ) -> Taken:
        mark = given[:_MARK_FIGURES]
        known = code_of(device, mark, entry)
        if not known or not hmac.compare_digest(given.encode(), known.encode()):
            return self._refused(message, device, "password", "")
        if entry.terminal and mark != mark_of(entry.terminal):
            return self._refused(message, device, OTHER_TERMINAL, "")
        self._authenticated[device] = message
        self.is_news(device)
        return Taken((self._frame(message, device),), self._answer(message), speaker=device)

    def _stranger(self, message: Message, device: str) -> Taken:
        if message.id != REGISTER:
            return self._refused(message, device, "unknown_station", f"{message.id:04X}")
        return self._unregistered(message, device, "unknown_station", "")

    def _unregistered(
        self, message: Message, device: str, reason: str, detail: str,
        result: int = _NO_SUCH_TERMINAL,
    ) -> Taken:  # fmt: skip
        told = jt808.registered(message, self._serial(), "", result)
        bad = self.bad(message.raw, device, reason, detail)
        return Taken((bad,), jt808.encode(told), thanks=False)

    def _refused(
        self, message: Message, device: str, reason: str, detail: str, result: int = _FAILED
    ) -> Taken:
        bad = self.bad(message.raw, device, reason, detail)
        return Taken((bad,), self._answer(message, result), thanks=False)

    def _too_long(self, message: Message, device: str, packet: jt808.Packet) -> Taken:
        """Every packet is refused; the first is kept, to say so."""
        if packet.number > 1:
            return Taken(answer=self._answer(message, _FAILED), thanks=False)
        detail = f"{message.id:04X} in {packet.total} packets, at most {jt808.MOST_PACKETS}"
        return self._refused(message, device, Reason.TOO_LONG, detail)

    def _lacking(self, added: Added) -> Taken:
        """Once the last packet is here, the missing ones are asked for; before, nothing is said."""
        bad = self._given_up(added.given_up, added.why)
        if added.of is None:
            return Taken(bad)
        again = jt808.order(added.of, self._serial(), jt808.Missing(added.first, added.missing))
        return Taken(bad, jt808.encode(again), thanks=False)

    def _given_up(self, packets: tuple[Message, ...], why: str) -> tuple[Line, ...]:
        return tuple(
            self.bad(one.raw, device_of(one.phone), Reason.INCOMPLETE, why) for one in packets
        )

    def _placed(
        self,
        message: Message,
        device: str,
        entry: DeviceEntry,
        places: tuple[Position, ...],
        faults: tuple[str, ...] = (),
    ) -> tuple[Line, ...]:
        """The fixes and alarms of positions; what cannot be read beside them is kept as bad."""
        received_at, raw = clock.now(), message.raw.hex().upper()
        newest = max(places, key=lambda place: place.at or received_at, default=None)
        heard = () if newest is None else signal(device, newest, received_at)
        lines: list[Line] = []
        unread = list(faults)
        for first in range(0, max(len(places), 1), _PLACES_A_LINE):
            some = places[first : first + _PLACES_A_LINE]
            fixes = tuple(fix(device, place, entry.gcj02, received_at) for place in some)
            notices: list[Notice] = []
            for place in some:
                stated, unreadable = alarms(device, place, entry.gcj02)
                notices += stated
                unread += (*place.faults, *unreadable)
            lines.append(
                Frame(self.protocol, device, received_at, raw, heard, fixes, tuple(notices))
            )
            raw, heard = "", ()
        if unread:
            lines.append(self.bad(message.raw, device, "malformed", _summed_up(unread)))
        return tuple(lines)

    def _frame(self, message: Message, device: str) -> Frame:
        return Frame(self.protocol, device, clock.now(), message.raw.hex().upper(), ())

    def _settled(
        self, device: str, of: int, serial: int, result: int, said: tuple[Words, ...] = ()
    ) -> tuple[Line, ...]:
        done = Outcome.OK if result == _OK else Outcome.REFUSED
        words = said or (RESULT_WORDS.get(result, f"{result}"),)
        line = self.settle(device, f"{of:04X}:{serial}", done, *words)
        return (line,) if line else ()

    def _answer(self, message: Message, result: int = _OK) -> bytes:
        answer = jt808.answer(message, self._serial(), result)
        return b"" if answer is None else jt808.encode(answer)

    def _serial(self) -> int:
        self._sent = (self._sent + 1) & 0xFFFF
        return self._sent


def _summed_up(faults: Sequence[str]) -> str:
    """The first faults in words, and how many more there are."""
    said = "; ".join(faults[:_FAULTS_TOLD])
    more = len(faults) - _FAULTS_TOLD
    return f"{said}; {more} more" if more > 0 else said


def _asked(to: Message, command: Command, serial: int) -> Message | None:
    """The message that carries a command; None where there is none, as for the clock: a terminal
    takes its time from the satellites."""
    match command.verb:
        case Verb.ASK_NOW:
            return jt808.ask(to, serial, WHERE)
        case orders.Order.ASK_PARAMETERS:
            return jt808.ask(to, serial, ALL_PARAMETERS)
        case Verb.SET_INTERVAL:
            return jt808.order(to, serial, orders.interval(command.argument("seconds")))
        case verb if verb in set(orders.Order):
            return jt808.order(to, serial, orders.body_of(verb, dict(command.arguments)))
    return None
