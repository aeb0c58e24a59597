"""A listener for field devices: socket, protocol, spool, acknowledgement.

For every frame: decode, put it in the spool, wait for the fsync, answer. What cannot be taken (a
wrong checksum, an unknown device, a wrong password) is kept in the spool too, as a `BadFrame`.
Every connection has its own decoder, limits and patience: a client that misbehaves hurts only
itself. How devices speak stands in a module a protocol, as a `Conversation`.

Orders go down the line on which their device spoke last. That an order leaves is in the spool
before it does; the device's answer goes up as a line too.
"""

import asyncio
import logging
import socket
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from anlan.backbone.records import LARGEST_PAYLOAD
from anlan.backbone.spool import Spool, SpoolFault
from anlan.gateways.datagrams import Datagrams
from anlan.gateways.directory import DeviceDirectory
from anlan.gateways.ends import Incoming, Outgoing, StreamAnswers
from anlan.gateways.limits import Counters, Limits
from anlan.gateways.noise import Noise
from anlan.gateways.orders import Order, Orders
from anlan.gateways.spooling import Spooling, TooLong
from anlan.protocols.framing import Decoder, Reason, Rejected
from anlan.vocabulary import clock
from anlan.vocabulary.frames import BadFrame, CommandAnswer, Frame, Line, to_line
from anlan.vocabulary.readings import Command, Outcome

log = logging.getLogger(__name__)

M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class Taken:
    """What becomes of one message or rejection: lines for the spool, and the answer after them.

    `answer` is a frame, empty where none is wanted; `thanks` says that it acknowledges. `speaker`
    is the device that spoke validly: orders for it may now go down this line. `ends`: the line is
    closed after the answer.
    """

    lines: tuple[Line, ...] = ()
    answer: bytes = b""
    thanks: bool = True
    speaker: str = ""
    ends: bool = False

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

    def order(self, command: Command) -> Order | None:
        """The command in the protocol's own bytes; None when it has none for it."""
        return None

    def settle(self, device: str, key: str, outcome: Outcome, detail: str = "") -> Line | None:
        """The line that says what became of the order that `key` names; None without such one."""
        command = self.gateway.orders.answered(device, key)
        if command is None:
            return None
        return CommandAnswer(device, command.id, clock.now(), outcome, detail)

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


async def serve(
    speaks: type[Conversation[Any]],
    directory: DeviceDirectory,
    spool: Spool,
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    limits: Limits | None = None,
    sock: socket.socket | None = None,
) -> "Gateway":
    """Listen on host and port (or on a bound socket) until `Gateway.close`."""
    gateway = Gateway(speaks, directory, spool, limits or Limits())
    await gateway.listen(host, port, sock)
    return gateway


class Gateway:
    """A listening gateway. `directory` may be replaced at any time."""

    def __init__(
        self,
        speaks: type[Conversation[Any]],
        directory: DeviceDirectory,
        spool: Spool,
        limits: Limits,
    ) -> None:
        self.speaks = speaks
        self.directory = directory
        self.orders = Orders()
        self.counters = Counters()
        self._spooling = Spooling(spool)
        self._limits = limits
        self._server: asyncio.Server | None = None
        self._udp: list[asyncio.BaseTransport] = []
        self._lines: set[asyncio.Task[None]] = set()
        self._line_of: dict[str, _Line] = {}
        self._carrying: set[asyncio.Task[None]] = set()
        self._closing = False
        self._noise = Noise(limits.bad_kept_per_minute)

    @property
    def port(self) -> int:
        """The port it listens on; 0 when it does not."""
        sockets = self._server.sockets if self._server else ()
        return int(sockets[0].getsockname()[1]) if sockets else 0

    async def listen(self, host: str, port: int, sock: socket.socket | None) -> None:
        if sock is not None:
            self._server = await asyncio.start_server(self._accept, sock=sock)
        else:
            self._server = await asyncio.start_server(self._accept, host, port)

    def close(self) -> None:
        """Stop listening and hang up; what was acknowledged is in the spool."""
        self._closing = True
        if self._server is not None:
            self._server.close()
        for transport in self._udp:
            transport.close()
        for task in self._lines:
            task.cancel()

    async def wait_closed(self) -> None:
        """Until every connection has ended."""
        if self._lines:
            await asyncio.wait(self._lines)

    def carry(self, command: Command) -> None:
        """Send the command to its device, at once when it is on line. Call on the event loop."""
        if command.device in self.directory and self.orders.hold(command):
            self._send_orders(command.device)

    def renew_orders(self, open_ones: Iterable[Command], known: frozenset[str]) -> None:
        """The orders that the register holds; `known` is `orders.waiting()` before it was read."""
        for device in self.orders.renew(open_ones, known):
            self._send_orders(device)

    def spoke(self, device: str, line: "_Line") -> None:
        """The device has spoken validly on the line: from now on that is where it is reached."""
        self._line_of[device] = line
        line.devices.add(device)

    def _send_orders(self, device: str) -> None:
        line = self._line_of.get(device)
        if line is not None:
            task = asyncio.create_task(line.send_orders(device))
            self._carrying.add(task)
            task.add_done_callback(self._carrying.discard)

    async def listen_udp(self, host: str, port: int) -> None:
        """Hear datagrams too, on a port of their own or on that of the lines."""
        loop = asyncio.get_running_loop()
        transport, _datagrams = await loop.create_datagram_endpoint(
            lambda: Datagrams(self._converse, self._drop), (host, port)
        )
        self._udp.append(transport)

    def _drop(self) -> None:
        self.counters.dropped += 1

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._converse(reader, StreamAnswers(writer, self._limits.write_bytes))

    async def _converse(self, reader: Incoming, writer: Outgoing) -> None:
        task = asyncio.current_task()
        if task is None or self._closing or len(self._lines) >= self._limits.connections:
            self.counters.refused_connections += 1
            await writer.hang_up()
            return
        self._lines.add(task)
        self.counters.connections += 1
        line = _Line(self, self._limits, reader, writer, self.counters.connections)
        try:
            await line.run()
        except (OSError, TimeoutError, asyncio.CancelledError):
            log.debug("%s ended", line.peer, exc_info=True)
        except Exception:
            log.exception("%s ended by a fault of ours", line.peer)
        finally:
            for device in line.devices:
                if self._line_of.get(device) is line:
                    del self._line_of[device]
            await writer.hang_up()
            self._lines.discard(task)

    async def keep(self, taken: list[Taken], host: str) -> bool:
        """Put the lines in the spool together; False when the spool could not take them."""
        items: list[Line] = [item for each in taken for item in each.lines]
        noise = self._noise
        kept = [item for each in taken for item in noise.lines(each.lines, each.thanked, host)]
        self.counters.unkept = noise.unkept
        lines = [to_line(item) for item in kept]
        if lines:
            try:
                await self._spooling.put(lines)
            except (OSError, SpoolFault):
                log.exception("%d lines were not spooled and are not acknowledged", len(lines))
                self.counters.unspooled += len(lines)
                self.orders.kept(items, durable=False)
                return False
        self.orders.kept(items, durable=True)
        for item in items:
            if isinstance(item, BadFrame):
                self.counters.bad[item.reason] += 1
            elif isinstance(item, Frame):
                self.counters.frames += 1
        return True


