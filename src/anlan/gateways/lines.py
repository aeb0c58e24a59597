"""One line of devices: what comes is decoded, kept in the spool, answered, in that order.

A line handles one piece at a time: while that is on its way to the disk, what comes next waits, and
the device is held back when too much does. Nothing runs for a line that is silent; one timer looks
after its patience, and is moved only when it must come sooner.
"""

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from anlan.gateways.conversation import Conversation, Taken
from anlan.gateways.ends import Answers
from anlan.gateways.limits import Limits
from anlan.gateways.orders import Order
from anlan.gateways.spooling import TooLong
from anlan.protocols.framing import Decoder
from anlan.vocabulary import clock
from anlan.vocabulary.frames import CommandAnswer
from anlan.vocabulary.readings import Command, Outcome

if TYPE_CHECKING:
    from anlan.gateways.listener import Gateway

log = logging.getLogger(__name__)

_EARLY_S = 0.01  # a timer may be so early


class Line:
    """One connection, or one address that sends datagrams."""

    __slots__ = (
        "_answers", "_crowded_until", "_deadline", "_decoder", "_ends", "_finished", "_free_at",
        "_garbage_in_a_row", "_gateway", "_gone", "_heard_all", "_limits", "_loop", "_pending",
        "_talk", "_timer", "_turning", "_waiting", "alone", "devices", "host", "peer",
    )  # fmt: skip

    def __init__(self, gateway: "Gateway", limits: Limits, answers: Answers, number: int) -> None:
        peer = answers.peer()
        self.host = str(peer[0])
        self.peer = f"{self.host}:{peer[1]}#{number}"
        self.devices: set[str] = set()  # that have spoken validly here
        self.alone = ""  # under this name no other line stands
        self._gateway = gateway
        self._limits = limits
        self._answers = answers
        self._loop = asyncio.get_running_loop()
        self._talk: Conversation[Any] = gateway.speaks(gateway, self.peer)
        self._decoder: Decoder[Any] = gateway.speaks.decoder(limits)
        self._waiting: list[bytearray] = []
        self._pending = 0  # what is on its way to the disk
        self._garbage_in_a_row = 0
        self._free_at = 0.0  # until then a fast device is held back
        self._crowded_until: float | None = None  # by then its answers must be taken
        self._deadline = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._turning = False
        self._heard_all = False  # the device says no more
        self._ends = False  # nothing more is heard, whatever the device says
        self._finished = False  # nor is anything answered
        self._gone = False
        self._arm()

    # What its end says.

    def heard(self, data: bytes) -> bool:
        """Bytes of the device; False where there is no room for them."""
        if self._finished:
            return True
        if self._pending or self._waiting or self._crowded_until:
            return self._wait(data)
        now = self._loop.time()
        if now < self._free_at:
            return self._wait(data)
        self._free_at = now + len(data) / self._limits.bytes_per_s
        self._turn(partial(self._decode, data))
        return True

    def ended(self) -> None:
        """The device says no more; it may still be answered."""
        self._heard_all = True
        self._turn()

    def crowded(self, full: bool) -> None:
        """Whether the device leaves its answers untaken; then it is not heard."""
        self._crowded_until = self._loop.time() + self._limits.write_s if full else None
        self._turn()

    def lost(self) -> None:
        """Its end is no more; what had come before is still kept."""
        self._gone = self._heard_all = True
        self._crowded_until = None
        self._turn()

    def stop(self) -> None:
        """Hang up at once: what is not answered yet is not answered any more."""
        self._finished = True
        self._answers.hang_up()

    def give_way(self) -> None:
        """Another line has taken its place: say so and hang up."""
        farewell = b"" if self._finished or self._gone else self._talk.farewell()
        if farewell:
            self._answers.write(farewell)
        self.stop()

    def _wait(self, data: bytes) -> bool:
        """Keep it until its turn; reading slower than the device sends pushes back on it alone."""
        waiting, answers = self._waiting, self._answers
        if answers.apart is not None and len(waiting) >= answers.apart:
            return False
        if waiting and answers.apart is None:
            waiting[-1] += data
        else:
            waiting.append(bytearray(data))
        if answers.apart is None and len(waiting[-1]) >= self._limits.read_bytes:
            answers.wait()
        self._arm()
        return True

    # Turns: one piece after the other.

    def _turn(self, work: Callable[[], None] | None = None) -> None:
        """Do the work, then handle what waits until something must be waited for."""
        if self._turning:
            if work is not None:
                work()
            return
        self._turning = True
        try:
            if work is not None:
                work()
            while not (self._pending or self._crowded_until or self._finished) and self._next():
                pass
            self._arm()
        except Exception:
            log.exception("%s ended by a fault of ours", self.peer)
            self.stop()
        finally:
            self._turning = False
        if self._gone and self._finished and not self._pending:
            self._gateway.forget(self)

    def _next(self) -> bool:
        """Handle the next of what waits; False when there is nothing, or nothing yet."""
        if self._ends or self._garbage_in_a_row >= self._limits.garbage_in_a_row:
            return self._finish()
        if self._waiting:
            now = self._loop.time()
            if now < self._free_at and not self._gone:
                return False
            data = bytes(self._waiting.pop(0))
            self._free_at = now + len(data) / self._limits.bytes_per_s
            self._answers.go_on()
            self._decode(data)
            return True
        if not self._heard_all:
            return False
        if self._decoder.pending:
            self._handle(self._decoder.flush())
            return True
        return self._finish()

    def _decode(self, data: bytes) -> None:
        self._handle(self._decoder.feed(data))

    def _handle(self, parts: list[Any]) -> None:
        taken = []
        for part in parts:
            taken.append(self._talk.take(part))
            if taken[-1].ends:
                self._ends = True
                break
        if taken:
            self._settle(taken)

    def _finish(self) -> bool:
        """Hang up, once what had begun is kept."""
        self._finished = True
        left = self._talk.bounded(self._talk.left())
        if left.lines:
            self._keep([left], lambda _kept: self._answers.hang_up())
        else:
            self._answers.hang_up()
        return False

    # Keep it, then answer it, then say what waits for those that spoke.

    def _settle(self, taken: list[Taken]) -> None:
        try:
            self._keep(taken, lambda kept: self._kept(taken, kept))
        except TooLong:
            bounded = [self._talk.bounded(each) for each in taken]
            self._keep(bounded, lambda kept: self._kept(bounded, kept))

    def _keep(self, taken: list[Taken], then: Callable[[bool], None]) -> None:
        def told(kept: bool) -> None:
            self._pending -= 1
            self._turn(lambda: then(kept))

        self._pending += 1
        try:
            self._gateway.keep_then(taken, self.host, told)
        except Exception:
            self._pending -= 1
            raise

    def _kept(self, taken: list[Taken], kept: bool) -> None:
        if not kept:
            self._ends = self._ends or self._talk.ends_unspooled
            return
        for each in taken:
            self._garbage_in_a_row = (
                self._garbage_in_a_row + 1
                if each.garbage
                else (0 if each.good else self._garbage_in_a_row)
            )
        if self._finished or self._gone:
            return
        for each in taken:
            if each.alone:
                self._gateway.alone(each.alone, self)
        answers = [each for each in taken if each.answer]
        if answers:
            self._answers.write(b"".join([each.answer for each in answers]))
            self._gateway.counters.acked += sum([each.thanks for each in answers])
        for device in dict.fromkeys([each.speaker for each in taken if each.speaker]):
            self._gateway.spoke(device, self)
            self.send_orders(device)
        for device in [device for each in taken for device in each.behind]:
            if self._gateway.spoken_for(device, self):
                self.send_orders(device)

    def send_orders(self, device: str) -> None:
        """Send what waits for the device or was not heard; that it leaves is durable first."""
        commands = self._gateway.orders.give(device, self)
        if not commands:
            return
        made = [(command, self._talk.order(command)) for command in commands]
        now = clock.now()
        said = tuple(
            CommandAnswer(device, c.id, now, Outcome.SENT if order else Outcome.UNSUPPORTED)
            for c, order in made
        )
        self._keep([Taken(said)], partial(self._say, made))

    def _say(self, made: list[tuple[Command, Order | None]], kept: bool) -> None:
        orders = self._gateway.orders
        if not kept:
            orders.take_back(command for command, _order in made)
            return
        frames = []
        for command, order in made:
            if order is None:
                orders.unsaid(command)
                continue
            orders.sent(command, order.key, self)
            frames.append(order.frame)
        self._gateway.counters.ordered += len(frames)
        if self._finished or self._gone:
            log.info("%s hung up on %d orders", self.peer, len(frames))
        elif frames:
            self._answers.write(b"".join(frames))

    # Patience.

    def _arm(self) -> None:
        """See that somebody looks at the line again when it has been silent for too long."""
        if self._finished:
            if self._timer is not None:
                self._timer.cancel()
            return
        if self._pending:
            return
        self._deadline = until = self._until()
        if self._timer is not None:
            if self._timer.when() <= until:
                return
            self._timer.cancel()
        self._timer = self._loop.call_at(until, self._look)

    def _until(self) -> float:
        if self._crowded_until:
            return self._crowded_until
        if self._waiting:
            return self._free_at
        wait = self._talk.patience_s or self._limits.idle_s
        if self._decoder.pending:
            wait = self._limits.half_frame_s
        wait = min(wait, self._answers.silent_s)
        due_s = self._talk.due_s
        return self._loop.time() + (wait if due_s is None else min(wait, due_s))

    def _look(self) -> None:
        self._timer = None
        if self._pending or self._finished:
            return  # its turn sees to it
        if self._loop.time() + _EARLY_S < self._deadline:
            self._timer = self._loop.call_at(self._deadline, self._look)
        else:
            self._turn(self._overdue)

    def _overdue(self) -> None:
        due_s = self._talk.due_s
        if self._crowded_until:
            self._crowded_until, self._ends = None, True
        elif self._waiting:
            return
        elif due_s is not None and due_s <= _EARLY_S:
            self._settle(self._talk.due())
        elif self._decoder.pending:
            self._handle(self._decoder.flush())
        else:
            self._ends = True
