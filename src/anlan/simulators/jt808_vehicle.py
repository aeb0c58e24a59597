"""A vehicle terminal that speaks JT/T 808 over TCP: for drills, load and tests.

It registers for its code when it has none, authenticates itself on every line, reports positions
and awaits the platform's 8001; silence is answered by sending again, at most twice. On line it
obeys: parameters are set (8103) and told (8104), text taken (8300), its position told (8201). A
control (8105) that restarts it, shuts it down, resets it or closes its line is answered, then it
hangs up: to be heard again it signs on again, and after factory settings it registers anew.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from anlan.protocols import jt808
from anlan.protocols.jt808 import Body, Item, Message, Position, orders
from anlan.simulators.line import Line, OnLine
from anlan.vocabulary import clock

RESENDS = 2
_FIXED_AND_DRIVING = 0b11
_ANSWER, _REGISTERED = 0x8001, 0x8100
_MILEAGE, _SIGNAL = 0x01, 0x30
_FACTORY_SETTINGS = orders.PARTING[orders.Order.FACTORY]
_HANGS_UP = {orders.RESTART, *orders.PARTING.values()}


def _at_home() -> Position:
    return Position(0, _FIXED_AND_DRIVING, 29.54, 106.46, 250, 0.0, 0, clock.now())


@dataclass
class Jt808Vehicle(OnLine[Message]):
    """One terminal; `device` is its telephone number. `answer_s`: real seconds until it resends."""

    host: str
    port: int
    device: str
    edition: int = 2013
    code: str = ""
    signed_on: bool = False
    answer_s: float = 5.0
    resends: int = RESENDS
    last_answer: Message | None = None
    heard: list[Message] = field(default_factory=list)  # orders it took
    parameters: dict[int, bytes] = field(default_factory=dict)
    alarm: int = 0  # the alarm bits of its positions
    terminal: str = ""  # its id; the end of its number where it has none of its own
    _serial: int = 0
    _place: Position = field(default_factory=_at_home)
    _line: Line[Message] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._line = Line(self.host, self.port, jt808.Jt808Decoder)

    async def close(self) -> None:
        """Hang up; the next line begins with the authentication again."""
        self.signed_on = False
        await super().close()

    @property
    def registration(self) -> jt808.Registration:
        terminal = self.terminal or self.device[-7:]
        return jt808.Registration(50, 106, "ANLAN", "SIM", terminal, 2, "渝A12345", self.edition)

    async def sign_on(self) -> bool:
        """Register where it has no code yet, and authenticate; False when it is refused."""
        if not self.code:
            if not await self.send_message(self.message(0x0100, self.registration)):
                return False
            told = cast(jt808.Registered, jt808.parse(cast(Message, self.last_answer)))
            self.code = told.code
        said = jt808.Authentication(self.code)
        self.signed_on = await self.send_message(self.message(0x0102, said))
        return self.signed_on

    async def send(self, at: datetime, lon: float, lat: float, speed_kmh: float = 0.0) -> bool:
        """Report a position, WGS 84; True when the platform has acknowledged it."""
        return await self.send_message(self.message(0x0200, self.position(at, lon, lat, speed_kmh)))

    async def send_batch(self, positions: tuple[Position, ...]) -> bool:
        """Positions from where there was no network, in as many packets as they take."""
        whole = self.message(0x0704, jt808.Batch(1, positions))
        *first, last = jt808.divided(whole)
        self._serial = last.serial
        for packet in first:
            await self.send_raw(jt808.encode(packet))
        return await self.exchange(whole, jt808.encode(last)) is not None

    def position(self, at: datetime, lon: float, lat: float, speed_kmh: float = 0.0) -> Position:
        items = (Item(_MILEAGE, (12_345).to_bytes(4, "big")), Item(_SIGNAL, bytes((24,))))
        self._place = Position(
            self.alarm, _FIXED_AND_DRIVING, lat, lon, 250, speed_kmh, 90, at, items
        )
        return self._place

    def message(self, message_id: int, body: Body | None = None) -> Message:
        """A message of this terminal, with the next serial."""
        self._serial = (self._serial + 1) & 0xFFFF
        written = b"" if body is None else jt808.written(body, self.edition)
        return Message(message_id, self.device, self._serial, written, self.edition)

    async def send_message(self, message: Message) -> bool:
        """Send and await the answer, again after silence; False for a refusal or none at all."""
        answer = await self.exchange(message, jt808.encode(message))
        body = None if answer is None else jt808.parse(answer)
        return isinstance(body, jt808.Answer | jt808.Registered) and body.result == 0

    def obey(self, order: Message) -> list[bytes]:
        """0201 to 8201, 0104 to 8104, 0001 to the rest; nothing to what is no order."""
        body = jt808.parse(order)
        match order.id:
            case 0x8103 if isinstance(body, jt808.Parameters):
                self.parameters |= dict(body.values)
                said = self._taken(order)
            case 0x8104:
                values = tuple(self.parameters.items())
                said = self.message(0x0104, jt808.Parameters(values, order.serial))
            case 0x8105 if isinstance(body, jt808.Control):
                said = self._taken(order)
                if body.command == _FACTORY_SETTINGS:
                    self.parameters, self.code = {}, ""
            case 0x8300:
                said = self._taken(order)
            case 0x8201:
                said = self.message(0x0201, jt808.Found(order.serial, self._place))
            case _:
                return []
        self.heard.append(order)
        return [jt808.encode(said)]

    def leaves(self, order: Message) -> bool:
        body = jt808.parse(order)
        return isinstance(body, jt808.Control) and body.command in _HANGS_UP

    def _taken(self, order: Message) -> Message:
        return self.message(0x0001, jt808.Answer(order.serial, order.id, 0))

    def answers(self, part: Message, message: Message) -> bool:
        if part.id not in (_ANSWER, _REGISTERED):
            return False
        body = jt808.parse(part)
        return isinstance(body, jt808.Answer | jt808.Registered) and body.serial == message.serial
