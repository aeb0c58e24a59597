"""A station that speaks SL 651-2014 over TCP, as a gateway sees one: for drills, load and tests.

It reports in mode M2: a frame, then the centre's answer within a time; silence is answered by
sending the same frame again, at most twice (6.3.2.3). EOT lets it hang up, ESC keeps it on line.
On line it obeys: it reports when asked (37, 38, 3A), says its settings, version and state (43, 45,
46, 51), sets its clock (4A), its intervals (42) and its password (49), and says that it switched
what it was told (40, 47, 48, 4B-4F). Of the past it says what it said last. In ASCII coding it is
silent to what it would answer otherwise than in HEX (38, 3A, 43, 45, 46, 49).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal

from anlan.protocols import sl651
from anlan.protocols.sl651 import Coding, Control, Direction, Message, Report, content
from anlan.simulators.line import Line, OnLine
from anlan.vocabulary import clock
from anlan.vocabulary.elements import Element

RESENDS = 2
RIVER, RAIN = 0x48, 0x50
# What it says of itself: hourly and five-minute reports, a version, a closed door, its own time.
_SAYS = {
    sl651.SET_CLOCK: b"",
    content.RUNNING: content.set_parameters(
        [content.parameter(0x20, Decimal(1)), content.parameter(0x21, Decimal(5))]
    ),
    content.VERSION: b"\x0dANLAN-SIM 1.0",
    content.STATUS: bytes.fromhex("452000000080"),
    content.CLOCK: b"",
    content.CLEAR: b"",
    content.RESET: b"",
}
# What it repeats of an order, without so many bytes in front: of 49 the new password alone.
_REPEATED = {
    sl651.SET_RUNNING: 0,
    content.SET_BASIC: 0,
    content.NEW_PASSWORD: 4,
    content.SET_CARD: 0,
    content.PUMPS: 0,
    content.VALVES: 0,
    content.GATES: 0,
    content.QUOTA: 0,
}
_IN_HEX_ONLY = {
    content.ASK_PERIOD,
    content.ASK_ELEMENTS,
    content.RUNNING,
    content.VERSION,
    content.STATUS,
    content.NEW_PASSWORD,
}
Values = Mapping[Element, float | None]


@dataclass
class Sl651Station(OnLine[Message]):
    """One station. `device` is its 10-figure address; serials run 1-65535 and around.

    `answer_s` is how many real seconds it waits for an answer before it sends again.
    """

    host: str
    port: int
    device: str
    password: int
    centre: int = 1
    station_class: int = RIVER
    answer_s: float = 5.0
    resends: int = RESENDS
    coding: Coding = Coding.HEX
    sent: int = 0
    last_answer: Message | None = None
    running: bytes = b""  # the parameters of 42 as it was told them last
    behind: timedelta = timedelta()  # how far its clock is behind ours
    _serial: int = 0
    _said: Values = field(default_factory=dict)
    _line: Line[Message] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._line = Line(self.host, self.port, sl651.Sl651Decoder)

    async def send(
        self, observed_at: datetime, values: Values, function: int = sl651.TIMED
    ) -> bool:
        """Report values observed at one time; True when the centre has acknowledged them.

        None is sent as "no data". Figures are rounded to the element's decimals.
        """
        return await self.send_message(self.report(observed_at, values, function))

    def report(self, observed_at: datetime, values: Values, function: int = sl651.TIMED) -> Message:
        """The message that `send` would send now, with the next serial."""
        self._said = values
        items = tuple(
            sl651.measured(sl651.CODE_OF[element], observed_at, [_rounded(element, value)])
            for element, value in values.items()
        )
        return self.message(function, (Report(self.device, self.station_class, items),))

    def obey(self, order: Message) -> list[bytes]:
        """What the station answers to an order; it is silent to what it does not know."""
        if order.station != self.device or order.end is not Control.ENQ:
            return []
        if self.coding is Coding.ASCII and order.function in _IN_HEX_ONLY:
            return []
        if order.function == sl651.ASK_LIVE:
            now = self._now().replace(second=0)
            return [sl651.encode(self.report(now, self._said, sl651.ASK_LIVE))]
        if order.function in (content.ASK_PERIOD, content.ASK_ELEMENTS):
            return self._elements(order)
        if order.function == sl651.SET_CLOCK and order.sent_at is not None:
            self.behind = clock.now().replace(microsecond=0) - order.sent_at
        elif order.function == sl651.SET_RUNNING:
            self.running = order.rest
        elif order.function not in _SAYS and order.function not in _REPEATED:
            return []
        skipped = _REPEATED.get(order.function)
        said = _SAYS[order.function] if skipped is None else order.rest[skipped:]
        frame = sl651.encode(replace(self.message(order.function), rest=self._named() + said))
        if order.function == content.NEW_PASSWORD:
            self.password = int.from_bytes(said[-2:], "big")
        return [frame]

    def _named(self) -> bytes:
        """Its address in front of an answer without reports."""
        if self.coding is Coding.ASCII:
            return f"ST {self.device} ".encode("ascii")
        return bytes.fromhex(f"F1F1{self.device}")

    def _elements(self, order: Message) -> list[bytes]:
        """The elements asked for, now or over a period; in packets where one frame is too short."""
        asked = sl651.ordered(order.function, order.rest)
        last = {sl651.CODE_OF[element]: value for element, value in self._said.items()}
        since = asked.since or self._now().replace(second=0)
        count = 1
        if asked.since is not None and asked.until is not None and asked.step:
            count += (min(asked.until, self._now()) - asked.since) // asked.step
        items = tuple(
            sl651.measured(code, since, [_exact(code, last.get(code))] * count, asked.step)
            for code in (int(element, 16) for element in asked.elements)
        )
        report = self.message(order.function, (Report(self.device, self.station_class, items),))
        return [sl651.encode(one) for one in sl651.divided(report)]

    def _now(self) -> datetime:
        return clock.now().replace(microsecond=0) - self.behind

    def message(self, function: int, reports: tuple[Report, ...] = ()) -> Message:
        """A message of this station, sent now by its own clock."""
        if function != sl651.HEARTBEAT:  # 6.6.4.2: a heartbeat repeats the last serial
            self._serial = self._serial % 0xFFFF + 1
        return Message(
            direction=Direction.UP,
            centre=self.centre,
            station=self.device,
            password=self.password,
            function=function,
            serial=max(self._serial, 1),
            sent_at=self._now(),
            end=Control.ETX,
            reports=reports,
            coding=self.coding,
        )

    async def send_message(self, message: Message) -> bool:
        """Send and await the answer, again after silence; False for NAK or none at all.

        Raises `OSError` when nobody listens.
        """
        answer = await self.exchange(message, sl651.encode(message))
        if answer is None:
            return False
        if answer.end is Control.EOT:
            await self.close()
        return answer.end in (Control.EOT, Control.ESC, Control.ACK)

    async def heartbeat(self) -> None:
        """Keep the line; never answered."""
        await self.send_raw(sl651.encode(self.message(sl651.HEARTBEAT)))

    async def send_raw(self, data: bytes) -> None:
        """Any bytes at all, for a station that is out of order."""
        await super().send_raw(data)
        self.sent += 1

    def answers(self, part: Message, message: Message) -> bool:
        return (
            part.direction is Direction.DOWN
            and part.station == message.station
            and part.function == message.function
            and part.serial == message.serial
        )


def _rounded(element: Element, value: float | None) -> Decimal | None:
    return _exact(sl651.CODE_OF[element], value)


def _exact(code: int, value: float | None) -> Decimal | None:
    return None if value is None else Decimal(f"{value:.{sl651.ELEMENTS[code].decimals}f}")
