"""A transmission unit that speaks GB/T 26875.3 over TCP: for drills, load and tests.

It sends states of its parts and operations and awaits the confirmation; silence is answered by
sending the same frame again, at most twice. It obeys: clock (90), inspection (91), status (81).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from anlan.protocols import gb26875
from anlan.protocols.gb26875 import Command, Entry, Message, Unit
from anlan.simulators.line import Line, OnLine
from anlan.vocabulary import clock

RESENDS = 2
PART_STATUS, TRANSMITTER_STATUS, OPERATION, WATCH = 2, 21, 4, 24
NORMAL, FIRE, FAULT = 0x0001, 0x0003, 0x0005
SMOKE = 40
RESET, PRESENT = 1 << 0, 1 << 5
_SYSTEM = 1


@dataclass
class Gb26875Unit(OnLine[Message]):
    """One unit; `device` is its address. `answer_s`: real seconds until it sends again."""

    host: str
    port: int
    device: str
    answer_s: float = 5.0
    resends: int = RESENDS
    last_answer: Message | None = None
    refuses: bool = False
    clock_set_to: datetime | None = None
    _serial: int = 0
    _line: Line[Message] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._line = Line(self.host, self.port, gb26875.Gb26875Decoder)

    async def send_state(
        self, status: int, at: datetime, address: int = 1, words: str = "", part: int = SMOKE
    ) -> bool:
        """The status bits of one part; True when the centre has confirmed them."""
        entry = Entry(
            system=_SYSTEM, system_address=0, part=part, part_address=address, status=status,
            description=words, at=at,
        )  # fmt: skip
        return await self.send(PART_STATUS, entry)

    async def operate(self, operation: int, at: datetime) -> bool:
        """Somebody worked at the panel: the operation's bits."""
        entry = Entry(system=_SYSTEM, system_address=0, operation=operation, operator=1, at=at)
        return await self.send(OPERATION, entry)

    async def send(self, kind: int, *entries: Entry) -> bool:
        """Send an application unit and await its confirmation."""
        message = self.message(Command.SEND, Unit(kind, entries))
        answer = await self.exchange(message, gb26875.encode(message))
        return answer is not None and answer.command == Command.CONFIRM

    def message(self, command: int, unit: Unit | None) -> Message:
        """A message of this unit under its next serial."""
        self._serial = (self._serial + 1) & 0xFFFF
        return Message(command, self._serial, self.device, sent_at=clock.now(), unit=unit)

    async def ask_time(self) -> datetime | None:
        """What time the centre says it is."""
        message = self.message(Command.REQUEST, Unit(88, (Entry(),), labelled=False))
        answer = await self.exchange(message, gb26875.encode(message))
        return answer.unit.entries[0].moment if answer and answer.unit else None

    def answers(self, part: Message, message: Message) -> bool:
        wanted = (Command.CONFIRM, Command.DENY, Command.RESPOND)
        return part.serial == message.serial and part.command in wanted

    def obey(self, order: Message) -> list[bytes]:
        """Carry out a control command or answer a question; a refusal is a denial."""
        now = clock.now()
        if order.command not in (Command.CONTROL, Command.REQUEST) or order.unit is None:
            return []
        if self.refuses:
            return [gb26875.encode(gb26875.deny(order, now))]
        if order.command == Command.REQUEST:
            unit = Unit(TRANSMITTER_STATUS, (Entry(transmitter_status=NORMAL, at=now),))
            return self._frames([Message(
                Command.RESPOND, order.serial, self.device, sent_at=now, unit=unit
            )])  # fmt: skip
        confirmed = gb26875.answer(order, now)
        said = [confirmed] if confirmed else []
        if order.unit.type == gb26875.SET_CLOCK:
            self.clock_set_to = order.unit.entries[0].moment
        if order.unit.type == gb26875.INSPECT:
            here = Unit(WATCH, (Entry(operation=PRESENT, operator=1, at=now),))
            said.append(self.message(Command.SEND, here))
        return self._frames(said)

    def _frames(self, messages: Sequence[Message]) -> list[bytes]:
        return [gb26875.encode(message) for message in messages]