class _Line:
    """One connection."""

    def __init__(
        self,
        gateway: Gateway,
        limits: Limits,
        reader: Incoming,
        writer: Outgoing,
        number: int,
    ) -> None:
        peer = writer.peer()
        self.host = str(peer[0])
        self.peer = f"{self.host}:{peer[1]}#{number}"
        self._gateway = gateway
        self._limits = limits
        self._reader = reader
        self._writer = writer
        self._talk = gateway.speaks(gateway, self.peer)
        self._decoder = gateway.speaks.new_decoder()
        self._garbage_in_a_row = 0
        self._ended = False
        self.devices: set[str] = set()  # that have spoken validly here

    async def run(self) -> None:
        await self._listen()
        await self._gateway.keep([self._talk.left()], self.host)

    async def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        while self._garbage_in_a_row < self._limits.garbage_in_a_row and not self._ended:
            due_s, wait = self._talk.due_s, self._talk.patience_s or self._limits.idle_s
            if due_s is not None and due_s <= 0:
                await self._settle(self._talk.due())
                continue
            if self._decoder.pending:
                wait = self._limits.half_frame_s
            began = loop.time()
            try:
                async with asyncio.timeout(wait if due_s is None else min(wait, due_s)):
                    data = await self._reader.read(self._limits.read_bytes)
            except TimeoutError:
                if due_s is not None and due_s < wait:
                    continue
                if not self._decoder.pending:
                    return
                await self._handle(self._decoder.flush())
                continue
            if not data:
                await self._handle(self._decoder.flush())
                return
            await self._handle(self._decoder.feed(data))
            # Reading slower than the client sends pushes back on this client alone.
            early = len(data) / self._limits.bytes_per_s - (loop.time() - began)
            if early > 0:
                await asyncio.sleep(early)

    async def _handle(self, parts: list[Any]) -> None:
        taken = []
        for part in parts:
            taken.append(self._talk.take(part))
            if taken[-1].ends:
                self._ended = True
                break
        await self._settle(taken)

    async def _settle(self, taken: list[Taken]) -> None:
        """Keep it, then answer it, then say what waits for those that spoke."""
        try:
            kept = await self._gateway.keep(taken, self.host)
        except TooLong:
            taken = [self._talk.bounded(each) for each in taken]
            kept = await self._gateway.keep(taken, self.host)
        if not kept:
            self._ended = self._ended or self._talk.ends_unspooled
            return
        for each in taken:
            self._garbage_in_a_row += each.garbage
            if each.good:
                self._garbage_in_a_row = 0
        answers = [each for each in taken if each.answer]
        if answers:
            await self._write(b"".join(each.answer for each in answers))
            self._gateway.counters.acked += sum(each.thanks for each in answers)
        for device in dict.fromkeys(each.speaker for each in taken if each.speaker):
            self._gateway.spoke(device, self)
            await self.send_orders(device)

    async def send_orders(self, device: str) -> None:
        """Send what waits for the device or was not heard; that it leaves is durable first."""
        orders, now = self._gateway.orders, clock.now()
        commands = orders.give(device, self)
        made = [(command, self._talk.order(command)) for command in commands]
        said = [
            CommandAnswer(device, c.id, now, Outcome.SENT if order else Outcome.UNSUPPORTED)
            for c, order in made
        ]
        if not said:
            return
        if not await self._gateway.keep([Taken(tuple(said))], self.host):
            orders.take_back(commands)
            return
        frames = []
        for command, order in made:
            if order is not None:
                orders.sent(command, order.key, self)
                frames.append(order.frame)
        self._gateway.counters.ordered += len(frames)
        try:
            await self._write(b"".join(frames))
        except (OSError, TimeoutError):
            log.info("%s hung up on %d orders", self.peer, len(frames))

    async def _write(self, data: bytes) -> None:
        self._writer.write(data)
        if self._writer.backlog():
            async with asyncio.timeout(self._limits.write_s):
                await self._writer.drain()
