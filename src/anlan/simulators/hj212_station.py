"""A water-quality station that speaks HJ 212-2017 over TCP: for drills, load and tests.

It reports live data (2011) under a QN of its own and awaits the centre's 9014; silence is answered
by sending the same frame again, at most twice. On line it obeys: it reports when asked (2011) and
sets its clock (1012) and its live interval (1062), says what it was asked of itself (1011, 1061,
1063, 3019, 3020) and of the past (2031, 2051, 2061), with 9011 before and 9012 after.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from anlan.protocols import hj212
from anlan.protocols.hj212 import Edition, Message
from anlan.protocols.hj212.segment import milliseconds, seconds
from anlan.simulators.line import Line, OnLine
from anlan.vocabulary import clock
from anlan.vocabulary.elements import Element

RESENDS = 2
SURFACE_WATER = "21"
LIVE, DATA_ANSWER = "2011", "9014"
_ANSWER_WANTED = Edition.HJ212_2017 << 2 | 1
_NO_ANSWER = Edition.HJ212_2017 << 2
_PAST = {"2031": timedelta(days=1), "2051": timedelta(minutes=10), "2061": timedelta(hours=1)}
_ITSELF = {"1011", "1061", "1063", "3019", "3020"}
_KNOWN = {hj212.LIVE, hj212.SET_CLOCK, hj212.SET_LIVE_INTERVAL, *_PAST, *_ITSELF}
_CN_WRONG, _MOST_PAST = 8, 200
Values = Mapping[Element, float | None]


@dataclass
class Hj212Station(OnLine[Message]):
    """One station; `device` is its MN. `answer_s`: real seconds until it sends again."""

    host: str
    port: int
    device: str
    password: str = ""
    answer_s: float = 5.0
    resends: int = RESENDS
    last_answer: Message | None = None
    refuses: int = 0  # the QnRtn with which it refuses every order; 0: it obeys
    interval_s: int = 60
    clock_set_to: str = ""
    _said: Values = field(default_factory=dict)
    _line: Line[Message] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._line = Line(self.host, self.port, hj212.Hj212Decoder)

    async def send(self, observed_at: datetime, values: Values) -> bool:
        """Report live values observed at one time; True when the centre has answered for them.

        None is sent as a value of a device out of order (flag D).
        """
        return await self.send_message(self.report(observed_at, values))

    def report(self, observed_at: datetime, values: Values) -> Message:
        """The message that `send` would send now."""
        self._said = values
        return Message(
            st=SURFACE_WATER,
            cn=LIVE,
            mn=self.device,
            pw=self.password,
            qn=milliseconds(clock.now()),
            flag=_ANSWER_WANTED,
            content=hj212.measured(observed_at, values),
        )

    def obey(self, order: Message) -> list[bytes]:
        """9011, what was asked, 9012; a command it does not know is refused in the 9011."""
        if order.mn != self.device or order.cn not in hj212.COMMANDS or not order.wants_answer:
            return []
        if self.refuses or order.cn not in _KNOWN:
            return [hj212.encode(hj212.taken(order, self.refuses or _CN_WRONG))]
        said = [hj212.taken(order), *self._said_to(order)]
        if order.cn == hj212.SET_CLOCK:
            self.clock_set_to = order.text("SystemTime")
        elif order.cn == hj212.SET_LIVE_INTERVAL:
            self.interval_s = int(order.text("RtdInterval"))
        return [hj212.encode(message) for message in (*said, hj212.done(order))]

    def _said_to(self, order: Message) -> list[Message]:
        """What it says between 9011 and 9012."""
        now = clock.now().replace(microsecond=0)
        report = replace(self.report(now, self._said), cn=order.cn, qn=order.qn, flag=_NO_ANSWER)
        if order.cn == hj212.LIVE:
            return [report]
        if order.cn in _ITSELF:
            own = {
                "1011": (("SystemTime", seconds(now)),),
                "1061": (("RtdInterval", str(self.interval_s)),),
                "1063": (("MinInterval", "10"),),
                "3019": (("PolId", "w01018"), ("w01018-SN", f"{self.device}01")),
                "3020": (("PolId", "w01018"), ("i12001-Info", "0")),
            }[order.cn]
            return [replace(report, content=tuple((field,) for field in own))]
        step, begin, end = (_PAST.get(order.cn), *map(order.moment, ("BeginTime", "EndTime")))
        if step is None or begin is None or end is None:
            return []
        count = min(int((min(end, now) - begin) / step), _MOST_PAST)
        past = (begin + n * step for n in range(count))
        return [replace(report, content=hj212.averaged(at, self._said)) for at in past]

    async def send_message(self, message: Message) -> bool:
        """Send and await the answer, again after silence; False when none came.

        Raises `ConnectionRefusedError` when nobody listens.
        """
        return await self.exchange(message, hj212.encode(message)) is not None

    def answers(self, part: Message, message: Message) -> bool:
        return part.cn == DATA_ANSWER and part.mn == message.mn and part.request == message.qn
