"""A divided body at the gateway: acknowledged once, when it is whole and in the spool."""

import asyncio
import gc
import tracemalloc
from collections.abc import Callable
from dataclasses import replace

from tests.gateways.house import NOW, House, full_disk
from tests.protocols.sl651_frames import SEEN, STATION, report
from tests.protocols.test_sl651_packets import FIRST, SECOND, SECOND_AGAIN, THIRD
from tests.protocols.test_sl651_text import PACKETS, TIMED

from anlan.gateways.limits import Limits
from anlan.protocols.sl651 import (
    Coding,
    Control,
    Item,
    Message,
    Packet,
    Report,
    Sl651Decoder,
    divided,
    encode,
)
from anlan.vocabulary.elements import Element
from anlan.vocabulary.frames import BadFrame, Frame


class Wire:
    """The bare bytes of one connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def hears(self, *frames: bytes | str, within_s: float = 10.0) -> Message | None:
        for frame in frames:
            self.writer.write(bytes.fromhex(frame) if isinstance(frame, str) else frame)
        try:
            data = await asyncio.wait_for(self.reader.read(4096), within_s)
        except TimeoutError:
            return None
        (message,) = Sl651Decoder().feed(data)
        assert isinstance(message, Message)
        return message


async def wire(house: House) -> Wire:
    return Wire(*await asyncio.open_connection("127.0.0.1", house.gateway.port))


def test_the_packet_that_is_missing_is_asked_for_and_all_are_answered_once(
    played: Callable[..., None],
) -> None:
    async def scene(house: House) -> None:
        line = await wire(house)
        assert await line.hears(FIRST, within_s=0.3) is None
        nak = await line.hears(THIRD)
        assert nak is not None
        assert (nak.end, nak.packet, nak.serial) == (Control.NAK, Packet(3, 2), 7)
        assert house.kept() == []
        thanks = await line.hears(SECOND_AGAIN)
        assert thanks is not None
        assert (thanks.end, thanks.packet, thanks.serial) == (Control.ESC, Packet(3, 3), 7)
        (frame,) = house.kept()
        assert isinstance(frame, Frame)
        assert [(r.element, r.value) for r in frame.readings] == [
            (Element.STAGE, 194.29), (Element.BATTERY, 12.5),
        ]  # fmt: skip
        assert (house.gateway.counters.acked, frame.received_at) == (1, NOW)

    played(scene)


def test_a_packet_that_never_comes_leaves_its_fellows_as_bad_frames(
    played: Callable[..., None],
) -> None:
    async def scene(house: House) -> None:
        line = await wire(house)
        for _asked in range(2):
            nak = await line.hears(FIRST, THIRD)
            assert nak is not None
            assert nak.end is Control.NAK
        assert await line.hears(THIRD, within_s=0.3) is None
        reasons = [(i.reason, i.device) for i in house.kept() if isinstance(i, BadFrame)]
        assert reasons == [("incomplete", STATION)] * 2

    played(scene)


def test_a_last_packet_that_does_not_come_is_asked_for_too_and_given_up_in_the_end(
    played: Callable[..., None], monkeypatch
) -> None:
    monkeypatch.setattr("anlan.protocols.sl651.packets.PATIENCE_S", 0.15)

    async def scene(house: House) -> None:
        line = await wire(house)
        assert (nak := await line.hears(FIRST, SECOND, within_s=5)) is not None
        assert (nak.end, nak.packet, nak.serial) == (Control.NAK, Packet(3, 3), 7)
        assert (thanks := await line.hears(THIRD, within_s=5)) is not None
        assert (thanks.end, thanks.packet) == (Control.ESC, Packet(3, 3))
        for packets in ((FIRST,), ()):
            assert (nak := await line.hears(*packets, within_s=5)) is not None
            assert nak.packet == Packet(3, 2)
        assert await line.hears(within_s=0.3) is None
        frame, bad = house.kept()
        assert isinstance(frame, Frame)
        assert isinstance(bad, BadFrame)
        assert (bad.reason, bad.detail) == ("incomplete", "packet 2 of 3 did not come")

    played(scene)


def test_a_line_does_not_hold_the_picture_that_came_on_it(played: Callable[..., None]) -> None:
    """A thousand stations that stay on line hold a thousand pictures else."""
    header = bytes.fromhex("FFD8FFE000044A46FFC0000B080010002001011100FFDA0004")
    body = header + bytes(200_000) + b"\xff\xd9"
    taken = report(0x36, 7, (Report(STATION, 0x48, (Item("F3", SEEN, raw=body),)),))
    packets = [encode(each) for each in divided(taken)]

    async def scene(house: House) -> None:
        line = await wire(house)
        assert await line.hears(packets[0], within_s=0.2) is None
        tracemalloc.start()
        try:
            thanks = await line.hears(*packets[1:])
            assert thanks is not None
            assert thanks.end is Control.ESC
            # The spool holds what it wrote last until it writes again.
            next_one = report(0x32, 8, (Report(STATION, 0x48, ()),))
            assert await (await wire(house)).hears(encode(next_one)) is not None
            gc.collect()
            held, _most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        frame, _next = house.kept()
        assert isinstance(frame, Frame)
        assert [len(one.body) for one in frame.pictures] == [len(body)]
        assert held < len(body) / 2

    played(scene)


def test_a_picture_that_is_too_large_is_refused_and_costs_nobody_else(
    played: Callable[..., None],
) -> None:
    async def scene(house: House) -> None:
        line = await wire(house)
        assert await line.hears(FIRST, SECOND, within_s=0.3) is None
        begun = report(0x36, 9, (), rest=b"x" * 4000, packet=Packet(80, 1), end=Control.ETB)
        later = replace(begun, serial=None, sent_at=None)
        huge = [begun, *(replace(later, packet=Packet(80, n)) for n in range(2, 81))]
        thanks = await line.hears(*map(encode, huge), THIRD, within_s=20)
        assert thanks is not None
        assert (thanks.function, thanks.packet) == (0x32, Packet(3, 3))
        bad = [one for one in house.kept() if isinstance(one, BadFrame)]
        assert {(one.reason, one.detail) for one in bad} == {
            ("too_long", "the body is larger than 256 KiB")
        }
        assert len(bad) == 80

    played(scene, Limits(bytes_per_s=10**9))


def test_ascii_stations_are_answered_in_ascii_whole_or_divided(
    played: Callable[..., None], monkeypatch
) -> None:
    async def scene(house: House) -> None:
        line = await wire(house)
        with full_disk(house, monkeypatch):
            assert await line.hears(*PACKETS, within_s=0.3) is None
        for frames in ((TIMED,), PACKETS):
            thanks = await line.hears(*frames)
            assert thanks is not None
            assert (thanks.coding, thanks.end, thanks.serial) == (Coding.ASCII, Control.ESC, 7)
        assert [item.device for item in house.kept()] == [STATION, STATION]

    played(scene)
