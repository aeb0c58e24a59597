"""A water-quality station that speaks HJ 212-2017 over TCP: for drills, load and tests.

It reports live data (2011) under a QN of its own and awaits the centre's 9014; silence is answered
by sending the same frame again, at most twice.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Self

from anlan.protocols import hj212
from anlan.protocols.hj212 import Edition, Message
from anlan.simulators.line import Line
from anlan.vocabulary import clock
from anlan.vocabulary.readings import Element

log = logging.getLogger(__name__)

RESENDS = 2
SURFACE_WATER = "21"
LIVE, DATA_ANSWER = "2011", "9014"
_ANSWER_WANTED = Edition.HJ212_2017 << 2 | 1
Values = Mapping[Element, float | None]


@dataclass(slots=True)
class Hj212Station:
    """One station; `device` is its MN. `answer_s`: real seconds until it sends again."""

    host: str
    port: int
    device: str
    password: str = ""
    answer_s: float = 5.0
    resends: int = RESENDS
    last_answer: Message | None = None
    _line: Line[Message] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._line = Line(self.host, self.port, hj212.Hj212Decoder)

    async def __aenter__(self) -> Self:
        await self.connect()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def send(self, observed_at: datetime, values: Values) -> bool:
        """Report live values observed at one time; True when the centre has answered for them.

        None is sent as a value of a device out of order (flag D).
        """
        return await self.send_message(self.report(observed_at, values))

    def report(self, observed_at: datetime, values: Values) -> Message:
        """The message that `send` would send now."""
        return Message(
            st=SURFACE_WATER,
            cn=LIVE,
            mn=self.device,
            pw=self.password,
            qn=f"{clock.now().astimezone(clock.CHINA):%Y%m%d%H%M%S%f}"[:17],
            flag=_ANSWER_WANTED,
            content=hj212.measured(observed_at, values),
        )

    async def send_message(self, message: Message) -> bool:
        """Send and await the answer, again after silence; False when none came.

        Raises `ConnectionRefusedError` when nobody listens.
        """
        frame = hj212.encode(message)
        for _ in range(1 + self.resends):
            try:
                await self.send_raw(frame)
                self.last_answer = await self._line.answer(
                    lambda part: _answers(part, message), self.answer_s
                )
            except (OSError, TimeoutError) as error:
                log.info("station %s got no answer: %r", self.device, error)
                await self.close()
                if isinstance(error, ConnectionRefusedError):
                    raise
                continue
            return True
        return False

    async def send_raw(self, data: bytes) -> None:
        """Any bytes at all, for a station that is out of order."""
        await self._line.write(data, self.answer_s)

    async def connect(self) -> None:
        """Open the line when it is not open."""
        await self._line.connect(self.answer_s)

    async def close(self) -> None:
        """Hang up."""
        await self._line.close()


def _answers(part: Message, message: Message) -> bool:
    return part.cn == DATA_ANSWER and part.mn == message.mn and part.request == message.qn
