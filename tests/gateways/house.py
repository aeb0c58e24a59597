"""A gateway over a spool, and a way to play a scene against it."""

import errno
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest

from anlan.backbone.spool import Spool
from anlan.gateways import sl651
from anlan.gateways.conversation import Conversation
from anlan.gateways.directory import DeviceDirectory, DeviceEntry
from anlan.gateways.limits import Limits
from anlan.gateways.listener import Gateway, serve
from anlan.simulators.sl651_station import Sl651Station
from anlan.vocabulary.clock import CHINA
from anlan.vocabulary.elements import Element
from anlan.vocabulary.frames import Line, from_line

NOW = datetime(2020, 8, 20, 8, 0, tzinfo=CHINA)
CIQIKOU, SLEEPER = "5001060001", "0060512345"
DIRECTORY = DeviceDirectory(
    {CIQIKOU: 0x1234, SLEEPER: DeviceEntry(0xA0F3, "rain", stays_online=False)}
)
STAGE = {Element.STAGE: 194.29, Element.BATTERY: 12.5}


@dataclass
class House:
    """A gateway for SL 651 stations; another protocol's overrides what differs."""

    gateway: Gateway
    spool: Spool
    speaks: ClassVar[type[Conversation[Any]]] = sl651.Conversation
    directory: ClassVar[DeviceDirectory] = DIRECTORY

    def kept(self) -> list[Line]:
        return [from_line(line) for _, line in self.spool.read(0, limit=10**6)]

    def station(self, device: str = CIQIKOU, password: int = 0x1234) -> Sl651Station:
        return Sl651Station("127.0.0.1", self.gateway.port, device, password, answer_s=5)


@asynccontextmanager
async def open_house(
    folder: Path, limits: Limits, kind: type[House] = House
) -> AsyncIterator[House]:
    spool = Spool(folder)
    gateway = await serve(kind.speaks, kind.directory, spool, limits=limits)
    try:
        yield kind(gateway, spool)
    finally:
        gateway.close()
        await gateway.wait_closed()
        spool.close()


@contextmanager
def full_disk(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The spool cannot write while this is open."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    with monkeypatch.context() as patch:
        patch.setattr(house.spool, "_write_through", full)
        yield


Play = Callable[[Any], Awaitable[None]]
