"""What a line of devices says and is answered: every protocol's gateway is a `Conversation`."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from anlan.backbone.records import LARGEST_PAYLOAD
from anlan.gateways.limits import Limits
from anlan.gateways.orders import Order
from anlan.protocols.framing import Decoder, Reason, Rejected
from anlan.vocabulary import clock
from anlan.vocabulary.frames import BadFrame, CommandAnswer, Line, to_line
from anlan.vocabulary.readings import Command, Outcome
from anlan.vocabulary.words import Words

if TYPE_CHECKING:
    from anlan.gateways.listener import Gateway

M = TypeVar("M")
_NEWS = timedelta(minutes=1)  # between two heartbeats of a device that are kept


@dataclass(frozen=True, slots=True)
class Taken:
    """What becomes of one message or rejection: lines for the spool, and the answer after them.

    `answer` is a frame, empty where none is wanted; `thanks` says that it acknowledges. `speaker`
    is the device that spoke validly: orders for it may now go down this line. `behind` are those
    that it spoke for: so may theirs, where they have no line of their own. `ends`: the line is
    closed after the answer. `alone`: under this name no other line may stand.
    """

    lines: tuple[Line, ...] = ()
    answer: bytes = b""
    thanks: bool = True
    speaker: str = ""
    behind: tuple[str, ...] = ()
    ends: bool = False
    alone: str = ""

    @property
    def good(self) -> bool:
        return not self.lines or not isinstance(self.lines[0], BadFrame)

    @property
    def garbage(self) -> bool:
        """Bytes of nobody, which may be no device's at all."""
        return not self.good and not self.lines[0].device

    @property
    def thanked(self) -> bool:
        """Is its sender told that we have it? Then it is no noise, whatever it says."""
        return self.good or (self.thanks and bool(self.answer))


class Conversation(ABC, Generic[M]):
    """What one line of devices says and is answered; a protocol's gateway is one of these."""

    protocol: ClassVar[str]
    new_decoder: ClassVar[Callable[[], Decoder[Any]]]
    # Close the line when the spool cannot take what came: where devices resend on a new line only.
    ends_unspooled: ClassVar[bool] = False

    def __init__(self, gateway: "Gateway", peer: str) -> None:
        self.gateway = gateway
        self.peer = peer
        self._told_at: dict[str, datetime] = {}

    @classmethod
    def decoder(cls, limits: Limits) -> Decoder[Any]:
        """What makes messages of the bytes of one line."""
        return cls.new_decoder()

    def take(self, part: M | Rejected) -> Taken:
        """What becomes of one message or of bytes that are none."""
        if isinstance(part, Rejected):
            return Taken((self.bad(part.raw, part.sender, part.reason, part.detail),))
        return self.hear(part)

    @property
    def patience_s(self) -> float | None:
        """How long the line may be silent, real seconds, where the device has said so."""
        return None

    @abstractmethod
    def hear(self, message: M) -> Taken:
        """What becomes of one message."""

    @property
    def due_s(self) -> float | None:
        """Real seconds until something is `due` though nothing comes; None where nothing is."""
        return None

    def due(self) -> list[Taken]:
        """What is to be said or kept because something did not come in time."""
        return []

    def left(self) -> Taken:
        """What is to be kept of what had begun, now that the line has ended."""
        return Taken()

    def farewell(self) -> bytes:
        """What the device is told when another line has taken this one's place."""
        return b""

    def order(self, command: Command) -> Order | None:
        """The command in the protocol's own bytes; None when it has none for it."""
        return None

    def settle(self, device: str, key: str, outcome: Outcome, *said: Words) -> Line | None:
        """The line that says what became of the order that `key` names; None without such one."""
        command = self.gateway.orders.answered(device, key)
        if command is None:
            return None
        return CommandAnswer(device, command.id, clock.now(), outcome, said)

    def is_news(self, device: str) -> bool:
        """Whether it is worth a line of the spool that a device is on line: once a minute, also
        after our clock was set back."""
        now, told_at = clock.now(), self._told_at.get(device)
        if told_at is not None and timedelta() <= now - told_at < _NEWS:
            return False
        self._told_at[device] = now
        return True

    def bounded(self, taken: Taken) -> Taken:
        """The same; where a line is too long for any spool, why it is refused, and no answer."""
        size = max((len(to_line(line)) for line in taken.lines), default=0)
        if size <= LARGEST_PAYLOAD:
            return taken
        detail = f"a line of {size} bytes"
        return Taken((self.bad(b"", taken.lines[0].device, Reason.TOO_LONG, detail),))

    def bad(self, raw: bytes, device: str, reason: str, detail: str) -> BadFrame:
        """What is kept of a frame that cannot be taken."""
        now, text = clock.now(), raw.hex().upper()
        return BadFrame(self.protocol, device, self.peer, now, text, str(reason), detail)
