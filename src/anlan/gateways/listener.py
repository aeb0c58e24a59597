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
from collections.abc import Callable, Iterable
from typing import Any

from anlan.backbone.spool import Spool
from anlan.gateways.conversation import Conversation, Taken
from anlan.gateways.datagrams import Datagrams
from anlan.gateways.directory import DeviceDirectory
from anlan.gateways.ends import Answers, Connection
from anlan.gateways.limits import Counters, Limits
from anlan.gateways.lines import Line
from anlan.gateways.noise import Noise
from anlan.gateways.orders import Orders
from anlan.gateways.spooling import Spooling
from anlan.vocabulary import frames
from anlan.vocabulary.frames import BadFrame, Frame, to_line
from anlan.vocabulary.readings import Command

log = logging.getLogger(__name__)


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
        self.limits = limits
        self._server: asyncio.Server | None = None
        self._udp: list[asyncio.BaseTransport] = []
        self._lines: set[Line] = set()
        self._line_of: dict[str, Line] = {}
        self._alone: dict[str, Line] = {}
        self._closing = False
        self._empty: asyncio.Future[None] | None = None
        self._buffer = memoryview(bytearray(limits.read_bytes))
        self._noise = Noise(limits.bad_kept_per_minute)

    @property
    def port(self) -> int:
        """The port it listens on; 0 when it does not."""
        sockets = self._server.sockets if self._server else ()
        return int(sockets[0].getsockname()[1]) if sockets else 0

    async def listen(self, host: str, port: int, sock: socket.socket | None) -> None:
        loop = asyncio.get_running_loop()
        if sock is not None:
            self._server = await loop.create_server(self._connection, sock=sock)
        else:
            self._server = await loop.create_server(self._connection, host, port)

    def close(self) -> None:
        """Stop listening and hang up; what was acknowledged is in the spool."""
        self._closing = True
        if self._server is not None:
            self._server.close()
        for line in list(self._lines):
            line.stop()
        asyncio.get_running_loop().call_soon(self._close_udp)

    async def wait_closed(self) -> None:
        """Until every connection has ended."""
        if self._lines:
            self._empty = asyncio.get_running_loop().create_future()
            await self._empty

    def carry(self, command: Command) -> None:
        """Send the command to its device, at once when it is on line. Call on the event loop."""
        if command.device in self.directory and self.orders.hold(command):
            self._send_orders(command.device)

    def renew_orders(self, open_ones: Iterable[Command], known: frozenset[str]) -> None:
        """The orders that the register holds; `known` is `orders.waiting()` before it was read."""
        for device in self.orders.renew(open_ones, known):
            self._send_orders(device)

    def spoke(self, device: str, line: Line) -> None:
        """The device has spoken validly on the line: from now on that is where it is reached."""
        self._line_of[device] = line
        line.devices.add(device)

    def spoken_for(self, device: str, line: Line) -> bool:
        """Another device has spoken for it on the line; is it reached there now?"""
        if self._line_of.setdefault(device, line) is not line:
            return False
        line.devices.add(device)
        return True

    def alone(self, name: str, line: Line) -> None:
        """The line goes under this name from now on; one that did gives way."""
        before, self._alone[name] = self._alone.get(name), line
        line.alone = name
        if before is not None and before is not line:
            before.give_way()

    def forget(self, line: Line) -> None:
        """The line is no more."""
        if self._alone.get(line.alone) is line:
            del self._alone[line.alone]
        for device in line.devices:
            if self._line_of.get(device) is line:
                del self._line_of[device]
        self._lines.discard(line)
        if self._empty is not None and not self._lines and not self._empty.done():
            self._empty.set_result(None)

    def _send_orders(self, device: str) -> None:
        line = self._line_of.get(device)
        if line is not None:
            line.send_orders(device)

    async def listen_udp(self, host: str, port: int) -> None:
        """Hear datagrams too, on a port of their own or on that of the lines."""
        loop = asyncio.get_running_loop()
        transport, _datagrams = await loop.create_datagram_endpoint(
            lambda: Datagrams(self._open, self._drop), (host, port)
        )
        self._udp.append(transport)

    def _close_udp(self) -> None:
        for transport in self._udp:
            transport.close()

    def _drop(self) -> None:
        self.counters.dropped += 1

    def _connection(self) -> Connection:
        return Connection(self._open, self._buffer, self.limits.write_bytes)

    def _open(self, end: Answers) -> Line | None:
        """A line for this end; None, and the end is hung up, where there is no room for it."""
        if self._closing or len(self._lines) >= self.limits.connections:
            self.counters.refused_connections += 1
            end.hang_up()
            return None
        self.counters.connections += 1
        line = Line(self, self.limits, end, self.counters.connections)
        self._lines.add(line)
        return line

    async def keep(self, taken: list[Taken], host: str) -> bool:
        """Put the lines in the spool together; False when the spool could not take them."""
        done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self.keep_then(taken, host, lambda kept: None if done.done() else done.set_result(kept))
        return await done

    def keep_then(self, taken: list[Taken], host: str, then: Callable[[bool], None]) -> None:
        """The same; `then` is told. Raises `TooLong` for a line that no spool takes."""
        items: list[frames.Line] = [item for each in taken for item in each.lines]
        noise = self._noise
        kept = [item for each in taken for item in noise.lines(each.lines, each.thanked, host)]
        self.counters.unkept = noise.unkept
        if not kept:
            self._kept(items, True)
            then(True)
            return
        lines = [to_line(item) for item in kept]

        def told(fault: BaseException | None) -> None:
            if fault is not None:
                log.error("%d lines were not spooled", len(lines), exc_info=fault)
                self.counters.unspooled += len(lines)
            self._kept(items, fault is None)
            then(fault is None)

        self._spooling.put(lines, told)

    def _kept(self, items: list[frames.Line], durable: bool) -> None:
        self.orders.kept(items, durable=durable)
        for item in items if durable else ():
            if isinstance(item, BadFrame):
                self.counters.bad[item.reason] += 1
            elif isinstance(item, Frame):
                self.counters.frames += 1
