"""Devices that speak over UDP: to the gateway each address is a line like any other.

A datagram that finds no room is lost, as datagrams are: it was not acknowledged, and the device
sends again.
"""

import asyncio
from collections.abc import Callable
from typing import Any, cast

from anlan.gateways.ends import Heard

Address = tuple[Any, ...]
WAITING = 32  # datagrams of one address
ADDRESSES = 5000  # at once; a stranger can invent any number of them
SILENT_S = 120.0  # an address is forgotten after so much silence


class AddressEnd:
    """Answers to one address, each a datagram."""

    def __init__(self, port: "Datagrams", address: Address) -> None:
        self.apart: int | None = WAITING
        self.silent_s = SILENT_S
        self._port = port
        self._address = address

    def write(self, data: bytes) -> None:
        self._port.send(data, self._address)

    def peer(self) -> Address:
        return self._address

    def wait(self) -> None:
        """Datagrams wait for nobody."""

    def go_on(self) -> None:
        """Nor do they now."""

    def hang_up(self) -> None:
        """There is no line to close; the address may begin another."""
        asyncio.get_running_loop().call_soon(self._port.forget, self._address)


class Datagrams(asyncio.DatagramProtocol):
    """One bound port. `opened` makes a line for an address that speaks, until it falls silent."""

    def __init__(
        self, opened: Callable[[AddressEnd], Heard | None], dropped: Callable[[], None]
    ) -> None:
        self._opened = opened
        self._dropped = dropped
        self._lines: dict[Address, Heard] = {}
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # Python 3.11's transport of datagrams is no subclass of `DatagramTransport`.
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: Address) -> None:
        line = self._lines.get(addr)
        if line is None:
            line = self._open(addr)
        if not data or line is None or not line.heard(data):
            self._dropped()

    def send(self, data: bytes, address: Address) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.sendto(data, address)

    def forget(self, address: Address) -> None:
        line = self._lines.pop(address, None)
        if line is not None:
            line.lost()

    def _open(self, addr: Address) -> Heard | None:
        if len(self._lines) >= ADDRESSES:
            return None
        line = self._opened(AddressEnd(self, addr))
        if line is not None:
            self._lines[addr] = line
        return line
